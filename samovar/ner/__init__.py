"""Named entities: one text, several taggers side by side."""
