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
    r"|^(?:i'd|i would|i) (?:like|want|need|wish) you to\b|^go ahead and\b|^let's\b"
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
    r"^(?:i'd|i would|we'd|we would|i|we)(?: really)? (?:like|want|need|love|wish)\b(?! you to)"
    r"|^i'm (?:after|looking for)\b|^(?:could|can|may) (?:i|we) (?:get|have|book|order)\b",
    re.I,
)
PLAN = re.compile(
    r"^(?:i'd|i would|we'd|we would|i|we)(?: really)? (?:like|want|need|love|wish|plan) to\b"
    r"|^i(?:'m| am) (?:hoping|planning|looking) to\b",
    re.I,
)
FRAME = re.compile(
    r"(?:(?<=, )|^)"
    r"(?:(?:hey|hi|ok|okay|please|kindly|go ahead and|let's)\b|would you mind\b"
    r"|(?:could|can|would|will) you(?: please)?\b"
    r"|(?:i'd|i would|i|we'd|we would|we)(?: really)? (?:like|want|need|love|wish)"
    r"(?: you)?(?: to\b(?: know\b)?)?"
    r"|i(?:'m| am) (?:hoping|planning|looking) (?:to|for)\b|i'm after\b"
    r"|(?:could|can|may) (?:i|we) (?:get|have)\b|(?:please )?remember to\b|(?:don't|do not) forget to\b"
    r"|(?:make|be) sure (?:to|that|you)\b|it(?:'s| is) (?:important|best|good|better) to\b|you should\b"
    r"|(?:always|try to)\b|(?:do you|to) know\b|(?:tell me|let me know|check|find out)"
    r"(?= (?:if|whether|when|where|what|which|who|how|why)\b))",
    re.I,
)
"""What an opening adds without adding to the message; taken out before words are compared."""
HOW_TO = re.compile(
    r"\b(how|what|where|when) (?:(?:do|can|should|could|would) i|i (?:can|should|could))\b", re.I
)
QUESTION = re.compile(
    r"^(?:when|where|what|which|who|whose|how|why|is|are|was|were|am|do|does|did|has|have|had|will"
    r"|should|may|might|can|could|would|what's|where's|when's|who's|how's)\b",
    re.I,
)
ADVICE = re.compile(
    r"\b(?:remember to|don't forget to|do not forget to|make sure|be sure to|try (?:to|not to)|"
    r"you should|should(?: not|n't)?|it's (?:important|best|good|better)|it is (?:important|best|"
    r"good|better)|always|never)\b",
    re.I,
)
SUBJECT = re.compile(
    r"^(?:i|we|he|she|it|they|you|there|this|that|these|those|my|our|his|her|their|your|the|an?)\b"
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


def message(text: str, language: Language = "en") -> str:
    """Return `text` without the words that only open it; a Russian one in lower case.

    >>> message("Could you tell me when the gate opens?")
    'when the gate opens?'
    """
    if language == "ru":
        return act_ru.message(text)
    left, before = " ".join(text.replace("’", "'").split()), ""
    while left != before:
        left, before = FRAME.sub("", left).strip(), left
    return HOW_TO.sub(r"\1 to", left)


def same_act(original: str, text: str, language: Language = "en") -> bool:
    """Tell whether `text` may do what `original` does: order, ask, wish, advise or state."""
    if language == "ru":
        return act_ru.same_act(original, text)
    return act(text) in KEPT[act(original)]


def act(text: str, language: Language = "en") -> Act:
    """Return the speech act of a text.

    >>> act("Has the parcel been shipped?"), act("dim the lamp"), act("I need a cab to the station")
    (<Act.QUESTION: 'question'>, <Act.COMMAND: 'command'>, <Act.WISH: 'wish'>)
    """
    if language == "ru":
        return act_ru.act(text)
    said = " ".join(text.replace("’", "'").split()).strip(" .!")
    core = OPENER.sub("", said)
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
