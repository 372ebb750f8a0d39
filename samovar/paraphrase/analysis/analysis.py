"""Analyse a text once: literals set aside, the rest parsed, frames and quantities read off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from samovar.models.base import Parser
from samovar.paraphrase.analysis.act import act
from samovar.paraphrase.analysis.clauses import clauses
from samovar.paraphrase.analysis.english import ENGLISH
from samovar.paraphrase.analysis.frames import NOMINAL, Tree, frames, tree
from samovar.paraphrase.analysis.grammar import Grammar
from samovar.paraphrase.analysis.literals import Literal, literals, masked
from samovar.paraphrase.analysis.numbers.quantities import quantities
from samovar.paraphrase.analysis.request import Request
from samovar.paraphrase.analysis.russian import RUSSIAN
from samovar.phrases import Language
from samovar.records import Token

GRAMMARS: Mapping[Language, Grammar] = {"en": ENGLISH, "ru": RUSSIAN}


def analyse(text: str, language: Language, parser: Parser) -> Request:
    """Return what `text` asks for; `parser` is the one of `language`."""
    return analyse_all([text], language, parser)[0]


def analyse_all(texts: Sequence[str], language: Language, parser: Parser) -> list[Request]:
    """Return what each text asks for, in their order."""
    grammar = GRAMMARS[language]
    found = [literals(text) for text in texts]
    hidden = [masked(text, marked, grammar.noun) for text, marked in zip(texts, found, strict=True)]
    parsed = parser.parse(hidden)
    return [
        _request(text, language, marked, shown, tokens)
        for text, marked, shown, tokens in zip(texts, found, hidden, parsed, strict=True)
    ]


def _request(
    text: str, language: Language, marked: Sequence[Literal], shown: str, parsed: Sequence[Token]
) -> Request:
    grammar = GRAMMARS[language]
    tokens, stands = _restored(marked, parsed, grammar.noun)
    of = tree(tokens, grammar, stands)
    start = opening(text, grammar)
    parts = clauses(of, start)
    return Request(
        text=text,
        language=language,
        tokens=tokens,
        literals=tuple(marked),
        quantities=quantities(shown, grammar.notation, parsed),
        names=tuple(_names(of)),
        clauses=parts,
        frames=frames(of, parts, start),
        act=act(of, text, start),
        core=tuple(token for token in tokens if token.start >= start and token.pos != "PUNCT"),
        quantifiers=frozenset(
            grammar.quantifiers[t.lemma] for t in tokens if t.lemma in grammar.quantifiers
        ),
        negations=sum(token.lemma in grammar.negators for token in tokens),
    )


def _restored(
    marked: Sequence[Literal], parsed: Sequence[Token], noun: str
) -> tuple[tuple[Token, ...], dict[int, str]]:
    """Return the tokens at their places in the text, literals in place of the nouns shown for them."""
    shifts, shift = [], 0
    for one in marked:
        start = one.start + shift
        shift += len(noun) - (one.end - one.start)
        shifts.append((start, start + len(noun), one))
    tokens, stands = [], {}
    for at, token in enumerate(parsed):
        moved = 0
        inside = None
        for start, end, one in shifts:
            if token.start >= end:
                moved += (one.end - one.start) - len(noun)
            elif token.start < end and token.end > start:
                inside = one
        begin = token.start + moved
        if inside:
            stands[at] = inside.value
            tokens.append(
                Token(
                    text=inside.text,
                    start=inside.start,
                    end=inside.end,
                    lemma=inside.value,
                    pos="PROPN",
                    features=token.features,
                    relation=token.relation,
                    head=token.head,
                )
            )
        else:
            tokens.append(replace(token, start=begin, end=begin + len(token.text)))
    return tuple(tokens), stands


def opening(text: str, grammar: Grammar) -> int:
    """Return where the core of `text` begins, after openings like "could you please".

    >>> opening("Could you please open the door", ENGLISH)
    17
    """
    low, at = text.lower().replace("’", "'").replace("ё", "е"), 0
    while True:
        at += len(low[at:]) - len(low[at:].lstrip(" ,"))
        match = next(
            (m for p in grammar.openings if (m := re.match(p, low[at:])) and m.end()), None
        )
        if not match or not low[at + match.end() :].strip(" .!?,"):
            return at
        at += match.end()


def _names(of: Tree) -> list[str]:
    """Return the names: entities, and capitalised words inside a sentence; weekdays and months, too."""
    found = []
    for at, token in enumerate(of.tokens):
        opens = at == 0 or of.tokens[at - 1].text in OPENING
        known = token.lower in of.grammar.persons or at in of.literals
        short = token.text.isupper() and len(token.text) < 5  # TV, SMS
        named = token.pos == "PROPN" if opens else token.pos in NOMINAL
        if (
            token.text[:1].isupper()
            and named
            and not known
            and not short
            and (token.entity or not opens)
        ):
            found.append(token.lemma)
    return found


OPENING = frozenset('. ! ? : " « “ — – - … ;'.split())
"""Signs after which any word may begin with a capital letter."""
