"""Texts whose names are known: what taggers are scored on and trained on, and a file of them.

JSON Lines: {"text": "Ann left.", "spans": [{"start": 0, "end": 3, "label": "PER"}], "language": "en"}
Columns: a word and its tag a line (CoNLL-2003, IOB2, BILOU), a blank line between sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from samovar import checks
from samovar.errors import InputError
from samovar.files import json_lines
from samovar.files.source import File
from samovar.files.text import lines
from samovar.language import detect_or_english
from samovar.ner.annotated.columns import blocks, numbered
from samovar.ner.annotated.schemes import KNOWN
from samovar.ner.tagging.labels import NAMES
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.records import Span

LIMIT = 20_000
"""Characters of a text."""
MOST = 5_000
"""Texts of a file."""
LARGEST = 20_000_000
"""Bytes of a file."""
KEYS = ("spans", "entities", "label")
"""Where the spans of a line may stand: ours, NEREL's, Doccano's."""

NAMED = (("start",), ("end", "stop"), ("label", "type"))
"""What the three parts of a span may be called."""

MANY = Phrase("The file has more than {limit:,} texts.", "В файле больше {limit:,} текстов.")
SPLIT = Phrase("Split it into parts.", "Разделите его на части.")
NONE = Phrase("The file holds no texts with names.", "В файле нет текстов с именами.")
FORMATS = Phrase(
    "It may be JSON Lines with text and spans, or columns with a word and its tag a line.",
    "Подойдут строки JSON с полями text и spans или столбцы: слово и метка в строке.",
)
LINE = Phrase("Line {line}: {why}", "Строка {line}: {why}")
NO_SPANS = Phrase(
    "There is no list of spans (`spans` or `entities`).",
    "Нет списка имён («spans» или «entities»).",
)
BAD_SPAN = Phrase(
    "{span} is no span: whole numbers start and end and a label are needed.",
    "{span} — не имя: нужны целые start и end и метка label.",
)
OUTSIDE = Phrase(
    "The span {start}:{end} lies outside of the text, which has {length} characters, or is empty.",
    "Имя {start}:{end} пусто или выходит за текст, в котором {length} знаков.",
)
OTHER_TEXT = Phrase(
    "At {start}:{end} stands {found}, not {said}.",
    "На месте {start}:{end} стоит {found}, а не {said}.",
)
OVERLAP = Phrase(
    "The spans {one} and {two} overlap; a letter belongs to one name only.",
    "Имена {one} и {two} пересекаются, а буква принадлежит только одному.",
)
KEEP_OUTER = Phrase("Keep the outer one.", "Оставьте внешнее.")
UNKNOWN = Phrase("The label {label} is unknown.", "Метка {label} неизвестна.")
LABELS = Phrase(
    "Known are {names} and the labels of OntoNotes, WNUT-17, CrossNER, factRuEval and NEREL.",
    "Известны {names} и метки OntoNotes, WNUT-17, CrossNER, factRuEval и NEREL.",
)


@dataclass(frozen=True, slots=True)
class Annotated:
    """Hold a text and its names, sorted by start and without overlaps."""

    text: str
    spans: tuple[Span, ...]
    language: Language


def read(file: File) -> list[Annotated]:
    """Return the texts of a file, labels turned into those of the page.

    A known label that is no name here (dates, professions …) is left out.

    Raises:
        InputError: too large, no text, malformed, an unknown label, or spans that overlap; the line is
            named.
    """
    file.require_size(LARGEST, SPLIT)
    texts: list[Annotated] = []
    for annotated in _objects(file) if _is_json(file) else _columns(file):
        texts.append(annotated)
        if len(texts) > MOST:
            raise InputError(MANY, SPLIT, limit=MOST)
    if not any(annotated.spans for annotated in texts):
        raise InputError(NONE, FORMATS)
    return texts


def _is_json(file: File) -> bool:
    return next((line.lstrip()[0] == "{" for line in lines(file) if line.strip()), False)


def _objects(file: File) -> Iterator[Annotated]:
    for row in json_lines.objects(file, FORMATS):
        try:
            yield _object(row.fields)
        except InputError as error:
            raise _at(row.line, error) from error


def _columns(file: File) -> Iterator[Annotated]:
    rows = list(lines(file))
    for block in blocks(rows, word=1 if numbered(rows) else 0):
        try:
            checks.text(block.text, LIMIT)
            yield _annotated(block.text, block.spans, None)
        except InputError as error:
            raise _at(block.line, error) from error


def _object(row: Mapping[str, Any]) -> Annotated:
    text = checks.text(row.get("text"), LIMIT)
    given = row.get("language")
    language = None if given is None else checks.choice(given, LANGUAGES, "language")
    listed = next((row[key] for key in KEYS if isinstance(row.get(key), list)), None)
    if listed is None:
        raise InputError(NO_SPANS, FORMATS)
    return _annotated(text, [_span(text, one) for one in listed], language)


def _span(text: str, given: Any) -> Span:
    row = [_first(given, names) for names in NAMED] if isinstance(given, dict) else given
    if not isinstance(row, list) or len(row) != 3 or not isinstance(row[2], str):
        raise InputError(BAD_SPAN, span=repr(given)[:60])
    start, end, label = row
    if any(isinstance(at, bool) or not isinstance(at, int) for at in (start, end)):
        raise InputError(BAD_SPAN, span=repr(given)[:60])
    if not 0 <= start < end <= len(text):
        raise InputError(OUTSIDE, start=start, end=end, length=len(text))
    said = given.get("text") if isinstance(given, dict) else None
    if said is not None and said != text[start:end]:
        shown = repr(text[start:end])[:60]
        raise InputError(OTHER_TEXT, start=start, end=end, found=shown, said=repr(said)[:60])
    return Span(start, end, label, text[start:end])


def _first(given: dict[str, Any], names: Sequence[str]) -> Any:
    return next((given[name] for name in names if name in given), None)


def _annotated(text: str, spans: Sequence[Span], language: str | None) -> Annotated:
    known = [Span(s.start, s.end, label, s.text) for s in spans if (label := _label(s.label))]
    known.sort(key=lambda span: (span.start, span.end))
    for before, after in pairwise(known):
        if after.start < before.end:
            raise InputError(OVERLAP, KEEP_OUTER, one=_shown(before), two=_shown(after))
    fixed: Language | None = next((name for name in LANGUAGES if name == language), None)
    return Annotated(text, tuple(known), fixed or detect_or_english(text))


def _label(name: str) -> str:
    """Return the page's label of `name`, empty for one that is no name here."""
    label = KNOWN.get(name.lower())
    if label is None:
        raise InputError(UNKNOWN, LABELS, label=repr(name)[:60], names=", ".join(NAMES))
    return label


def _shown(span: Span) -> str:
    return f"{span.text[:30]!r} ({span.start}:{span.end})"


def _at(line: int, error: InputError) -> InputError:
    why = Phrase(error.say("en"), error.say("ru"))
    return InputError(LINE, line=line, why=why)
