"""Read a visitor's own intents: JSON Lines, CSV, or the NLU data of Rasa."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import yaml

from samovar import checks
from samovar.errors import InputError, SamovarError
from samovar.files import json_lines, table
from samovar.files.rows import Row
from samovar.files.source import File
from samovar.files.text import content, lines
from samovar.paraphrase.nlu.marks import Slot, unmarked
from samovar.phrases import Phrase

BYTES = 2_000_000
LINES = 20_000
MOST = 5_000
"""Examples: so many are encoded in about twenty seconds on two cores."""
SECONDS = 20
"""GPU seconds for them on ZeroGPU: estimated, not measured."""
FEWEST = 2
"""Examples of each intent."""
INTENTS = 200
TEXT = 600
MARKED = 3 * TEXT
NAME = 100
"""Characters of an example, without and with the marks of its slots, and of an intent's name."""

WAYS = Phrase(
    "Write JSON Lines with the fields text and intent, CSV with the header text,intent, or Rasa's "
    "nlu.yml.",
    "Подойдут строки JSON с полями text и intent, CSV с заголовком text,intent или nlu.yml для Rasa.",
)
SHORTER = Phrase("Leave the most telling examples.", "Оставьте самые показательные примеры.")
MORE = Phrase("Add examples and load it again.", "Добавьте примеры и загрузите файл снова.")
SUFFIX = Phrase(
    "{name} is none of the kinds of file that are read: {kinds}.",
    "{name} не относится к читаемым видам файлов: {kinds}.",
)
LONG = Phrase(
    "The file has {lines:,} lines; at most {limit:,} are read.",
    "В файле {lines:,} строк, а читается не больше {limit:,}.",
)
MANY = Phrase(
    "The file has {found:,} different examples; at most {limit:,} are used.",
    "В файле {found:,} разных примеров, а используется не больше {limit:,}.",
)
BROKEN = Phrase("{place}: {why}", "{place}: {why}")
LINE = Phrase("Line {number}", "Строка {number}")
ITEM = Phrase("Intent {name}", "Намерение {name}")
NO_FIELD = Phrase("no text in the field `{field}`.", "нет текста в поле «{field}».")
HEADER = "text,intent"
NOT_YAML = Phrase("The file is not YAML: {why}.", "Файл не YAML: {why}.")
NO_NLU = Phrase(
    "The YAML has no list `nlu` with intents and examples.",
    "В YAML нет списка nlu с намерениями и примерами.",
)
WIDE = Phrase(
    "The file has {found:,} intents; at most {limit} are told apart.",
    "В файле {found:,} намерений, а различается не больше {limit}.",
)
FEW = Phrase(
    "Too few examples: {names} have fewer than {fewest}.",
    "Слишком мало примеров: меньше {fewest} у {names}.",
)
NOTHING = Phrase("The file holds no examples.", "В файле нет примеров.")
ONE = Phrase(
    "The file has only the intent {name}; a classifier needs at least two.",
    "В файле только намерение {name}, а классификатору нужно хотя бы два.",
)
BULLET = re.compile(r"^\s*-\s+(.+?)\s*$")
NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one text that a bot should understand as `intent`."""

    text: str
    intent: str
    slots: tuple[Slot, ...] = ()


def read(file: File) -> list[Example]:
    """Return the examples of a file, each once, when a classifier can be fitted to them.

    Raises:
        InputError: the file is too large, no text, written otherwise, or holds too little.
    """
    return _enough(examples(file))


def examples(file: File) -> list[Example]:
    """Return the examples of a file, each once; the name's ending says how it is written.

    Raises:
        InputError: the file is too large, no text, or written otherwise.
    """
    if file.kind.removeprefix(".") not in READERS:
        kinds = ", ".join(f".{kind}" for kind in READERS)
        raise InputError(SUFFIX, WAYS, name=file.name[-NAME:], kinds=kinds)
    file.require_size(BYTES, SHORTER)
    count = sum(1 for _ in lines(file))
    if count > LINES:
        raise InputError(LONG, SHORTER, lines=count, limit=LINES)
    found: dict[tuple[str, str], Example] = {}
    for example in READERS[file.kind.removeprefix(".")](file):
        found.setdefault((example.text, example.intent), example)
    return list(found.values())


def _enough(examples: list[Example]) -> list[Example]:
    counts = Counter(example.intent for example in examples)
    few = [name for name, count in counts.items() if count < FEWEST]
    if not counts:
        raise InputError(NOTHING, WAYS)
    if len(counts) == 1:
        raise InputError(ONE, MORE, name=next(iter(counts)))
    if few:
        more = ["…"] if len(few) > NAMES_SHOWN else []
        raise InputError(FEW, MORE, names=", ".join(few[:NAMES_SHOWN] + more), fewest=FEWEST)
    if len(examples) > MOST:
        raise InputError(MANY, SHORTER, found=len(examples), limit=MOST)
    if len(counts) > INTENTS:
        raise InputError(WIDE, SHORTER, found=len(counts), limit=INTENTS)
    return examples


def _json_lines(file: File) -> Iterator[Example]:
    return _examples(json_lines.objects(file, WAYS))


def _table(file: File) -> Iterator[Example]:
    return _examples(table.rows(file, ("text", "intent"), HEADER))


def _examples(rows: Iterable[Row]) -> Iterator[Example]:
    for row in rows:
        yield _example(row.fields, LINE.filled(number=row.line))


def _rasa(file: File) -> Iterator[Example]:
    """Read only plain values: a loader that resolves merges can be made to fill the memory."""
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        document = yaml.load(content(file), loader)
    except (yaml.YAMLError, RecursionError) as error:
        why = " ".join(str(getattr(error, "problem", "") or type(error).__name__).split())
        raise InputError(NOT_YAML, WAYS, why=why) from error
    items = document.get("nlu") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise InputError(NO_NLU, WAYS)
    for item in items:
        if isinstance(item, dict) and isinstance(item.get("intent"), str):
            name = item["intent"]
            place = Phrase(ITEM.say("en", name=name[:NAME]), ITEM.say("ru", name=name[:NAME]))
            for said in _said(item.get("examples")):
                yield _example({"text": said, "intent": name}, place)


def _said(examples: object) -> Iterator[str]:
    """Yield the texts of `examples: |` with dashes, or of a list of `text:` with metadata."""
    if isinstance(examples, str):
        matches = (BULLET.match(line) for line in examples.splitlines())
        yield from (match[1] for match in matches if match)
    elif isinstance(examples, list):
        for entry in examples:
            text = entry.get("text") if isinstance(entry, dict) else entry
            if isinstance(text, str):
                yield (BULLET.match(text) or ["", text])[1].strip()


def _example(fields: Mapping[Any, Any], place: Phrase) -> Example:
    for field, limit in (("text", MARKED), ("intent", NAME)):
        value = fields.get(field)
        if not isinstance(value, str) or not value.strip():
            missing = Phrase(NO_FIELD.say("en", field=field), NO_FIELD.say("ru", field=field))
            raise InputError(BROKEN, WAYS, place=place, why=missing)
        with _told(place):
            checks.text(value, limit, field)
    with _told(place):
        plain, slots = unmarked(fields["text"])
        checks.text(plain, TEXT)
    return Example(plain, " ".join(fields["intent"].split()), slots)


@contextmanager
def _told(place: Phrase) -> Iterator[None]:
    """Say in which line or intent something is wrong."""
    try:
        yield
    except SamovarError as error:
        why = Phrase(error.say("en"), error.say("ru"))
        raise InputError(BROKEN, place=place, why=why) from error


READERS: dict[str, Callable[[File], Iterator[Example]]] = {
    "jsonl": _json_lines,
    "csv": _table,
    "tsv": _table,
    "yml": _rasa,
    "yaml": _rasa,
}
"""Ending of a file's name → how it is read."""
