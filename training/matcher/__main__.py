"""Fit the matcher of one character from the command line."""

from training.matcher.recipe import main

if __name__ == "__main__":
    raise SystemExit(main())
