"""Small words that turn a meaning round: negation, before and after, only and except, persons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from samovar.paraphrase import directions_ru, persons_ru, relations_ru
from samovar.paraphrase.act import TOLD, message
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.owners import other_owners
from samovar.paraphrase.words import content, stem, words
from samovar.phrases import Language

NEGATION = re.compile(
    r"\b(?:not|avoid\w*|never|no|none|nothing|nobody|neither|nor|without|cannot)\b|n't\b"
)
EMPTY_NEGATION = re.compile(
    r"\b(?:don't|do not|never|not) forget\b|\bno problem\b|\bwhether or not\b"
)
"""Negations that ask for the act itself: "don't forget to" is "remember to"."""
RELATIONS: dict[str, tuple[str, ...]] = {
    "after": ("after", "following", "once"),
    "before": ("before", "prior"),
    "until": ("until", "till"),
    "since": ("since",),
    "during": ("during", "while", "throughout"),
    "under": ("under", "below", "beneath", "underneath"),
    "above": ("above", "over"),
    "off": ("off", "out"),
    "up": ("up",),
    "down": ("down",),
    "only": ("only", "just", "solely"),
    "except": ("except", "apart", "excluding", "but"),
    "instead": ("instead", "rather"),
    "or": ("or",),
    "more": ("more", "another", "extra", "additional"),
    "less": ("less", "fewer"),
    "all": ("all", "every", "each", "whole", "entire"),
    "when": ("when", "once", "whenever"),
    "where": ("where",),
    "who": ("who", "whom", "whose"),
    "why": ("why",),
    "how": ("how",),
    "what": ("what", "what's", "which"),
    "if": ("if", "whether"),
    "should": ("should", "shouldn't", "ought", "must", "mustn't"),
}
HAVE_TO = re.compile(r"\b(?:have|has|had) (?:got )?to\b", re.I)
FREE_RELATIONS = frozenset({"if", "up", "down"})
"""Not compared: openings bring an "if", and many verbs an "up"."""
DIRECTED = ("from", "before", "after", "under", "by", "with", "off")
"""The word behind each of these must stay the same: "from A to B" is not "from B to A"."""
TIMED = ("before", "after")
SUBJECTS = frozenset("i you he she it we they".split())
PREPOSITIONS = frozenset("to from in into on at by for with without under over about of".split())
SAME_RELATION = (
    {"in", "at", "on", "into"},
    {"on", "for"},
    {"for", "to"},
    {"of", "for"},
    {"at", "for"},
)
"""Prepositions that may stand for each other before the same word: "on Thursday", "for Thursday"."""
SWITCHING = frozenset({"turn", "switch"})
SWITCHED = ("on", "up", "down")
"""What "turn" and "switch" must not lose; "off" is a relation."""
SERVED = frozenset("find get book order show play give bring buy let tell call".split())
"""Verbs that take "me" or do without it; elsewhere ("wake me", "send me") it must neither come nor go."""
ABOUT = frozenset({"for", "about"})
"""Before whoever was asked: "ask the hotel" is not "ask about the hotel"."""
FIRST = frozenset("i i'm i've i'll i'd me my mine".split())
TOGETHER = FIRST | frozenset("we we're we've we'll we'd us our ours".split())
ARTICLES = frozenset("the a an my your our this that its".split())
PERSONS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset("he him his she her hers they them their theirs".split()), frozenset()),
    (frozenset("we us our ours".split()), frozenset("i me my mine".split())),
    (frozenset("your yours yourself".split()), frozenset({"you"})),
    (frozenset("it that this these those".split()), frozenset("it's that's one ones".split())),
    (frozenset("my mine myself".split()), frozenset("the i me it".split())),
)
"""Pairs of (pronouns, words of the original that excuse their first appearance)."""
HALF_OF_DAY = re.compile(r"\d ?([ap])\.?m\b", re.I)
"""A time that gains "pm" is another time."""


def negations(text: str, language: Language) -> int:
    """Return how many negations of `text` turn its meaning; "don't forget" does not.

    >>> negations("Don't forget the milk", "en"), negations("no nuts, and not too sweet", "en")
    (0, 2)
    """
    if language == "ru":
        return relations_ru.negations(text)
    said = EMPTY_NEGATION.sub(" ", text.lower().replace("’", "'"))
    return len(NEGATION.findall(said))


def relations(text: str, language: Language) -> frozenset[str]:
    """Return the relations that `text` states, such as after or only, and where it directs them.

    >>> sorted(relations("send it after lunch, but only to Ann", "en"))
    ['after', 'after lunch', 'except', 'only']
    """
    if language == "ru":
        return relations_ru.relations(text)
    listed = words(HAVE_TO.sub("must", message(text, language)))
    found = {name for name, forms in RELATIONS.items() if any(form in listed for form in forms)}
    found -= FREE_RELATIONS
    found |= {f"{half.lower()}m" for half in HALF_OF_DAY.findall(text)}
    found |= {
        f"{word} {_object(word, listed[at + 1 :])}"
        for at, word in enumerate(listed)
        if word in DIRECTED
    }
    return frozenset(found)


def new_persons(original: str, text: str, language: Language) -> list[str]:
    """Return the pronouns of `text` that bring in a person of whom the original does not speak."""
    if language == "ru":
        return persons_ru.new_persons(original, text)
    old, new = set(words(original)), words(TOLD.sub("", text))
    served = bool(SERVED & (old | set(new)))
    if ("me" in old) != ("me" in new) and not served:
        return ["me"]
    brought = [
        word
        for word in dict.fromkeys(new)
        for pronouns, excuses in PERSONS
        if word in pronouns and not old & pronouns and not old & excuses
    ]
    return brought or other_owners(words(original), new)


def swapped(original: str, text: str, language: Language) -> list[str]:
    """Return neighbouring content words of `text` that stand the other way round in the original.

    Russian words are free in their order.

    >>> swapped("water the balcony herbs", "Water the herb balcony.", "en")
    ['herb balcony']
    """
    if language == "ru":
        return []
    old, new = ([*pairwise(words(one))] for one in (original, text))
    there = {(stem(one, language), stem(two, language)) for one, two in old}
    kept = {word for word in content(text, language) if word.isalpha()}  # "May 3" is "3 May"
    return [
        f"{one} {two}"
        for one, two in new
        if {one, two} <= kept
        and (stem(two, language), stem(one, language)) in there
        and (stem(one, language), stem(two, language)) not in there
    ]


def moved(original: str, text: str, language: Language) -> list[str]:
    """Return words that stand behind another preposition than in the original.

    In Russian only opposite ones count, as из and в, and questions that ask for another thing.

    Before a number none replaces another: "for four" is not "at four". Who is asked stays so.

    >>> moved("a taxi to the airport", "a taxi at the airport", "en")
    ['to → at airport']
    >>> moved("ask the hotel if it is full", "ask about the hotel if it is full", "en")
    ['ask → about hotel']
    """
    if language == "ru":
        return directions_ru.moved(original, text)
    old, new = _prepositions(original), _prepositions(text)
    asked = [word for word in _asked(original) if new.get(word) in ABOUT]
    return [f"ask → {new[word]} {word}" for word in asked] + [
        f"{old[word]} → {new[word]} {word}"
        for word in new
        if word in old
        and old[word] != new[word]
        and (numbers(word, "en") or not _alike(old[word], new[word]))
    ]


def unled(original: str, text: str, language: Language) -> list[str]:
    """Return the small words of `original` that are gone from `text` though they carry meaning.

    A "to" whose sides changed places without it, an "in" before a number, and the "on" of "turn".

    >>> unled("rename the folder to holiday photos", "Rename the holiday photos folder.", "en")
    ['to holiday']
    >>> unled("turn the subtitles on in Spanish", "Turn the subtitles in Spanish.", "en")
    ['turn on']
    """
    if language == "ru":
        return []
    old, new = (
        [word for word in words(message(one, language)) if word not in ARTICLES]
        for one in (original, text)
    )
    led = _prepositions(text)
    lost = [
        f"{lead} {word}"
        for before, lead, word in zip(old, old[1:], old[2:], strict=False)
        if word in new and word not in led and _carries(before, lead, word, new)
    ]
    for verb in SWITCHING & {*old} & {stem(word, "en") for word in new}:
        lost += [f"{verb} {way}" for way in SWITCHED if way in old and way not in new]
    return lost


def _carries(before: str, lead: str, word: str, new: Sequence[str]) -> bool:
    """Tell whether `word` needs its `lead` in a text of the words `new`, where it has none."""
    if lead == "in":
        return bool(numbers(word, "en"))
    turned = before in new and new.index(word) < new.index(before)
    return turned and lead in ("to", "into", "from")


def lost_speaker(original: str, text: str, language: Language) -> bool:
    """Tell whether the original says "I" or "we" and `text` no longer speaks of who says it."""
    if language == "ru":
        return persons_ru.lost_speaker(original, text)
    old, new = set(words(message(original, language))), set(words(message(text, language)))
    return ("i" in old and not new & FIRST) or ("we" in old and not new & TOGETHER)


def _alike(first: str, second: str) -> bool:
    return any({first, second} <= group for group in SAME_RELATION)


def _prepositions(text: str) -> dict[str, str]:
    listed = [word for word in words(message(text, "en")) if word not in ARTICLES]
    return {word: before for before, word in pairwise(listed) if before in PREPOSITIONS}


def _asked(text: str) -> list[str]:
    listed = [word for word in words(message(text, "en")) if word not in ARTICLES]
    return [word for before, word in pairwise(listed) if before == "ask"]


def _object(lead: str, following: list[str]) -> str:
    """Return the first word behind `lead`; behind a time it may be a clause: "before you go" is "going"."""
    clause = lead in TIMED and following[:1] and following[0] in SUBJECTS
    found = next((word for word in following[bool(clause) :] if word not in ARTICLES), "")
    return stem(found, "en") if lead in TIMED else found
