"""Serve characters and models: `python -m samovar.server` is `samovar serve`."""

import sys

from samovar.command.cli import main

if __name__ == "__main__":
    raise SystemExit(main(["serve", *sys.argv[1:]]))
