"""What the page's own script says, in every language."""

from __future__ import annotations

from collections.abc import Mapping

from samovar.phrases import LANGUAGES, Phrase

SAID: Mapping[str, Phrase] = {
    "working": Phrase("Working…", "Работает…"),
    "reading": Phrase("Reading the file…", "Читаем файл…"),
    "seconds": Phrase("{n} s", "{n} с"),
    "large": Phrase(
        "{name} has {size} MB; files of up to {limit} MB are read.",
        "{name}: {size} МБ, а читаются файлы до {limit} МБ.",
    ),
    "left": Phrase(
        "You had loaded {names}. A file stays with the page where it was loaded: load it here again.",
        "Вы загружали {names}. Файл остаётся на той странице, где его загрузили: загрузите его снова.",
    ),
    "missing": Phrase(
        "The result of this link also used {names}, which only its sender has. Load your own file, or run "
        "it without one.",
        "В результате по этой ссылке участвовал файл {names}, он есть только у отправителя. Загрузите "
        "свой или запустите без него.",
    ),
    "expired": Phrase(
        "The result of this link is no longer stored: it is made again.",
        "Результат по этой ссылке уже не хранится, поэтому он получен заново.",
    ),
    "again": Phrase(
        "The link holds the question, not its result: it is made again.",
        "В ссылке есть вопрос, но не ответ, поэтому он получен заново.",
    ),
    "kept": Phrase("Your result of {time}.", "Ваш результат, {time}."),
    "compare": Phrase("Compare", "Сравнить"),
    "nothing": Phrase("This result is no longer stored.", "Этот результат больше не хранится."),
}
"""Name in the scripts → its words; what stands in braces is filled in there."""


def said() -> dict[str, dict[str, str]]:
    """Return language → name → words."""
    return {
        language: {name: phrase.say(language) for name, phrase in SAID.items()}
        for language in LANGUAGES
    }
