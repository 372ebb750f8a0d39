"""Which fact or line of a character a message is about: a matcher of the encoder's vectors."""
