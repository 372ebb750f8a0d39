"""What the tools use, chosen on data that measures nothing: a threshold, a weight, a way to ask."""
