"""Chat by OpenVINO GenAI: the default on an x86 CPU."""
