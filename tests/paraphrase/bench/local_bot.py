"""A bot on this machine: Rasa's wire format and others, on the shipped intent classifier, with planted flips."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

from fastapi import Body, FastAPI, Response
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse

from samovar.models.shelf import shelf
from samovar.paraphrase.nlu.intents import Intents
from samovar.settings import ROOT

CITIES = ("Oslo", "Rome", "Porto")
PLANTED = {"is an umbrella needed in Oslo": "alarm", "rouse me at six": "weather"}
"""Text → the wrong intent that this bot has for it."""
DEAF = "give me the weather in Rome"
"""A variant in which it finds no city."""
MUTE = "get me out of bed at six"
"""A text that it cannot answer."""
WORDS = {"weather": "It is sunny.", "alarm": "The alarm is set."}
PAGE = "<html><body><h1>It works!</h1></body></html>"
NONSENSE: dict[str, Any] = {
    "list": [1, 2],
    "null": None,
    "no-name": {"intent": {}},
    "text": {"intent": "alarm"},
    "deep": {"intent": {"name": "\ud800\u0000 odd"}},
}


class Classifier:
    """The shipped classifier, its encoder real."""

    def __init__(self) -> None:
        self.encoder = shelf().encoder()
        self.intents = Intents.load(ROOT / "assets" / "intents", self.encoder.name)
        self.asked: Counter[str] = Counter()

    def __call__(self, text: str) -> str:
        self.asked[text] += 1
        guess = self.intents.guesses(text, (), self.encoder).original
        return PLANTED.get(text, guess.intent)


def entities(text: str) -> list[dict[str, Any]]:
    found = [city for city in CITIES if city in text and text != DEAF]
    return [
        {"entity": "city", "value": city, "start": text.index(city), "extractor": "x"}
        for city in found
    ]


def api(classifier: Classifier) -> FastAPI:
    made = FastAPI()

    @made.post("/model/parse", response_model=None)
    def parse(text: str = Body(embed=True)) -> Any:
        if text == MUTE:
            return HTMLResponse(PAGE, 500)
        name = classifier(text)
        return {
            "text": text,
            "intent": {"name": name, "confidence": 0.9},
            "entities": entities(text),
        }

    @made.post("/webhooks/rest/webhook", response_model=None)
    def channel(sender: str = Body(), message: str = Body()) -> Any:
        said = WORDS.get(classifier(message))
        return [{"recipient_id": sender, "text": said}] if said else []

    @made.post("/ask")
    def ask(given: dict[str, Any]) -> Any:
        text, known = given["query"]["text"], len(given["session"]) == 32
        filled = {one["entity"]: one["value"] for one in entities(text)}
        return {"result": [{"label": classifier(text), "filled": filled}] if known else []}

    @made.post("/v1/chat/completions")
    def chat(given: dict[str, Any]) -> Any:
        asked, text = (turn["content"] for turn in given["messages"])
        name = classifier(text)
        known = f"- {name}\n" in f"{asked}\n"
        said = f"The intent is `{name}`." if known else "I would rather not say."
        return {"choices": [{"message": {"role": "assistant", "content": said}}]}

    broken(made, classifier)
    return made


def broken(made: FastAPI, classifier: Classifier) -> None:
    """Add what goes wrong with bots; each at an address of its own."""
    tries: Counter[str] = Counter()

    async def drops() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.1)

    @made.post("/500/model/parse")
    def fails() -> Any:
        tries["500"] += 1
        return HTMLResponse(PAGE, 500)

    @made.post("/html/model/parse")
    def html() -> Any:
        return HTMLResponse(PAGE)

    @made.post("/nothing/model/parse")
    def nothing() -> Any:
        return Response(b"")

    @made.post("/minute/model/parse")
    async def minute() -> Any:
        await asyncio.sleep(60)

    @made.post("/drops/model/parse")
    def dropped() -> Any:
        return StreamingResponse(drops())

    @made.post("/large/model/parse")
    def large() -> Any:
        return Response(b'"' + b"a" * 2_000_000 + b'"')

    @made.post("/away/model/parse")
    def away() -> Any:
        return RedirectResponse("http://127.0.0.1/model/parse", 307)

    @made.post("/flaky/model/parse")
    def flaky(text: str = Body(embed=True)) -> Any:
        tries[text] += 1
        if tries[text] < 3:
            return Response(b"busy", 503, {"retry-after": "0"})
        return {"intent": {"name": classifier(text)}}

    @made.post("/nonsense/{kind}/model/parse")
    def nonsense(kind: str) -> Any:
        return Response(json.dumps(NONSENSE[kind]))

    made.state.tries = tries
