"""What an English small word or a count belongs to: "ask for it", "which of these two", "page two twice"."""

from __future__ import annotations

import re
from itertools import pairwise

from samovar.paraphrase.act import OPENER, message
from samovar.paraphrase.relations import PREPOSITIONS
from samovar.paraphrase.words import content, stem, words
from samovar.phrases import Language

LED: dict[str, frozenset[str]] = {
    "apply": frozenset({"for"}),
    "ask": frozenset({"for"}),
    "call": frozenset({"for", "off", "back"}),
    "listen": frozenset({"to"}),
    "look": frozenset("for after at into up".split()),
    "turn": frozenset({"into"}),
    "wait": frozenset({"for"}),
}
"""Verb → small words that make it another verb: "ask for a room" is not "ask a room"."""
SENDING = frozenset("send mail email post forward ship deliver transfer move bring pay".split())
"""Verbs behind which "to" names who gets it; "for" would name what or whom it is about."""
PARTITIVE = re.compile(
    r"\b(?:which|one|some|any|none|either|neither|half|most|\d+|two|three|four|five) of"
    r" (?:(?:these|those|my|your|his|her|its|our|their)\b|the (?:\d+|two|three|four|five|six|ten)\b)"
)
"""A choice from what is pointed at or counted: without "of" the count is that of the chosen."""
ADVISED = "what to do"
"""What is left of "what should I do", a question without a word of its own."""
CHOSEN = frozenset("of among from between".split())
INDEFINITE = frozenset("a an some any".split())
BE = frozenset("is are was were".split())
COUNTS = re.compile(r"once|twice|thrice|times")
JOINERS = frozenset(
    "and or because since as so if whether when while that which who but for why how".split()
)
"""Words behind which a clause may follow."""
CLAUSE = 4
"""Words of the shortest first part that is taken for a clause: "our room smells of smoke, …"."""


def unattached(original: str, text: str, language: Language) -> list[str]:
    """Return the small words of `original` that `text` lacks, or turns, where they make the meaning.

    >>> unattached("ask for another pillow", "I'd like you to ask another pillow", "en")
    ['ask for']
    >>> unattached("which of these two keys is yours", "tell me which two keys are yours", "en")
    ['which of these']
    >>> unattached("send the bill to my office", "could you send the bill for my office", "en")
    ['to → for office']
    """
    if language != "en":
        return []
    old, new = words(message(original, language)), words(message(text, language))
    there, stems = {*new}, {stem(word, "en") for word in new}
    lost = [
        f"{verb} {lead}"
        for verb, lead in pairwise(old)
        if lead in LED.get(verb, ()) and lead not in there and stem(verb, "en") in stems
    ]
    said, told = " ".join(old), " ".join(new)
    if ADVISED in said and ADVISED not in told:
        lost.append(ADVISED)
    choice = PARTITIVE.search(said)
    if choice and not there & CHOSEN:
        lost.append(choice[0])
    if SENDING & {*old} & there:
        lost += [f"to → for {thing}" for thing in _behind(old, "to") & _behind(new, "for")]
    return lost


def indefinite(original: str, text: str, language: Language) -> list[str]:
    """Return the things that `original` calls known and `text` does not.

    >>> indefinite("how far is the campsite from here", "tell me how far a campsite is from here", "en")
    ['the campsite → a campsite']
    """
    if language != "en":
        return []
    known = {word for article, word in pairwise(words(original)) if article == "the"}
    return [
        f"the {word} → {article} {word}"
        for article, word in pairwise(words(text))
        if article in INDEFINITE and word in known
    ]


def _behind(listed: list[str], lead: str) -> set[str]:
    """Return the first content word behind each `lead`."""
    rests = (
        content(" ".join(listed[at + 1 :]), "en") for at, one in enumerate(listed) if one == lead
    )
    return {rest[0] for rest in rests if rest}


def presupposed(original: str, text: str, language: Language) -> list[str]:
    """Return what `original` asks of a thing and `text` takes for granted.

    >>> presupposed("which mushrooms are poisonous", "do you know which poisonous mushrooms are", "en")
    ['poisonous mushrooms']
    >>> presupposed("is the pool heated in May", "could you check if the pool heating is in May", "en")
    ['heated → heating']
    """
    if language != "en":
        return []
    old, new = words(original), words(text)
    if old[:1] and old[0] in BE:
        forms = ((verb, f"{verb.removesuffix('ed')}ing") for verb in old if verb.endswith("ed"))
        there = set(pairwise(new))
        return [f"{verb} → {noun}" for verb, noun in forms if any((noun, be) in there for be in BE)]
    if "which" not in new or new[-1] not in BE:
        return []
    asked = {
        (stem(two, "en"), stem(one, "en"))
        for one, be, two in zip(old, old[1:], old[2:], strict=False)
        if be in BE
    }
    return [
        f"{one} {two}" for one, two in pairwise(new) if (stem(one, "en"), stem(two, "en")) in asked
    ]


def miscounted(original: str, text: str, language: Language) -> list[str]:
    """Return the counts that stand behind another word in `text`, where there are several.

    >>> miscounted("ring Ann twice and Ben once", "could you ring Ann and Ben twice and once", "en")
    ['ann twice → ben twice', 'ben once → twice once']
    """
    if language != "en":
        return []
    old, new = _counted(original), _counted(text)
    if len(old) < 2 or old.keys() != new.keys():
        return []
    return [f"{old[one]} {one} → {new[one]} {one}" for one in old if old[one] != new[one]]


def _counted(text: str) -> dict[str, str]:
    """Return each count with the word before it, "and" left out."""
    listed = [word for word in words(text) if word != "and"]
    return {word: before for before, word in pairwise(listed) if COUNTS.fullmatch(word)}


def run_together(original: str, text: str, language: Language) -> str:
    """Return where `text` runs another clause into the one before the comma of `original`, or nothing.

    >>> run_together("the tap drips again, call Joe", "please call Joe the tap drips again", "en")
    'joe the tap'
    """
    if language != "en":
        return ""
    clause, _, other = original.partition(", ")
    first, new = words(clause), words(text)
    if len(first) < CLAUSE or first[0] in PREPOSITIONS or OPENER.match(original):
        return ""
    later = {stem(word, "en") for word in content(other, "en")} - {stem(one, "en") for one in first}
    for at in range(1, len(new)):
        if new[at : at + len(first)] != first or new[at - 1] in JOINERS:
            continue
        parted = re.search(rf"[^\w\s]\s*{re.escape(clause)}", text, re.I)
        if later & {stem(word, "en") for word in new[:at]} and not parted:
            return " ".join(new[at - 1 : at + 2])
    return ""
