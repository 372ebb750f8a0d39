"""The speech act of a text: the verb's mood, its subject, question words, the opening."""

from __future__ import annotations

from samovar.paraphrase.analysis.frames import Tree
from samovar.paraphrase.analysis.request import Act

FUTURE = frozenset({"will", "'ll", "shall"})
OWN = frozenset({"me", "us"})


def act(of: Tree, text: str, start: int) -> Act:
    """Return the act of `text`, whose core begins at the character `start`."""
    tokens, grammar = of.tokens, of.grammar
    core = [token for token in tokens if token.start >= start and token.pos != "PUNCT"]
    if not core:
        return "statement"
    root = next(at for at, token in enumerate(tokens) if token.head == at)
    below = [tokens[child].lower for child in of.below(root, "nsubj", "nsubj:pass")]
    subjects = {grammar.persons.get(word, "other") for word in below}
    asked, peeled = text.rstrip().endswith("?"), start > 0
    if asked and core[0].lower in grammar.modals and not OWN & subjects:
        return "wish"  # "Could the lamp go off at ten?"
    if core[0].lower in grammar.questions or (asked and not peeled):
        return "question"
    if any(token.lemma in grammar.advice for token in tokens[:4]) and not asked:
        return "advice"
    if peeled or _ordered(of, root, subjects):
        return "command"
    wished = any(
        token.lemma in grammar.wishes for token in tokens[: root + 1 if OWN & subjects else 3]
    )
    if wished:
        return "wish"
    if OWN & subjects and any(tokens[child].lower in FUTURE for child in of.below(root, "aux")):
        return "promise"
    return "statement" if subjects else "command"


def _ordered(of: Tree, root: int, subjects: set[str]) -> bool:
    """Tell whether the root is an imperative, or a verb without a subject."""
    verb = of.tokens[root]
    bare = verb.pos == "VERB" and verb.features.get("VerbForm") in ("Inf", None, "Fin")
    return verb.features.get("Mood") == "Imp" or (bare and not subjects)
