"""A tester's bench: the originals of a suite and their variants, sent to a running bot and compared."""
