"""Wire what makes a result outlive its page: its address, and what the visitor's browser keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from samovar import html
from samovar.phrases import Phrase
from samovar.ui.answering.desk import Desk
from samovar.ui.wiring import Parts

SHARED = Phrase(
    "A shared result, made on {day}.",
    "Результат по ссылке, получен {day}.",
)
OWN = Phrase(
    "Your own conversation is kept: what you write continues yours, not this one.",
    "Ваш собственный разговор сохранён: новая реплика продолжит его, а не этот.",
)
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def wire(desk: Desk, parts: Parts) -> None:
    """Bind the hidden buttons by which the page (ui/history.js) shares, opens and recalls a result."""
    id = parts.card.elem_id
    name = gr.Textbox(visible="hidden", elem_id=f"{id}-name")
    share, opens, recall = (
        gr.Button(visible="hidden", elem_id=f"{id}-{act}") for act in ("share", "open", "recall")
    )
    share.click(_share(desk), None, name, queue=False, **QUIET).then(
        None, [name], js=f"(name) => samovar.shared('{id}', name)", **QUIET
    )
    opens.click(
        _open(desk),
        [name, parts.memory],
        [name, parts.card, parts.notice, parts.memory],
        js="(name, memory) => [samovar.asked('result'), memory]",
        queue=False,
        **QUIET,
    ).then(None, [name], js=f"(name) => samovar.found('{id}', name)", **QUIET)
    recall.click(
        None, None, [parts.card, parts.notice], js=f"() => [samovar.recalled('{id}'), '']", **QUIET
    )


def _share(desk: Desk) -> Callable[..., str]:
    def share(request: gr.Request) -> str:
        return desk.door.results.share(request.session_hash or "", desk.slug)

    return share


def _open(desk: Desk) -> Callable[..., list[Any]]:
    def opened(name: str, memory: Any) -> list[Any]:
        result = desk.door.results.read(name or "")
        if result is None or result.slug != desk.slug:
            return ["", gr.skip(), gr.skip(), gr.skip()]
        day = f"{datetime.fromtimestamp(result.at, UTC):%Y-%m-%d}"
        said = [SHARED.say(desk.language, day=day)]
        if desk.tab.remembers and memory:
            said.append(OWN.say(desk.language))
        goes_on = desk.tab.remembers is not None and not memory
        notice = html.notice(" ".join(said), "hint")
        return [name, result.card, notice, result.memory if goes_on else gr.skip()]

    return opened
