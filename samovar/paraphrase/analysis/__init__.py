"""One analysed record: what a text asks for, as frames, clauses, quantities and literals."""
