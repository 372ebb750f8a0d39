"""What the judge adds to the rules, and where it overrules them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.judge import forbidden
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.marketing.facts.words import family

JUDGED = ("invented_feature",)
"""Kinds of problems that are looked for only where there is a judge."""
OVERRULED: Mapping[str, float] = {"number": 0.95}
"""Kind → support from which a sentence has no such problem, whatever a rule finds."""

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
NEW = 2
"""Content words that the sheet lacks, from which on a sentence may say something new: what only repeats its
words is left to the rules."""


def settled(findings: Sequence[Finding], draft: Draft) -> list[Finding]:
    """Return what holds of `findings`, and sentences without any that the sheet does not support."""
    kept = [each for each in findings if not _overruled(each, draft)]
    for sentence, one in zip(draft.sentences, draft.judged, strict=False):
        named = any(each.words and each.words in sentence.text for each in kept)
        if one.supported or named or new_words(sentence, draft.sheet) < NEW:
            continue
        claim = forbidden(one.nearest, draft.sheet.language)
        kind = "forbidden" if claim else "invented_feature"
        kept.append(Finding(kind, sentence.text, claim or one.nearest))
    return kept


def new_words(sentence: Sentence, sheet: Sheet) -> int:
    """Return how many content words `sentence` has that the sheet does not have, in quantities none."""
    return sum(
        len(stem) > 2
        and token.pos in CONTENT
        and not any(family(stem, known) for known in sheet.known)
        and not any(q.start <= token.start < q.end for q in sentence.quantities)
        for token, stem in zip(sentence.tokens, sentence.stems, strict=True)
    )


def _overruled(finding: Finding, draft: Draft) -> bool:
    """Tell whether the judge supports every sentence with the words of a finding that it may overrule."""
    least = OVERRULED.get(finding.kind)
    if least is None:
        return False
    read = zip(draft.sentences, draft.judged, strict=False)
    own = [one.support for sentence, one in read if finding.words in sentence.text]
    return bool(own) and min(own) >= least
