"""Turn what a character says of himself into what a narrator says: "I limp" → "House limps".

The facts are told in the third person, and the entailment model compares word with word. A wrong
ending does it little harm, a wrong person does; so nothing here is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.morphology import analyzer
from samovar.phrases import Language

CONTRACTED = {
    r"\bI['’]m\b": "I am",
    r"\bI['’]ve\b": "I have",
    r"\bI['’]ll\b": "I will",
    r"\bI['’]d\b": "I would",
    r"\bcan['’]t\b": "cannot",
    r"\bwon['’]t\b": "will not",
    r"n['’]t\b": " not",
}
OWN = {"i": "{name}", "me": "{name}", "my": "{name}'s", "mine": "{name}'s", "myself": "himself"}
AUXILIARY = {"am": "is", "have": "has", "do": "does", "was": "was"}
UNCHANGED = re.compile(
    r"(?:\w+ed|was|had|did|will|would|can|cannot|could|should|shall|may|might|must|never|not|always"
    r"|often|still|also|once|only|just|even|went|got|took|broke|gave|made|met|knew|lost|left|kept"
    r"|told|said|saw|spent|slept|drove|came|found|fell|let|put|cut|quit|hit|shot|ran|bought|wrote"
    r"|thought|taught|felt|fought|became|began|stole|chose|hid|paid|read|won|built|held|caught|sold"
    r"|stood|understood|forgot|forgave|spoke|swore|wore|drew|threw|grew|flew|sent|lent|drank|woke|rode"
    r"|sat|lay|led|bit|beat|hurt|heard|slid|struck|sank|swam|sang|rang|shook|tore|fled|meant|dealt|ate"
    r"|who|whom|too|alone|myself|and|or|but|(?!(?:f|re|app|supp|rep|imp|comp|bul|tal|ral|al)ly\b)\w+ly)",
    re.IGNORECASE,
)
"""What keeps its form behind "House" as it had behind "I": the commonest irregular past forms, and what is
no verb."""
I_VERB = re.compile(r"\bI (?P<verb>[A-Za-z]+)\b")
OWN_WORD = re.compile(r"\b(?:I|me|my|mine|myself)\b", re.IGNORECASE)
RUSSIAN = {
    **dict.fromkeys(("я", "мной", "мною"), "{name}"),
    **dict.fromkeys(("меня", "мне"), "{name}"),
    **dict.fromkeys(("мой", "моя", "моё", "мое", "мои", "моего", "моей", "моих"), "{name}"),
    **dict.fromkeys(("моему", "моим", "моими", "мою", "моём", "моем"), "{name}"),
}
"""A name is left in its plain form: the model reads "нога Хаус" as "нога Хауса"."""
RUSSIAN_WORD = re.compile(r"[А-Яа-яЁё]+")


def third_person(claim: str, name: str, language: Language) -> str:
    """Return `claim` as a narrator tells it of `name`; what is not about the speaker stays.

    >>> third_person("I don't limp on my left leg.", "House", "en")
    "House does not limp on House's left leg."
    >>> third_person("Я принимаю викодин.", "Хаус", "ru")
    'Хаус принимает викодин.'
    """
    return TURNED[language](claim, name)


def _english(claim: str, name: str) -> str:
    for pattern, whole in CONTRACTED.items():
        claim = re.sub(pattern, whole, claim)
    claim = I_VERB.sub(lambda match: f"I {_third(match['verb'])}", claim)
    return OWN_WORD.sub(lambda match: _filled(OWN, match[0], name), claim)


def _third(verb: str) -> str:
    """Return the form of a verb behind a name: take → takes, try → tries, took → took."""
    lower = verb.lower()
    if lower in AUXILIARY:
        return AUXILIARY[lower]
    if UNCHANGED.fullmatch(lower):
        return verb
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(?:s|sh|ch|x|z|o)$", lower) else f"{verb}s"


def _russian(claim: str, name: str) -> str:
    turned = RUSSIAN_WORD.sub(lambda match: _russian_word(match[0], name), claim)
    return turned if name in turned or turned == claim else f"{name}: {turned}"


def _russian_word(word: str, name: str) -> str:
    if word.lower() in RUSSIAN:
        return _filled(RUSSIAN, word, name)
    if not word.lower().endswith(("у", "ю", "м", "усь", "юсь")):
        return word
    parsed = analyzer().parse(word.lower())[0]
    if not {"VERB", "1per", "sing"} <= parsed.tag.grammemes:
        return word
    third = parsed.inflect({"3per", "sing"})
    return str(third.word) if third else word


def _filled(table: Mapping[str, str], word: str, name: str) -> str:
    return table[word.lower()].format(name=name)


TURNED = {"en": _english, "ru": _russian}
