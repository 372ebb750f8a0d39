"""What a reason says on the page: programs read its value and threshold in English, labels and all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.phrases import Language, Phrase
from samovar.records import Reason

VALUES = {
    "meaning": {"no verifier is here": "проверяющей модели здесь нет"},
    "repetition": {"a phrase comes twice": "оборот дважды"},
    "surplus": {
        "no time was left to verify it": "не осталось времени на проверку",
        "passes, not needed": "проходит, но уже не нужен",
        "too like a chosen one": "похож на выбранный",
    },
    "unfinished": {"cut at the length limit": "обрезан по длине"},
}
"""Check → values that are said as they stand; all others quote words of the texts."""
THRESHOLDS = {
    "added words": {"none": "нет"},
    "copy": {"other words": "другие слова"},
    "lost words": {"none": "нет"},
    "meaning": {"one verifier": "хотя бы одна"},
    "repetition": {"once": "один раз"},
    "spelling": {"words of the dictionary": "слова из словаря"},
    "surplus": {"more time": "больше времени", "other words": "другие слова"},
    "unfinished": {"a full stop": "конец предложения"},
}
WORDS = re.compile(r"(\d+) to (\d+) words")
LOST = "lost: "

Labels = Mapping[str, Phrase]
"""What the analysis calls a thing → what people call it."""
SCRIPTS: Labels = {
    "cyrillic": Phrase("cyrillic", "кириллица"),
    "latin": Phrase("latin", "латиница"),
}
ACTS: Labels = {
    "advice": Phrase("advice", "совет"),
    "command": Phrase("command", "просьба"),
    "promise": Phrase("promise", "обещание"),
    "question": Phrase("question", "вопрос"),
    "statement": Phrase("statement", "утверждение"),
    "wish": Phrase("wish", "желание"),
}
CHOICES: Labels = {"and": Phrase("and", "и"), "or": Phrase("or", "или")}
QUANTIFIERS: Labels = {"except": Phrase("except", "кроме"), "only": Phrase("only", "только")}
BOUNDS: Labels = {
    "about": Phrase("about", "около"),
    "at least": Phrase("at least", "не меньше"),
    "at most": Phrase("at most", "не больше"),
    "by": Phrase("by", "не позже"),
    "exactly": Phrase("exactly", "ровно"),
    "from": Phrase("from", "не раньше"),
    "less": Phrase("less than", "меньше"),
    "limit": Phrase("up to", "до"),
    "more": Phrase("more than", "больше"),
    "onward": Phrase("from", "от"),
    "over": Phrase("over", "за"),
}
OWNERS: Labels = {
    "he": Phrase("his", "его"),
    "it": Phrase("its", "его"),
    "me": Phrase("my", "мой"),
    "own": Phrase("own", "свой"),
    "she": Phrase("her", "её"),
    "they": Phrase("their", "их"),
    "us": Phrase("our", "наш"),
    "you": Phrase("your", "твой"),
}
CONJUNCTIONS: Labels = {
    "after": Phrase("after", "после"),
    "before": Phrase("before", "до"),
    "if": Phrase("if", "если"),
    "though": Phrase("though", "хотя"),
    "unless": Phrase("unless", "если не"),
    "until": Phrase("until", "до"),
    "when": Phrase("when", "когда"),
    "while": Phrase("while", "пока"),
}
NEGATION: Labels = {"not": Phrase("not", "не")}
DIRECTIONS: Labels = {"from": Phrase("from", "от"), "to": Phrase("to", "к")}
ROLES: Labels = {
    "(subject)": Phrase("(who does it)", "(кто делает)"),
    "by": Phrase("by", "(кем)"),
    "from": Phrase("from", "(откуда)"),
    "of": Phrase("of", "(чей)"),
    "time": Phrase("(when)", "(когда)"),
    "to": Phrase("to", "(кому, куда)"),
    "until": Phrase("until", "(до)"),
    "with": Phrase("with", "(с чем)"),
}
PERSONS: Labels = {
    "he": Phrase("he", "он"),
    "me": Phrase("me", "я"),
    "she": Phrase("she", "она"),
    "they": Phrase("they", "они"),
    "us": Phrase("us", "мы"),
    "you": Phrase("you", "вы"),
}
LISTED: Mapping[str, Labels] = {
    "act": ACTS,
    "choice": CHOICES,
    "language": SCRIPTS,
    "quantifier": QUANTIFIERS,
}
"""Check → the labels that it lists."""
FIRST: Mapping[str, Labels] = {
    "bound": BOUNDS,
    "condition": CONJUNCTIONS,
    "direction": DIRECTIONS,
    "number": BOUNDS,
    "order": CONJUNCTIONS,
    "owner": OWNERS,
    "polarity": NEGATION,
    "unit": BOUNDS,
}
"""Check → the labels with which it begins; words of the text follow."""
PLACED = frozenset({"clauses", "roles"})
"""Checks that say of a word where it stands: "me: send to"."""


def said(reason: Reason, language: Language) -> tuple[str, str]:
    """Return the value and the threshold of `reason` in the words of `language`.

    >>> said(Reason("act", "question", "command"), "ru")
    ('вопрос', 'просьба')
    >>> said(Reason("length", 3, "4 to 12 words"), "ru")
    ('3', 'от 4 до 12 слов')
    >>> said(Reason("bound", "less 6", "at least 6"), "en")
    ('less than 6', 'at least 6')
    """
    sides = (str(reason.value), VALUES), (str(reason.threshold), THRESHOLDS)
    value, threshold = (
        _labelled(reason.check, part, language)
        if language == "en"
        else whole.get(reason.check, {}).get(part) or _russian(reason.check, part)
        for part, whole in sides
    )
    return value, threshold


def _russian(check: str, part: str) -> str:
    if check == "names and slots" and part.startswith(LOST):
        return f"нет: {part.removeprefix(LOST)}"
    if check == "length":
        return WORDS.sub(r"от \1 до \2 слов", part)
    return _labelled(check, part, "ru")


def _labelled(check: str, part: str, language: Language) -> str:
    """Replace the labels of the analysis, and none of the words that it quotes."""
    if check in LISTED:
        labels = LISTED[check]
        return ", ".join(_label(word, labels, language) for word in part.split(", "))
    if check in FIRST:
        labels = FIRST[check]
        first = next((one for one in labels if part.startswith(f"{one} ")), "")
        return labels[first].say(language) + part.removeprefix(first) if first else part
    return _placed(part, language) if check in PLACED else part


def _placed(part: str, language: Language) -> str:
    word, colon, place = part.partition(": ")
    before, space, last = place.rpartition(" ")
    return _label(word, PERSONS, language) + colon + before + space + _label(last, ROLES, language)


def _label(word: str, labels: Labels, language: Language) -> str:
    return labels[word].say(language) if word in labels else word
