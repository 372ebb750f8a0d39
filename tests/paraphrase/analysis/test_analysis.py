"""A text becomes one record: frames, clauses, act, core."""

import time

import pytest

from samovar.models.shelf import shelf
from samovar.paraphrase.analysis.analysis import GRAMMARS, analyse, opening


def read(language: str, text: str):
    return analyse(text, language, shelf().parser(language))


def frames(language: str, text: str) -> list[str]:
    """Return `not predicate(role=lemma …)` of each frame."""
    return [
        ("not " if frame.negated else "")
        + f"{frame.predicate}({' '.join(f'{a.role}={a.lemma}' for a in frame.arguments)})"
        for frame in read(language, text).frames
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Remind Paul to call Martha",
            ["remind(object=paul)", "call(subject=paul object=martha)"],
        ),
        (
            "en",
            "Please send the invoice to Denis from Olga",
            ["send(object=invoice to=denis from=olga)"],
        ),
        ("en", "Lend Kate my bike", ["lend(to=kate object=bike)"]),
        ("en", "Turn off the lamp", ["turn off(object=lamp)"]),
        ("en", "Say hello to {name} from {team}", ["say(to={name} from={team})"]),
        ("en", "Call Ann or Bob", ["call(object=ann object=bob)"]),
        ("en", "I'd like you to open the door", ["open(subject=you object=door)"]),
        (
            "en",
            "Copy the photos and delete them",
            ["copy(object=photo)", "delete(object=photo)"],
        ),
        (
            "ru",
            "Попроси Лену отдать ключи Борису",
            ["попросить(object=лена)", "отдать(subject=лена object=ключ to=борис)"],
        ),
        (
            "ru",
            "Не могли бы вы отправить счёт Ольге от Дениса?",
            ["отправить(subject=you object=счет to=ольга from=денис)"],
        ),
        ("ru", "Не открывай дверь", ["not открывать(object=дверь)"]),
    ],
)
def test_frames(language, text, expected):
    assert frames(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Turn on the lamp unless the door opens", [("main", ""), ("condition", "unless")]),
        ("en", "Lock the garage before you open the gate", [("main", ""), ("time", "before")]),
        ("en", "Lock the door and unlock the gate", [("main", ""), ("conjoined", "")]),
        ("ru", "Выключи свет, если дверь закрыта", [("main", ""), ("condition", "if")]),
        ("ru", "Прежде чем запереть гараж, открой ворота", [("time", "before"), ("main", "")]),
    ],
)
def test_clauses(language, text, expected):
    assert [(one.kind, one.marker) for one in read(language, text).clauses] == expected


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("en", "Book a table", "command"),
        ("en", "Could you book a table?", "command"),
        ("en", "I'd like you to book a table", "command"),
        ("en", "Is the door locked?", "question"),
        ("en", "When does the shop open?", "question"),
        ("en", "I want a table by the window", "wish"),
        ("en", "I'll book a table", "promise"),
        ("en", "I booked a table", "statement"),
        ("ru", "Закажи столик", "command"),
        ("ru", "Можешь заказать столик?", "command"),
        ("ru", "Когда откроется магазин?", "question"),
        ("ru", "Я заказал столик", "statement"),
    ],
)
def test_acts(language, text, act):
    assert read(language, text).act == act


@pytest.mark.parametrize(
    ("language", "text", "core"),
    [
        ("en", "Could you please open the door?", "open the door?"),
        ("en", "I'd like you to go ahead and open the door", "open the door"),
        ("en", "Don't forget to lock the door", "lock the door"),
        ("en", "Could you", "Could you"),
        ("ru", "Не могли бы вы открыть дверь?", "открыть дверь?"),
        ("ru", "Мне нужно, чтобы ты открыл дверь", "открыл дверь"),
        ("ru", "Пожалуйста, открой дверь", "открой дверь"),
    ],
)
def test_the_opening_is_taken_off(language, text, core):
    assert text[opening(text, GRAMMARS[language]) :] == core


@pytest.mark.parametrize(
    ("language", "text", "owner"),
    [
        ("en", "Find my bike", "me"),
        ("en", "Find Karen's bike", "karen"),
        ("ru", "Найди твой мяч", "you"),
    ],
)
def test_owners(language, text, owner):
    (frame,) = read(language, text).frames
    assert [one.owner for one in frame.arguments] == [owner]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "text", ["", "  ", "{a} {b}", "🍕", "7", "asdf qwer", "{", "Call. Call! Call?", "word " * 90]
)
def test_any_text_is_analysed(language, text):
    request = read(language, text)
    assert all(text[token.start : token.end] == token.text for token in request.tokens)


@pytest.mark.parametrize(
    ("language", "text", "most"),
    [
        ("en", "Could you book a table for six people before Anna calls my brother?", 10),
        ("ru", "Не могли бы вы заказать столик на шесть человек, если Анна позвонит брату?", 25),
    ],
)
def test_an_analysis_takes_milliseconds(language, text, most):
    read(language, text)
    spent = []
    for _ in range(5):
        began = time.process_time()
        read(language, text)
        spent.append((time.process_time() - began) * 1000)
    assert min(spent) < most
