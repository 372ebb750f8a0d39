"""Other vocabularies beside that of the lab: those of this machine and those of the Hub."""
