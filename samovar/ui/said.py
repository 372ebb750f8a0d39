"""What the page's own script says, in every language, and that Gradio's own words are in the page's."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from samovar.phrases import LANGUAGES, Language, Phrase

SAID: Mapping[str, Phrase] = {
    "working": Phrase("Working…", "Работает…"),
    "reading": Phrase("Reading the file…", "Читаем файл…"),
    "seconds": Phrase("{n} s", "{n} с"),
    "large": Phrase(
        "{name} has {size} MB; files of up to {limit} MB are read.",
        "{name}: {size} МБ, а читаются файлы до {limit} МБ.",
    ),
    "strange": Phrase(
        "{name} is of another kind; files that end with {kinds} are read.",
        "{name}: другой вид файла, а читаются файлы с окончаниями {kinds}.",
    ),
    "reset": Phrase("Reset to the first value", "Вернуть исходное значение"),
    "upload": Phrase("Choose files or drop them here", "Выберите файлы или перетащите их сюда"),
    "foot": Phrase("About this page", "О странице"),
    "left": Phrase(
        "You had loaded {names}. A file stays with the page where it was loaded: load it here again.",
        "Вы загружали {names}. Файл остаётся на той странице, где его загрузили: загрузите его снова.",
    ),
    "missing": Phrase(
        "The result of this link also used {names}, which only its sender has. Load your own file, or run "
        "it without one.",
        "В результате по этой ссылке участвовал файл {names}, он есть только у отправителя. Загрузите "
        "свой или запустите без него.",
    ),
    "expired": Phrase(
        "The result of this link is no longer stored: it is made again.",
        "Результат по этой ссылке уже не хранится, поэтому он получен заново.",
    ),
    "again": Phrase(
        "The link holds the question, not its result: it is made again.",
        "В ссылке есть вопрос, но не ответ, поэтому он получен заново.",
    ),
    "kept": Phrase("Your result of {time}.", "Ваш результат, {time}."),
    "compare": Phrase("Compare", "Сравнить"),
    "nothing": Phrase("This result is no longer stored.", "Этот результат больше не хранится."),
}
"""Name in the scripts → its words; what stands in braces is filled in there."""


def said() -> dict[str, dict[str, str]]:
    """Return language → name → words."""
    return {
        language: {name: phrase.say(language) for name, phrase in SAID.items()}
        for language in LANGUAGES
    }


EARLY = """<script>{{
  const other = {other}, here = location.pathname.replace(/\\/$/, "");
  const spoken = here.endsWith("/" + other) ? other : {first};
  window.SAMOVAR_BROWSER = navigator.language;
  for (const [name, value] of [["language", spoken], ["languages", [spoken]]])
    Object.defineProperty(Navigator.prototype, name, {{ configurable: true, get: () => value }});
}}</script>"""
"""Gradio speaks the browser's language: before its own script runs, the page names its own as that."""


class Spoken:
    """Put a script at the beginning of every page: `launch(head=)` comes after Gradio chose its words."""

    def __init__(self, app: ASGIApp, first: Language) -> None:
        """Take the application and the language of its first page."""
        other = next(language for language in LANGUAGES if language != first)
        script = EARLY.format(other=json.dumps(other), first=json.dumps(first))
        self.app, self.script = app, script.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as `app` does."""
        held: list[Message] = []

        async def pass_on(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
                return
            if held and message["type"] == "http.response.body":
                await send(self._grown(held.pop(), message))
            await send(message)

        await self.app(scope, receive, pass_on if scope["type"] == "http" else send)

    def _grown(self, start: Message, body: Message) -> Message:
        """Put the script into `body` and return the start of a response that is so much longer."""
        before = body.get("body", b"")
        body["body"] = before.replace(b"<head>", b"<head>" + self.script, 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        if "content-length" in headers:
            longer = int(headers["content-length"]) + len(body["body"]) - len(before)
            headers["content-length"] = str(longer)
        return {**start, "headers": headers.raw}


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
