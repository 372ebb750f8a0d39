"""Wire a tool that goes on from what it showed: kept over a reload, its buttons, a file read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from samovar import html
from samovar.errors import SamovarError
from samovar.tool import Memory, Shown, Visit
from samovar.ui.answering.desk import Desk
from samovar.ui.history.link import linked_tool, restored
from samovar.ui.wiring import ENDED, Parts
from samovar.zerogpu import gpu

QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
ACTS = "samovar.acts(element, trigger)"
"""Script of a result: a press on a button in it becomes the event `click` (ui/page.js)."""


def store(slug: str) -> gr.BrowserState:
    """Return the state that keeps what a tool remembers in the visitor's browser.

    Gradio encrypts it; the key is the same after a restart of the server, or all would be lost then.
    """
    return gr.BrowserState(None, storage_key=f"samovar-memory-{slug}", secret="samovar")


def wire(desk: Desk, parts: Parts, buttons: tuple[gr.Button, gr.UploadButton]) -> None:
    """Bind what a tool with a memory has more; `buttons` begin anew and read a file."""
    tab, memory = desk.tab, desk.tab.remembers
    assert memory is not None
    anew, file = buttons
    inputs, outputs = [parts.memory, *tab.inputs.values()], parts.outputs(tab)
    bound: dict[str, Any] = {"inputs": inputs, "outputs": outputs, **QUIET}
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(_opens(desk, memory), **bound)
    reopened = [tab.inputs[name].change for name in memory.reopened]
    if reopened:
        gr.on(reopened, _shows(desk, memory.recall), **bound)
    anew.click(_shows(desk, memory.anew), **bound)
    file.upload(_loads(desk, memory), [file, *inputs], outputs, **QUIET)
    parts.card.click(
        _acts(desk, memory),
        **bound,
        concurrency_id="model",
        concurrency_limit=None,
        trigger_mode="once",
    ).then(None, js=ENDED.format(id=parts.card.elem_id), **QUIET)


def _opens(desk: Desk, memory: Memory) -> Callable[..., list[Any]]:
    """Return what shows a page that opens: the example stays where nothing is kept yet."""

    def reopen(request: gr.Request, *values: Any) -> list[Any]:
        query = dict(request.query_params)
        if query.get("result") and linked_tool(query) == desk.slug:  # ui/history opens that one
            return desk.values(gr.skip())
        linked = restored(query, desk.tab) if linked_tool(query) == desk.slug else {}
        answer = memory.recall if linked else memory.resume

        def shown(visit: Visit, **known: Any) -> Shown | None:
            return answer(visit, **{**known, **linked}) if known["memory"] else None

        return _shows(desk, shown)(request, *values)

    return reopen


def _shows(desk: Desk, answer: Callable[..., Shown | None]) -> Callable[..., list[Any]]:
    """Return a handler of what needs no model."""

    def show(request: gr.Request, *values: Any) -> list[Any]:
        if desk.door.running(request.session_hash or "", desk.slug):
            return desk.values(gr.skip())
        memory, inputs = desk.named(values)
        try:
            shown = answer(Visit(desk.language), memory=memory, **inputs)
        except SamovarError as error:
            return desk.values(html.notice(error.say(desk.language)))
        return desk.values("", shown)

    return show


def _loads(desk: Desk, memory: Memory) -> Callable[..., list[Any]]:
    def load(request: gr.Request, path: str, *values: Any) -> list[Any]:
        data = Path(path).read_bytes()
        return _shows(desk, lambda visit, **known: memory.load(visit, data=data, **known))(
            request, *values
        )

    return load


def _acts(desk: Desk, memory: Memory) -> Callable[..., Iterator[list[Any]]]:
    answers = {name: gpu(act.seconds)(act.answer) for name, act in memory.acts.items()}

    def press(request: gr.Request, event: gr.EventData, *values: Any) -> Iterator[list[Any]]:
        name, number = getattr(event, "act", ""), str(getattr(event, "at", ""))
        if name not in answers or not number.isdecimal():  # the page draws no such button
            return
        answer, at = answers[name], int(number)
        if not memory.acts[name].seconds:
            yield _shows(desk, partial(_placed, answer, at))(request, *values)
            return
        kept, inputs = desk.named(values)
        yield from desk.stream(
            request.session_hash or "",
            inputs,
            lambda visit: answer(visit, at, memory=kept, **inputs),
        )

    return press


def _placed(answer: Callable[..., Any], at: int, visit: Visit, **known: Any) -> Any:
    return answer(visit, at, **known)
