"""Promises that advertising likes and a sheet seldom makes: a table of words for each kind and language."""

from __future__ import annotations

import re

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.promise import Promise
from samovar.marketing.checks.promises_en import ENGLISH
from samovar.marketing.checks.promises_ru import RUSSIAN
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.phrases import Language

DENIED: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:not|no|never|nobody|nothing|cannot|without|neither|nor|instead of|rather than)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:не(?! только)|ни|нет|без|никто|никогда|нельзя|вместо)(?!\w)", re.IGNORECASE
    ),
}
BREAK = re.compile(r"[,;:.!?—–](?:\s|$)|\s(?:but|and|но|а|и)\s")
ASKING = re.compile(r"\?\W*$")


PROMISES: dict[Language, dict[str, Promise]] = {"en": ENGLISH, "ru": RUSSIAN}


def check(draft: Draft) -> list[Finding]:
    """Find promises of every kind that the sheet does not make."""
    found = []
    for sentence in draft.sentences:
        for kind, promise in PROMISES[draft.sheet.language].items():
            if match := _made(sentence, promise, draft.sheet):
                found.append(Finding(kind, match))
    return found


def _made(sentence: Sentence, promise: Promise, sheet: Sheet) -> str:
    """Return the words of a promise that `sentence` makes; a denied one, or one of the sheet, is none."""
    if promise.asked is False and ASKING.search(sentence.text):
        return ""
    for match in promise.words.finditer(sentence.text):
        if _in_sheet(sentence, match, sheet):
            continue
        if promise.deniable and denied(sentence.text, match.start(), sheet.language):
            continue
        if promise.unless and promise.unless.search(sentence.text):
            continue
        return match[0].strip()
    return ""


def denied(text: str, place: int, language: Language) -> bool:
    """Tell whether a word of denial stands before `place` in the same clause."""
    cuts = [match.end() for match in BREAK.finditer(text, 0, place)]
    return bool(DENIED[language].search(text[max(cuts, default=0) : place]))


def _in_sheet(sentence: Sentence, match: re.Match[str], sheet: Sheet) -> bool:
    stems = sentence.stems_in(match.start(), match.end())
    if match[0].lower() in sheet.brief.name.lower():
        return True
    spoken = [
        *(fact.sentence for fact in sheet.facts),
        *sheet.others,
    ]
    # all words of the promise in one sentence of the sheet: «Гарантия 2 года», "Delivery costs EUR 15"
    return bool(stems) and any(set(stems) <= one.known for one in spoken)
