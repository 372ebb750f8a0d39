"""What refuses a text without asking a verifier: copies, broken form, literals and numbers that changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from samovar import morphology
from samovar.language import scripts
from samovar.paraphrase.analysis.difference import Difference
from samovar.paraphrase.validation.measured import Measured
from samovar.paraphrase.validation.thresholds import LENGTH, LIKENESS, OPENING, PINC
from samovar.paraphrase.validation.words import likeness, pinc, repeats, words
from samovar.records import Reason, Span

Rule = Callable[[Measured], Reason | None]
CYRILLIC = re.compile(r"[а-яё]+(?:-[а-яё]+)*")
NOTHING = "–"
"""Stands where one side of a difference has no words."""


def other_script(pair: Measured) -> Reason | None:
    """Refuse a text in other letters: a translation is no paraphrase."""
    old, new = (sorted(scripts(one.text)) for one in (pair.source, pair.text))
    same = not old or not new or set(old) & set(new)
    return None if same else Reason("language", ", ".join(new).lower(), ", ".join(old).lower())


def identical(pair: Measured) -> Reason | None:
    """Refuse the same words in the same order."""
    same = words(pair.source.text) == words(pair.text.text)
    return Reason("copy", 1.0, "other words") if same else None


def copied(pair: Measured) -> Reason | None:
    """Refuse a text that differs in hardly a word."""
    value = likeness(pair.source.text, pair.text.text)
    return Reason("copy", round(value, 3), f"< {LIKENESS}") if value >= LIKENESS else None


def length(pair: Measured) -> Reason | None:
    """Refuse a text much shorter or longer than the original."""
    old, new = len(words(pair.source.text)), len(words(pair.text.text))
    low, high = LENGTH[0] * old, LENGTH[1] * old + OPENING
    return None if low <= new <= high else Reason("length", new, f"{low:.0f} to {high:.0f} words")


def repetition(pair: Measured) -> Reason | None:
    """Refuse a text that repeats itself."""
    again = repeats(pair.text.text) and not repeats(pair.source.text)
    return Reason("repetition", "a phrase comes twice", "once") if again else None


def coined(pair: Measured) -> Reason | None:
    """Refuse a text with Russian words that neither the original nor the dictionary knows: «закажила».

    Capitals are left alone, as names are seldom in a dictionary.
    """
    old = {morphology.lemma(word) for word in words(pair.source.text)}
    spelt = (token.text for token in pair.text.tokens if CYRILLIC.fullmatch(token.text))
    new = [
        word for word in spelt if not morphology.known(word) and morphology.lemma(word) not in old
    ]
    return Reason("spelling", ", ".join(new), "words of the dictionary") if new else None


def diversity(pair: Measured) -> Reason | None:
    """Refuse a text with hardly a new n-gram."""
    value = pinc(pair.source.text, pair.text.text)
    return Reason("diversity", round(value, 3), f"≥ {PINC}") if value < PINC else None


ALWAYS: tuple[Rule, ...] = (other_script, identical)
"""Of any two texts."""
OF_VARIANTS: tuple[Rule, ...] = (copied, length, repetition, coined, diversity)
"""Beside those, of a generated variant, which shall read as a sentence and say something in new words."""


def lost_slots(pair: Measured, slots: Sequence[Span]) -> tuple[Reason, ...]:
    """Return a reason for each marked slot that is lost; its words may stand in another case.

    "Тверь" may become "Твери", as the lemma is the same.
    """
    there = {token.lemma for token in pair.text.tokens}
    said = pair.text.text.casefold()
    lost = []
    for slot in slots:
        inside = (t for t in pair.source.tokens if t.start < slot.end and t.end > slot.start)
        lemmas = {token.lemma for token in inside if token.pos != "PUNCT"}
        if slot.text.casefold() not in said and not (lemmas and lemmas <= there):
            lost.append(Reason("names and slots", f"lost: {slot.text}", slot.text))
    return tuple(lost)


def told(found: Iterable[Difference]) -> tuple[Reason, ...]:
    """Return a reason for each difference, naming the words of both sides."""
    return tuple(dict.fromkeys(map(_told, found)))


def _told(one: Difference) -> Reason:
    word = f"{one.word}: " if one.word else ""
    return Reason(one.kind, word + (one.new or NOTHING), word + (one.old or NOTHING))
