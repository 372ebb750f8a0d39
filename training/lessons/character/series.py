"""The series whose transcripts train a character: one row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from training.lessons.character.repairs import HOUSE_REPAIRS, Repair


@dataclass(frozen=True, slots=True)
class Series:
    """Describe the transcript of one series."""

    slug: str
    """Of the character in samovar.character, and of the files that are written."""
    speaker: str
    """How the character is called in front of a line."""
    origin: str
    """Name of a row of training/corpora/sources.py, and of the folder in --data-dir."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Name in front of a line, in lower case → the one that counts."""
    speakers: tuple[str, ...] = ()
    """Main characters, whom the classifier of speakers tells apart."""
    validation: int | None = None
    """Season that chooses; nothing of it trains."""
    test: int | None = None
    """Season that only measures."""
    repairs: tuple[Repair, ...] = ()
    """What the source damaged, and how it is put right."""


HOUSE = Series(
    slug="house",
    speaker="House",
    origin="tv_house_md",
    aliases={
        **dict.fromkeys(("greg", "gregory", "greg house", "gregory house", "thouse"), "House"),
        **dict.fromkeys(("james", "james wilson", "jimmy"), "Wilson"),
        **dict.fromkeys(("lisa", "lisa cuddy"), "Cuddy"),
        **dict.fromkeys(("eric foreman", "eric"), "Foreman"),
        **dict.fromkeys(("allison", "allison cameron"), "Cameron"),
        **dict.fromkeys(("robert chase",), "Chase"),
        **dict.fromkeys(("chris taub",), "Taub"),
        **dict.fromkeys(("13", "remy", "hadley", "remy hadley"), "Thirteen"),
    },
    speakers=("House", "Wilson", "Cuddy", "Foreman", "Chase", "Cameron", "Taub", "Thirteen"),
    validation=7,
    test=5,  # the one season in which all eight speak
    repairs=HOUSE_REPAIRS,
)
DATA = Series(
    slug="data",
    speaker="Data",
    origin="tv_star_trek_tng",
    aliases={
        **dict.fromkeys(("jean-luc", "jean-luc picard"), "Picard"),
        **dict.fromkeys(("will riker", "william riker"), "Riker"),
        "lt. riker": "Thomas Riker",  # another man
        **dict.fromkeys(("la forge", "geordi la forge"), "Geordi"),
        **dict.fromkeys(("crusher", "beverly crusher"), "Beverly"),
        **dict.fromkeys(("deanna", "deanna troi"), "Troi"),
    },
    speakers=("Picard", "Riker", "Data", "Geordi", "Worf", "Beverly", "Troi"),
    validation=3,
    test=6,
)
SERIES = {row.slug: row for row in (HOUSE, DATA)}
