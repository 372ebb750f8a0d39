"""Measure pairs of texts with every model at hand; the checks and the score read the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samovar.models.base import Encoder, EntailmentModel, Tagger
from samovar.paraphrase.act import message
from samovar.paraphrase.alignment import Alignment, Groups, align
from samovar.paraphrase.slots import kept
from samovar.paraphrase.thresholds import Detector
from samovar.phrases import Language
from samovar.records import Entailment, Span


@dataclass(frozen=True, slots=True)
class ValidationModels:
    """Hold the models that measure a candidate beside the rules."""

    encoder: Encoder
    groups: Groups
    tagger: Tagger
    """Finds names that must be kept, beside words with capital letters."""
    entailment: EntailmentModel | None = None
    """None on a machine without its adapter: then the words alone decide."""
    detector: Detector | None = None
    """Joins the measurements into one score; None gives no score."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold one original and one candidate, with what the models measured."""

    original: str
    text: str
    language: Language
    kept: tuple[str, ...]
    """Slot values and names of the original, which must be there word for word."""
    similarity: float
    alignment: Alignment
    forward: Entailment | None = None
    """Original → text."""
    backward: Entailment | None = None


def measurements(
    pairs: Sequence[tuple[str, str]],
    language: Language,
    models: ValidationModels,
    slots: Mapping[str, Sequence[Span]] | None = None,
) -> list[Measured]:
    """Return each (original, text) of `pairs` measured; `slots` holds the marked ones by original.

    Each distinct text is encoded once, and the entailment model is asked once for all pairs.
    """
    if not pairs:
        return []
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    vectors = dict(zip(texts, models.encoder.encode(texts), strict=True))
    originals = list(dict.fromkeys(original for original, _ in pairs))
    marked = zip(originals, models.tagger.tag(originals, language), strict=True)
    known = slots or {}
    must = {text: kept(text, known.get(text, ()), markup.spans) for text, markup in marked}
    alignments = align(pairs, language, models.encoder, models.groups)
    both = _entailments(pairs, language, models.entailment)
    return [
        Measured(
            original,
            text,
            language,
            must[original],
            float(vectors[original] @ vectors[text]),
            alignment,
            *both.get((original, text), (None, None)),
        )
        for (original, text), alignment in zip(pairs, alignments, strict=True)
    ]


def _entailments(
    pairs: Sequence[tuple[str, str]], language: Language, model: EntailmentModel | None
) -> dict[tuple[str, str], tuple[Entailment, Entailment]]:
    """Return forward and backward entailment of each pair, all by one call.

    What only opens a request ("could you") is left out: the model has read statements, and whether
    an order entails a wish is not the question.
    """
    if model is None:
        return {}
    core = {text: message(text, language) or text for pair in pairs for text in pair}
    said = [(core[original], core[text]) for original, text in pairs]
    found = model.classify([*said, *((text, original) for original, text in said)])
    both = zip(found[: len(pairs)], found[len(pairs) :], strict=True)
    return dict(zip(pairs, both, strict=True))
