"""The tables of English."""

from __future__ import annotations

from samovar.paraphrase.analysis.grammar import Grammar
from samovar.paraphrase.analysis.numbers.english import NOTATION


def _all(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = Grammar(
    noun="Smith",
    notation=NOTATION,
    openings=(
        r"(?:hey|hi|hello|ok|okay|well|alright)(?: there)?[,!.]?\b",
        r"(?:please|kindly|just|simply|quickly)\b,?",
        r"(?:could|can|would|will|won't|can't|couldn't) you(?: (?:please|kindly|possibly|maybe"
        r"|perhaps))*\b"
        r"(?! (?:tell me|say|let me know|check|find out) (?:if|whether|wh|how))",
        r"would you mind\b|do you mind\b|would it be possible to\b|is it possible to\b"
        r"|are you able to\b",
        r"(?:i'd|i would|i|we'd|we) (?:really )?(?:like|love|want|need|wish|prefer|would like"
        r"|expect) (?:for )?you to\b",
        r"i(?:'d| would) (?:appreciate it|be grateful|be happy) if you (?:could|would)\b",
        r"go ahead and\b|go and\b|let's\b|be so kind as to\b|you (?:should|must|have to|need to|can"
        r"|may)\b",
        r"(?:make|be) sure (?:to|that you|you)\b|(?:don't|do not) forget to\b|remember to\b|try to\b"
        r"|be sure to\b",
        r"i need\b(?= \w+ing\b)|your (?:job|task) is to\b|it'd be great if you (?:could|would)\b",
    ),
    markers={
        "if": ("condition", "if"),
        "provided": ("condition", "if"),
        "providing": ("condition", "if"),
        "unless": ("condition", "unless"),
        "whether": ("other", "whether"),
        "in case": ("condition", "if"),
        "as long as": ("condition", "if"),
        "even if": ("condition", "though"),
        "before": ("time", "before"),
        "until": ("time", "until"),
        "till": ("time", "until"),
        "after": ("time", "after"),
        "once": ("time", "when"),
        "when": ("time", "when"),
        "whenever": ("time", "when"),
        "as soon as": ("time", "when"),
        "while": ("time", "while"),
        "because": ("other", "because"),
        "since": ("other", "because"),
        "so": ("purpose", "so"),
        "although": ("other", "though"),
        "though": ("other", "though"),
    },
    roles={
        "to": "to",
        "from": "from",
        "off": "from",
        "into": "to",
        "onto": "to",
        "by": "by",
        "of": "of",
        "out": "from",
        "till": "until",
    },
    cases={},
    persons={
        "i": "me",
        "me": "me",
        "my": "me",
        "mine": "me",
        "myself": "me",
        "we": "us",
        "us": "us",
        "our": "us",
        "ours": "us",
        "you": "you",
        "your": "you",
        "yours": "you",
        "he": "he",
        "him": "he",
        "his": "he",
        "she": "she",
        "her": "she",
        "hers": "she",
        "they": "they",
        "them": "they",
        "their": "they",
        "theirs": "they",
        "it": "it",
        "its": "it",
    },
    negators=_all("not n't no never nobody nothing none neither nor without"),
    quantifiers={
        "only": "only",
        "solely": "only",
        "exclusively": "only",
        "all": "all",
        "every": "all",
        "each": "all",
        "everything": "all",
        "everyone": "all",
        "everybody": "all",
        "any": "any",
        "anything": "any",
        "except": "except",
        "excluding": "except",
        "even": "even",
        "both": "both",
    },
    either=_all("or either"),
    questions=_all("when where what which who whom whose how why"),
    modals=_all("can could would will may might"),
    advice=_all("should remember ought always avoid never"),
    wishes=_all("want like love need wish"),
    prepositions=_all("to from for with at on in into by of before after about than"),
    opposites={
        "up": "down",
        "on": "off",
        "in": "out",
        "to": "from",
        "by": "to",
        "with": "without",
        "into": "from",
        "before": "after",
        "above": "below",
        "over": "under",
    },
    closed=_all(
        "please be have do get make let go can could would will should may might must need want like "
        "thing one okay thank sure ahead there just also then now maybe"
    ),
)
