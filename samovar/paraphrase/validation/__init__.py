"""Does a text ask for the same as another? What differs is named, and verifiers decide."""
