"""Superlatives without their form: a comparative of which nobody has more: "no brush is gentler"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.marketing.checks.claims import BREAK
from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.reading import Sentence
from samovar.phrases import Language

NOBODY: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:no|none|nobody|no one|nothing|nowhere|anywhere|never)\b"
        r"|\b(?:not|wo)(?:n['’]t)? (?:\w+ )?find\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:никто|ничто|нигде|нет|ни од\w+|не (?:найд|встрет|сыщ|быва)\w+)(?!\w)",
        re.IGNORECASE,
    ),
}
PLAIN = frozenset(
    "more less fewer longer later earlier sooner further больше меньше дольше позже дальше более "
    "менее".split()
)
"""Comparatives of number and time: "no later than Friday" praises nothing."""

BESIDE = 16
"""Characters behind a comparative within which a number bounds it."""


def check(draft: Draft) -> list[Finding]:
    """Find comparatives in a clause with a word of "nobody", unless a number bounds them."""
    return [
        Finding("superlative", words)
        for sentence in draft.sentences
        if (words := _unequalled(sentence, NOBODY[draft.sheet.language]))
    ]


def _unequalled(sentence: Sentence, nobody: re.Pattern[str]) -> str:
    """Return the clause that sets the product above all others; "no heavier than 3 kg" does not."""
    cuts = [0, *(match.end() for match in BREAK.finditer(sentence.text)), len(sentence.text)]
    for token in sentence.tokens:
        if token.features.get("Degree") != "Cmp" or token.lower in PLAIN:
            continue
        start = max(cut for cut in cuts if cut <= token.start)
        end = min(cut for cut in cuts if cut >= token.end)
        bounded = any(
            0 <= q.start - token.end < BESIDE for q in sentence.quantities if not q.optional
        )
        if not bounded and nobody.search(sentence.text, start, end):
            return sentence.text[start:end].strip()
    return ""
