"""The app as on ZeroGPU: what takes a model runs under `spaces.GPU`, each for seconds it declares."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from samovar import zerogpu
from samovar.endpoints import ENDPOINTS
from samovar.models.pick import pick
from samovar.settings import Settings
from samovar.tokenizer.trained import continuation
from samovar.tool import SLUGS
from samovar.ui.modules import module

Start = Callable[..., AbstractContextManager[str]]
WITHOUT = {"tokenizer"}
"""Tools that no GPU answers."""
LENT = [slug for slug in SLUGS if slug not in WITHOUT]
TRAINED = ["continued of tokenizer"] if continuation.place(Settings()) else []
"""Only where a trained vocabulary is here."""
FOLDS = ("beside of tokenizer", "begun of tokenizer", *TRAINED, "taken of tokenizer")
RUNS = (*SLUGS[:4], *FOLDS, SLUGS[4], "ways of character", *SLUGS[5:])
"""What has a main button on the page, in its order."""
ANSWERS = {"character": "samovar.character.conversation.answer"}
"""Handlers that stand in another file than the tab."""
FURTHER = {
    "samovar.character.conversation.again",
    "samovar.character.ablation.answer",
    "samovar.marketing.tab.judge",
}
UPLOADS = {"paraphrase": "_own.<locals>.read_file", "search": "_own.<locals>.read_all"}
TRIAL = "samovar.ui.cards.trial.answer"
"""The Models page lets a visitor ask any chat model."""
MOST_SECONDS = 60
"""What ZeroGPU takes for a call that declares nothing."""
SLOW = 180
"""Far more seconds than an answer takes here."""
ASKED: dict[str, dict[str, Any]] = {
    "paraphrase": {"text": "Turn off the lights in the kitchen.", "n": 1},
    "search": {"query": "why did the dodo die out", "k": 2},
    "ner": {"text": "Ann lives in Rome.", "taggers": ["spacy"]},
    "tokenizer": {"text": "kubectl"},
    "character": {"message": "Is it lupus?", "retrieval": False},
    "marketing": {"sheet": "tp-pulsewatch", "n": 1},
}


@dataclass(frozen=True)
class Site:
    """A visitor of the app who does what the page does, through the addresses of Gradio."""

    address: str
    notes: Path
    session: str = field(default_factory=lambda: uuid.uuid4().hex)

    def noted(self, event: str) -> list[tuple[str, Any]]:
        rows = [json.loads(line) for line in self.notes.read_text().splitlines()]
        return [(name, seconds) for happened, name, seconds in rows if happened == event]

    def events(self, function: str) -> list[dict[str, Any]]:
        """Return the page's events of this handler, those of the first language first."""
        found: list[dict[str, Any]] = httpx.get(f"{self.address}/config").json()["dependencies"]
        return [one for one in found if one["api_name"].rstrip("_0123456789") == function]

    def send(self, event: dict[str, Any], data: list[Any]) -> tuple[list[Any], str]:
        """Return the last outputs of an event of the page, and all that was told of it."""
        asked = {"fn_index": event["id"], "session_hash": self.session, "data": data}
        httpx.post(f"{self.address}/gradio_api/queue/join", json=asked).raise_for_status()
        waiting = {"session_hash": self.session}
        data_of = f"{self.address}/gradio_api/queue/data"
        lines = httpx.get(data_of, params=waiting, timeout=SLOW).text.splitlines()
        told = [json.loads(line.removeprefix("data: ")) for line in lines if line]
        (ended,) = (one for one in told if one["msg"] == "process_completed")
        assert ended["success"], ended
        return ended["output"]["data"], str(told)

    def press(self, slug: str, **changed: Any) -> tuple[str, str]:
        """Run tool `slug` on its first sample, with what is ASKED in place of its values.

        Returns:
            The notice beside the result ("" when nothing is wrong) and all that the page was told.
        """
        with gr.Blocks():
            tab = module(slug).draw("en")
        values = {name: getattr(widget, "value", None) for name, widget in tab.inputs.items()}
        asked = {name: one for name, one in ASKED[slug].items() if name in values}
        given = values | dict(tab.samples[0]) | asked | changed
        memory = None
        event = self.events("run")[RUNS.index(slug)]
        (notice, *_), told = self.send(event, [memory, *given.values()])
        return notice, told

    def load(self, slug: str, content: str) -> list[Any]:
        """Load a file into the box of tool `slug`."""
        files = {"files": ("own.csv", content.encode())}
        path = httpx.post(f"{self.address}/gradio_api/upload", files=files).json()[0]
        file = {"path": path, "orig_name": "own.csv", "meta": {"_type": "gradio.FileData"}}
        event = self.events("load")[list(UPLOADS).index(slug)]
        outputs, _ = self.send(event, [[file] if slug == "search" else file])
        return outputs


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, start: Start) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("zerogpu")
    (folder / "spaces").mkdir()
    fixture = Path(__file__).parent / "fixtures" / "lender.py"
    shutil.copy(fixture, folder / "spaces" / "__init__.py")
    settings = Settings(profile="embedded")
    variables = {
        "SYSTEM": "spaces",
        "SPACE_ID": "x/y",
        "PYTHONPATH": str(folder),
        "LENDER_NOTES": str(folder / "notes"),
        "SAMOVAR_PROFILE": "embedded",
        "SAMOVAR_CHAT_ENGINE": pick("chat", settings).engine,
        "SAMOVAR_ENCODER_ENGINE": pick("encoder", settings).engine,
    }
    with start(folder / "app.log", **variables) as address:
        yield Site(address, folder / "notes")


@pytest.fixture(scope="module")
def client(site: Site) -> Client:
    return Client(site.address, verbose=False, download_files=False, analytics_enabled=False)


def handler(slug: str) -> str:
    return ANSWERS.get(slug, f"samovar.{slug}.tab.answer")


def function(slug: str) -> str:
    return f"samovar.{slug}.endpoint.{ENDPOINTS[slug]}"


def upload(slug: str) -> str:
    return f"samovar.{slug}.tab.{UPLOADS[slug]}"


def test_all_that_takes_a_model_is_lent_and_nothing_else(site):
    lent = site.noted("lent")
    named = {f(slug) for slug in LENT for f in (handler, function)} | {upload(s) for s in UPLOADS}
    assert {name for name, _ in lent} == named | FURTHER | {TRIAL}


def test_the_languages_of_the_page_share_what_is_lent(site):
    names = [name for name, _ in site.noted("lent")]
    assert all(names.count(f(slug)) == 1 for slug in LENT for f in (handler, function))


def test_every_duration_is_declared_and_small(site):
    for name, seconds in site.noted("lent"):
        assert seconds == "callable" or 0 < seconds <= MOST_SECONDS, name


@pytest.mark.parametrize("slug", LENT)
def test_a_public_endpoint_goes_through_the_lender(site, client, slug):
    before = site.noted("called")
    assert client.predict(**ASKED[slug], api_name=f"/{ENDPOINTS[slug]}")
    ((name, seconds),) = site.noted("called")[len(before) :]
    assert name == function(slug)
    assert 0 < seconds <= MOST_SECONDS


@pytest.mark.parametrize("slug", LENT)
def test_a_button_of_the_page_goes_through_the_lender(site, slug):
    before = site.noted("called")
    notice, told = site.press(slug)
    assert (notice, 'class="answer"' in told) == ("", True)
    ((name, seconds),) = site.noted("called")[len(before) :]
    assert name == handler(slug)
    assert 0 < seconds <= MOST_SECONDS


def test_a_tool_without_a_gpu_borrows_none(site, client):
    before = site.noted("called")
    assert client.predict(**ASKED["tokenizer"], api_name="/tokenizer")["before"]
    assert site.press("tokenizer")[0] == ""
    assert site.noted("called") == before


READ = {"paraphrase": "2 intents", "search": "2 documents"}
OWN = {
    "paraphrase": "text,intent\n" + "".join(f"light {n},on\ndark {n},off\n" for n in range(6)),
    "search": "id,text\n1,The samovar boils water for tea.\n2,The dodo could not fly.\n",
}


@pytest.mark.parametrize("slug", UPLOADS)
def test_an_uploaded_file_travels_there_and_back_and_there_again(site, slug):
    before = site.noted("called")
    _, note, _ = site.load(slug, OWN[slug])
    assert site.press(slug)[0] == ""
    names = [name for name, _ in site.noted("called")[len(before) :]]
    assert names == [upload(slug), handler(slug)]
    assert READ[slug] in note


@pytest.mark.parametrize("slug", ["paraphrase", "character"])
def test_an_error_arrives_as_it_was_raised(site, client, slug):
    first = next(iter(ASKED[slug]))
    with pytest.raises(AppError, match=f"`{first}` is empty"):
        client.predict(**{first: " "}, api_name=f"/{ENDPOINTS[slug]}")


def test_a_visitor_without_quota_is_told_so(site, client):
    with pytest.raises(AppError, match="20s requested"):
        client.predict("no quota", api_name="/ner")
    assert "20s requested" in site.press("ner", text="no quota")[0]


def test_elsewhere_the_function_itself_is_used():
    def answer() -> int:
        return 1

    assert not zerogpu.here()
    assert zerogpu.gpu(5)(answer) is answer


def test_a_coroutine_is_refused(monkeypatch):
    async def answer() -> int:
        return 1

    monkeypatch.setattr(zerogpu, "here", lambda: True)
    with pytest.raises(TypeError, match="plain functions and generators, not answer"):
        zerogpu.gpu(5)(answer)
