"""Which differences frames see between two requests, and that rewordings have none."""

import pytest

from samovar.models.shelf import shelf
from samovar.paraphrase.analysis.analysis import analyse
from samovar.paraphrase.analysis.difference import Difference
from samovar.paraphrase.analysis.differences import differences


def found(language: str, old: str, new: str) -> tuple[Difference, ...]:
    parser = shelf().parser(language)
    return differences(analyse(old, language, parser), analyse(new, language, parser))


@pytest.mark.parametrize(
    ("language", "old", "new", "kind", "certain"),
    [
        ("en", "Remind Paul to call Martha", "Remind Martha to call Paul", "clauses", False),
        (
            "en",
            "Send the invoice to Olga from Denis",
            "Send the invoice to Denis from Olga",
            "direction",
            False,
        ),
        (
            "en",
            "Lock the garage before you open the gate",
            "Lock the garage after you open the gate",
            "order",
            False,
        ),
        (
            "en",
            "Turn on the lamp if it rains",
            "Turn on the lamp unless it rains",
            "condition",
            False,
        ),
        ("en", "Turn the volume down", "Turn the volume up", "direction", False),
        ("en", "Don't lock the door", "Lock the door", "polarity", False),
        ("en", "Lend Kate my bike", "Lend Kate your bike", "owner", False),
        ("en", "Call Ann or Bob", "Call Ann and Bob", "choice", False),
        ("en", "Delete the photo", "Delete the photos", "plural", False),
        (
            "en",
            "Delete all files except the old ones",
            "Delete all files and the old ones",
            "quantifier",
            False,
        ),
        ("en", "Call Ann tomorrow", "Call Eve tomorrow", "name", False),
        ("en", "Book a table", "I'll book a table", "act", False),
        (
            "en",
            "Order two pizzas and four salads",
            "Order four pizzas and two salads",
            "number",
            True,
        ),
        (
            "en",
            "Say hello to {name} from {team}",
            "Say hello to {team} from {name}",
            "literal",
            True,
        ),
        ("en", "Book a table for at least six", "Book a table for at most six", "bound", True),
        ("en", "Raise the price by 10%", "Raise the price by $10", "unit", True),
        ("en", "Move the meeting from 2 to 4", "Move the meeting to 2 from 4", "number", True),
        (
            "en",
            "Cancel the 3 pm meeting and move the 5 pm one",
            "Cancel the 5 pm meeting and move the 3 pm one",
            "number",
            True,
        ),
        ("en", "Call the old plumber", "Call the plumber", "lost", False),
        (
            "ru",
            "Попроси Лену отдать ключи Борису",
            "Попроси Бориса отдать ключи Лене",
            "clauses",
            False,
        ),
        ("ru", "Отправь счёт Ольге от Дениса", "Отправь счёт Денису от Ольги", "direction", False),
        ("ru", "Не открывай дверь", "Открывай дверь", "polarity", False),
        ("ru", "Найди мой велосипед", "Найди твой велосипед", "owner", False),
        ("ru", "Позвони Ане или Боре", "Позвони Ане и Боре", "choice", False),
        ("ru", "Удали фотографию", "Удали фотографии", "plural", False),
        ("ru", "Закажи не больше двух пицц", "Закажи не меньше двух пицц", "bound", True),
    ],
)
def test_a_difference_is_seen(language, old, new, kind, certain):
    assert (kind, certain) in {(one.kind, one.certain) for one in found(language, old, new)}


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Lend Kate my bike", "Please lend my bike to Kate"),
        (
            "en",
            "Send the invoice to Olga from Denis",
            "Could you send Olga the invoice from Denis?",
        ),
        (
            "en",
            "Book a table for at least two people",
            "I'd like you to book a table for two or more people",
        ),
        ("en", "Don't forget to lock the door", "Please remember to lock the door"),
        (
            "en",
            "Lock the garage before you open the gate",
            "Open the gate after you lock the garage",
        ),
        ("en", "Say hello to {name} from {team}", "Please say hello to {name} from {team}"),
        ("en", "Turn off the lamp", "Switch the light off"),
        ("en", "Lock the door", "The door should be locked"),
        ("ru", "Открой дверь", "Не могли бы вы открыть дверь?"),
        (
            "ru",
            "Напомни Павлу позвонить Марте",
            "Мне нужно, чтобы ты напомнил Павлу позвонить Марте",
        ),
        ("ru", "Выключи свет в семь вечера", "Погаси лампу в 19:00"),
    ],
)
def test_a_rewording_has_none(language, old, new):
    assert found(language, old, new) == ()


@pytest.mark.parametrize(
    ("difference", "en", "ru"),
    [
        (Difference("number", "60", "", certain=True), "«60» is gone", "пропало «60»"),
        (
            Difference("bound", "at least 6", "at most 6"),
            "«at least 6» became «at most 6»",
            "«at least 6» стало «at most 6»",
        ),
        (
            Difference("clauses", "remind", "call", "mother"),
            "mother belongs to remind, not to call",
            "«mother» относится к «remind», а не к «call»",
        ),
        (Difference("quantifier", "", "only"), "«only» is new", "появилось «only»"),
    ],
)
def test_a_reason_names_the_words(difference, en, ru):
    assert (difference.phrase.say("en"), difference.phrase.say("ru")) == (en, ru)
