"""The first words that a rewording may have, by speech act: an adapter writes on behind each of them."""

from __future__ import annotations

import re

from samovar.paraphrase.act import NEGATED, OPENER, before_order, message
from samovar.paraphrase.lemmas import readings
from samovar.paraphrase.shots import STYLES
from samovar.paraphrase.speech import Act
from samovar.phrases import Language

FORMAL = re.compile(r"\b[а-яё]+те(?:сь)?\b", re.I)
"""What may be a verb to somebody addressed as вы."""
NEGATED_RU = re.compile(r"^(?:пожалуйста,? )?не (?!заб[уы])", re.I)
YOU = re.compile(r"\b(?:вы|вас|вам)\b", re.I)
OPENINGS_EN: dict[Act, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(start for style in styles for start, _ in style.openings if start))
    for kind, styles in STYLES.items()
} | {
    Act.STATEMENT: (
        "Just so you know,",
        "I'd like to let you know that",
        "Please note that",
        "I want to tell you that",
        "I have to say that",
        "I'd like to mention that",
    )
}
NEGATIVES_EN: dict[Act, tuple[str, ...]] = {
    Act.COMMAND: (
        "Please don't",
        "Could you please not",
        "I'd like you not to",
        "I don't want you to",
        "Can you please not",
        "Please do not",
        "I need you not to",
    ),
    Act.ADVICE: (
        "Make sure not to",
        "Try not to",
        "You should not",
        "Be sure not to",
        "It's important not to",
        "Remember not to",
        "Please don't",
    ),
}
"""Of an order or advice not to do something."""
OPENINGS_RU: dict[Act, tuple[tuple[str, str], ...]] = {
    Act.COMMAND: (
        ("Пожалуйста,", "Пожалуйста,"),
        ("Можешь", "Можете"),
        ("Не мог бы ты", "Не могли бы вы"),
        ("Хочу, чтобы ты", "Хочу, чтобы вы"),
        ("Мне нужно, чтобы ты", "Мне нужно, чтобы вы"),
        ("Будь добр,", "Будьте добры,"),
        ("Прошу тебя", "Прошу вас"),
    ),
    Act.QUESTION: (
        ("Скажи,", "Скажите,"),
        ("Подскажи, пожалуйста,", "Подскажите, пожалуйста,"),
        ("Хочу узнать,", "Хочу узнать,"),
        ("Хотелось бы узнать,", "Хотелось бы узнать,"),
        ("Узнай,", "Узнайте,"),
        ("Мне интересно,", "Мне интересно,"),
    ),
    Act.ADVICE: (
        ("Не забывай", "Не забывайте"),
        ("Старайся", "Старайтесь"),
        ("Обязательно", "Обязательно"),
        ("Пожалуйста,", "Пожалуйста,"),
        ("Следует", "Следует"),
        ("Рекомендуется", "Рекомендуется"),
    ),
    Act.STATEMENT: (
        ("Хочу сообщить, что", "Хочу сообщить, что"),
        ("Хочу сказать, что", "Хочу сказать, что"),
        ("Имей в виду, что", "Имейте в виду, что"),
        ("Сообщаю, что", "Сообщаю, что"),
    ),
}
"""Russian openings by speech act, to ты and to вы; other acts have none."""
NEGATIVES_RU: dict[Act, tuple[tuple[str, str], ...]] = {
    Act.COMMAND: (
        ("Пожалуйста, не", "Пожалуйста, не"),
        ("Прошу тебя не", "Прошу вас не"),
        ("Хочу, чтобы ты не", "Хочу, чтобы вы не"),
        ("Мне нужно, чтобы ты не", "Мне нужно, чтобы вы не"),
    ),
    Act.ADVICE: (
        ("Старайся не", "Старайтесь не"),
        ("Пожалуйста, не", "Пожалуйста, не"),
        ("Лучше не", "Лучше не"),
        ("Не следует", "Не следует"),
        ("Не рекомендуется", "Не рекомендуется"),
    ),
}


def openings(text: str, act: Act, language: Language) -> tuple[str, ...]:
    """Return the openings that suit a text and its speech act, each once.

    An order behind a statement keeps the statement in front; one behind "After lunch, …" keeps that in
    front of every other opening, so that it also moves to the end.

    >>> openings("Погасите свет.", Act.COMMAND, "ru")[1]
    'Можете'
    >>> openings("I'm cold, close the window", Act.STATEMENT, "en")[0]
    "I'm cold, could you"
    >>> openings("At noon, don't call me", Act.COMMAND, "en")[:2]
    ("Please don't", 'At noon, could you please not')
    """
    statement = before_order(text, language) if act in (Act.STATEMENT, Act.COMMAND) else None
    if statement:
        order = text[text.index(statement) + len(statement) :].lstrip(" ,.;:!")
        inner = openings(order, Act.COMMAND, language)
        return tuple(f"{statement}, {_inside(opening)}" for opening in inner)
    if language == "ru":
        table = NEGATIVES_RU if act in NEGATIVES_RU and NEGATED_RU.search(text) else OPENINGS_RU
        formal = _formal(text)
        return tuple(pair[formal] for pair in table.get(act, ()))
    lead = OPENER.match(text)
    said = text[lead.end() :] if lead else text
    begun = NEGATIVES_EN.get(act, ()) if NEGATED.search(message(said, language)) else ()
    begun = begun or OPENINGS_EN[act]
    if not lead or act not in NEGATIVES_EN:
        return begun
    return tuple(
        f"{lead[0].strip()} {_inside(opening)}" if at % 2 else opening
        for at, opening in enumerate(begun)
    )


def _formal(text: str) -> bool:
    """Tell whether a Russian text says вы: "включите", and not "Кате"."""
    if YOU.search(text):
        return True
    found = (one.tag for word in FORMAL.findall(text.lower()) for one in readings(word))
    return any(tag.mood == "impr" or (tag.person, tag.number) == ("2per", "plur") for tag in found)


def _inside(opening: str) -> str:
    return opening if re.match(r"I\b", opening) else opening[0].lower() + opening[1:]
