"""Words that count for what they are: a number, a code, a quoted phrase, a rare word."""
