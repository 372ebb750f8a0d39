"""What every command line shares: the terminal, flags, JSON Lines, many calls at once."""
