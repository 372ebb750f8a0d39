"""Tell by its form whether a message asks for something that one knows or does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.phrases import Language

SEEKING: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:who|whom|whose|when|where|which|how (?:many|much|old|tall|long|far|often|fast|big|high)"
        r"|wh?ats?['’]?s? (?:is |was |are |were )?(?:the|your|ur|his|her|their|its|that|my|[a-z]+['’]s)"
        r"|what (?:is|was|were|did|does|happened|kind|colou?r|year|name|number|illness|disease|make)"
        r"|did|was|were|has|had|will|how do i|how to|should i|write|code|translate|calculate)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:кто|кого|кому|кем|чей|чья|чьё|когда|где|куда|откуда|как(?:ой|ая|ое|ие|ого|ую|ом|их|им)"
        r"|сколько|скольк\w+|как (?:зовут|звали|называется|назывался|умер\w*|погиб\w*)|\w+ ли|чем болел\w*"
        r"|что (?:было|случилось|за|стало|произошло)|напиши\w*|переведи\w*|посчитай\w*|реши\w*)\b",
        re.IGNORECASE,
    ),
}
TALKING: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:who are you|who cares|how are you|what do you (?:think|mean|want|say|feel)|what about"
        r"|what(?:'s| is) (?:up|wrong|new|your (?:opinion|advice|problem|point|secret))|what if"
        r"|would you|do you (?:ever |really |still )?(?:feel|hate|think|want|believe|regret|mind|miss)"
        r"|what would|what should|how was your|where were you going|have you had)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:кто (?:ты|вы)|как дела|что (?:ты|вы) (?:дума|счита|хоти|хоте|скаж)\w*|какая разница"
        r"|кому какое|как (?:ты|вы) (?:дума|счита)\w*"
        r"|(?:ты|вы|тебе|вам) (?:\w+ )?(?:ненавид|чувств|жале|скуча|одинок|обид|бо[ия])\w*|какого чёрта)\b",
        re.IGNORECASE,
    ),
}
POLAR: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:^|[,.!?] )(?:(?:so|and|but|well) )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will"
        r"|would)(?:n['’]t)? \w|\bis it true\b"
        r"|\b(?:right|correct|\w+n['’]t (?:it|you|he|she|they))\?\s*$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:правда|верно|неужели|разве|так ведь|не так)\b|\b\w+ ли\b", re.IGNORECASE
    ),
}

TELL: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"^(?:(?:so|and|please|come on),? )?(?:can you |could you |will you )?(?:please )?"
        r"(?:tell (?:me|us)|talk|describe|say)(?: something| more)?(?: about)? ",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"^(?:(?:а|ну|и|пожалуйста),? )?(?:расскаж\w+|опиш\w+)(?: мне| нам)?(?:,? пожалуйста)?,?"
        r"(?: что-нибудь| ещё| побольше| подробнее)?(?: об| о| про)? ",
        re.IGNORECASE,
    ),
}
"""How one asks to be told something, without a question mark."""


def subject(message: str, language: Language) -> str:
    """Return `message` without the words that only ask to be told.

    >>> subject("Tell me about your cat.", "en"), subject("Who are you?", "en")
    ('your cat.', 'Who are you?')
    """
    return TELL[language].sub("", message, count=1)


def polar(message: str, language: Language) -> bool:
    """Tell whether `message` is to be answered by yes or no.

    >>> polar("Did you marry her?", "en"), polar("Whom did you marry?", "en")
    (True, False)
    """
    return bool(POLAR[language].search(message))


def talks(message: str, language: Language) -> bool:
    """Tell whether `message` asks for an opinion or a feeling, which no fact decides.

    >>> talks("Do you ever feel lonely?", "en"), talks("Do you have a bike?", "en")
    (True, False)
    """
    return bool(TALKING[language].search(message))


def seeks(message: str, language: Language) -> bool:
    """Tell whether `message` asks for a fact or a service, rather than to talk.

    >>> seeks("Who won the cup?", "en"), seeks("Who are you?", "en"), seeks("You are rude.", "en")
    (True, False, False)
    """
    return bool(SEEKING[language].search(message)) and not TALKING[language].search(message)


def asks(message: str, language: Language) -> bool:
    """Tell whether `message` asks anything that facts may answer: also "Do you like cats?".

    >>> asks("Do you like cats?", "en"), asks("How are you?", "en"), asks("Thanks!", "en")
    (True, False, False)
    >>> asks("Tell me about your cat.", "en")
    True
    """
    if TALKING[language].search(message):
        return False
    asking = SEEKING[language].search(message) or TELL[language].search(message)
    return "?" in message or bool(asking)
