"""Fit the classifier of one series from the command line."""

from training.speakers.recipe import main

if __name__ == "__main__":
    raise SystemExit(main())
