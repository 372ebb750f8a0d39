"""Train the larger judge of adverts from the command line."""

from training.adverts.recipe import main

if __name__ == "__main__":
    raise SystemExit(main())
