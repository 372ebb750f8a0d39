"""The checks that a paraphrase must pass; each failure names the check, the value and the threshold.

They run from cheap to dear and all of them run: a rejected text shows every reason. The entailment
columns of `Variant` stay empty until an entailment model is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samovar.paraphrase import relations
from samovar.paraphrase.act import KEPT, Act, act
from samovar.paraphrase.alignment import Alignment
from samovar.paraphrase.form import lost_verb, odd_form
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.words import likeness, pinc, repeats, words
from samovar.phrases import Language
from samovar.records import Reason

LIKENESS = 0.93
"""From here on a text is a copy: at most one word in fifteen differs."""
SIMILARITY = (0.90, 0.9995)
"""Band of the cosine by multilingual-e5-small; all its cosines lie high. Below: another meaning,
above: the same words."""
PINC = 0.10
"""At least a tenth of the n-grams must be new."""
LENGTH = (0.5, 2.2)
"""Words of the variant per word of the original; an opening may add five."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold one original and one candidate, with what the models measured."""

    original: str
    text: str
    language: Language
    act: Act
    kept: tuple[str, ...]
    """Slot values and names that must be there word for word."""
    similarity: float
    alignment: Alignment
    finished: bool = True


def check(pair: Pair) -> tuple[Reason, ...]:
    """Return every reason against the candidate; none means accepted."""
    found = (rule(pair) for rule in CHECKS)
    return tuple(reason for reason in found if reason is not None)


def _finished(pair: Pair) -> Reason | None:
    return None if pair.finished else Reason("unfinished", "cut at the length limit", "a full stop")


def _copy(pair: Pair) -> Reason | None:
    value = likeness(pair.original, pair.text)
    return Reason("copy", round(value, 3), f"< {LIKENESS}") if value >= LIKENESS else None


def _length(pair: Pair) -> Reason | None:
    old, new = len(words(pair.original)), len(words(pair.text))
    fits = LENGTH[0] * old <= new <= LENGTH[1] * old + 5
    limits = f"{LENGTH[0] * old:.0f} to {LENGTH[1] * old + 5:.0f} words"
    return None if fits else Reason("length", new, limits)


def _repetition(pair: Pair) -> Reason | None:
    again = repeats(pair.text) and not repeats(pair.original)
    return Reason("repetition", "a phrase comes twice", "once") if again else None


def _diversity(pair: Pair) -> Reason | None:
    value = pinc(pair.original, pair.text)
    return Reason("diversity", round(value, 3), f"≥ {PINC}") if value < PINC else None


def _similarity(pair: Pair) -> Reason | None:
    low, high = SIMILARITY
    if low <= pair.similarity <= high:
        return None
    return Reason("similarity", round(pair.similarity, 3), f"{low} to {high}")


def _numbers(pair: Pair) -> Reason | None:
    old, new = (numbers(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("numbers", _listed(new), _listed(old))


def _kept(pair: Pair) -> Reason | None:
    there = " ".join(words(pair.text))
    lost = [name for name in pair.kept if not _within(" ".join(words(name)), there)]
    return Reason("names and slots", f"lost: {', '.join(lost)}", "all kept") if lost else None


def _negation(pair: Pair) -> Reason | None:
    old, new = (relations.negations(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("negation", new, old)


def _relations(pair: Pair) -> Reason | None:
    old, new = (relations.relations(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("relations", _listed(new), _listed(old))


def _persons(pair: Pair) -> Reason | None:
    added = relations.new_persons(pair.original, pair.text, pair.language)
    if added:
        return Reason("persons", ", ".join(added), "as in the original")
    if pair.language == "en" and relations.lost_speaker(pair.original, pair.text):
        return Reason("persons", "the speaker is gone", "I")
    return None


def _prepositions(pair: Pair) -> Reason | None:
    if pair.language != "en":
        return None
    moved = relations.moved(pair.original, pair.text)
    return Reason("prepositions", ", ".join(moved), "as in the original") if moved else None


def _act(pair: Pair) -> Reason | None:
    if pair.language != "en":
        return None
    found, allowed = act(pair.text), KEPT[pair.act]
    if found in allowed:
        return None
    return Reason("speech act", found.value, " or ".join(sorted(a.value for a in allowed)))


def _form(pair: Pair) -> Reason | None:
    if pair.language != "en":
        return None
    odd = odd_form(pair.text) or ("no verb" if lost_verb(pair.original, pair.text) else "")
    return Reason("form", odd, "a well-formed sentence") if odd else None


def _added(pair: Pair) -> Reason | None:
    added = pair.alignment.added
    return Reason("added words", ", ".join(added), "none") if added else None


def _lost(pair: Pair) -> Reason | None:
    lost = pair.alignment.lost
    return Reason("lost words", ", ".join(lost), "none") if lost else None


CHECKS: tuple[Callable[[Pair], Reason | None], ...] = (
    _finished,
    _copy,
    _length,
    _repetition,
    _diversity,
    _numbers,
    _negation,
    _kept,
    _relations,
    _persons,
    _prepositions,
    _act,
    _form,
    _similarity,
    _added,
    _lost,
)


def _listed(items: Iterable[str]) -> str:
    return ", ".join(sorted(items)) or "none"


def _within(name: str, text: str) -> bool:
    return f" {name} " in f" {text} "
