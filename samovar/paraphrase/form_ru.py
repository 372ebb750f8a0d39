"""Forms that small models get wrong in Russian: a wrong case, a wrong verb form, mixed letters."""

from __future__ import annotations

import re
from itertools import pairwise

from samovar.morphology import analyzer, flat
from samovar.paraphrase.act_ru import MIGHT
from samovar.paraphrase.lemmas import readings
from samovar.paraphrase.words import words

SIGNS = (
    (re.compile(r"(\.\.\.|…)"), "sign {}"),
    (re.compile(r"\b(\w+) \1\b", re.I), "twice: {}"),
    (re.compile(r"(https?:|www\.|[<>{}\[\]|#*_`\\])", re.I), "sign {}"),
    (re.compile(r"\b([а-яё]+[a-z]\w*|[a-z]+[а-яё]\w*)\b", re.I), "mixed letters: {}"),
    (re.compile(r"([^\x00-\x7fА-Яа-яЁё«»„“”—–№°€₽’\u00a0])"), "letter {}"),
    (
        re.compile(r"\b(?:не|без|в|на|с|к|до|из|для|от|и|или)([.!?])?$", re.I),
        "ends with a small word",
    ),
)
GENITIVE = frozenset({"gent", "gen2"})
CASES: dict[str, frozenset[str]] = {
    **dict.fromkeys("без до для из от у около после кроме вместо против из-за".split(), GENITIVE),
    **dict.fromkeys(("к", "ко"), frozenset({"datv"})),
    **dict.fromkeys(("о", "об", "при"), frozenset({"loct", "loc2", "accs"})),
    **dict.fromkeys(("в", "во", "на"), frozenset({"accs", "loct", "loc2", "acc2"})),
    **dict.fromkeys(("через", "про"), frozenset({"accs"})),
    **dict.fromkeys(("над", "перед", "между"), frozenset({"ablt", "gent"})),
    **dict.fromkeys(("за", "под"), frozenset({"accs", "ablt"})),
    **dict.fromkeys(("с", "со"), frozenset({"gent", "gen2", "ablt", "accs"})),
    "по": frozenset({"datv", "accs", "loct"}),
}
"""Preposition → the cases that may follow it."""
DECLINED = ("NOUN", "ADJF", "NPRO", "PRTF")
REQUESTED = re.compile(rf"\b{MIGHT} (?:пожалуйста,? )?(?P<verb>\w+)")
WANTED = re.compile(r"\bчтобы (?P<who>ты|вы) (?:\w+ые? )?(?P<verb>\w+)")


def odd_form(text: str) -> str:
    """Return what is ill-formed in a Russian `text`, or nothing.

    >>> odd_form("поезд в Тверью"), odd_form("не мог бы ты включи свет"), odd_form("поезд в Тверь")
    ('в + тверью', 'infinitive: включи', '')
    """
    if text.count('"') % 2 or text.count("«") != text.count("»"):
        return "quotation marks"
    for pattern, name in SIGNS:
        match = pattern.search(text)
        if match:
            return name.format(match.group(1))
    return _wrong_case(text) or _wrong_verb(text)


def _wrong_case(text: str) -> str:
    """Return a preposition with a word that no reading puts into one of its cases."""
    listed = words(text)
    for before, word in pairwise(listed):
        if (
            before not in CASES
            or f"что {before} {word}" in " ".join(listed)
            or not analyzer().word_is_known(word)
        ):
            continue
        tags = [one.tag for one in analyzer().parse(word)]
        declined = all(tag.POS in DECLINED and tag.case for tag in tags)
        if declined and not any(tag.case in CASES[before] for tag in tags):
            return f"{before} + {word}"
    return ""


def _wrong_verb(text: str) -> str:
    """Return an imperative where "не мог бы ты" wants an infinitive, "чтобы ты" a past form."""
    low = flat(" ".join(words(text)))
    asked, wanted = REQUESTED.search(low), WANTED.search(low)
    if asked and _ordered(asked["verb"]):
        return f"infinitive: {asked['verb']}"
    if wanted and not _past(wanted["verb"], wanted["who"]):
        verb = wanted["verb"]
        return f"past form: {verb}" if _ordered(verb) or _infinitive(verb) else ""
    return ""


def _ordered(word: str) -> bool:
    """Tell whether `word` is a verb that may be an imperative: "включи", "вышли"."""
    found = readings(word)
    return found[0].tag.POS == "VERB" and any(one.tag.mood == "impr" for one in found)


def _past(word: str, who: str) -> bool:
    """Tell whether `word` may be the past form that goes with ты or вы."""
    past = (one.tag for one in readings(word) if one.tag.tense == "past")
    return any((tag.number == "plur") == (who == "вы") for tag in past)


def _infinitive(word: str) -> bool:
    return all(one.tag.POS == "INFN" for one in readings(word))
