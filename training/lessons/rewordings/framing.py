"""The same request behind other first words: "Could you …", "I'd like to know …".

People who reword a request freely drop details; a model that learns from them alone does so, too.
Beside their pairs it therefore learns these, which keep every word. An order stands behind an opening
as it is, a question turns into a clause: "where can I park" → "Do you know where I can park".
"""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Any

from samovar import catalog
from samovar.models.files import weights
from samovar.models.taggers.spacy import folder
from samovar.paraphrase.act import Act, act, message
from samovar.paraphrase.openings import openings

GERUND = "Would you mind"
WISHES = ("I'd like", "I want", "Could I get", "I would like", "I'm looking for", "I need")
NOUN = re.compile(r"^(?:an?|the|some|my|more|another|two|three|four|five|\d+)\b", re.I)
DOUBLED = frozenset(
    "put set get stop plan cut let shut run begin forget swap skip drop grab ship plug dim chat top "
    "log tag map scan pin hit sit submit refer transfer reset".split()
)
"""Verbs whose last letter doubles before -ing."""
INSIDE = re.compile(r"[.?!;] ")
SHORT = {"'s": "is", "’s": "is", "'re": "are", "’re": "are", "s": "is"}
ASKING = frozenset("what where when who whose which how why".split())
PLACING = frozenset("in at on for".split())
LONGEST = 14
"""Words; longer commands are mostly two sentences."""


def framed(text: str, draw: random.Random) -> str | None:
    """Return `text` behind an opening of its speech act; None where that could break its grammar."""
    core = message(text, "en").strip().rstrip(".?! ")
    said = core[:1].lower() + core[1:] if core[:2] != "I " else core
    kind = act(text, "en")
    known = openings(said, kind, "en")
    if not said or not known or len(said.split()) > LONGEST or INSIDE.search(said):
        return None
    if kind == Act.QUESTION:
        clause = indirect(said)
        return clause and f"{draw.choice(known)} {clause}"
    if kind == Act.WISH:
        return f"{draw.choice(WISHES)} {said}" if NOUN.match(said) else None
    if not ordered(said):
        return None
    opening = draw.choice(known)
    return f"{opening} {gerund(said) if opening == GERUND else said}"


def gerund(order: str) -> str:
    """Return an order with its verb in -ing.

    >>> gerund("set a timer"), gerund("make coffee")
    ('setting a timer', 'making coffee')
    """
    verb, space, rest = order.partition(" ")
    if verb in DOUBLED:
        verb += verb[-1]
    elif verb.endswith("e") and not verb.endswith(("ee", "be")):
        verb = verb[:-1]
    return f"{verb}ing{space}{rest}"


def indirect(question: str) -> str | None:
    """Return a question as a clause behind "I'd like to know"; None where its verb is not found.

    >>> indirect("where can I park"), indirect("is it cold in Oslo"), indirect("who won")
    ('where I can park', 'if it is cold in Oslo', 'who won')
    """
    words = list(_parsed(question))
    subjects = [word for word in words if word.dep_ in ("nsubj", "nsubjpass", "expl")]
    main = [word for word in subjects if word.head.dep_ == "ROOT"]
    if not main:
        return None
    subject = main[0]
    first, last = subject.left_edge.i, subject.right_edge.i
    verbs = [word for word in words[:first] if word.tag_ in ("VBZ", "VBP", "VBD", "MD")]
    if not verbs:
        return question if words[0].lower_ in ASKING and first == 0 else None
    verb = verbs[-1]
    if verb.i != first - 1 or len(verbs) > 1:
        return None
    before = [word.text for word in words[: verb.i]] or ["if"]
    if before != ["if"] and words[0].lower_ not in ASKING:
        return None
    turned = [SHORT.get(verb.lower_, verb.lower_)]
    if verb.lower_ in ("do", "does", "did"):
        if verb.lower_ != "do":
            return None  # the verb behind it would change: "does it cost", "what it costs"
        turned = []
    if turned == ["is"]:  # "what the weather is in Oslo"
        places = [word.i for word in words[subject.i : last] if word.lower_ in PLACING]
        last = min(places, default=last + 1) - 1
    middle = [word.text for word in words[first : last + 1]]
    rest = [word.text for word in words[last + 1 :]]
    return _joined([*before, *middle, *turned, *rest])


def _joined(words: list[str]) -> str:
    return re.sub(r" (?=['’][a-z]|n['’]t\b|[,.%])|(?<=[$€£#]) ", "", " ".join(words))


def ordered(said: str) -> bool:
    """Tell whether a text begins with a verb as orders do."""
    first = next(iter(_parsed(said)))
    return bool(first.tag_ == "VB" and first.dep_ == "ROOT")


def _parsed(text: str) -> Any:
    return _parser()(text)


@cache
def _parser() -> Any:
    import spacy

    files = weights.find(catalog.model("en-core-web-sm"))
    return spacy.load(folder(files[0]), exclude=["ner"])
