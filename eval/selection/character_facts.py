"""What a message finds: the facts of a question, and the line of small talk.

python -m eval.selection.character_facts --name test

Asks each question of data/characters/*/questions-<name>.jsonl after its talk, with the matcher (and the
questions that it learned from) and without: is a fact that answers it the first one found, or among those
found; does what the character cannot know find none? With the matcher also: is a saying given without a
draft, and is it about the right fact? Development messages of small talk show whether they get their line.
Writes eval/results/character-facts-<name>.json.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO, Any

from eval.character.questions import Question, questions
from samovar.character import ready
from samovar.character.core import found
from samovar.character.drafts import Asked, Ensemble
from samovar.character.endpoint import ensemble, turns_of
from samovar.character.exchange import WHOLE
from samovar.character.grounding.retrieval import FactBase, fact_base
from samovar.character.persona import CHARACTERS, Character
from samovar.command import terminal
from samovar.figures import provenance, statistics
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.records import to_json
from samovar.settings import Settings

Row = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.selection.character_facts")
    parser.add_argument("--name", choices=("development", "test"), default="development")
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given.name, settings, out))


def measured(name: str, settings: Settings, out: IO[str]) -> int:
    """Ask all questions and write the result."""
    began, models = time.perf_counter(), shelf()
    rows: list[Row] = []
    for slug, character in CHARACTERS.items():
        whole = ensemble(models, character, WHOLE)
        assert whole.base is not None and whole.encoder is not None
        plain = fact_base(whole.encoder, whole.base.facts, settings.cache)
        for one in questions(settings.data, slug, name):
            rows += _rows(whole, plain, character, one)
    lines = [
        row for character in CHARACTERS.values() for row in _lines(models, character, settings)
    ]
    figures, lined = list(_figures(rows)), _lined(lines)
    result = {"questions": name, "figures": figures, "lines": lined, "rows": rows}
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data=f"data/characters/*/questions-{name}.jsonl",
        size=len({row["id"] for row in rows}),
        libraries=("numpy", "scikit-learn"),
    )
    print(provenance.write(f"character-facts-{name}", result, origin, RESULTS), file=out)
    print(json.dumps([*figures, lined], indent=1), file=out)
    return 0


def table(result: dict[str, Any]) -> list[str]:
    """Return the figures as Markdown lines."""
    heads = [
        "",
        "questions",
        "first one right",
        "among those found",
        "cannot be known",
        "find none",
    ]
    heads += ["answered by a saying", "of these right"]
    rows = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for one in result["figures"]:
        named = f"{one['language']}, {'with' if one['matcher'] else 'without'} the matcher"
        shares = [_share(one[key]) for key in ("first", "found")]
        said = [_share(one["said"]), _share(one["said_right"])] if one["matcher"] else ["", ""]
        known = [str(one["unknowable"]), _share(one["none"])]
        rows.append([named, str(one["answerable"]), *shares, *known, *said])
    lined = result["lines"]
    told = (
        f"Of {lined['with']} development messages of small talk that have a line, {lined['right']} get it, "
        f"{lined['wrong']} another one; of {lined['without']} that have none, {lined['fired']} get one."
    )
    return [*(f"| {' | '.join(row)} |" for row in rows), "", told, ""]


def _rows(whole: Ensemble, plain: FactBase, character: Character, one: Question) -> Iterator[Row]:
    history = turns_of(list(one.history))
    for matcher in (False, True):
        here = whole if matcher else replace(whole, base=plain, repertoire=None)
        asked = found(here, _asked(here, character, one.question, history))
        ids = [fact.id for fact in asked.facts]
        said = ready.reply(here, asked, 0)
        own = said.claims[0].fact.id if said and said.claims and said.claims[0].fact else None
        yield {
            "id": one.id,
            "language": one.language,
            "matcher": matcher,
            "answerable": bool(one.facts),
            "first": bool(set(ids[:1]) & set(one.facts)),
            "found": bool(set(ids) & set(one.facts)),
            "none": not ids,
            "said": own is not None,
            "said_right": own in one.facts,
        }


def _asked(whole: Ensemble, character: Character, message: str, history: Any = ()) -> Asked:
    language = whole.language(character, message)
    return Asked(character, message, history, language, stop=threading.Event())


def _lines(models: Any, character: Character, settings: Settings) -> Iterator[Row]:
    assert character.words is not None
    whole = ensemble(models, character, WHOLE)
    assert whole.repertoire is not None
    lines = whole.repertoire.words.lines
    owner = {text: one.id for one in lines for texts in one.replies.values() for text in texts}
    path = settings.data / character.words / "lines-development.jsonl"
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        said = ready.reply(whole, found(whole, _asked(whole, character, row["message"])), 0)
        yield {"line": row["line"], "got": owner.get(said.text) if said else None}


def _lined(rows: Sequence[Row]) -> dict[str, int]:
    own = [row for row in rows if row["line"]]
    return {
        "with": len(own),
        "right": sum(row["got"] == row["line"] for row in own),
        "wrong": sum(row["got"] not in (None, row["line"]) for row in own),
        "without": len(rows) - len(own),
        "fired": sum(row["got"] is not None for row in rows if not row["line"]),
    }


def _figures(rows: Sequence[Row]) -> Iterator[Row]:
    for language in ("en", "ru"):
        for matcher in (False, True):
            own = [one for one in rows if (one["language"], one["matcher"]) == (language, matcher)]
            known = [one for one in own if one["answerable"]]
            others = [one for one in own if not one["answerable"]]
            said = [one for one in known if one["said"]]
            yield {
                "language": language,
                "matcher": matcher,
                "answerable": len(known),
                "unknowable": len(others),
                **{key: _mean(known, key) for key in ("first", "found", "said")},
                "said_right": _mean(said, "said_right") if said else None,
                "none": _mean(others, "none"),
            }


def _mean(rows: Sequence[Row], key: str) -> Any:
    return to_json(statistics.mean([float(row[key]) for row in rows]))


def _share(interval: Any) -> str:
    if interval is None:
        return ""
    return f"{interval['value']:.2f} ({interval['low']:.2f} to {interval['high']:.2f})"


if __name__ == "__main__":
    raise SystemExit(main())
