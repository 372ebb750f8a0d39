"""Train the judge of a character's claims from the command line."""

from training.claims.recipe import main

if __name__ == "__main__":
    raise SystemExit(main())
