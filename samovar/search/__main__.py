"""Run the tool from the command line."""

from samovar.cli import tool

raise SystemExit(tool("search"))
