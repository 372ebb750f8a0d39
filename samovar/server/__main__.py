"""Serve the models: `python -m samovar.server`."""

from samovar.server.api import main

if __name__ == "__main__":
    main()
