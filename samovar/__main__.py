"""Run `python -m samovar COMMAND …`."""

from samovar.command.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
