"""The public endpoints: the same functions are the HTTP API, the MCP tools and the command line."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.context import LocalContext

from samovar.endpoints import ENDPOINTS, endpoint, seconds
from samovar.errors import SamovarError
from samovar.phrases import Language
from samovar.ui.answering.door import Door
from samovar.zerogpu import gpu


def publish(slugs: Sequence[str], door: Door) -> None:
    """Register the endpoints of `slugs` in the current Blocks."""
    for slug in slugs:
        name = ENDPOINTS[slug]
        gr.api(  # type: ignore[attr-defined]
            _guarded(endpoint(slug), slug, door), api_name=name, concurrency_limit=None
        )


def _guarded(function: Callable[..., Any], slug: str, door: Door) -> Callable[..., Any]:
    answer = gpu(seconds(slug))(function)

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            with door.enter(f"api-{id(args)}", slug):
                return answer(*args, **kwargs)
        except SamovarError as error:
            raise gr.Error(error.say(asked_language()), print_exception=False) from error

    # Gradio reads one line an argument: longer ones would reach MCP clients cut off.
    call.__doc__ = re.sub(r"\n {8,}", " ", inspect.getdoc(function) or "")
    return call


def asked_language(default: Language = "en") -> Language:
    """Return ru when the request's first Accept-Language is Russian, else `default`."""
    request = LocalContext.request.get(None)
    header = str(request.headers.get("accept-language", "")) if request else ""
    return "ru" if header.lower().startswith("ru") else default
