"""The public endpoints: the same functions are the HTTP API, the MCP tools and the command line."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import gradio as gr
from gradio.context import LocalContext

from samovar.endpoints import ENDPOINTS, Description, description, endpoint, example, seconds
from samovar.errors import SamovarError, StoreError
from samovar.models.shelf import shelf
from samovar.phrases import Language
from samovar.ui.answering.door import Door
from samovar.zerogpu import gpu


def publish(slugs: Sequence[str], door: Door) -> None:
    """Register the endpoints of `slugs` in the current Blocks."""
    for slug in slugs:
        name = ENDPOINTS[slug]
        told = description(slug)
        gr.api(  # type: ignore[attr-defined]
            _guarded(endpoint(slug), slug, door),
            api_name=name,
            api_description=f"{told.summary} Returns: {told.returns}",
            concurrency_limit=None,
        )
        _describe(name, told, _example(slug))


def _describe(name: str, told: Description, example: Mapping[str, Any]) -> None:
    """Say of each argument what it is and a value that runs: Gradio knows only names and types."""
    blocks = gr.context.Context.root_block
    assert blocks is not None
    function = next(each for each in blocks.fns.values() if each.api_name == name)
    for (argument, said), drawn in zip(told.arguments.items(), function.inputs, strict=True):
        shown: Any = drawn
        shown.label = argument
        shown._api_info = {**shown._api_info, "additional_description": said}
        shown.example_payload = partial(example.get, argument, shown.value)


def _example(slug: str) -> Mapping[str, Any]:
    """Return the arguments of the shipped example; without its file the API shows none."""
    try:
        return example(slug, shelf().settings)
    except StoreError:
        return {}


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
    told = description(slug)
    lines = [f"    {name}: {said}" for name, said in told.arguments.items()]
    call.__doc__ = "\n".join([told.summary, "", "Args:", *lines])
    return call


def asked_language(default: Language = "en") -> Language:
    """Return ru when the request's first Accept-Language is Russian, else `default`."""
    request = LocalContext.request.get(None)
    header = str(request.headers.get("accept-language", "")) if request else ""
    return "ru" if header.lower().startswith("ru") else default
