"""Who of a series said a line: a linear model on vectors of lines and letter n-grams."""
