"""What a run found, as files that a person, a CI or a program reads."""
