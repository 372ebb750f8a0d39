"""Analyse a text once: literals set aside, the rest parsed, frames and quantities read off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from samovar.models.base import Parser
from samovar.paraphrase.analysis.clauses import clauses
from samovar.paraphrase.analysis.english import ENGLISH
from samovar.paraphrase.analysis.frames import NOMINAL, Tree, frames, tree
from samovar.paraphrase.analysis.grammar import Grammar
from samovar.paraphrase.analysis.literals import Literal, literals, masked
from samovar.paraphrase.analysis.numbers.quantities import quantities
from samovar.paraphrase.analysis.request import Act, Request
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
    tokens, stands = _restored(text, marked, parsed, grammar.noun)
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
        act=_act(of, text, start),
        core=tuple(token for token in tokens if token.start >= start and token.pos != "PUNCT"),
        quantifiers=frozenset(
            grammar.quantifiers[t.lemma] for t in tokens if t.lemma in grammar.quantifiers
        ),
        negations=sum(token.lemma in grammar.negators for token in tokens),
    )


def _restored(
    text: str, marked: Sequence[Literal], parsed: Sequence[Token], noun: str
) -> tuple[tuple[Token, ...], dict[int, str]]:
    """Return the tokens at their places in `text`, literals in place of the nouns shown for them."""
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
            whole = {"text": inside.text, "lemma": inside.value, "pos": "PROPN", "entity": ""}
            tokens.append(replace(token, start=inside.start, end=inside.end, **whole))
        else:
            tokens.append(replace(token, start=begin, end=begin + len(token.text)))
    del text
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


def _act(of: Tree, text: str, start: int) -> Act:
    """Return the speech act: the verb's mood, its subject, question words, the opening."""
    grammar = of.grammar
    roots = [at for at, token in enumerate(of.tokens) if token.head == at]
    core = [
        at for at, token in enumerate(of.tokens) if token.start >= start and token.pos != "PUNCT"
    ]
    if not core:
        return "statement"
    first = of.tokens[core[0]]
    peeled = start > 0
    asked = text.rstrip().endswith("?")
    subjects = [
        grammar.persons.get(of.tokens[c].lower, "other")
        for r in roots
        for c in of.below(r, "nsubj", "nsubj:pass")
    ]
    verb = of.tokens[roots[0]]
    imperative = verb.features.get("Mood") == "Imp" or (
        verb.features.get("VerbForm") in ("Inf", None, "Fin")
        and not subjects
        and verb.pos == "VERB"
    )
    modal = first.lower in grammar.modals
    if asked and modal and not {"me", "us"} & set(subjects):
        return "wish"  # "Could the lamp go off at ten?"
    if first.lower in grammar.questions or (asked and not peeled):
        return "question"
    if any(token.lemma in grammar.advice for token in of.tokens[:4]) and not asked:
        return "advice"
    if peeled or imperative:
        return "command"
    if "me" in subjects or "us" in subjects:
        wished = any(token.lemma in grammar.wishes for token in of.tokens[: roots[0] + 1])
        future = any(
            of.tokens[c].lower in ("will", "'ll", "shall")
            for r in roots
            for c in of.below(r, "aux")
        )
        return "wish" if wished else "promise" if future else "statement"
    wished = any(token.lemma in grammar.wishes for token in of.tokens[:3])
    return "wish" if wished else "statement" if subjects else "command"
