"""What a reason says on a Russian page: programs read its value and threshold in English."""

from __future__ import annotations

import re

from samovar.phrases import Language
from samovar.records import Reason

WHOLE = {
    "a full stop": "конец предложения",
    "a phrase comes twice": "оборот дважды",
    "cut at the length limit": "обрезан по длине",
    "more time": "больше времени",
    "no time was left to verify it": "не осталось времени на проверку",
    "none": "нет",
    "once": "один раз",
    "other words": "другие слова",
    "passes, not needed": "проходит, но уже не нужен",
    "too like a chosen one": "похож на выбранный",
}
"""Values and thresholds that are said as they stand."""
ACTS = {
    "advice": "совет",
    "command": "просьба",
    "promise": "обещание",
    "question": "вопрос",
    "statement": "утверждение",
    "wish": "желание",
}
SCRIPTS = {"cyrillic": "кириллица", "latin": "латиница"}
NAMES = {"language": SCRIPTS, "act": ACTS}
"""Check → the names that it lists; other checks quote words of the texts."""
WORDS = re.compile(r"(\d+) to (\d+) words")
LOST = "lost: "


def said(reason: Reason, language: Language) -> tuple[str, str]:
    """Return the value and the threshold of `reason` in the words of `language`.

    >>> said(Reason("act", "question", "command"), "ru")
    ('вопрос', 'просьба')
    >>> said(Reason("length", 3, "4 to 12 words"), "ru")
    ('3', 'от 4 до 12 слов')
    """
    value, threshold = str(reason.value), str(reason.threshold)
    if language == "en":
        return value, threshold
    return _russian(reason.check, value), _russian(reason.check, threshold)


def _russian(check: str, part: str) -> str:
    if check in NAMES:
        return ", ".join(NAMES[check].get(word, word) for word in part.split(", "))
    if part.startswith(LOST):
        return f"нет: {part.removeprefix(LOST)}"
    return WHOLE.get(part) or WORDS.sub(r"от \1 до \2 слов", part)
