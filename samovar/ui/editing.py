"""Wire what a visitor edits: a form that opens from a text, and texts inside a result."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import html
from samovar.errors import SamovarError
from samovar.phrases import Phrase
from samovar.tool import Edits, Form, Judged, Tab, Visit
from samovar.ui.answering.desk import Desk
from samovar.zerogpu import gpu

TEXT = Phrase("Text", "Текст")
"""What an edited text is called when it is refused."""
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
EDITS = "samovar.edits(element, trigger)"
"""Script of a result: a pause after typing in it becomes the event `input` (ui/editing.js)."""
OPENED = "opened-form"
"""Class of a form's block: what is typed inside it is written back (ui/editing.js)."""
MOST = 16
"""Texts of a result that are judged at once."""


def wire(desk: Desk, card: gr.HTML) -> None:
    """Bind what a tool has of either; `card` shows its result."""
    if desk.tab.form:
        _wire_form(desk.tab, desk.tab.form)
    if desk.tab.edits:
        _wire_edits(desk, card, desk.tab.edits)


def _wire_form(tab: Tab, form: Form) -> None:
    """Fill the form from its text, and write what is edited in it back, at once and in the browser."""
    source, fields = tab.inputs[form.source], list(form.fields)

    def opened(text: str, *values: str) -> list[Any]:
        filled = form.read(text or "", [value or "" for value in values])
        if filled is None:
            return [gr.skip()] * (len(fields) + 1)
        return [gr.update(open=True), *filled]

    source.change(
        opened,
        [source, *fields],
        [form.block, *fields],
        queue=False,
        trigger_mode="always_last",
        **QUIET,
    )
    form.block.elem_classes = [*form.block.elem_classes, OPENED]
    lines = json.dumps([list(line) for line in form.lines], ensure_ascii=False)
    gr.on(
        [field.change for field in fields],
        None,
        [*fields, source],
        source,
        js=f"(...values) => samovar.written({lines}, values)",
        **QUIET,
    )


def _wire_edits(desk: Desk, card: gr.HTML, edits: Edits) -> None:
    """Judge the texts of a result that were edited; their verdicts are put below them by the page."""
    judged = gr.HTML("", visible="hidden", elem_id=f"{card.elem_id}-judged")
    card.input(
        _judge(desk, gpu(edits.seconds)(edits.judge)),
        None,
        judged,
        concurrency_id=f"judge-{desk.slug}",
        concurrency_limit=2,
        trigger_mode="always_last",
        **QUIET,
    ).then(None, js=f"() => samovar.judged('{card.elem_id}')", **QUIET)


def _judge(desk: Desk, judge: Callable[..., Judged]) -> Callable[..., Markup]:
    def judged(request: gr.Request, event: gr.EventData) -> Markup:
        given, texts = _sent(event, "given"), _sent(event, "texts")
        numbered = [(at, own) for at, own in texts.items() if str(at).isdecimal()]
        session = f"{request.session_hash or ''}-edits"
        verdicts = []
        for at, own in numbered[:MOST]:
            known = {**given, **own} if isinstance(own, dict) else given
            text = known.pop("text", None)
            found = _said(desk, session, judge, text, known)
            verdicts.append(html.verdict(found, int(at), text if isinstance(text, str) else None))
        return html.join(verdicts)

    return judged


def _said(
    desk: Desk, session: str, judge: Callable[..., Judged], text: Any, given: dict[str, Any]
) -> Judged:
    try:
        with desk.door.enter(session, desk.slug):
            return judge(Visit(desk.language), text, given)
    except SamovarError as error:
        return Judged(html.notice(error.say(desk.language, _labels(desk)), "hint"))


def _labels(desk: Desk) -> dict[str, str]:
    return {"text": TEXT.say(desk.language)} | desk.tab.labels()


def _sent(event: gr.EventData, name: str) -> dict[str, Any]:
    """Return what the page sent as `name`; whoever sends something else gets nothing."""
    try:
        sent = json.loads(getattr(event, name, ""))
    except (TypeError, ValueError):
        return {}
    return sent if isinstance(sent, dict) else {}
