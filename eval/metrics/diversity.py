"""How unlike each other the texts of one set are."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from sacrebleu.metrics.bleu import BLEU

from samovar.paraphrase.validation.words import words


def self_bleu(texts: Sequence[str]) -> float:
    """Return the mean BLEU of each text against all others, 0 to 1; lower is more diverse.

    Source: Zhu et al. 2018, Texygen, https://arxiv.org/abs/1802.01886; BLEU-4 of sacrebleu, lower case.

    Raises:
        ValueError: fewer than two texts have no other.
    """
    if len(texts) < 2:
        raise ValueError(f"self-BLEU needs two texts or more, not {len(texts)}")
    bleu = BLEU(lowercase=True, effective_order=True)
    return mean(
        bleu.sentence_score(text, [*texts[:at], *texts[at + 1 :]]).score / 100
        for at, text in enumerate(texts)
    )


def distinct(texts: Sequence[str], size: int = 2) -> float:
    """Return the share of different n-grams of `size` words among all, 0 to 1 (Li et al. 2016)."""
    rows = [words(text) for text in texts]
    grams = [tuple(row[at : at + size]) for row in rows for at in range(len(row) - size + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0
