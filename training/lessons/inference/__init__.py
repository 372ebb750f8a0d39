"""Pairs of premise and hypothesis: made, drawn, and labelled by a teacher."""
