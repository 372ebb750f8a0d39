"""Transcripts of any series: tables with a line a row, and plain text with a speaker before each line.

Season,Episode,Character,Line      a table (.csv, .tsv); season and episode may be empty or missing
NAME: what is said                 plain text; blank lines and headings stand between scenes
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.errors import InputError
from samovar.phrases import Phrase

LARGEST = 64 * 2**20
"""Bytes of a file; a series of eight seasons has six million."""
TABLES = (".csv", ".tsv")
ENDINGS = (*TABLES, ".txt")
DELIMITERS = ",;\t"
RUSSIAN = 0.2
"""Share of bytes above 127 from which on a text that is no UTF-8 counts as Russian."""
SPEAKER = re.compile(r"(?P<name>[^\W\d_][^:\n]{0,39}?)\s*:\s*(?P<said>\S.*)")
HEADING = re.compile(
    r"(?i)(?:scene|cut to|fade|int\b|ext\b|act\b|teaser|previously|intercut|montage|medley|flashback"
    r"|сцена|эпизод|акт\b|инт\b|нат\b|затемнение|ранее в)"
)
"""How a line begins that names a place and no speaker."""
RULE = re.compile(r"[\W_]{3,}|[\[(].*[\])]")
"""A row of signs, or a stage direction alone."""

MISSING = Phrase("The transcript {path} does not exist.", "Стенограммы {path} нет.")
NAME_IT = Phrase(
    "Name a .csv, .tsv or .txt file, or a folder of them.",
    "Укажите файл .csv, .tsv или .txt или папку с ними.",
)
LARGE = Phrase(
    "The transcript {path} has {size:,} bytes; at most {limit:,} are read.",
    "В стенограмме {path} {size:,} байт, а читается не больше {limit:,}.",
)
SPLIT = Phrase("Split it by season.", "Разделите её по сезонам.")
NO_TEXT = Phrase(
    "The file {path} is no text: it holds a zero byte.",
    "Файл {path} — не текст: в нём нулевой байт.",
)
BROKEN = Phrase("The table {path} cannot be read: {why}.", "Таблица {path} не читается: {why}.")
COLUMNS = Phrase(
    "The table {path} has the columns {found}, and needs Character and Line.",
    "В таблице {path} столбцы {found}, а нужны Character и Line.",
)
WRITE_COLUMNS = Phrase(
    "Write Season,Episode,Character,Line into its first row.",
    "Запишите в первую строку Season,Episode,Character,Line.",
)
SEASON = Phrase(
    "Row {row} of {path} has the season {value}, which is no whole number.",
    "В строке {row} файла {path} сезон {value} — не целое число.",
)
EMPTY = Phrase("The transcript {path} is empty.", "Стенограмма {path} пуста.")
NO_SPEAKERS = Phrase(
    "The transcript {path} names no speakers.", "В стенограмме {path} не названы говорящие."
)
WRITE_SPEAKERS = Phrase(
    "Write a name and a colon before each line, such as “ANNA: Good morning.”",
    "Пишите перед каждой репликой имя и двоеточие: «АННА: Доброе утро.»",
)


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what one speaker says, as it stands in the file."""

    speaker: str
    text: str
    season: int | None = None
    episode: str = ""
    scene: int = 0
    """Rises at each blank row, blank line or heading of the file."""


def read(path: Path) -> list[Line]:
    """Return the lines of a file, or of all transcripts in a folder, in the order of their names.

    Raises:
        InputError: it is missing, empty, too large or no text, or names no columns or no speakers.
    """
    files = (
        sorted(p for p in path.glob("*") if p.suffix.lower() in ENDINGS) if path.is_dir() else []
    )
    if not files and not path.is_file():
        raise InputError(MISSING, NAME_IT, path=path)
    return [line for file in files or [path] for line in _file(file)]


def text_of(path: Path) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, Windows-1251 or Windows-1252.

    Raises:
        InputError: it is empty, too large or no text.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise InputError(LARGE, SPLIT, path=path, size=size, limit=LARGEST)
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", "replace")
    elif b"\0" in raw:
        raise InputError(NO_TEXT, NAME_IT, path=path)
    else:
        text = _decoded(raw)
    if not text.strip():
        raise InputError(EMPTY, WRITE_SPEAKERS, path=path)
    return text


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        high = sum(byte > 127 for byte in raw)
        return raw.decode("cp1251" if high > RUSSIAN * len(raw) else "cp1252", "replace")


def _file(path: Path) -> list[Line]:
    text = text_of(path)
    table = path.suffix.lower() in TABLES
    lines = list(_table(text, path) if table else _plain(text.splitlines()))
    if not lines:
        raise InputError(NO_SPEAKERS, WRITE_SPEAKERS, path=path)
    return lines


def _table(text: str, path: Path) -> Iterator[Line]:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(BROKEN, WRITE_COLUMNS, path=path, why=error) from error
    header = [name.strip().lower() for name in rows[0]]
    if not {"character", "line"} <= set(header):
        found = ", ".join(rows[0])[:200]
        raise InputError(COLUMNS, WRITE_COLUMNS, path=path, found=found)
    scene = 0
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if not any(cells.values()):
            scene += 1
        elif cells.get("character") and cells.get("line"):
            season = _season(cells.get("season", ""), number, path)
            episode = cells.get("episode", "")
            yield Line(cells["character"], cells["line"], season, episode, scene)


def _season(value: str, row: int, path: Path) -> int | None:
    if not value:
        return None
    if not value.isdecimal():
        raise InputError(SEASON, WRITE_COLUMNS, row=row, path=path, value=repr(value)[:40])
    return int(value)


def _plain(lines: Sequence[str]) -> Iterator[Line]:
    """Yield the lines of a play; one without a name goes on with the one before it."""
    scene = 0
    held: Line | None = None
    for raw in lines:
        line = raw.strip()
        if not line or HEADING.match(line) or RULE.fullmatch(line):
            if held:
                yield held
            held, scene = None, scene + 1
        elif (match := SPEAKER.fullmatch(line)) and _named(match["name"]):
            if held:
                yield held
            held = Line(match["name"].strip(), match["said"], scene=scene)
        elif held:
            held = Line(held.speaker, f"{held.text} {line}", scene=scene)
    if held:
        yield held


def _named(name: str) -> bool:
    """Tell whether what stands before a colon is a name: a capital first, and few words."""
    return name[0].isupper() and len(name.split()) <= 4
