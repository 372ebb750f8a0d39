"""The answers and variants of a run so far, a JSON line each, so that it can go on where it ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from samovar import schema
from samovar.command.json_lines import UNREADABLE
from samovar.errors import InputError, SamovarError
from samovar.paraphrase.bench.bots.base import Reply
from samovar.phrases import Phrase
from samovar.records import to_json

FOREIGN = Phrase(
    "Line {number} of {path} is none of an earlier run.",
    "Строка {number} файла {path} не из прежнего запуска.",
)
ANOTHER = Phrase("Name another file with --resume.", "Укажите другой файл: --resume.")


class Journal:
    """Remember what was asked of one bot; without a path only within the run."""

    def __init__(self, bot: str, path: str = "") -> None:
        """Read what `path` holds of this bot and keep it open for more.

        Raises:
            InputError: the file cannot be read or written, or holds something else.
        """
        self._bot = bot
        self._replies: dict[str, Reply] = {}
        self._variants: dict[str, tuple[str, ...]] = {}
        self._file: IO[str] | None = None
        if path:
            try:
                self._load(path)
                self._file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 - see close
            except (OSError, UnicodeDecodeError) as error:
                why = getattr(error, "strerror", None) or str(error)
                raise InputError(UNREADABLE, ANOTHER, path=path, why=why) from error

    def reply(self, text: str, ask: Callable[[str], Reply]) -> Reply:
        """Return the remembered reply to `text`, else what `ask` returns."""
        if text not in self._replies:
            found = self._replies[text] = ask(text)
            self._write({"bot": self._bot, "text": text, "reply": to_json(found)})
        return self._replies[text]

    def variants(self, key: str, make: Callable[[], Sequence[str]]) -> tuple[str, ...]:
        """Return the remembered variants of `key`, else those that `make` returns."""
        if key not in self._variants:
            found = self._variants[key] = tuple(make())
            self._write({"variants_of": key, "variants": list(found)})
        return self._variants[key]

    def remembers(self, text: str) -> bool:
        """Tell whether the bot need not be asked again."""
        return text in self._replies

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def _load(self, path: str) -> None:
        try:
            lines = Path(path).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    self._take(json.loads(line))
                except (ValueError, TypeError, LookupError, RecursionError, SamovarError) as error:
                    if number < len(lines):
                        raise InputError(FOREIGN, ANOTHER, number=number, path=path) from error
        if lines[-1]:  # cut off in the middle of a line
            kept = "".join(f"{line}\n" for line in lines[:-1])
            Path(path).write_text(kept, encoding="utf-8")

    def _take(self, row: dict[str, Any]) -> None:
        if "variants_of" in row:
            self._variants[row["variants_of"]] = tuple(row["variants"])
        elif row["bot"] == self._bot:
            self._replies[row["text"]] = schema.record(row["reply"], Reply)

    def _write(self, row: dict[str, Any]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._file.flush()
