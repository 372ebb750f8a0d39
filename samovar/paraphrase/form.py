"""Forms that small models get wrong in English: such a text is no use to anybody.

The Russian ones stand in form_ru.py.
"""

from __future__ import annotations

import re
from itertools import pairwise

from samovar.paraphrase import form_ru
from samovar.paraphrase.act import message
from samovar.paraphrase.relations import PREPOSITIONS
from samovar.paraphrase.words import stem, words
from samovar.phrases import Language

DETERMINERS = frozenset("the a an my your his her its our their this".split())
PARTICLES = frozenset("in on over".split())
"""Prepositions that may end a sentence: "turn the lamp on"."""

BE = re.compile(r"\b(?:is|are|am|was|were)\b|'(?:s|re|m)\b", re.I)
VERB = re.compile(BE.pattern + r"|\b(?:be|ha[sd]|have|do|does|did|can|will)\b|'(?:ll|ve|d)\b", re.I)
ODD_FORMS = (
    (re.compile(r"\bwould you mind (?!if\b|not \w+ing\b)(?!\w+ing\b)(\w+)", re.I), "mind + {}"),
    (re.compile(r"\b(?:could|can|would) you (?:please )?(\w+ing)\b", re.I), "you + {}"),
    (re.compile(r"\bto (to|and|for)\b", re.I), "to + {}"),
    (re.compile(r"\b(the|an?|my|your|and|or|of|than)[.?!]*$", re.I), "{} at the end"),
    (re.compile(r"\b((?:the|an?|my|your) (?:for|to|of|at|with|from|by))\b", re.I), "{}"),
    (re.compile(r"\bremember (?!to\b|not\b|that\b)(\w+ to)\b", re.I), "remember + {}"),
    (re.compile(r"\bgoing to (\w+ing)\b", re.I), "going to + {}"),
    (re.compile(r"\b(?:the|an?) (\w+) (?:the|an?)\b", re.I), "two articles round {}"),
    (re.compile(r"(\.\.\.|…)"), "sign {}"),
    (re.compile(r"\bpay \w+ (for) \d", re.I), "pay + {}"),
    (re.compile(r"\b(\w+) \1\b", re.I), "twice: {}"),
    (re.compile(r"(https?:|www\.|[<>{}\[\]|#*_`\\])", re.I), "sign {}"),
    (re.compile(r"\b(you|i|we) (?:can|could|would|will) (?:you|i|we)\b", re.I), "{}"),
    (
        re.compile(
            r"\b(?:know|tell me|check|find out) (?:what|where|when|how|why|which|who)(?: \w+)?"
            r" ((?:can|could|should|do|does|did|will|is|are|am) (?:i|you|we|he|she|it|they|the|my))\b",
            re.I,
        ),
        "direct question inside: {}",
    ),
    (
        re.compile(r"\b(?:wake|turn|switch|pick|put|call|let) (up|on|off|out|in) me\b", re.I),
        "{} me",
    ),
    (re.compile(r"\b(?:if|whether) (has|have|is|are|am|was|were|does|did)\b", re.I), "if + {}"),
    (re.compile(r"\b[Aa]n? (\w+ [A-Z]{1,3} ?\d+)"), "a + {}"),
)


def odd_form(text: str, language: Language) -> str:
    """Return what is ill-formed in `text`, or nothing."""
    if language == "ru":
        return form_ru.odd_form(text)
    if text.count('"') % 2:
        return 'sign "'
    for pattern, name in ODD_FORMS:
        match = pattern.search(text)
        if match:
            return name.format(match.group(1))
    return ""


def lost_verb(original: str, text: str, language: Language) -> bool:
    """Tell whether "where is my bag" became "tell me where my bag": a sentence without a verb.

    Russian leaves "is" out, so that nothing is asked of it.
    """
    if language == "ru":
        return False
    return bool(BE.search(original)) and not VERB.search(message(text, language))


def dangling(original: str, text: str) -> str:
    """Return the preposition that only `text` ends in, or nothing."""
    old, new = words(original)[-1:], words(text)[-1:]
    return "".join(word for word in new if word in PREPOSITIONS - PARTICLES and old != new)


def lost_article(original: str, text: str, language: Language) -> str:
    """Return the words behind which "in the oven" became "in oven", or nothing.

    >>> lost_article("dim the lamp in the hall", "Please dim lamp in the hall.", "en")
    'dim lamp'
    """
    if language == "ru":
        return ""
    old, bare = words(original), list(pairwise(words(text)))
    there = set(pairwise(old))
    for before, determiner, word in zip(old, old[1:], old[2:], strict=False):
        if determiner not in DETERMINERS:
            continue
        for one, other in bare:
            led = one in PREPOSITIONS or stem(one, language) == stem(before, language)
            if other == word and led and (one, other) not in there and one not in DETERMINERS:
                return f"{one} {other}"
    return ""
