"""The rules of the validator: each returns a reason against a measured pair, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from samovar.language import scripts
from samovar.paraphrase import act_ru, attachment, relations
from samovar.paraphrase.act import KEPT, OPENER, act, message, same_act
from samovar.paraphrase.addressee import misdirected
from samovar.paraphrase.features import negation
from samovar.paraphrase.form import dangling, lost_article, lost_verb, odd_form
from samovar.paraphrase.lemmas import lemma
from samovar.paraphrase.measurement import Measured
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.owners import lost_owners
from samovar.paraphrase.slots import kept, lost
from samovar.paraphrase.thresholds import LIMITS
from samovar.paraphrase.words import likeness, pinc, repeats, words
from samovar.phrases import Language
from samovar.records import Entailment, Reason

PARTICLE = "off "
NAME = 3
"""Words of a name; what is longer is a quotation."""


def other_script(pair: Measured) -> Reason | None:
    """Refuse a text in other letters: a translation is no paraphrase."""
    old, new = (sorted(scripts(text)) for text in (pair.original, pair.text))
    same = not old or not new or set(old) & set(new)
    return None if same else Reason("language", _listed(new).lower(), _listed(old).lower())


def identical(pair: Measured) -> Reason | None:
    """Refuse the same words in the same order."""
    same = words(pair.original) == words(pair.text)
    return Reason("copy", 1.0, "other words") if same else None


def copied(pair: Measured) -> Reason | None:
    """Refuse a text that differs in hardly a word."""
    value = likeness(pair.original, pair.text)
    return (
        Reason("copy", round(value, 3), f"< {LIMITS.likeness}")
        if value >= LIMITS.likeness
        else None
    )


def length(pair: Measured) -> Reason | None:
    """Refuse a text much shorter or longer than the original."""
    old, new = len(words(pair.original)), len(words(pair.text))
    low, high = LIMITS.length[0] * old, LIMITS.length[1] * old + LIMITS.opening
    return None if low <= new <= high else Reason("length", new, f"{low:.0f} to {high:.0f} words")


def repetition(pair: Measured) -> Reason | None:
    """Refuse a text that repeats itself."""
    again = repeats(pair.text) and not repeats(pair.original)
    return Reason("repetition", "a phrase comes twice", "once") if again else None


def diversity(pair: Measured) -> Reason | None:
    """Refuse a text with hardly a new n-gram."""
    value = pinc(pair.original, pair.text)
    return Reason("diversity", round(value, 3), f"≥ {LIMITS.pinc}") if value < LIMITS.pinc else None


def similarity(pair: Measured) -> Reason | None:
    """Refuse a cosine outside the band."""
    low, high = LIMITS.similarity
    if low <= pair.similarity <= high:
        return None
    return Reason("similarity", round(pair.similarity, 3), f"{low} to {high}")


def figures(pair: Measured) -> Reason | None:
    """Refuse other numbers, in figures or in words."""
    old, new = (numbers(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("numbers", _listed(new), _listed(old))


def replaced_figures(pair: Measured) -> Reason | None:
    """Name numbers when each side has one that the other lacks; one may be left out."""
    old, new = (numbers(text, pair.language) for text in (pair.original, pair.text))
    return Reason("numbers", _listed(new), _listed(old)) if old - new and new - old else None


def lost_names(pair: Measured) -> Reason | None:
    """Refuse a text that lacks a slot or a name of the original."""
    gone = lost(pair.kept, pair.text, pair.language)
    return Reason("names and slots", f"lost: {', '.join(gone)}", "all kept") if gone else None


def other_names(pair: Measured) -> Reason | None:
    """Name lost names and slots when the text has names of its own; one may be left out."""
    gone = _foreign(pair.kept, pair.text)
    new = _foreign(kept(pair.text, ()), pair.original)
    return (
        Reason("names and slots", f"lost: {', '.join(gone)}", "all kept") if gone and new else None
    )


def _foreign(names: Iterable[str], text: str) -> list[str]:
    """Return the names of a few words of which no word stands in `text`."""
    there = set(_bare(text))
    own = ((name, _bare(name)) for name in names)
    return [name for name, parts in own if 0 < len(parts) <= NAME and not there & set(parts)]


def _bare(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in words(text)]


def other_negations(pair: Measured) -> Reason | None:
    """Refuse a text with more or fewer negations."""
    if not negation(pair):
        return None
    old, new = (relations.negations(text, pair.language) for text in (pair.original, pair.text))
    return Reason("negation", new, old)


def other_relations(pair: Measured) -> Reason | None:
    """Refuse other relations, such as before for after."""
    old, new = (_stated(text, pair.language) for text in (pair.original, pair.text))
    return None if old == new else Reason("relations", _listed(new), _listed(old))


def _stated(text: str, language: Language) -> set[str]:
    """Return the relations of `text`; "turn off the kitchen lights" directs nothing at a kitchen."""
    found = relations.relations(text, language)
    return {relation for relation in found if not relation.startswith(PARTICLE)}


def other_persons(pair: Measured) -> Reason | None:
    """Refuse persons that come in, a speaker who goes, and a thing that loses its owner."""
    added = relations.new_persons(pair.original, pair.text, pair.language)
    if added:
        return Reason("persons", ", ".join(added), "as in the original")
    if relations.lost_speaker(pair.original, pair.text, pair.language):
        return Reason("persons", "the speaker is gone", "I")
    turned = misdirected(pair.original, pair.text, pair.language)
    if turned:
        return Reason("persons", turned, "as in the original")
    gone = [] if pair.language == "ru" else lost_owners(pair.original, pair.text)
    return Reason("persons", f"lost: {', '.join(gone)}", "as in the original") if gone else None


def other_prepositions(pair: Measured) -> Reason | None:
    """Refuse a word behind another preposition, or without one that it needs."""
    both = pair.original, pair.text, pair.language
    moved = relations.moved(*both) or relations.unled(*both) or attachment.unattached(*both)
    return Reason("prepositions", ", ".join(moved), "as in the original") if moved else None


def other_order(pair: Measured) -> Reason | None:
    """Refuse neighbours that changed places, and what is asked of a thing that became part of it."""
    both = pair.original, pair.text, pair.language
    swapped = (
        relations.swapped(*both) or attachment.miscounted(*both) or attachment.presupposed(*both)
    )
    return Reason("word order", ", ".join(swapped), "as in the original") if swapped else None


def other_act(pair: Measured) -> Reason | None:
    """Refuse another speech act, such as a promise for a command."""
    if same_act(pair.original, pair.text, pair.language):
        return None
    kept_acts = act_ru.KEPT if pair.language == "ru" else KEPT
    found, allowed = act(pair.text, pair.language), kept_acts[act(pair.original, pair.language)]
    return Reason("speech act", found.value, " or ".join(sorted(a.value for a in allowed)))


def form(pair: Measured) -> Reason | None:
    """Refuse forms that small models get wrong."""
    both = pair.original, pair.text, pair.language
    odd = (
        odd_form(pair.text, pair.language)
        or lost_article(*both)
        or ", ".join(attachment.indefinite(*both))
        or dangling(pair.original, pair.text)
        or attachment.run_together(*both)
        or ("no verb" if lost_verb(*both) else "")
    )
    return Reason("form", odd, "a well-formed sentence") if odd else None


def forward(pair: Measured) -> Reason | None:
    """Refuse a text that the original does not entail."""
    return None if _unchanged(pair) else _entailed("forward", pair.forward)


def backward(pair: Measured) -> Reason | None:
    """Refuse a text that does not entail the original."""
    return None if _unchanged(pair) else _entailed("backward", pair.backward)


def _unchanged(pair: Measured) -> bool:
    """Tell whether only the opening or a verb's form differs: then there is nothing to ask the model."""
    first, second = (_core(text, pair.language) for text in (pair.original, pair.text))
    return first == second


def _core(text: str, language: Language) -> list[str]:
    told = message(text, language)
    lead = OPENER.match(told)
    if lead:
        told = f"{told[lead.end() :]} {lead[0]}"  # "at noon, call Ann" is "call Ann at noon"
    said = [word for word in words(told) if word not in relations.ARTICLES]
    return [lemma(word) for word in said] if language == "ru" else said


def _entailed(way: str, found: Entailment | None) -> Reason | None:
    if found is None or found.entailment >= LIMITS.entailment:
        return None
    return Reason("entailment", f"{way} {found.entailment:.2f}", f"≥ {LIMITS.entailment}")


def added_words(pair: Measured) -> Reason | None:
    """Name words that the original lacks."""
    return _unmatched("added words", pair.alignment.added)


def lost_words(pair: Measured) -> Reason | None:
    """Name words of the original that are gone."""
    return _unmatched("lost words", pair.alignment.lost)


def _unmatched(name: str, alone: tuple[str, ...]) -> Reason | None:
    return Reason(name, ", ".join(alone), "none") if alone else None


def _listed(items: Iterable[str]) -> str:
    return ", ".join(sorted(items)) or "none"
