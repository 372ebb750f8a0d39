"""Run the tool from the command line."""

from samovar.command.cli import tool

if __name__ == "__main__":
    raise SystemExit(tool("paraphrase"))
