"""Faults in other words than a list of promises has, and right sentences that look like them."""

from functools import cache

import pytest

from samovar.marketing.checks.checker import OF_WORDING, Checker
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.facts.brief import parsed
from samovar.models.shelf import shelf
from samovar.phrases import Language

LAMP = (
    "Name: Corvin Lamp\nShines up to 14 hours on the lowest level. Weighs 350 grams. The cable is 2 m long. "
    "The glass withstands 90 °C. Lights rooms of up to 25 m². Runs without mains in night mode.\n"
    "Price: from EUR 30 per lamp per month, excluding VAT"
)
COURIER = (
    "Name: Swallow Post\nDelivers on the same day for orders before 2 pm. Carries up to 9 kg. Open every day.\n"
    "Price: EUR 12 per parcel, no fee for people under 18"
)
RUSSIAN = (
    "Название: Печь «Ладога»\nРаботает до 6 часов на слабом огне. Вес 18 кг. Хранит тепло 5 часов с закрытой дверцей. "
    "Греет комнаты до 40 м².\nЦена: от 9 000 ₽ за печь, без НДС"
)
SHEETS = {"lamp": LAMP, "courier": COURIER, "ru": RUSSIAN}


@cache
def rules(language: Language) -> Checker:
    data = shelf().settings.data / "marketing"
    return Checker(shelf().parser(language), language, data, None)


@cache
def kinds(sheet: str, text: str) -> frozenset[str]:
    own = rules("ru" if sheet == "ru" else "en")
    problems = own.check(text, own.sheet(parsed(SHEETS[sheet])), FORMS["post"]).problems
    return frozenset(problem.kind for problem in problems) - OF_WORDING


@pytest.mark.parametrize(
    ("sheet", "text", "kind"),
    [
        ("lamp", "It shines for 14 hours, whatever level you choose.", "lost_condition"),
        ("lamp", "However large your hall, Corvin Lamp lights the room.", "lost_condition"),
        ("lamp", "EUR 30 a month, and all the lamps in your house are paid for.", "lost_condition"),
        ("lamp", "A year of light costs you EUR 360.", "lost_condition"),
        ("lamp", "With Corvin Lamp your electricity bill shrinks.", "financial"),
        ("lamp", "Costs fall as soon as it shines.", "financial"),
        ("lamp", "If it disappoints you, the money comes back to your account.", "guarantee"),
        ("lamp", "We replace the glass for ten years.", "guarantee"),
        ("lamp", "No lamp is brighter than this one.", "superlative"),
        ("lamp", "You won't find a cheaper lamp anywhere.", "superlative"),
        ("lamp", "Read by it and go to bed without a headache.", "medical"),
        ("lamp", "Pay only half for the second lamp.", "discount"),
        ("lamp", "Order today, and it stands on your desk tomorrow.", "delivery"),
        ("lamp", "Our engineers are at your house on Monday.", "delivery"),
        ("courier", "Our hotline picks up around the clock.", "delivery"),
        ("ru", "«Ладога» работает 6 часов на любом огне.", "lost_condition"),
        ("ru", "«Ладога» хранит тепло 5 часов, даже если дверцу открыть.", "lost_condition"),
        ("ru", "С «Ладогой» расходы на дрова падают.", "financial"),
        ("ru", "Не понравится печь — отдадим вам деньги.", "guarantee"),
        ("ru", "Теплее «Ладоги» не греет никто.", "superlative"),
        ("ru", "С «Ладогой» давление приходит в норму.", "medical"),
        ("ru", "Вторая печь обойдётся на треть дешевле.", "discount"),
        ("ru", "Закажите сегодня, и в пятницу печь уже греет.", "delivery"),
    ],
)
def test_a_fault_is_found_in_free_wording(sheet, text, kind):
    assert kind in kinds(sheet, text)


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        ("lamp", "On its lowest level, it can shine for 14 hours."),
        ("lamp", "Whatever you read, Corvin Lamp weighs 350 grams."),
        ("lamp", "A year of light starts at EUR 360 per lamp, excluding VAT."),
        ("lamp", "The glass withstands 90 °C."),
        ("lamp", "Twenty square metres? It has light enough for that."),
        ("lamp", "No longer than 2 m is its cable."),
        ("lamp", "Order it today."),
        ("lamp", "You bought the last one two years ago."),
        ("courier", "Order before 2 pm, and we deliver on the same day."),
        ("courier", "No parcel may be heavier than 9 kg."),
        ("ru", "На слабом огне «Ладога» может работать 6 часов."),
        ("ru", "«Ладога» хранит тепло 5 часов, если дверца закрыта."),
        ("ru", "Комнаты до 40 м² «Ладога» греет."),
        ("ru", "Прошло три года, а печь весит всё те же 18 кг."),
    ],
)
def test_right_sentences_pass(sheet, text):
    assert kinds(sheet, text) == frozenset()
