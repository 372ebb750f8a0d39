"""Keep the character's own words of what a model wrote.

A small model goes on with the script: it names the next speaker, writes the visitor's answer or the
next question of the prompt. A reply ends before any of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from samovar.character.speech.statements import ends

SENTENCES = 3
"""A small model goes astray in longer replies."""
SAME = 0.7
"""Share of common words from which two sentences count as one."""
STAGE = re.compile(r"\*[^*\n]{1,80}\*(?!\*)|\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]")
OPEN_STAGE = re.compile(r"[*(\[][^*()\[\]\n]{0,80}$")
QUOTES = '"“”«»'
BOLD = re.compile(r"(?:\*\*|__)(?=\S)(.{1,80}?)(?:\*\*|__)")
REMNANT = re.compile(
    r"<\|?/?[A-Za-z_][^<>\n]{0,60}\|?>|<\|?/?\w{0,12}$|</?s>|\[/?INST\]|```|^\s*#{1,6}\s|\n\s*#{1,6}\s"
    r"|\b(?:Question|Notes|Вопрос|Заметки):|\n\s*\n",
    re.IGNORECASE,
)
"""What belongs to a prompt or to a page: tags, code, headings, the fields of our own prompt."""
ANYBODY = (
    *("User", "Visitor", "Patient", "Doctor", "Nurse", "System", "Assistant", "Human", "You", "Me"),
    *(
        "Narrator",
        "Interviewer",
        "Everyone",
        "Man",
        "Woman",
        "Пользователь",
        "Посетитель",
        "Пациент",
    ),
    *(
        "Пациентка",
        "Врач",
        "Доктор",
        "Медсестра",
        "Система",
        "Ассистент",
        "Рассказчик",
        "Все",
        "Вы",
    ),
)
"""Speakers of any script."""
TITLES = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Lt|Cmdr|Doctor|Captain|Commander|Lieutenant|Counselor|Detective|Доктор"
    r"|Капитан|Коммандер|Командор|Лейтенант|Детектив|Советник)\.?\s+)*"
)
OPENING = re.compile(r"^\s*(?:Answer|Reply|Response|Ответ)\s*:\s*", re.IGNORECASE)
STRANGER = re.compile(
    r"\n[\s>*_-]*[A-ZА-ЯЁ][\w.'’-]*(?:\s[A-ZА-ЯЁ][\w.'’-]*){0,2}\s*(?:\([^()\n]{0,40}\)\s*)?[*_]*:"
)
"""A name that nobody knows: in front of a further line only, because "Rule one: everybody lies"."""
UNFINISHED = re.compile(
    rf"(^|\n|[.!?…][\"”»]?\s+)[\s*_-]*{TITLES}[A-ZА-ЯЁ][\w'’-]*(?:\s[\w'’-]+){{0,2}}\s*$"
)
"""What may become a label with the next word."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Hold the names in front of the character's lines and of those of others."""

    own: tuple[str, ...]
    others: tuple[str, ...]


def spoken(raw: str, speaker: Speaker) -> str:
    r"""Return what the character says in `raw`: no label, no other speaker, no stage direction.

    >>> spoken('House: (sighs) "Fine."\nWilson: Am I?', Speaker(("House",), ("Wilson",)))
    'Fine.'
    """
    text, ends = _read(raw, speaker)
    text = text[: min((match.start() for match in ends), default=len(text))]
    text = OPEN_STAGE.sub("", STAGE.sub("", text))
    text = re.sub(r"\s+", " ", text).strip(" *_#>")
    marks = sum(text.count(mark) for mark in QUOTES)
    if marks == 1 or (marks == 2 and text[0] in QUOTES and text[-1] in QUOTES):
        text = text.strip(QUOTES).strip()
    return text


def closed(raw: str, speaker: Speaker) -> bool:
    r"""Tell whether no more of an unfinished `raw` will be the character's: another speaks, a prompt begins.

    >>> closed("No.\nWilson: Am I?", Speaker(("House",), ("Wilson",)))
    True
    """
    text, ends = _read(raw, speaker)
    return any(match.end() < len(text) for match in ends)  # at the end it may still become a word


def _read(raw: str, speaker: Speaker) -> tuple[str, list[re.Match[str]]]:
    """Return `raw` without the label before it, and what in it is no more the character's."""
    label, other, dashed = _labels(speaker)
    text = label.sub("", OPENING.sub("", BOLD.sub(r"\1", raw.lstrip())), count=1).strip()
    found = [pattern.search(text) for pattern in (REMNANT, other, dashed, STRANGER)]
    return text, [match for match in found if match]


def steady(raw: str, speaker: Speaker) -> str:
    r"""Return of an unfinished `raw` what is surely said: not the name that may become a label.

    >>> steady("No.\nWilson", Speaker(("House",), ("Wilson",)))
    'No.'
    """
    return spoken(UNFINISHED.sub(r"\1", raw), speaker)


def trimmed(text: str, cut: bool) -> str:
    """Return at most SENTENCES whole sentences of `text`; an only, unfinished one ends in "…".

    With `cut` off (the visitor pressed Stop) an unfinished sentence stays.

    >>> trimmed("It is not lupus. You should have tol", True)
    'It is not lupus.'
    """
    whole = _fresh(text)[:SENTENCES]
    if not whole:
        return f"{text}…" if text and cut and not text.endswith("…") else text
    if not cut and len(whole) < SENTENCES and whole[-1] < len(text):
        return text
    return text[: whole[-1]]


def over(text: str) -> bool:
    """Tell whether `text` needs no further word: it is long enough, or says again what it said."""
    return len(ends(text)) > SENTENCES or len(_fresh(text)) < len(ends(text))


def _fresh(text: str) -> list[int]:
    """Return the ends of the sentences before the first that says again what was said already."""
    seen: list[set[str]] = []
    fresh, start = [], 0
    for end in ends(text):
        words = set(text[start:end].lower().split())
        if any(len(words & old) >= SAME * len(words | old) for old in seen):
            break
        seen.append(words)
        fresh.append(end)
        start = end
    return fresh


@lru_cache(maxsize=64)
def _labels(speaker: Speaker) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds the own label at the beginning, any label, and a label with a dash."""
    own, anybody = _named(speaker.own), _named((*speaker.own, *speaker.others, *ANYBODY))
    behind = r"\s*(?:\([^()\n]{0,40}\)\s*)?[*_\]]*\s*"
    before = rf"[\s>*_\[\"“«-]*{TITLES}"
    return (
        re.compile(rf"^{before}{own}{behind}:[*_\s]*", re.IGNORECASE),
        re.compile(rf"(?:^|\n|(?<=[.!?…\"”»*)])\s){before}{anybody}{behind}:", re.IGNORECASE),
        re.compile(rf"\n{before}{_named(speaker.others or ('House',))}{behind}[—–-]\s"),
    )


def _named(names: Sequence[str]) -> str:
    longest = sorted(names, key=len, reverse=True)
    return rf"(?:{'|'.join(re.escape(name) for name in longest)})(?:\s[A-ZА-ЯЁ][\w'’-]+)?"
