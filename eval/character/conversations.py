"""Play ten conversations with the characters as the tool serves them, to be read reply by reply.

`python -m eval.character.conversations` says what the visitor says in data/characters/conversations.jsonl,
message by message, each after the replies so far, and writes eval/results/character-conversations.json.
A reader then fills in `good` (true: sensible, in character and not against the facts; else false, with a
`why`). A verdict stays as long as the reply and the one before it stay the same. `make report` lists all
in docs/CHARACTER_CONVERSATIONS.md. What was played is kept in the cache until the result is written: a run
that was stopped goes on where it was, `--fresh` begins anew.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from eval.character.ablation import SEED, Row, kept
from samovar import checks, schema
from samovar.character.core import exchange
from samovar.character.drafts import Ensemble
from samovar.character.endpoint import ensemble
from samovar.character.exchange import WHOLE, Exchange, Reply
from samovar.character.persona import CHARACTERS
from samovar.command import terminal
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.phrases import Language
from samovar.records import Turn
from samovar.settings import Settings

FILE = Path("characters") / "conversations.jsonl"
"""Below the data folder."""
RESULT = "character-conversations"
Verdicts = Mapping[tuple[str, int, str, str], Row]
"""Talk, number of the exchange, the reply and the one before it → the row that a reader has judged."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Hold what one visitor says in one conversation."""

    id: str
    character: str
    language: Language
    messages: tuple[str, ...]


def visitors(path: Path) -> list[Visitor]:
    """Return the conversations of `path`, one a line.

    Raises:
        InputError: a line is none.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [schema.record(json.loads(line), Visitor) for line in lines if line.strip()]


def main(argv: Sequence[str] | None = None) -> int:
    """Play the conversations, write the result and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.character.conversations", description=__doc__)
    parser.add_argument("--model", default="", help="id of a chat model; default: the tool's")
    parser.add_argument("--talks", type=Path, help="another file of conversations")
    parser.add_argument("--rows", type=Path, help="folder of the rows; default: the app's cache")
    parser.add_argument("--fresh", action="store_true", help="forget what was played before")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Play all conversations and write them beside the verdicts known.

    Raises:
        SamovarError: an unknown model or character, or a model that is damaged.
    """
    began = time.perf_counter()
    listed = visitors(given.talks or settings.data / FILE)
    known = verdicts(given.results / f"{RESULT}.json")
    with closing(Shelf(settings)) as models:
        chat = models.chat(given.model) if given.model else models.chat_of("character")
        path = (given.rows or settings.cache / "eval") / f"conversations-{chat.name}.jsonl"
        if given.fresh:
            path.unlink(missing_ok=True)
        rows = [judged(row, known) for row in played(models, chat, listed, path)]
        named = {"model": chat.name, "engine": chat.engine}
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data=f"data/{FILE}",
        size=len(listed),
        libraries=("openvino-genai", "xllamacpp"),
    )
    written = provenance.write(RESULT, {**named, "exchanges": rows}, origin, given.results)
    path.unlink(missing_ok=True)
    left = sum(row["good"] is None for row in rows)
    return terminal.write(out, [str(written), f"{len(rows)} replies, {left} to be judged"])


def played(models: Shelf, chat: ChatModel, listed: Sequence[Visitor], path: Path) -> Iterator[Row]:
    """Yield a row for each message of the conversations; those that `path` lacks are added to it.

    Raises:
        SamovarError: a character's models cannot be loaded.
    """
    held = {(row["talk"], row["number"]): row for row in kept(path)}
    casts: dict[str, Ensemble] = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as sink:
        for visitor in listed:
            slug = checks.choice(visitor.character, CHARACTERS, "character")
            if slug not in casts:
                casts[slug] = ensemble(models, CHARACTERS[slug], WHOLE, chat)
            yield from _talk(casts[slug], visitor, held, sink)


def _talk(
    cast: Ensemble, visitor: Visitor, held: Mapping[tuple[str, int], Row], sink: IO[str]
) -> Iterator[Row]:
    """Yield the rows of one conversation; from the first one that is not held on all are played."""
    said: list[Turn] = []
    goes_on = True
    before = ""
    for number, message in enumerate(visitor.messages, 1):
        row = held.get((visitor.id, number)) if goes_on else None
        if row is None or row["message"] != message:
            goes_on = False
            row = _played(cast, visitor, number, said, before)
            sink.write(json.dumps(row, ensure_ascii=False) + "\n")
            sink.flush()
            print(f"{visitor.id}: {message}\n  {row['reply']}", file=sys.stderr, flush=True)
        before = row["reply"]
        if before:
            said += [Turn("user", message), Turn("assistant", before)]
        yield row


def _played(
    cast: Ensemble, visitor: Visitor, number: int, said: Sequence[Turn], before: str
) -> Row:
    character, message = CHARACTERS[visitor.character], visitor.messages[number - 1]
    *_, last = exchange(cast, character, message, tuple(said), WHOLE, SEED)
    return {
        "talk": visitor.id,
        "number": number,
        "character": visitor.character,
        "language": visitor.language,
        "before": before,
        "message": message,
        "reply": last.reply,
        "good": None,
        "why": "",
        **_evidence(last, visitor.language),
    }


def _evidence(last: Exchange, language: Language) -> dict[str, Any]:
    """Return what stands beside the reply: facts, claims, style and time."""
    reply = last.told or Reply("")
    return {
        "facts": [{"id": fact.id, "text": fact.said(language)} for fact in last.facts],
        "claims": [
            {
                "verdict": claim.verdict,
                "text": claim.text,
                "fact": claim.fact.said(language) if claim.fact else "",
            }
            for claim in reply.claims
        ],
        "style": reply.style,
        "milliseconds": round(last.cost.milliseconds) if last.cost else None,
    }


def judged(row: Row, known: Verdicts) -> Row:
    """Return `row` with the verdict that a reader has given on it before."""
    before = known.get(_key(row))
    return {**row, "good": before["good"], "why": before["why"]} if before else row


def verdicts(path: Path) -> Verdicts:
    """Return the rows of `path` that a reader has judged; no file is none."""
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))["exchanges"]
    return {_key(row): row for row in rows if row["good"] is not None}


def _key(row: Row) -> tuple[str, int, str, str]:
    return row["talk"], row["number"], row["reply"], row["before"]


if __name__ == "__main__":
    raise SystemExit(main())
