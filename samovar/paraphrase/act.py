"""What kind of sentence a text is: its speech act decides which rewordings keep the meaning.

"Put eggs on the list" may become "Could you put …" or "I want you to put …", never "I will put …":
the words agree, but another person acts.
"""

from __future__ import annotations

import re

from samovar.paraphrase import act_ru
from samovar.paraphrase.speech import Act as Act
from samovar.phrases import Language

REQUEST = re.compile(
    r"^(?:hey |hi |ok |okay )?(?:please )?(?:could|can|would|will) you(?: please)?\b(?! (?:tell me|"
    r"check|say|know|let me know|find out) (?:if|whether|when|where|what|which|who|how|why)\b)"
    r"|^(?:i'd|i would|i) (?:like|want|need|wish) you (?:not )?to\b|^i (?:don't|do not) (?:want|need) you"
    r" to\b|^go ahead and\b|^let's\b"
    r"|^would you mind\b",
    re.I,
)
ASKING = re.compile(
    r"^(?:please )?(?:can|could|would|will)? ?(?:you )?(?:please )?"
    r"(?:tell me|let me know|check|find out|say|show me)"
    r" (?:if|whether|when|where|what|which|who|how|why)\b"
    r"|^(?:i'd|i would|i) (?:like|want|need|wish) to know\b|^do you know\b|^i (?:am|wonder)\b.*\bif\b",
    re.I,
)
WISH = re.compile(
    r"^(?:i'd|i would|we'd|we would|i|we)(?: really)? (?:like|want|need|love|wish)\b(?! you (?:not )?to)"
    r"|^i'm (?:after|looking for)\b|^(?:could|can|may) (?:i|we) (?:get|have|book|order)\b",
    re.I,
)
PLAN = re.compile(
    r"^(?:i'd|i would|we'd|we would|i|we)(?: really)? (?:like|want|need|love|wish|plan) (?:not )?to\b"
    r"|^i(?:'m| am) (?:hoping|planning|looking) to\b",
    re.I,
)
TELLING = (
    r"(?:(?:i'd like|i would like|i want|i need|i have) to (?:(?:report|say|mention|point out) that\b"
    r"|(?:tell you|let you know|inform you)(?: that\b|(?= (?:my|the|i|we|our|there|this|it)\b)))"
    r"|(?:please note|you should know|be aware)(?: that\b)?|(?:just so you know|for your information)\b,?)"
)
"""An opening of a statement."""
TOLD = re.compile(rf"^{TELLING}", re.I)
NEGATED = re.compile(r"^(?:don't|do not|never)\b(?! (?:forget|hesitate)\b)", re.I)
"""A message that is an order or advice not to do something."""
FORBIDDING = re.compile(
    r"(?:(?<=, )|^)(?:never|(?:you )?shouldn't|i (?:don't|do not) (?:want|need) you to|do not)\b",
    re.I,
)
"""Stands for "don't"."""
LEFT_NOT = re.compile(r"(?:(?<=, )|^)not(?: to)?\b", re.I)
"""What is left of "I'd like you not to"."""
FRAME = re.compile(
    r"(?:(?<=, )|^)(?:" + TELLING + r"|"
    r"(?:hey|hi|ok|okay|please|kindly|go ahead and|let's)\b|would you mind\b"
    r"|(?:could|can|would|will) you(?: please)?\b"
    r"|(?:i'd|i would|i|we'd|we would|we)(?: really)? (?:like|want|need|love|wish)"
    r"(?: you)?(?:(?= not to\b)| to\b(?: know\b)?)?"
    r"|i(?:'m| am) (?:hoping|planning|looking) (?:to|for)\b|i'm after\b"
    r"|(?:could|can|may) (?:i|we) (?:get|have)\b|(?:don't|do not) forget to\b"
    r"|(?:(?:please )?remember|it(?:'s| is) (?:important|best|good|better)|try) (?:to|(?=not to))\b"
    r"|(?:make|be) sure (?:to|that|you|(?=not to))\b|you should\b|always\b|(?:do you|to) know\b"
    r"|(?:tell me|let me know|check|find out)"
    r"(?= (?:if|whether|when|where|what|which|who|how|why)\b))",
    re.I,
)
"""What an opening adds without adding to the message; taken out before words are compared."""
HOW_TO = re.compile(
    r"\b(how|what|where|when) (?:(?:do|can|should|could|would) (?:i|we)|(?:i|we) (?:can|should|could))\b",
    re.I,
)
QUESTION = re.compile(
    r"^(?:when|where|what|which|who|whose|how|why|is|are|was|were|am|do(?! not\b)|does|did|has|have|had|will"
    r"|should|may|might|can|could|would|what's|where's|when's|who's|how's)\b",
    re.I,
)
ADVICE = re.compile(
    r"\b(?:remember (?:not )?to|don't forget to|do not forget to|make sure|be sure (?:not )?to|"
    r"try (?:not )?to|"
    r"you should|should(?: not|n't)?|it's (?:important|best|good|better)|it is (?:important|best|"
    r"good|better))\b|^(?:please )?(?:always|never)\b",
    re.I,
)
SUBJECT = re.compile(
    r"^(?:i|we|he|she|it|they|you|someone|somebody|everyone|everybody|nobody|something|there|this|that"
    r"|these|those|my|our|his|her|their|your|the|an?)\b"
    r"(?!'s (?:important|best|good|better))",
    re.I,
)
OPENER = re.compile(
    r"^(?:after|before|when|while|if|once|during|in|on|at|as|since)\b[^,]*,\s*", re.I
)
KEPT: dict[Act, frozenset[Act]] = {
    Act.COMMAND: frozenset({Act.COMMAND}),
    Act.WISH: frozenset({Act.WISH, Act.COMMAND}),
    Act.PLAN: frozenset({Act.PLAN}),
    Act.QUESTION: frozenset({Act.QUESTION}),
    Act.ADVICE: frozenset({Act.ADVICE, Act.COMMAND}),
    Act.STATEMENT: frozenset({Act.STATEMENT}),
}
"""Act of the original → acts of a rewording that keep its meaning, in English."""


CLAUSE = re.compile(r"[,.;:!] +(?:(?:so|and|поэтому|так что) )?")
CLOSING = re.compile(
    r"^(?:and|or|but|not|no|for|with|as|which|who|и|или|но|а|не|что|чтобы|котор\w+)\b|^\S+$", re.I
)
"""Beginnings of what is no order of its own, and single words."""

SAID: dict[Language, tuple[Act, ...]] = {"en": (Act.STATEMENT,), "ru": (Act.STATEMENT, Act.WISH)}
"""Acts of what may stand before an order; a Russian "у меня мокрые руки" has no verb, as a wish."""


def message(text: str, language: Language) -> str:
    """Return `text` without the words that only open it; a Russian one in lower case.

    >>> message("Could you tell me when the gate opens?", "en")
    'when the gate opens?'
    """
    if language == "ru":
        return act_ru.message(text)
    said = left = " ".join(text.replace("’", "'").split())
    before = ""
    while left != before:
        left, before = " ".join(FRAME.sub("", left).split()), left
    if left != said:
        left = LEFT_NOT.sub("don't", left)
    return HOW_TO.sub(r"\1 to", FORBIDDING.sub("don't", left))


def same_act(original: str, text: str, language: Language) -> bool:
    """Tell whether `text` may do what `original` does: order, ask, wish, advise or state."""
    ordered = before_order(text, language) or act(text, language) == Act.COMMAND
    if ordered and before_order(original, language):
        return True
    if language == "ru":
        return act_ru.same_act(original, text)
    return act(text, language) in KEPT[act(original, language)]


def act(text: str, language: Language) -> Act:
    """Return the speech act of a text.

    >>> act("Has the parcel been shipped?", "en"), act("dim the lamp", "en")
    (<Act.QUESTION: 'question'>, <Act.COMMAND: 'command'>)
    >>> act("I need a cab to the station", "en")
    <Act.WISH: 'wish'>
    """
    if language == "ru":
        return act_ru.act(text)
    said = " ".join(text.replace("’", "'").split()).strip(" .!")
    core = OPENER.sub("", said)
    if TOLD.search(core):
        return Act.STATEMENT
    if ASKING.search(core):
        return Act.QUESTION
    if REQUEST.search(core):
        return Act.COMMAND
    if PLAN.search(core):
        return Act.PLAN
    if WISH.search(core):
        return Act.WISH
    if QUESTION.search(core) or said.endswith("?"):
        return Act.QUESTION
    if ADVICE.search(core):
        return Act.ADVICE
    return Act.STATEMENT if SUBJECT.search(core) else Act.COMMAND


def before_order(text: str, language: Language) -> str | None:
    """Return the statement in front of an order; None when the text has another shape.

    >>> before_order("It is dark in here. Turn on the lamp!", "en")
    'It is dark in here'
    >>> before_order("It is dark, isn't it?", "en") is None
    True
    """
    for cut in reversed(list(CLAUSE.finditer(text))):
        head, tail = text[: cut.start()], text[cut.end() :]
        said = act(head, language) in SAID[language] and message(head, language)
        if said and act(tail, language) == Act.COMMAND and not CLOSING.search(tail):
            return head
    return None
