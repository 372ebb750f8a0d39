"""Links that restore a tool and its inputs: everything stands in the query string."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from samovar.tool import SLUGS, Tab

PROTOCOL = "1"
TOOL = "tool"


def link(slug: str, values: Mapping[str, Any]) -> str:
    """Return the query string that restores `values` in tool `slug`.

    >>> link("ner", {"text": "a b", "taggers": ["llm"], "n": 3})
    '?tool=ner&v=1&text=a+b&taggers=%5B%22llm%22%5D&n=3'
    """
    named = {name: _written(value) for name, value in values.items() if value not in (None, "")}
    return "?" + urlencode({TOOL: slug, "v": PROTOCOL, **named})


def link_of(slug: str, tab: Tab, values: Mapping[str, Any]) -> str:
    """Return the link that restores a drawn tool's inputs, without those that no link carries."""
    return link(slug, {name: value for name, value in values.items() if name not in tab.unlinked})


def linked_tool(query: Mapping[str, str], slugs: Sequence[str] = SLUGS) -> str | None:
    """Return the tool that a query string names, if it is one of `slugs`."""
    slug = query.get(TOOL, "")
    return slug if slug in slugs else None


def restored(query: Mapping[str, str], tab: Tab) -> dict[str, Any]:
    """Return the values that a query string holds for the inputs of `tab`.

    Values that a widget would not accept are left out, whoever wrote the link.
    """
    if query.get("v", PROTOCOL) != PROTOCOL:
        return {}
    values = {n: _read(query[n], widget) for n, widget in tab.inputs.items() if n in query}
    return {name: value for name, value in values.items() if value is not None}


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def _read(raw: str, widget: Any) -> Any:
    if isinstance(widget, gr.Textbox):
        return raw
    if isinstance(widget, gr.Radio | gr.Dropdown) and not getattr(widget, "multiselect", False):
        return raw if raw in [value for _, value in widget.choices] else None
    try:
        value = json.loads(raw)
    except ValueError:
        return None
    return value if _fits(value, widget) else None


def _fits(value: Any, widget: Any) -> bool:
    if isinstance(widget, gr.Checkbox):
        return isinstance(value, bool)
    if isinstance(widget, gr.Slider):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and widget.minimum <= value <= widget.maximum
    if isinstance(widget, gr.Number):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(widget, gr.CheckboxGroup | gr.Dropdown):
        options = [option for _, option in widget.choices]
        return isinstance(value, list) and all(one in options for one in value)
    return False
