"""Small Russian words that turn a meaning round: negation, after and before, only and except."""

from __future__ import annotations

import re

from samovar.paraphrase.act_ru import QUESTION, act, message
from samovar.paraphrase.numbers_ru import figures
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import words

NEGATION = re.compile(
    r"\b(?:не|нет|нельзя|избега\w+|воздерж\w+|запре[тщ]\w+)\b|\b(?:отсутств\w+)(?= [а-я]+[аяыи]\b)"
)
WITHOUT = re.compile(r"\bбез\b(?! \d)|\bнет ни\b")
NOBODY = re.compile(r"\b(?:никогда|никто|никому|никого|ничего|ничто|никак\w*|нигде|никуда|ни)\b")
EMPTY_NEGATION = re.compile(
    r"\bне (?:забуд\w+|забыва\w+|забыть|забыл[аи]?)\b|\bне (?:с?мог\w*|с?може\w+)(?= (?:ли )?(?:бы|ты|вы)\b)"
    r"|\bне с?може(?:шь|те)\b(?= \w+ть\b)|\bне дай(?:те)? мне\b|\bни в коем случае\b"
    r"|\bне (?:меньше|менее|больше|более|позже|позднее|раньше|только)\b|\bне сложно\b|\bне могли\b"
)
"""Negations that ask for the act itself, bound an amount, or are mere politeness."""
CANCEL = re.compile(r"\b(?:отмен|удал|убер|убра|отключ|отпис|вычеркн)\w*")
UNWANTED = re.compile(r"\bне (?:нуж\w+|надо|хочу|пойду|буду|понадоб\w+|поеду)\b")
"""Empty beside an order to cancel: "такси больше не нужно, отмени"."""
RELATIONS: dict[str, re.Pattern[str]] = {
    "after": re.compile(r"\b(?:после|потом|затем|вслед|спустя)\b"),
    "before": re.compile(
        r"\b(?:перед(?! домом| окном| дверью)|прежде|до того|накануне|заранее)\b|\bдо (?:\w+ )?"
        r"(?:сна|возвр|выхо|обед|ужин|завтрак|закат|рассв|нача|прих|отъез|отправ|выле|встр|урок|работы|трен|экз)"
    ),
    "until": re.compile(r"\b(?:пока (?:\w+ ){0,2}не|до тех пор)\b"),
    "only": re.compile(r"(?<!как )\b(?:только|лишь|исключительно|единственн\w+)\b"),
    "except": re.compile(r"\b(?:кроме|исключая|исключением|помимо)\b"),
    "instead": re.compile(r"\b(?:вместо|взамен)\b"),
    "or": re.compile(r"\b(?:или|либо)\b"),
    "at least": re.compile(
        r"\b(?:не (?:меньше|менее|раньше)|минимум|хотя бы|(?<!не )больше(?= \d)|свыше|(?<!не )более(?= \d))\b"
    ),
    "at most": re.compile(
        r"\b(?:не (?:больше|более|позже|позднее|дороже)|максимум"
        r"|(?<!не )(?:меньше|менее)(?= \d))\b"
    ),
    "each": re.compile(
        r"\b(?:кажд\w+|ежедневн\w+|еженедельн\w+|ежемесячн\w+|по (?:будням|выходным))\b"
    ),
    "under": re.compile(r"\bпод (?!нос|вечер|утро|музык|тих|джаз)"),
    "above": re.compile(r"\bнад\b"),
    "later": re.compile(r"\b(?:позже|позднее)\b(?! \d)"),
    "earlier": re.compile(r"\b(?:раньше|пораньше)\b(?! \d)"),
    "back": re.compile(r"\bназад\b"),
}


def negations(text: str) -> int:
    """Return how many negations of a Russian text turn its meaning; «не забудь» does not.

    A yes-no question means the same with and without "не"; "никто не" is one negation.
    """
    low = " ".join(words(figures(message(text))))
    if CANCEL.search(low):
        low = UNWANTED.sub(" ", low)
    said = EMPTY_NEGATION.sub(" ", low)
    without = bool(WITHOUT.search(said))
    said = re.sub(r"\bнет ни\b", " ", said)
    if act(text) == Act.QUESTION and not QUESTION.search(message(text)):
        said = re.sub(r"\b(?:не|нет)\b", " ", said, count=1)
    found = len(NEGATION.findall(said))
    if not found and not without and NOBODY.search(said):
        found = 1
    return found + without


def relations(text: str) -> frozenset[str]:
    """Return the relations that a Russian text states by words such as после or только."""
    low = " ".join(words(figures(text)))
    return frozenset(name for name, pattern in RELATIONS.items() if pattern.search(low))
