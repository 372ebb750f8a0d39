"""Chat by llama.cpp inside this process: any GGUF on any CPU."""
