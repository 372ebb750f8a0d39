"""What a reason says on a Russian page: programs read its value and threshold in English."""

from __future__ import annotations

import re

from samovar.phrases import Language
from samovar.records import Reason

WHOLE = {
    "a full stop": "конец предложения",
    "a phrase comes twice": "оборот дважды",
    "a well-formed sentence": "правильное предложение",
    "all kept": "все сохранены",
    "as in the original": "как в исходной",
    "cut at the length limit": "обрезан по длине",
    "ends with a small word": "служебное слово в конце",
    "I": "я",
    "no verb": "нет глагола",
    "nobody is told when": "о событии не сообщат",
    "none": "нет",
    "once": "один раз",
    "other words": "другие слова",
    "quotation marks": "кавычки",
    "the speaker is gone": "говорящий пропал",
    "too like a chosen one, or beyond n": "похож на выбранный или сверх числа",
}
"""Values and thresholds that are said as they stand."""
FRAMES = tuple(
    (re.compile(frame.replace("{}", "(.+)")), said)
    for frame, said in {
        "{} at the end": "{} в конце",
        "{} to {} words": "от {} до {} слов",
        r"([\d.]+) to ([\d.]+)": "от {} до {}",
        "backward {}": "вариант ⇒ исходная {}",
        "direct question inside: {}": "прямой вопрос внутри: {}",
        "forward {}": "исходная ⇒ вариант {}",
        "infinitive: {}": "нужен инфинитив: {}",
        "letter {}": "буква {}",
        "lost: {}": "нет: {}",
        "mixed letters: {}": "буквы двух алфавитов: {}",
        "past form: {}": "нужно прошедшее время: {}",
        "sign {}": "знак {}",
        "twice: {}": "дважды: {}",
        "two articles round {}": "два артикля вокруг {}",
    }.items()
)
"""Frames round words of the text, which stay as they are; digits only where words would fit too."""
NAMES = {
    "language": {"cyrillic": "кириллица", "latin": "латиница"},
    "relations": {
        "above": "над",
        "after": "после",
        "all": "все",
        "at least": "не меньше",
        "at most": "не больше",
        "back": "назад",
        "before": "до",
        "during": "во время",
        "each": "каждый",
        "earlier": "раньше",
        "except": "кроме",
        "how": "как",
        "instead": "вместо",
        "later": "позже",
        "less": "меньше",
        "more": "больше",
        "none": "нет",
        "only": "только",
        "or": "или",
        "should": "следует",
        "since": "с тех пор",
        "under": "под",
        "until": "пока не",
        "what": "что",
        "when": "когда",
        "where": "где",
        "who": "кто",
        "why": "почему",
    },
    "speech act": {
        "advice": "совет",
        "command": "просьба",
        "plan": "намерение",
        "question": "вопрос",
        "statement": "утверждение",
        "wish": "желание",
    },
}
"""Check → the names that it lists; in other checks the same words would be those of the text."""
BETWEEN = re.compile(r"(, | or )")
QUOTING = ("added words", "lost words")
"""Checks whose value is words of the text and nothing else."""


def said(reason: Reason, language: Language) -> tuple[str, str]:
    """Return the value and the threshold of `reason` in the words of `language`.

    >>> said(Reason("entailment", "forward 0.12", "≥ 0.5"), "ru")
    ('исходная ⇒ вариант 0.12', '≥ 0.5')
    >>> said(Reason("relations", "after, only", "none"), "ru")
    ('после, только', 'нет')
    """
    value, threshold = str(reason.value), str(reason.threshold)
    if language == "en":
        return value, threshold
    quoted = reason.check in QUOTING
    return value if quoted else _russian(reason.check, value), _russian(reason.check, threshold)


def _russian(check: str, part: str) -> str:
    if check in NAMES:
        names = {**NAMES[check], " or ": " или "}
        return "".join(names.get(word, word) for word in BETWEEN.split(part))
    if part in WHOLE:
        return WHOLE[part]
    for frame, russian in FRAMES:
        match = frame.fullmatch(part)
        if match:
            return russian.format(*match.groups())
    return part
