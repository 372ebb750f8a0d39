"""Features and properties that the sheet does not have, found by content words that need a fact.

Everyday words are those that right texts use beside other sheets (data/marketing/everyday-words.json): a
"morning" or a "shelf" needs no fact. What joins the sheet's own words in a wrong way is not found here.
"""

from __future__ import annotations

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.lost import family
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.records import Token

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
NOUNS = frozenset({"NOUN", "PROPN"})
OWNING = frozenset(
    "have has include contain come offer feature provide equip support own "
    "иметь есть включать содержать оснащать оснастить предлагать поддерживать снабдить входить".split()
)
"""Lemmas of verbs that give a product a feature."""
UNNAMED = 2
"""Unsupported words from which a sentence that does not name the product is a claim about it."""


def check(draft: Draft) -> list[Finding]:
    """Find statements with words that nothing supports; questions and invitations are free."""
    if not draft.form.facts:
        return []
    found = []
    for sentence in draft.sentences:
        novel = unsupported(sentence, draft.sheet, draft.everyday)
        if not _states(sentence) or not any(token.pos in NOUNS for token in novel):
            continue
        known = sentence.known & draft.sheet.known
        named = bool(sentence.known & draft.sheet.names)
        if named or _gives(sentence, novel) or (known and len(novel) >= UNNAMED):
            kind = "invented_feature" if named or _gives(sentence, novel) else "property"
            found.append(Finding(kind, " ".join(token.text for token in novel)))
    return found


def unsupported(sentence: Sentence, sheet: Sheet, everyday: frozenset[str]) -> list[Token]:
    """Return the content words of `sentence` that neither the sheet nor everyday speech has."""
    return [
        token
        for token, stem in zip(sentence.tokens, sentence.stems, strict=True)
        if len(stem) > 2
        and token.pos in CONTENT
        and stem not in everyday
        and not any(family(stem, known) for known in sheet.known)
        and not any(q.start <= token.start < q.end for q in sentence.quantities)
    ]


def _states(sentence: Sentence) -> bool:
    """Tell whether a sentence states something: no question, no order to the reader at its start."""
    first = next((token for token in sentence.tokens if token.pos != "PUNCT"), None)
    ordered = first is not None and first.features.get("Mood") == "Imp"
    return not sentence.text.rstrip().endswith("?") and not ordered


def _gives(sentence: Sentence, novel: list[Token]) -> bool:
    """Tell whether an unsupported noun is what a verb of having gives."""
    return any(
        sentence.tokens[token.head].lemma in OWNING
        and token.relation in ("obj", "nsubj", "obl", "nsubj:pass")
        for token in novel
        if token.pos in NOUNS
    )
