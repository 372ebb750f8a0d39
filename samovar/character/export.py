"""Write one of our characters as a card: `python -m samovar.character.export house > house.json`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from samovar.character.cards.sheet import written as card
from samovar.character.grounding.facts import read_facts
from samovar.character.guests import written
from samovar.character.persona import CHARACTERS, Character
from samovar.command import terminal
from samovar.phrases import LANGUAGES, Language
from samovar.settings import Settings


def export(character: Character, data: Path, language: Language) -> str:
    """Return `character` and its facts as the JSON text of a `chara_card_v2`; `data` is the data folder.

    Raises:
        StoreError: the fact base cannot be read.
    """
    facts = character.facts
    known = read_facts(data / facts) if isinstance(facts, Path) else facts
    return (
        json.dumps(card(written(character, known, language)), ensure_ascii=False, indent=1) + "\n"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the card of the character that `argv` names."""

    def run(settings: Settings, out: IO[str]) -> int:
        parser = argparse.ArgumentParser("python -m samovar.character.export", description=__doc__)
        parser.add_argument("character", choices=tuple(CHARACTERS))
        parser.add_argument("--language", choices=LANGUAGES, default=settings.language)
        given = parser.parse_args(argv)
        out.write(export(CHARACTERS[given.character], settings.data, given.language))
        return 0

    return terminal.run(run)


if __name__ == "__main__":
    raise SystemExit(main())
