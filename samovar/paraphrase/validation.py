"""The checks that a paraphrase must pass; each failure names the check, the value and the threshold.

They run from cheap to dear and all of them run: a rejected text shows every reason. Variants of a
command pass `check`; `verify` judges any two sentences, where form and style are free and only the
meaning counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from samovar.language import scripts
from samovar.paraphrase import relations
from samovar.paraphrase.act import KEPT, Act, act
from samovar.paraphrase.features import features, negation, overlap
from samovar.paraphrase.form import lost_verb, odd_form
from samovar.paraphrase.measurement import Measured
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.thresholds import LIMITS, Detector
from samovar.paraphrase.words import likeness, pinc, repeats, words
from samovar.records import Entailment, Reason

Rule = Callable[[Measured], Reason | None]


def check(pair: Measured, finished: bool = True) -> tuple[Reason, ...]:
    """Return every reason against a generated variant; none means accepted."""
    cut = Reason("unfinished", "cut at the length limit", "a full stop")
    found = (rule(pair) for rule in CHECKS)
    return (*(() if finished else (cut,)), *(reason for reason in found if reason is not None))


def verify(pair: Measured, detector: Detector) -> tuple[Reason, ...]:
    """Return every reason why two texts do not say the same; none means that they do.

    Form and style are free, and a report may leave a detail out: the score weighs that. Beside it,
    each small word counts in a short request, and a figure or a "not" in texts that are else alike.
    """
    value = score(pair, detector)
    low = [Reason("score", value, f"≥ {detector.threshold}")] if value < detector.threshold else []
    rules = [*ALWAYS, *(ALIKE if _alike(pair) else ()), *(REQUEST if _short_request(pair) else ())]
    if low:
        rules += [rule for rule in EXPLAINING if rule not in rules]
    found = (rule(pair) for rule in rules)
    return (*low, *(reason for reason in found if reason is not None))


def score(pair: Measured, detector: Detector) -> float:
    """Return the probability, 0 to 1, that both texts say the same."""
    return round(detector.score(features(pair)), 4)


def _alike(pair: Measured) -> bool:
    return overlap(pair) >= LIMITS.alike or len(words(pair.original)) <= LIMITS.short


def _short_request(pair: Measured) -> bool:
    short = len(words(pair.original)) <= LIMITS.short
    return short and act(pair.original) is not Act.STATEMENT


def _script(pair: Measured) -> Reason | None:
    old, new = (sorted(scripts(text)) for text in (pair.original, pair.text))
    same = not old or not new or set(old) & set(new)
    return None if same else Reason("language", _listed(new).lower(), _listed(old).lower())


def _same(pair: Measured) -> Reason | None:
    same = words(pair.original) == words(pair.text)
    return Reason("copy", 1.0, "other words") if same else None


def _copy(pair: Measured) -> Reason | None:
    value = likeness(pair.original, pair.text)
    return (
        Reason("copy", round(value, 3), f"< {LIMITS.likeness}")
        if value >= LIMITS.likeness
        else None
    )


def _length(pair: Measured) -> Reason | None:
    old, new = len(words(pair.original)), len(words(pair.text))
    low, high = LIMITS.length[0] * old, LIMITS.length[1] * old + LIMITS.opening
    return None if low <= new <= high else Reason("length", new, f"{low:.0f} to {high:.0f} words")


def _repetition(pair: Measured) -> Reason | None:
    again = repeats(pair.text) and not repeats(pair.original)
    return Reason("repetition", "a phrase comes twice", "once") if again else None


def _diversity(pair: Measured) -> Reason | None:
    value = pinc(pair.original, pair.text)
    return Reason("diversity", round(value, 3), f"≥ {LIMITS.pinc}") if value < LIMITS.pinc else None


def _similarity(pair: Measured) -> Reason | None:
    low, high = LIMITS.similarity
    if low <= pair.similarity <= high:
        return None
    return Reason("similarity", round(pair.similarity, 3), f"{low} to {high}")


def _numbers(pair: Measured) -> Reason | None:
    old, new = (numbers(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("numbers", _listed(new), _listed(old))


def _replaced(pair: Measured) -> Reason | None:
    """Name numbers when each side has one that the other lacks; one may be left out."""
    old, new = (numbers(text, pair.language) for text in (pair.original, pair.text))
    return Reason("numbers", _listed(new), _listed(old)) if old - new and new - old else None


def _kept(pair: Measured) -> Reason | None:
    there = " ".join(words(pair.text))
    lost = [name for name in pair.kept if not _within(" ".join(words(name)), there)]
    return Reason("names and slots", f"lost: {', '.join(lost)}", "all kept") if lost else None


def _negation(pair: Measured) -> Reason | None:
    if not negation(pair):
        return None
    old, new = (relations.negations(text, pair.language) for text in (pair.original, pair.text))
    return Reason("negation", new, old)


def _relations(pair: Measured) -> Reason | None:
    old, new = (relations.relations(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("relations", _listed(new), _listed(old))


def _persons(pair: Measured) -> Reason | None:
    added = relations.new_persons(pair.original, pair.text, pair.language)
    if added:
        return Reason("persons", ", ".join(added), "as in the original")
    if pair.language == "en" and relations.lost_speaker(pair.original, pair.text):
        return Reason("persons", "the speaker is gone", "I")
    return None


def _prepositions(pair: Measured) -> Reason | None:
    if pair.language != "en":
        return None
    moved = relations.moved(pair.original, pair.text)
    return Reason("prepositions", ", ".join(moved), "as in the original") if moved else None


def _act(pair: Measured) -> Reason | None:
    if pair.language != "en":
        return None
    found, allowed = act(pair.text), KEPT[act(pair.original)]
    if found in allowed:
        return None
    return Reason("speech act", found.value, " or ".join(sorted(a.value for a in allowed)))


def _form(pair: Measured) -> Reason | None:
    if pair.language != "en":
        return None
    odd = odd_form(pair.text) or ("no verb" if lost_verb(pair.original, pair.text) else "")
    return Reason("form", odd, "a well-formed sentence") if odd else None


def _forward(pair: Measured) -> Reason | None:
    return _entailed("forward", pair.forward)


def _backward(pair: Measured) -> Reason | None:
    return _entailed("backward", pair.backward)


def _entailed(way: str, judged: Entailment | None) -> Reason | None:
    if judged is None or judged.entailment >= LIMITS.entailment:
        return None
    return Reason("entailment", f"{way} {judged.entailment:.2f}", f"≥ {LIMITS.entailment}")


def _added(pair: Measured) -> Reason | None:
    """Name words that the original lacks, unless it surely entails them."""
    return _unmatched("added words", pair.alignment.added, pair.forward)


def _lost(pair: Measured) -> Reason | None:
    """Name words of the original that are gone, unless the text surely entails them."""
    return _unmatched("lost words", pair.alignment.lost, pair.backward)


def _unmatched(name: str, alone: tuple[str, ...], judged: Entailment | None) -> Reason | None:
    sure = judged is not None and judged.entailment >= LIMITS.sure
    if len(alone) <= (LIMITS.unmatched if sure else 0):
        return None
    return Reason(name, ", ".join(alone), "none")


CHECKS: tuple[Rule, ...] = (
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
    _forward,
    _backward,
)
"""Of a generated variant of a command."""
ALWAYS: tuple[Rule, ...] = (_same, _script)
ALIKE: tuple[Rule, ...] = (_replaced, _negation)
"""Of two texts that are short or nearly the same words."""
REQUEST: tuple[Rule, ...] = (_numbers, _kept, _relations, _persons, _added, _lost)
"""Of a short request: where the words of a command differ, something else is asked for."""
EXPLAINING: tuple[Rule, ...] = (
    _numbers,
    _negation,
    _kept,
    _relations,
    _prepositions,
    _added,
    _lost,
    _forward,
    _backward,
)
"""Named beside a low score: what probably lowered it."""


def _listed(items: Iterable[str]) -> str:
    return ", ".join(sorted(items)) or "none"


def _within(name: str, text: str) -> bool:
    return f" {name} " in f" {text} "
