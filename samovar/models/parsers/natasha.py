"""Russian by Natasha's parts: razdel's tokens, slovnet's morphology, syntax and names.

Slovnet was trained on news, where orders are rare: it reads «Выключи» as an adjective. An imperative is
shown to it in the past tense («Выключил»), which news are full of; form and lemma are pymorphy's.
Natasha's own lemmas would need pymorphy2, which Python 3.11 broke; pymorphy3 gives the same.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

from razdel import sentenize, tokenize
from slovnet import Morph, Syntax

from samovar.catalog import Model
from samovar.models.files import weights
from samovar.models.taggers.natasha import recogniser, word_vectors
from samovar.morphology import analyzer, flat
from samovar.records import Token
from samovar.settings import Settings

LIKELY, POSSIBLE = 0.5, 0.15
"""Score of the imperative among a word's readings: anywhere, and where a clause begins."""
OPENERS = frozenset(", . ; : ! — и а но или не пожалуйста затем потом тогда сначала".split())
PARTS = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN",),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN"),
    "ADJ": ("ADJF", "ADJS", "COMP", "PRED"),
    "DET": ("ADJF", "NPRO"),
    "PRON": ("NPRO",),
    "ADV": ("ADVB", "PRED", "COMP"),
    "NUM": ("NUMR",),
    "ADP": ("PREP",),
    "CCONJ": ("CONJ",),
    "SCONJ": ("CONJ",),
    "PART": ("PRCL",),
}
"""Universal part of speech → those of OpenCorpora."""
CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
NAMES = frozenset({"Name", "Surn", "Geox", "Orgn", "Patr"})
IMPERATIVE = {"Mood": "Imp", "VerbForm": "Fin", "Person": "2"}
NOMINAL = frozenset({"obj", "iobj", "obl", "nmod", "appos", "flat"})
"""Relations of nouns; an infinitive that has one of them is a complement."""
Row = tuple[str, int, int]
"""Text, start and end of a token."""


class NatashaParser:
    """Parse with networks in numpy; they are only read, so that threads need not wait."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load three networks and their vectors, 1.5 s.

        Raises:
            ModelError: the package is missing or altered.
        """
        del settings  # every engine is made alike
        names, vectors, morph, syntax = weights.find(model)
        self.model = model
        self._names = recogniser(names, vectors)
        self._morph = Morph.load(str(morph)).navec(word_vectors(vectors))
        self._syntax = Syntax.load(str(syntax)).navec(word_vectors(vectors))
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        return self.model.id

    def parse(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each text."""
        return [self._parse(text) for text in texts]

    def _parse(self, text: str) -> tuple[Token, ...]:
        if not text.strip():
            return ()
        found: list[Token] = []
        names = self._names(text).spans
        for sentence in sentenize(text):
            rows = [
                (t.text, sentence.start + t.start, sentence.start + t.stop)
                for t in tokenize(sentence.text)
            ]
            found += self._sentence(rows, len(found), names)
        return tuple(found)

    def _sentence(self, rows: Sequence[Row], before: int, names: Sequence[Any]) -> list[Token]:
        ordered = [_imperative([row[0] for row in rows], at) for at in range(len(rows))]
        told = [
            _past(one, row[0]) if one else row[0] for one, row in zip(ordered, rows, strict=True)
        ]
        with self._lock:
            forms = self._morph(told).tokens
            tree = self._syntax(told).tokens
        numbers = {one.id: at for at, one in enumerate(tree)}
        heads = _rooted([numbers.get(one.head_id, at) for at, one in enumerate(tree)])
        tokens = []
        for at, (row, form, node, order) in enumerate(zip(rows, forms, tree, ordered, strict=True)):
            pos, features, lemma = _form(row[0], form, order)
            infinitive = features.get("VerbForm") == "Inf" and node.rel in NOMINAL
            relation = "xcomp" if infinitive else node.rel
            relation = "root" if heads[at] == at else relation
            entity = "" if order else _entity(row, names) or _known(row[0], pos)
            tokens.append(Token(*row, lemma, pos, features, relation, before + heads[at], entity))
        return tokens


def _rooted(heads: list[int]) -> list[int]:
    """Return `heads` without circles, which the network sometimes draws: their first word is a root.

    >>> _rooted([1, 2, 1])
    [1, 1, 1]
    """
    for start in range(len(heads)):
        seen, at = {start}, start
        while heads[at] != at:
            at = heads[at]
            if at in seen:
                heads[at] = at
            seen.add(at)
    return heads


def _form(word: str, form: Any, order: Any) -> tuple[str, dict[str, str], str]:
    """Return part of speech, features and lemma; `order` is pymorphy's reading as an imperative."""
    if order:
        number = "Sing" if order.tag.number == "sing" else "Plur"
        return "VERB", {**IMPERATIVE, "Number": number}, flat(order.normal_form)
    return form.pos, form.feats, _lemma(word, form.pos, form.feats.get("Case", ""))


def _imperative(texts: Sequence[str], at: int) -> Any:
    """Return pymorphy's reading of an order, None where the word is none."""
    word = texts[at].lower()
    opened = at == 0 or texts[at - 1].lower() in OPENERS
    return _order(word, POSSIBLE if opened else LIKELY)


@cache
def _order(word: str, least: float) -> Any:
    if not word.isalpha() or len(word) < 3:
        return None
    found = analyzer().parse(word)
    return next((one for one in found if one.tag.mood == "impr" and one.score >= least), None)


def _past(order: Any, word: str) -> str:
    number = {"sing", "masc"} if order.tag.number == "sing" else {"plur"}
    turned = order.inflect({"past", "indc", *number})
    return str(turned.word).capitalize() if turned and word[0].isupper() else (turned or order).word


@cache
def _lemma(word: str, pos: str, case: str) -> str:
    """Return the dictionary form of `word` in the reading that fits part of speech and case."""
    found = analyzer().parse(word.lower())
    wanted = PARTS.get(pos, ())

    def fit(one: Any) -> tuple[bool, bool, bool, float]:
        named = pos == "PROPN" and any(mark in one.tag for mark in NAMES)
        return one.tag.POS in wanted, named, one.tag.case == CASES.get(case), one.score

    return flat(max(found, key=fit).normal_form)


NAMED = {"Name": "PER", "Surn": "PER", "Geox": "LOC"}
"""Marks of pymorphy → labels, for names that the network overlooks beside an order."""


@cache
def _known(word: str, pos: str) -> str:
    if pos != "PROPN" or not word[:1].isupper():
        return ""
    marks = (NAMED[mark] for one in analyzer().parse(word) for mark in NAMED if mark in one.tag)
    return next((f"B-{label}" for label in marks), "")


def _entity(row: Row, names: Sequence[Any]) -> str:
    for span in names:
        if span.start <= row[1] and row[2] <= span.stop:
            return f"{'B' if span.start == row[1] else 'I'}-{span.type}"
    return ""
