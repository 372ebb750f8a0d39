"""Who and what stands where in a Russian text: directions, negated words, what a question asks for."""

from __future__ import annotations

import re
from functools import cache

from samovar.paraphrase.act_ru import IF, act, message
from samovar.paraphrase.lemmas import lemmas, readings, said_lemmas
from samovar.paraphrase.numbers_ru import figures
from samovar.paraphrase.relations_ru import CANCEL, EMPTY_NEGATION
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import FUNCTION_RU, words

SIDES: dict[str, frozenset[str]] = {
    "из": frozenset({"from"}),
    "от": frozenset({"from"}),
    "с": frozenset({"from"}),
    "до": frozenset({"to", "before"}),
    "к": frozenset({"to"}),
    "на": frozenset({"to"}),
    "в": frozenset({"to"}),
    "перед": frozenset({"before"}),
    "после": frozenset({"after"}),
    "под": frozenset({"under"}),
    "над": frozenset({"above"}),
    "для": frozenset({"for"}),
    "кроме": frozenset({"except"}),
    "вместо": frozenset({"instead"}),
}
"""Preposition → on which side of the act its word stands ("с" with the genitive, "в" with the accusative)."""
OPPOSED = (
    ("from", "to"),
    ("before", "after"),
    ("under", "above"),
    ("except", "with"),
    ("instead", "with"),
)
LONG = {"со": "с", "изо": "из", "ото": "от", "ко": "к", "во": "в", "надо": "над", "передо": "перед"}
CASES = {"с": {"gent", "gen2"}, "в": {"accs", "nomn"}, "на": {"accs", "nomn"}}
"""Only in these cases do the prepositions state a direction; numbers and names have none."""
CLOCK = {
    "в": "at",
    "на": "at",
    "к": "at",
    "до": "until",
    "с": "from",
    "от": "from",
    "после": "after",
}
CLOCK |= {"через": "in", "раньше": "until", "позже": "after", "за": "in", "под": "at"}
"""Preposition → where the number behind it stands; "через 10 минут" is not "в 10 минут"."""
NUMBER = re.compile(
    r"\b(?P<before>[а-я]+) (?:(?:примерно|около|ровно|целых) )?(?P<number>\d[\d:.]*)"
)
WHEN = r"когда|во сколько|в (?:котором|какое|каком)(?: время| часу)|на (?:какое время|какой час|сколько)"
ASKED: dict[str, re.Pattern[str]] = {
    "when": re.compile(
        rf"\b(?:{WHEN}|(?<!за )как(?:ого числа|ое (?:сейчас )?время|ова? дата)|до (?:скольк\w+|\w+ часа)"
        r"|который (?:сейчас )?час|через сколько|сколько (?:сейчас )?времени)\b"
    ),
    "where": re.compile(r"\b(?:где|куда|откуда)\b"),
    "who": re.compile(r"\b(?:кто|кем|кого|кому)\b"),
    "why": re.compile(r"\b(?:почему|зачем|по какой причине|из-за чего)\b"),
    "how many": re.compile(r"\b(?<!во )(?<!до )(?<!на )(?:сколько|почем|за какое время)\b"),
}
"""Question words that may not replace each other; "какой" and "что" may stand for any."""
MODAL = frozenset("следует стоит надо нужно хочу хотим рекомендуется должно должен нужен".split())
VERBAL = ("VERB", "INFN", "GRND", "PRTS")


def moved(original: str, text: str) -> list[str]:
    """Return the words that stand in `text` on the other side of the act, and turned questions.

    >>> moved("поезд из Твери в Псков", "поезд из Пскова в Тверь")
    ['to → from пскова', 'from → to тверь']
    """
    old, new = _places(original), _places(text)
    found = []
    for word, there in new.items():
        key = next((one for one in old if lemmas(one) & lemmas(word)), None)
        if key is None:
            continue
        here = old[key]
        for first, second in (*OPPOSED, *((b, a) for a, b in OPPOSED)):
            if first in here and second in there and not here & there:
                found.append(f"{first} → {second} {word}")
    others = (_otherwise_negated, _shifted, _asked_otherwise)
    found += [one for other in others for one in other(original, text)]
    return list(dict.fromkeys(found))


def _places(text: str) -> dict[str, frozenset[str]]:
    """Return on which sides of the act each content word stands, by the preposition before it."""
    found: dict[str, frozenset[str]] = {}
    sides: frozenset[str] = frozenset()
    for token in re.findall(r"[\w:.%-]*\w|[,;.]", figures(message(text))):
        word = LONG.get(token, token)
        if word in ",;.":
            sides = frozenset()
        elif word in SIDES:
            sides = frozenset({word}) if word in CASES else SIDES[word]
        elif word not in FUNCTION_RU:
            found.setdefault(token, _stated(sides, word) or frozenset({"with"}))
            if readings(word)[0].tag.POS not in ("ADJF", "PRTF", "NUMR"):
                sides = frozenset()
    return found


def _otherwise_negated(original: str, text: str) -> list[str]:
    """Return words that are negated in one text and not in the other: "без сахара", "с сахаром"."""
    old, new = _negated(original), _negated(text)
    said, says = said_lemmas(message(original)), said_lemmas(message(text))
    if CANCEL.search(original.lower() + text.lower()):
        return []
    turned = {w for w in old if lemmas(w) & says and not _among(w, new)}
    turned |= {w for w in new if lemmas(w) & said and not _among(w, old)}
    return [f"negation: {word}" for word in sorted(turned)] if old and new else []


def _among(word: str, others: frozenset[str]) -> bool:
    return any(lemmas(word) & lemmas(other) for other in others)


@cache
def _negated(text: str) -> frozenset[str]:
    """Return the verbs under "не" and "нельзя", and the nouns under "без" and "ни"."""
    low = EMPTY_NEGATION.sub(" ", figures(message(text)))
    found: set[str] = set()
    for clause in re.split(r"[;:.?!]|, (?!ни\b)", low):
        listed = words(clause)
        tags = [readings(word)[0].tag for word in listed]
        for at, word in enumerate(listed[:-1]):
            if word == "не" and listed[at + 1] not in MODAL and tags[at + 1].POS in VERBAL:
                found.add(listed[at + 1])
        if any(
            word in MODAL and "не" in listed[max(0, at - 1) : at] for at, word in enumerate(listed)
        ):
            found |= {w for w, tag in zip(listed, tags, strict=True) if tag.POS == "INFN"}
        if "нельзя" in listed or "лучше не" in clause:
            found |= {w for w, tag in zip(listed, tags, strict=True) if tag.POS == "INFN"}
        found |= _lacking(listed)
    return frozenset(found)


def _lacking(listed: list[str]) -> set[str]:
    """Return the nouns after "без" and "ни", joined ones too: "без яиц и сахара"."""
    found, lacking = set(), False
    for word in listed:
        if word in ("без", "ни"):
            lacking = True
        elif word in ("и", "или", "а", "также"):
            continue
        elif lacking:
            cases = {str(one.tag.case) for one in readings(word)}
            lacking = bool(cases & {"gent", "gen2", "accs"})
            if lacking and readings(word)[0].tag.POS == "NOUN":
                found.add(word)
    return found


def _stated(sides: frozenset[str], word: str) -> frozenset[str]:
    """Return the sides, where "с", "в" and "на" state one only with the right case."""
    (name,) = sides if len(sides) == 1 else ("",)
    if name not in CASES:
        return sides
    cases = {str(one.tag.case) for one in readings(word) if one.tag.case}
    return SIDES[name] if not cases or cases & CASES[name] else frozenset()


def _shifted(original: str, text: str) -> list[str]:
    """Return numbers that stand behind a preposition of another kind: "до 30", "на 30"."""
    old, new = _clocks(original), _clocks(text)
    return [
        f"{old[number]} → {new[number]} {number}"
        for number in new
        if number in old and old[number] != new[number]
    ]


def _clocks(text: str) -> dict[str, str]:
    low = " ".join(words(figures(message(text))))
    return {
        match["number"].removesuffix(":00"): CLOCK[LONG.get(match["before"], match["before"])]
        for match in NUMBER.finditer(low)
        if LONG.get(match["before"], match["before"]) in CLOCK
    }


def _asked_otherwise(original: str, text: str) -> list[str]:
    """Return "when → where" for a question that asks for another thing."""
    if act(original) != Act.QUESTION or re.search(IF, message(original)):
        return []
    old, new = (
        {name for name, pattern in ASKED.items() if pattern.search(message(one))}
        for one in (original, text)
    )
    if not old or not new or old & new:
        return []
    return [f"{'/'.join(sorted(old))} → {'/'.join(sorted(new))}"]
