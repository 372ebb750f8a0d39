"""Turn a fact about a character into what that character would say: "House limps" → "I limp".

A small model copies the notes it is given, so notes in the first person give replies in the first
person. Only sentences whose subject is the character are turned; the rest stays as it is, because
guessing who "him" is goes wrong too often (tried: "Michael Tritter meets I as a patient").
"""

from __future__ import annotations

import re

ADVERBS = (
    r"(?:(?:often|never|always|rarely|usually|sometimes|once|even|still|also|finally|later|only"
    r"|[a-z]+ly) )*"
)
ADVERB = ADVERBS.removesuffix("*")
VERB = rf"(?P<adverbs>{ADVERBS})(?P<verb>[a-z]+s)\b"
SECOND_VERB = re.compile(
    rf"\b(?P<link>(?:and|or|but) {ADVERB}+|(?:and|or|but) (?=\w+ (?:the|a|an|it|his|to)\b))"
    r"(?P<verb>[a-z]{3,}[^s\W]s)\b"
)
HE = re.compile(rf"\bhe {VERB}")
HE_PAST = re.compile(r"\bhe (?=[a-z])")
OUTSIDE = re.compile(r"\b(?:House|this|the) (?:episode|series|pilot)|\bM\.D\.|\bplays Gregory\b")
"""What is said of the programme is not the character's to say."""
IRREGULAR = {"is": "am", "has": "have", "does": "do", "goes": "go", "was": "was"}
PRONOUNS = {"his": "my", "himself": "myself"}


def first_person(fact: str, names: tuple[str, ...]) -> str:
    """Return `fact` as the character says it, or unchanged when it is about somebody else.

    >>> first_person("House often plays the piano while he thinks about his case.", ("House",))
    'I often play the piano while I think about my case.'
    >>> first_person("James Wilson is House's closest friend.", ("House",))
    "James Wilson is House's closest friend."
    """
    listed = "|".join(re.escape(name) for name in names)
    match = re.match(rf"(?:{listed}) {VERB}", fact)
    if match is None or OUTSIDE.search(fact):
        return fact
    rest = SECOND_VERB.sub(lambda m: f"{m['link']}{_base(m['verb'])}", fact[match.end() :])
    rest = HE.sub(lambda m: f"I {m['adverbs']}{_base(m['verb'])}", rest)
    rest = HE_PAST.sub("I ", rest)
    rest = re.sub(r"\b(?:his|himself)\b", lambda m: PRONOUNS[m[0]], rest)
    return f"I {match['adverbs']}{_base(match['verb'])}{rest}"


def _base(verb: str) -> str:
    """Return the plain form of a verb in -s: takes → take, tries → try, watches → watch."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    return verb[:-2] if re.search(r"(?:ss|sh|ch|x|zz)es$", verb) else verb[:-1]
