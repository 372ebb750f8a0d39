"""Pairs for the adapter of the chat model: a text and the reply that names what is in it.

python -m training.entities.lessons --data-dir ../shared/datasets --out build/names-en.jsonl

Training texts of CoNLL-2003 and, for other kinds of text, of WNUT-17 and CrossNER. Texts without
names are kept in part only: they are short replies that teach little.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from samovar.ner.annotated.gold import Annotated
from samovar.ner.tagging.alignment import Entity, align
from samovar.ner.tagging.forms import TUNED
from samovar.ner.tagging.prompt import MAX_NAME, MAX_NAMES, WINDOW
from training.entities import corpora

SOURCES = ("conll", "wnut", "crossner")
EMPTY = 50
"""Per cent of the texts without names that are kept."""
SHORTEST = 12
"""Characters of a text."""


def pairs(
    texts: Sequence[Annotated], origin: str, removed: Counter[str]
) -> Iterator[dict[str, str]]:
    """Yield the pairs of one corpus; `removed` counts what was left out, and why."""
    for annotated in texts:
        reason = _unfit(annotated)
        if reason:
            removed[f"{origin}: {reason}"] += 1
            continue
        reply = TUNED.write(annotated.text, _entities(annotated))
        yield {
            "source": annotated.text,
            "target": reply,
            "language": annotated.language,
            "origin": origin,
        }


def _unfit(annotated: Annotated) -> str:
    """Return why a text cannot teach, empty when it can."""
    entities = _entities(annotated)
    if not SHORTEST <= len(annotated.text) <= WINDOW:
        return "too short or longer than a window"
    if not entities and not corpora.drawn(f"empty {annotated.text}", EMPTY):
        return "no names"
    if len(set(entities)) > MAX_NAMES or any(len(entity.text) > MAX_NAME for entity in entities):
        return "more names than a reply may hold"
    if align(annotated.text, entities).spans != annotated.spans:
        return "names that the alignment would not find again in their places"
    return ""


def _entities(annotated: Annotated) -> list[Entity]:
    return [Entity(span.text, span.label) for span in annotated.spans]


def main(argv: Sequence[str] | None = None) -> None:
    """Write the pairs and say what was left out."""
    parser = argparse.ArgumentParser("python -m training.entities.lessons", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    removed: Counter[str] = Counter()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with options.out.open("w", encoding="utf-8") as out:
        for name in SOURCES:
            part = corpora.TRAINING[name]
            for row in pairs(corpora.texts(part, options.data_dir), part.origin, removed):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    for reason, texts in sorted(removed.items()):
        print(f"left out {texts:6,}  {reason}")
    print(f"written  {count:6,}  {options.out}")


if __name__ == "__main__":
    main()
