"""Ask every question in every column of the ablation; rows are kept, so that a run can go on."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.character.questions import KINDS, Question, judged
from samovar.character.core import exchange
from samovar.character.drafts import Ensemble
from samovar.character.endpoint import ensemble, turns_of
from samovar.character.exchange import ABLATION, WHOLE, Exchange, Reply
from samovar.character.persona import Character
from samovar.figures.statistics import Interval, compare, mean
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.records import to_json

Row = dict[str, Any]
SEED = 0
PLAIN = "lora"
"""The column that others are compared with: the character's model alone."""
REFUSED = ("don't know", "do not know", "no idea", "do not have that", "не знаю", "понятия не имею")


def kept(path: Path) -> list[Row]:
    """Return the rows that an earlier run has left in `path`."""
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def asked(
    models: Shelf,
    chat: ChatModel,
    character: Character,
    questions: Sequence[Question],
    columns: Sequence[str],
    path: Path,
    seen: Callable[[Row], None],
) -> list[Row]:
    """Return a row for each question and column; those that `path` lacks are asked and written to it."""
    rows = {(row["id"], row["column"]): row for row in kept(path)}
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = ensemble(models, character, WHOLE, chat)
    with path.open("a", encoding="utf-8") as sink:
        for question, column in ((one, name) for name in columns for one in questions):
            key = question.id, column
            if key not in rows:
                rows[key] = _row(whole, character, question, column)
                sink.write(json.dumps(rows[key], ensure_ascii=False) + "\n")
                sink.flush()
                seen(rows[key])
    return [judged(rows[one.id, name], one) for name in columns for one in questions]


def summed(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures of each column, and how it compares with PLAIN on the same questions."""
    columns = dict.fromkeys(row["column"] for row in rows)
    by = {name: [row for row in rows if row["column"] == name] for name in columns}
    found: dict[str, Any] = {name: dict(_figures(by[name])) for name in columns}
    plain = by.get(PLAIN)
    for name in columns:
        if plain and name != PLAIN:
            found[name]["compared"] = {
                key: to_json(compare(_values(by[name], key), _values(plain, key)))
                for key in ("right", "affirmed", "contradicted")
            }
            times = [_seconds(by[name]), _seconds(plain)]
            found[name]["times"] = round(times[0] / times[1], 2)
    return found


def _row(whole: Ensemble, character: Character, question: Question, column: str) -> Row:
    steps = ABLATION[column]
    told = turns_of(list(question.history))
    *_, last = exchange(whole, character, question.question, told, steps, SEED)
    reply = _measured(whole, character, last)
    return {
        "id": question.id,
        "character": character.slug,
        "kind": question.kind,
        "language": question.language,
        "column": column,
        "reply": reply.text,
        "facts": [fact.id for fact in last.facts],
        "found": bool({fact.id for fact in last.facts} & set(question.facts)),
        "contradicted": bool(reply.count("contradicted")),
        "claims": [[claim.verdict, claim.text] for claim in reply.claims],
        "refused": any(form in reply.text.lower() for form in REFUSED),
        "style": reply.style,
        "milliseconds": last.cost.milliseconds if last.cost else None,
    }


def _measured(whole: Ensemble, character: Character, exchange: Exchange) -> Reply:
    """Return the reply with claims and style, whether or not its column looks at them."""
    reply = exchange.told or Reply("")
    language = whole.language(character, exchange.message)
    if whole.judge is not None and not reply.claims and reply.text:
        asked = (language, exchange.message, exchange.facts)
        [claims] = whole.judge.claims([reply.text], *asked)
        reply = replace(reply, claims=claims)
    if whole.speakers is not None and whole.encoder is not None and language == "en":
        styles = whole.speakers.style([reply.text], character.name.en, whole.encoder)
        reply = replace(reply, style=styles[0] if styles else None)
    return reply


def _figures(rows: Sequence[Row]) -> Iterator[tuple[str, Any]]:
    """Yield the figures of one column; intervals are over questions."""
    yield "questions", len(rows)
    for key in ("right", "affirmed", "contradicted", "refused", "found"):
        yield key, _interval(_values(rows, key))
    for kind in KINDS:
        of = [row for row in rows if row["kind"] == kind]
        if of:
            yield kind, {"questions": len(of), "right": _interval(_values(of, "right"))}
    styles = [row["style"] for row in rows if row["style"] is not None]
    yield "style", _interval(styles) if styles else None
    yield "seconds", round(_seconds(rows), 3)


def _values(rows: Sequence[Mapping[str, Any]], key: str) -> list[float]:
    return [float(row[key]) for row in rows]


def _seconds(rows: Sequence[Row]) -> float:
    """Return the mean seconds of a reply, the slowest and fastest tenth left out: other programs run."""
    times = sorted(row["milliseconds"] for row in rows)
    cut = len(times) // 10
    return statistics.fmean(times[cut : len(times) - cut]) / 1000


def _interval(values: Sequence[float]) -> dict[str, float]:
    found: Interval = mean(values)
    return {name: round(value, 4) for name, value in to_json(found).items()}
