"""Collect the words that need no fact: right texts use them beside sheets that do not have them.

`python -m eval.selection.everyday_words` reads the texts to train on, never one that measures, and writes
data/marketing/everyday-words.json.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from samovar.marketing.check import known_sheets
from samovar.marketing.checks.support import unsupported
from samovar.marketing.facts.reading import Reader, Sentence, Sheet
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language

NAME = "everyday-words.json"
SHEETS = 1
"""Sheets beside which a word must stand unsupported."""
Read = tuple[Sheet, tuple[Sentence, ...]]


def everyday_words(read: Iterable[Read]) -> list[str]:
    """Return the stems that texts use although their sheets do not have them, sorted."""
    beside: dict[str, set[str]] = defaultdict(set)
    for sheet, sentences in read:
        for sentence in sentences:
            novel = {token.start for token in unsupported(sentence, sheet, frozenset())}
            for token, stem in zip(sentence.tokens, sentence.stems, strict=True):
                if token.start in novel:
                    beside[stem].add(sheet.brief.id)
    return sorted(stem for stem, sheets in beside.items() if len(sheets) >= SHEETS)


def texts(language: Language) -> list[Read]:
    """Return the texts to train on, read, each with its sheet."""
    reader = Reader(shelf().parser(language), language)
    path = shelf().settings.data / "marketing" / f"texts-{language}.jsonl"
    rows: list[Mapping[str, Any]] = [json.loads(line) for line in path.open(encoding="utf-8")]
    briefs = known_sheets()
    sheets = {id: reader.sheet(briefs[id]) for id in dict.fromkeys(row["sheet"] for row in rows)}
    return [(sheets[row["sheet"]], reader.sentences(row["text"])) for row in rows]


def main() -> None:
    """Write the words of both languages."""
    words = {language: everyday_words(texts(language)) for language in LANGUAGES}
    path = shelf().settings.data / "marketing" / NAME
    path.write_text(json.dumps(words, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
