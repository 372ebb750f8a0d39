"""The checks of an advertising text, one kind a file; each reads the same sentences and the same facts."""
