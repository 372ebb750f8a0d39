"""Statements about products, right ones and faulty ones, and the sheets that they are about.

`data/marketing/statements-*.jsonl` and `faults-development.jsonl` were written for this project, by different
hands; the sentences of the advertising texts there are right as well, though nobody has judged them singly.
Whatever is about a held-out sheet only validates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samovar import schema
from samovar.errors import InputError, SamovarError
from samovar.marketing.facts.brief import Brief, products
from samovar.marketing.facts.words import sentences
from samovar.phrases import LANGUAGES, Language, Phrase
from training.corpora.files import records

Kind = Literal[
    "number",
    "unit",
    "currency",
    "discount",
    "guarantee",
    "superlative",
    "medical",
    "financial",
    "property",
    "lost_condition",
    "swapped",
    "invented_feature",
    "delivery",
    "forbidden",
]
HELD_OUT = 17
"""Per cent of the sheets whose statements only validate: about one in six."""
SHEETS = ("marketing/sheets-train.jsonl", "products/products.jsonl")
JUDGED = "sheets-judged-*.jsonl"
"""In the folder of marketing: sheets that are there for their statements alone."""
DEVELOPMENT = "faults-development.jsonl"
NO_FILE = Phrase("{folder} holds no statements-*.jsonl.", "В {folder} нет statements-*.jsonl.")
RESTORE = Phrase("Restore the files.", "Восстановите файлы.")
BAD = Phrase("Line {line} of {path}: {why}", "Строка {line} в {path}: {why}")
SHAPE = Phrase(
    "data/README.md says what a line holds.", "Что стоит в строке, сказано в data/README.md."
)


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold what an advert says of the product of a sheet."""

    sheet: str
    """Its id."""
    language: Language
    text: str
    fault: Kind | None
    words: str | None
    """The wrong ones."""


def files(data: Path) -> dict[str, Path]:
    """Return the files that are read here, by name, below the data folder.

    Raises:
        InputError: there are no statements.
    """
    folder = data / "marketing"
    found = sorted(folder.glob("statements-*.jsonl"))
    if not found:
        raise InputError(NO_FILE, RESTORE, folder=folder)
    texts = [folder / f"texts-{language}.jsonl" for language in LANGUAGES]
    listed = [*found, folder / DEVELOPMENT, *texts, *_sheet_files(data)]
    return {path.stem: path for path in listed}


def sheets(data: Path) -> Mapping[str, Brief]:
    """Return the sheets that statements are about, by id."""
    return {id: sheet for path in _sheet_files(data) for id, sheet in products(path).items()}


def _sheet_files(data: Path) -> list[Path]:
    judged = sorted((data / "marketing").glob(JUDGED))
    return [*(data / name for name in SHEETS), *judged]


def written(data: Path) -> list[Statement]:
    """Return the statements by people who have not seen the checks.

    Raises:
        InputError: there are none, or a line holds something else; its number is named.
    """
    own = [path for name, path in files(data).items() if name.startswith("statements-")]
    return [one for path in own for one in _statements(path)]


def development(data: Path) -> list[Statement]:
    """Return the statements on which the rules were tried."""
    return _statements(data / "marketing" / DEVELOPMENT)


def sentences_of_texts(data: Path) -> list[Statement]:
    """Return the sentences of the advertising texts, each as a right statement."""
    found = []
    for language in LANGUAGES:
        for row in records(data / "marketing" / f"texts-{language}.jsonl"):
            found += [
                Statement(row["sheet"], language, sentence, None, None)
                for sentence in sentences(row["text"])
            ]
    return found


def parts(
    statements: Iterable[Statement], per_cent: int = HELD_OUT
) -> tuple[list[Statement], list[Statement]]:
    """Return the statements that train and those that only validate: what is about a held-out sheet."""
    listed = list(statements)
    held = {one.sheet for one in listed if drawn(one.sheet, per_cent)}
    rest = [one for one in listed if one.sheet not in held]
    return rest, [one for one in listed if one.sheet in held]


def drawn(text: str, per_cent: int) -> bool:
    """Tell whether `text` is among so many chosen by hash; the same on every machine."""
    digest = hashlib.sha256(f"adverts {text}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < per_cent


def _statements(path: Path) -> list[Statement]:
    found = []
    for number, row in enumerate(records(path), 1):
        try:
            found.append(schema.record({**row, "words": row.get("words") or None}, Statement))
        except SamovarError as error:
            why = error.phrase()
            raise InputError(BAD, SHAPE, line=number, path=path.name, why=why) from error
    return found
