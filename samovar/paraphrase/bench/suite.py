"""The suite: a file of originals with intents and marked slots, and files of ready variants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from samovar.errors import InputError
from samovar.files import json_lines, table
from samovar.files.rows import Row
from samovar.files.source import File
from samovar.paraphrase.nlu import intent_file
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.marks import unmarked
from samovar.phrases import Phrase

NO_EXAMPLES = Phrase("The suite {path} holds no examples.", "В наборе {path} нет примеров.")
BAD_ROW = Phrase(
    "{path}, line {number}: this is no variant: {why}.",
    "{path}, строка {number}: это не вариант: {why}.",
)
ROWS = Phrase(
    'Write {{"original": "…", "text": "…"}} a line, or CSV with the header original,text.',
    'Пишите строками {{"original": "…", "text": "…"}} или CSV с заголовком original,text.',
)
HEADER = "original,text"
NO_TEXT = Phrase("the field `{field}` holds no text", "в поле «{field}» нет текста")
STRANGER = Phrase("“{text}” is not in the suite", "в наборе нет «{text}»")


def suite(path: str) -> list[Example]:
    """Return the examples of a file, as the page reads it; an intent may have a single one.

    Raises:
        InputError: the file cannot be read, is too large, written otherwise or empty.
    """
    found = intent_file.examples(File(path, Path(path)))
    if not found:
        raise InputError(NO_EXAMPLES, intent_file.WAYS, path=path)
    return found


def chosen(examples: Sequence[Example], most: int) -> list[Example]:
    """Return at most `most` examples, in turn of every intent; 0 takes all."""
    if not most or most >= len(examples):
        return list(examples)
    turns: dict[str, int] = {}
    ranked = []
    for at, example in enumerate(examples):
        turn = turns[example.intent] = turns.get(example.intent, -1) + 1
        ranked.append((turn, at))
    return [examples[at] for _, at in sorted(sorted(ranked)[:most], key=lambda pair: pair[1])]


def ready_variants(path: str, examples: Iterable[Example]) -> dict[str, tuple[str, ...]]:
    """Return the variants of each original, as a file lists them.

    Raises:
        InputError: the file cannot be read, or a row names no original of the suite.
    """
    known = {example.text for example in examples}
    found: dict[str, dict[str, None]] = {}
    for row in _rows(File(path, Path(path))):
        number = row.line
        original, text = (_text(row.fields, name, number, path) for name in ("original", "text"))
        if original not in known:
            why = STRANGER.filled(text=original[:60])
            raise InputError(BAD_ROW, ROWS, number=number, path=path, why=why)
        if text != original:
            found.setdefault(original, {})[text] = None
    return {original: tuple(texts) for original, texts in found.items()}


def _rows(file: File) -> Iterator[Row]:
    if file.kind in (".csv", ".tsv"):
        return table.rows(file, ("original", "text"), HEADER)
    return json_lines.objects(file, ROWS)


def _text(row: Mapping[str, Any], field: str, number: int, path: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise InputError(BAD_ROW, ROWS, number=number, path=path, why=NO_TEXT.filled(field=field))
    return unmarked(value)[0]
