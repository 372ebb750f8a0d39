"""Trees of spaCy's English pipelines (ClearNLP labels) as Universal Dependencies, as far as rules ask.

The noun after a preposition hangs on the word that the preposition hung on, and carries it as `case`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samovar.records import Token

NAMES = {
    "ROOT": "root",
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "neg": "advmod",
    "quantmod": "advmod",
    "npadvmod": "obl",
    "intj": "discourse",
    "preconj": "cc:preconj",
    "predet": "det",
    "relcl": "acl:relcl",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "meta": "dep",
}
"""ClearNLP → Universal Dependencies; other labels agree. A predicate after "be" stays below it."""
PREPOSITIONS = ("prep", "agent", "dative")
CLAUSAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})
"""What an oblique hangs on; on a noun it is a modifier."""


def universal(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return `tokens`, whose relations are ClearNLP's, as Universal Dependencies."""
    turned = list(tokens)
    for at, token in enumerate(tokens):
        above = tokens[token.head]
        # the noun: "to (prep) Olga (pobj)" → "to (case) ← Olga (obl)"; the verb after it: a clause
        if token.relation in ("pobj", "pcomp") and above.relation in (*PREPOSITIONS, "pcomp"):
            host = _host(tokens, token.head)
            clause = token.relation == "pcomp" and token.pos in ("VERB", "AUX")
            name = "obl" if tokens[host].pos in CLAUSAL else "nmod"
            turned[at] = replace(token, head=host, relation="advcl" if clause else name)
            turned[token.head] = replace(
                above, head=at, relation="mark" if clause else "case", pos="ADP"
            )
    return tuple(replace(t, relation=_name(t)) for t in turned)


def _host(tokens: Sequence[Token], at: int) -> int:
    """Return what a preposition hangs on, through others ("out of the box")."""
    head = tokens[at].head
    if tokens[head].relation in PREPOSITIONS and tokens[head].pos == "ADP" and head != at:
        return _host(tokens, head)
    return head


def _name(token: Token) -> str:
    if token.relation in ("prep", "agent"):  # without a noun: "the one I spoke to"
        return "compound:prt" if token.pos == "ADP" else "advmod"
    return NAMES.get(token.relation, token.relation)
