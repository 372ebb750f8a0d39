"""What is installed, intact and chosen on this machine, and the packages of weights."""
