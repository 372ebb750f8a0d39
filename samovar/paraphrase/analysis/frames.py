"""Frames out of a dependency tree: predicates, their arguments, and who shares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from samovar.paraphrase.analysis.grammar import Grammar
from samovar.paraphrase.analysis.request import Argument, Clause, Frame
from samovar.records import Token

SUBJECTS = {"nsubj": "subject", "nsubj:pass": "object", "csubj": "subject"}
OBJECTS = frozenset({"obj", "iobj"})
OBLIQUE = frozenset({"obl", "nmod", "advmod:obl", "obl:agent"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
PERSON_LABELS = frozenset({"PERSON", "PER"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
TIME_LABELS = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold the tokens of a text with their children."""

    tokens: Sequence[Token]
    children: Mapping[int, tuple[int, ...]]
    grammar: Grammar
    literals: Mapping[int, str]
    """Number of a token → value of the literal that it stands for."""

    def below(self, at: int, *relations: str) -> list[int]:
        """Return the children of `at` with one of `relations`."""
        return [
            child for child in self.children.get(at, ()) if self.tokens[child].relation in relations
        ]


def tree(tokens: Sequence[Token], grammar: Grammar, literals: Mapping[int, str]) -> Tree:
    """Return `tokens` as a tree."""
    children: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.head != at:
            children.setdefault(token.head, []).append(at)
    return Tree(tokens, {at: tuple(below) for at, below in children.items()}, grammar, literals)


def frames(of: Tree, clauses: Sequence[Clause], start: int) -> tuple[Frame, ...]:
    """Return the frame of each clause and of each verb below one, from the character `start` on."""
    owners = {clause.token: number for number, clause in enumerate(clauses)}
    found = []
    for at, token in enumerate(of.tokens):
        if token.start >= start and (at in owners or _predicate(of, at)):
            arguments = tuple(_arguments(of, at))
            negated = bool(_negations(of, at))
            found.append(Frame(_name(of, at), at, arguments, negated, _clause(of, at, owners)))
    return tuple(_resolved(list(_controlled(of, found))))


def _predicate(of: Tree, at: int) -> bool:
    token = of.tokens[at]
    return token.pos in ("VERB", "AUX") and not token.relation.startswith(
        ("aux", "amod", "cop", "case")
    )


def _name(of: Tree, at: int) -> str:
    particles = [of.tokens[child].lemma for child in of.below(at, "compound:prt")]
    return " ".join([of.tokens[at].lemma, *particles])


def _clause(of: Tree, at: int, owners: Mapping[int, int]) -> int:
    while at not in owners and of.tokens[at].head != at:
        at = of.tokens[at].head
    return owners.get(at, 0)


def _negations(of: Tree, at: int) -> list[int]:
    below = of.below(at, "advmod", "det", "aux", "discourse", "case", "cc")
    return [child for child in below if of.tokens[child].lemma in of.grammar.negators]


def _arguments(of: Tree, at: int) -> Iterator[Argument]:
    """Yield the arguments of the predicate at `at`; what hangs below one of them counts, too.

    Parsers often hang "from Denis" below "Olga" in "send it to Olga from Denis".
    """
    objects = of.below(at, *OBJECTS)
    for child in of.children.get(at, ()):
        token = of.tokens[child]
        if token.relation in SUBJECTS:
            role = "object" if _participle(of, at) else SUBJECTS[token.relation]
        elif token.relation in OBJECTS:
            role = "to" if _recipient(of, child, objects) else "object"
        elif token.relation in OBLIQUE or (token.relation == "xcomp" and token.pos in NOMINAL):
            role = _role(of, child)
        else:
            continue
        yield from _spread(of, child, role)


def _participle(of: Tree, at: int) -> bool:
    """Tell whether the verb at `at` is done to its subject: "have the stove turned down"."""
    done = (
        of.tokens[at].features.get("VerbForm") == "Part"
        and of.tokens[at].features.get("Tense") == "Past"
    )
    return done and not any(of.tokens[child].lemma == "have" for child in of.below(at, "aux"))


def _recipient(of: Tree, at: int, objects: Sequence[int]) -> bool:
    token = of.tokens[at]
    case = of.grammar.cases.get(token.features.get("Case", ""))
    bare = (
        len(objects) > 1 and at == objects[0] and token.features.get("Case") in (None, "Acc", "Dat")
    )
    return case == "to" or (not of.grammar.cases and bare)


def _role(of: Tree, at: int) -> str:
    token = of.tokens[at]
    words = [of.tokens[child].lemma for child in of.below(at, "case", "mark")]
    if words:
        return of.grammar.roles.get(words[0], words[0])
    if token.entity[2:] in TIME_LABELS:
        return "time"
    return of.grammar.cases.get(token.features.get("Case", ""), "")


def _spread(of: Tree, at: int, role: str, joined: str = "") -> Iterator[Argument]:
    """Yield the argument at `at`, those joined to it, and the obliques below it."""
    yield _argument(of, at, role, joined)
    for child in of.children.get(at, ()):
        token = of.tokens[child]
        if token.relation == "conj" and token.pos in NOMINAL:
            words = {of.tokens[one].lemma for one in (*of.below(child, "cc"), *of.below(at, "cc"))}
            yield from _spread(of, child, role, "or" if words & of.grammar.either else "and")
        elif token.relation in OBLIQUE and token.pos in NOMINAL and of.below(child, "case"):
            yield from _spread(of, child, _role(of, child))


def _argument(of: Tree, at: int, role: str, joined: str) -> Argument:
    token, grammar = of.tokens[at], of.grammar
    lemmas = [of.tokens[child].lemma for child in of.children.get(at, ())]
    owners = [_whose(of, child) for child in of.below(at, "nmod:poss", "det", "amod")]
    modifiers = frozenset(
        of.tokens[child].lemma for child in of.below(at, "amod", "compound", "nummod", "nummod:gov")
    )
    quantified = [grammar.quantifiers[lemma] for lemma in lemmas if lemma in grammar.quantifiers]
    return Argument(
        role=role,
        lemma=of.literals.get(at)
        or grammar.persons.get(token.lower, grammar.persons.get(token.lemma, token.lemma)),
        token=at,
        owner=next((one for one in owners if one), ""),
        number=token.features.get("Number", "").lower() if token.pos == "NOUN" else "",
        modifiers=modifiers,
        quantifier=next(iter(quantified), ""),
        negated=bool(_negations(of, at)),
        kind=_kind(of, at),
        joined=joined,
    )


def _whose(of: Tree, at: int) -> str:
    token, persons = of.tokens[at], of.grammar.persons
    person = persons.get(token.lower, persons.get(token.lemma, ""))
    if person:
        return person
    return of.literals.get(at, token.lemma) if token.relation == "nmod:poss" else ""


def _kind(of: Tree, at: int) -> str:
    token = of.tokens[at]
    label = token.entity[2:]
    if token.lower in of.grammar.persons or token.lemma in of.grammar.persons:
        return "pronoun"
    if label in PERSON_LABELS:
        return "person"
    if label in PLACE_LABELS:
        return "place"
    if label in TIME_LABELS:
        return "time"
    return "name" if token.pos == "PROPN" or at in of.literals else ""


def _controlled(of: Tree, found: Sequence[Frame]) -> Iterator[Frame]:
    """Yield the frames; a verb without a subject below another takes the object there, else the subject.

    "Remind Paul to call": Paul calls. "Open it and close it": one subject for both.
    """
    by_token = {frame.token: frame for frame in found}
    for frame in found:
        head = of.tokens[frame.token].head
        above = by_token.get(head)
        inherits = of.tokens[frame.token].relation in ("xcomp", "ccomp")
        own = any(argument.role == "subject" for argument in frame.arguments)
        if above and inherits and not own and above is not frame:
            given = [
                a for a in above.arguments if a.role in ("object", "to") and a.token < frame.token
            ]
            for argument in given[:1]:
                subject = Argument("subject", argument.lemma, argument.token, kind=argument.kind)
                frame = Frame(
                    frame.predicate,
                    frame.token,
                    (subject, *frame.arguments),
                    frame.negated,
                    frame.clause,
                )
        yield frame


def _resolved(found: Sequence[Frame]) -> Iterator[Frame]:
    """Yield the frames with "it" and "them" replaced by the last thing acted on before."""
    last = ""
    for frame in found:
        arguments = []
        for one in frame.arguments:
            if (
                one.role == "object"
                and one.kind == "pronoun"
                and one.lemma in ("it", "they")
                and last
            ):
                one = replace(one, lemma=last, kind="")
            elif one.role == "object" and one.kind not in ("pronoun", "person"):
                last = one.lemma
            arguments.append(one)
        yield replace(frame, arguments=tuple(arguments))
