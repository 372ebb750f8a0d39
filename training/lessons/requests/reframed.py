"""Requests that ask for something else, made from a request's frames: near in words, far in meaning.

Arguments of one type are exchanged, conditions, bounds, owners and joins turned, numbers moved, clauses
pooled, only and not dropped. What cannot be inflected is left out, so that every text is grammatical.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from samovar.morphology import analyzer, flat
from samovar.paraphrase.analysis.request import Argument, Frame, Request
from samovar.records import Token
from training.lessons.requests.reframed_words import JOINS, NEGATIONS, WORDS

Edit = tuple[int, int, str]
"""Start, end and what stands there instead."""
Made = tuple[str, str]
"""Text and kind."""
CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
INSIDE = frozenset(
    {
        "det",
        "amod",
        "nmod:poss",
        "compound",
        "nummod",
        "nummod:gov",
        "case",
        "flat",
        "flat:name",
        "appos",
    }
)
"""Relations of what belongs to a noun phrase that is exchanged whole."""
SMALL = frozenset({"2", "3", "4", "three", "four", "три", "четыре"})


def reframed(request: Request, seed: int, most: int) -> list[Made]:
    """Return up to `most` texts that ask for something else than `request`, each with its kind.

    The same request and seed give the same texts; kinds take turns, so that few of them are enough.
    """
    made: dict[str, str] = {}
    for make in MAKERS:
        for text, kind in make(request):
            if text != request.text:
                made.setdefault(text, kind)
    by_kind: dict[str, list[str]] = {}
    draw = random.Random(f"{seed}/{request.text}")
    listed = list(made.items())
    draw.shuffle(listed)
    for text, kind in listed:
        by_kind.setdefault(kind, []).append(text)
    turns = sorted(
        (place, kind, text) for kind, texts in by_kind.items() for place, text in enumerate(texts)
    )
    return [(text, kind) for _, kind, text in turns][:most]


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` after `edits`, with its first letter as large as it was."""
    for start, end, by in sorted(edits, reverse=True):
        text, upper = text[:start] + by + text[end:], text[:1].isupper()
        text = text[:1].upper() + text[1:] if upper else text
    return re.sub(r"\s+", " ", text).strip()


def _exchanged(request: Request) -> Iterator[Made]:
    """Yield persons in each other's place, places, and placeholders."""
    named = [
        (f, a) for f in request.frames for a in f.arguments if a.kind in ("person", "place", "name")
    ]
    once = {a.token: (f, a) for f, a in named if not (a.role == "subject" and _inherited(f, a))}
    for (frame, one), (other_frame, other) in combinations(once.values(), 2):
        literal = {one.lemma, other.lemma} & {literal.value for literal in request.literals}
        alike = one.kind == other.kind and (one.kind != "name" or literal)
        same = frame is other_frame and one.role == other.role
        if alike and not same and one.lemma != other.lemma:
            edits = _swap(request, one, other)
            if edits:
                yield _edited(request.text, edits), "roles"


def _inherited(frame: Frame, one: Argument) -> bool:
    return one.token < frame.token and any(
        a.token == one.token and a is not one for a in frame.arguments
    )


def _swap(request: Request, one: Argument, other: Argument) -> list[Edit]:
    first, second = request.tokens[one.token], request.tokens[other.token]
    words = _inflected(second, first), _inflected(first, second)
    if not all(words):
        return []
    return [(first.start, first.end, words[0]), (second.start, second.end, words[1])]


def _inflected(token: Token, like: Token) -> str:
    """Return the name `token` in the case of `like`; empty where its forms are not known."""
    case = CASES.get(like.features.get("Case", ""))
    if not case or not re.fullmatch(r"[А-Яа-яёЁ\-]+", token.text):
        return token.text
    readings = [one for one in analyzer().parse(token.text) if one.tag.POS == "NOUN"]
    fitting = [one for one in readings if flat(one.normal_form) == token.lemma] or readings
    form = fitting[0].inflect({case, "sing"}) if fitting else None
    return form.word.capitalize() if form and token.text[0].isupper() else form.word if form else ""


def _crossed(request: Request) -> Iterator[Made]:
    """Yield the objects of two predicates exchanged, what comes from and goes to, and two clauses pooled."""
    objects = [
        (frame, a)
        for frame in request.frames
        for a in frame.arguments
        if a.role == "object" and not a.kind
    ]
    for (frame, one), (other_frame, other) in combinations(objects, 2):
        spans = _phrase(request, one.token), _phrase(request, other.token)
        cases = {request.tokens[a.token].features.get("Case") for a in (one, other)}
        if (
            frame.token == other_frame.token
            or not all(spans)
            or len(cases) > 1
            or one.lemma == other.lemma
        ):
            continue
        yield _edited(request.text, _swapped(request.text, *spans)), "crossed"
        yield from _pooled(request, frame, other_frame, spans[1])
    for frame in request.frames:
        sides = {a.role: a for a in frame.arguments if a.role in ("from", "to") and not a.kind}
        if len(sides) == 2 and request.language == "en":
            spans = _phrase(request, sides["from"].token), _phrase(request, sides["to"].token)
            if all(spans):
                yield _edited(request.text, _swapped(request.text, *spans)), "direction"


def _pooled(request: Request, first: Frame, second: Frame, span: range) -> Iterator[Made]:
    """Yield "lock the door and the window" for "lock the door and shut the window"."""
    verb = request.tokens[second.token]
    joined = verb.relation == "conj" and verb.head == first.token and first.token < second.token
    plain = " " not in second.predicate and request.text[verb.end : span.start].isspace()
    if joined and plain and not first.negated and not second.negated:
        yield _edited(request.text, [(verb.start, span.start, "")]), "pooled"


def _phrase(request: Request, at: int) -> range:
    """Return the characters of the noun phrase at `at` without its preposition; empty when it has gaps."""
    tokens = request.tokens
    inside = [
        at,
        *(n for n, t in enumerate(tokens) if t.head == at and t.relation in INSIDE and n < at),
    ]
    inside = [n for n in inside if not (tokens[n].relation == "case" and n < at)]
    if tokens[at].pos == "PRON" or sorted(inside) != list(range(min(inside), max(inside) + 1)):
        return range(0)
    below = [
        n
        for n, t in enumerate(tokens)
        if t.head == at and n > at and t.relation in ("acl", "acl:relcl", "nmod", "conj")
    ]
    return range(0) if below else range(tokens[min(inside)].start, tokens[max(inside)].end)


def _swapped(text: str, one: range, other: range) -> list[Edit]:
    first, second = text[one.start : one.stop], text[other.start : other.stop]
    return [(one.start, one.stop, second), (other.start, other.stop, first)]


def _numbers(request: Request) -> Iterator[Made]:
    """Yield numbers that have changed nouns, where no ending depends on them."""
    counted = [
        t
        for t in request.tokens
        if t.pos == "NUM" and t.relation.startswith("nummod") and t.head > 0
    ]
    for one, other in combinations(counted, 2):
        words = one.lower, other.lower
        plain = (
            all(_figure(word) for word in words) and one.head != other.head and words[0] != words[1]
        )
        agree = request.language == "en" or len({word in SMALL for word in words}) == 1
        if plain and agree:
            edits = _swapped(request.text, range(one.start, one.end), range(other.start, other.end))
            yield _edited(request.text, edits), "number"


def _figure(word: str) -> bool:
    return (
        (word.isdigit() and int(word) % 10 > 1)
        or (word.isdigit() and int(word) % 10 == 0)
        or word in SMALL
    )


def _turned(request: Request) -> Iterator[Made]:
    """Yield conditions, bounds, owners and directions turned, and only dropped."""
    covered = [range(one.start, one.end) for one in request.literals]
    for turn in WORDS[request.language]:
        for match in re.finditer(turn.pattern, request.text, re.IGNORECASE):
            both = turn.kind == "owner" and re.search(rf"\b{turn.by}", request.text, re.IGNORECASE)
            if not both and not any(match.start() in span for span in covered):
                yield _edited(request.text, [(match.start(), match.end(), turn.by)]), turn.kind


def _joined(request: Request) -> Iterator[Made]:
    """Yield "or" for "and" between two words, and the reverse."""
    joins = JOINS[request.language]
    if request.negations or "except" in request.quantifiers:
        return  # "not a and b", "except a or b": either word may mean the same
    heads = {token.head for token in request.tokens if token.relation == "conj"}
    for token in request.tokens:
        joined = token.head in heads or request.tokens[token.head].relation == "conj"
        ranged = re.search(
            r"\b(?:between|между) [\w ]*$", request.text[: token.start], re.IGNORECASE
        )
        if token.relation == "cc" and token.lower in joins and joined and not ranged:
            yield _edited(request.text, [(token.start, token.end, joins[token.lower])]), "logic"


def _negated(request: Request) -> Iterator[Made]:
    """Yield an order forbidden, and a forbidden one ordered."""
    pattern, word = NEGATIONS[request.language]
    match = re.match(pattern, request.text, re.IGNORECASE)
    if match:
        if (
            not any(clause.marker == "until" for clause in request.clauses)
            and " until " not in request.text
        ):
            yield _edited(request.text, [(0, match.end(), "")]), "polarity"
        return
    first = request.tokens[0] if request.tokens else None
    main = [frame for frame in request.frames if frame.token == 0 and not frame.negated]
    if request.act == "command" and first and main and _forbiddable(first):
        yield _edited(request.text, [(0, first.end, word + first.lower)]), "polarity"


def _forbiddable(token: Token) -> bool:
    """Tell whether an order can be forbidden in this form: Russian asks for the imperfective."""
    if not re.search("[а-я]", token.lower):
        return token.lower == token.lemma
    return any(
        one.tag.aspect == "impf" and one.tag.mood == "impr" for one in analyzer().parse(token.lower)
    )


MAKERS: tuple[Callable[[Request], Iterator[Made]], ...] = (
    _exchanged,
    _crossed,
    _numbers,
    _turned,
    _joined,
    _negated,
)
