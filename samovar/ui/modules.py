"""The tools behind the tabs, known by their slug alone."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Sequence
from typing import cast

from samovar import zerogpu
from samovar.tool import ToolModule

log = logging.getLogger(__name__)


def module(slug: str) -> ToolModule:
    """Return the module that draws the tool `slug`."""
    return cast(ToolModule, importlib.import_module(f"samovar.{slug}.tab"))


def warm_up(slugs: Sequence[str]) -> None:
    """Load what the first answers of these tools wait for: in the background, on ZeroGPU at once.

    ZeroGPU keeps for its GPU what the main thread has loaded before the page is launched.
    """
    if zerogpu.here():
        _load(slugs)
    else:
        threading.Thread(target=_load, args=(slugs,), name="warm-up", daemon=True).start()


def _load(slugs: Sequence[str]) -> None:
    for slug in slugs:
        try:
            module(slug).warm_up()
        except Exception as error:  # shown again, localised, by the tool that needs it
            log.warning("The warm-up of %s stopped: %s", slug, error)
