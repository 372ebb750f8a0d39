"""Models that turn one text into numbers, on OpenVINO or sentence-transformers."""
