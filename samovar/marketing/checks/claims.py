"""Promises that advertising likes and a sheet seldom makes, by a word or by two in one clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.marketing.facts.words import family
from samovar.marketing.promises.collocations import COLLOCATIONS, Collocation
from samovar.marketing.promises.english import ENGLISH
from samovar.marketing.promises.promise import Promise
from samovar.marketing.promises.russian import RUSSIAN
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
    return found + _paired(draft)


def _paired(draft: Draft) -> list[Finding]:
    """Find promises of two words that no sentence of the sheet makes: "the fee comes back"."""
    sheet = draft.sheet
    own = (*(fact.sentence for fact in sheet.facts), *sheet.others)
    return [
        Finding(each.kind, words)
        for each in COLLOCATIONS[sheet.language]
        if not any(next(_said(each, one, sheet.language), "") for one in own)
        for sentence in draft.sentences
        for words in list(_said(each, sentence, sheet.language))[:1]
    ]


def _said(each: Collocation, sentence: Sentence, language: Language) -> Iterator[str]:
    """Yield the words from one lemma to the other where a clause has both and denies neither."""
    first = [token for token in sentence.tokens if each.words.fullmatch(token.lemma)]
    second = [token for token in sentence.tokens if each.others.fullmatch(token.lemma)]
    for one in first:
        for other in second:
            start, end = min(one.start, other.start), max(one.end, other.end)
            if one is other or BREAK.search(sentence.text, start, end):
                continue
            if not denied(sentence.text, start, language):
                yield sentence.text[start:end]


def _made(sentence: Sentence, promise: Promise, sheet: Sheet) -> str:
    """Return the words of a promise that `sentence` makes; a denied one, or one of the sheet, is none."""
    if promise.asked is False and ASKING.search(sentence.text):
        return ""
    for match in promise.words.finditer(sentence.text):
        if _in_sheet(sentence, match, sheet, promise):
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


def _in_sheet(sentence: Sentence, match: re.Match[str], sheet: Sheet, promise: Promise) -> bool:
    """Tell whether the sheet makes a promise itself, in these or in other words."""
    said = match[0].strip().lower()
    if said in sheet.brief.name.lower():
        return True
    stems = set(sentence.stems_in(match.start(), match.end()))
    rest = sentence.known - stems - sheet.names
    for one in (*(fact.sentence for fact in sheet.facts), *sheet.others):
        # all words of the promise in one sentence of the sheet: «Гарантия 2 года», "Delivery costs EUR 15"
        if stems and all(any(family(stem, known) for known in one.known) for stem in stems):
            return True
        if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", one.text.lower()) or (
            promise.backs(said, one.text) and any(family(a, b) for a in rest for b in one.known)
        ):
            return True
    return False
