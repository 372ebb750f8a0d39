"""The tools behind the tabs, known by their slug alone."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Sequence
from typing import cast

from samovar.tool import ToolModule

log = logging.getLogger(__name__)


def module(slug: str) -> ToolModule:
    """Return the module that draws the tool `slug`."""
    return cast(ToolModule, importlib.import_module(f"samovar.{slug}.tab"))


def warm_up(slugs: Sequence[str]) -> threading.Thread:
    """Load in the background what the first answers of these tools wait for."""

    def load() -> None:
        for slug in slugs:
            try:
                module(slug).warm_up()
            except Exception as error:  # shown again, localised, by the tool that needs it
                log.warning("The warm-up of %s stopped: %s", slug, error)

    thread = threading.Thread(target=load, name="warm-up", daemon=True)
    thread.start()
    return thread
