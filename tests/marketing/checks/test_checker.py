"""The rules on the real parsers: "sentence → kinds of problems", both ways of being wrong."""

from functools import cache

import pytest

from samovar.marketing.checks.checker import CHECKS, OF_WORDING, Checked, Checker
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.checks.kinds import KINDS
from samovar.marketing.endpoint import checker
from samovar.marketing.facts.brief import parsed
from samovar.models.shelf import shelf
from samovar.phrases import Language

FLASK = (
    "Name: Tundra Flask\nHolds 1.5 litres. Weighs 350 grams. Keeps tea hot for 12 hours with the lid closed. "
    "Pours up to 6 cups.\nPrice: EUR 40\nForbidden: that it never breaks; that it cleans water"
)
LINES = (
    "Name: Gantry Log\nReads 9 types of sensors.\nPrice: EUR 120 per line per month, excluding VAT"
)
BAG = "Name: Alder Pack\nHolds 30 litres. Weighs 900 grams. The mesh keeps your back cool.\nPrice: CHF 80"
RUSSIAN = (
    "Название: Термос «Кедр»\nВес 350 граммов. Держит тепло 12 часов. Объём до 1 литра.\nЦена: 2 900 ₽\n"
    "Нельзя: что не бьётся"
)
SHEETS = {"flask": FLASK, "lines": LINES, "bag": BAG, "ru": RUSSIAN}


@cache
def rules(language: Language) -> Checker:
    data = shelf().settings.data / "marketing"
    return Checker(shelf().parser(language), language, data, None)


@cache
def found(sheet: str, text: str, channel: str = "post") -> Checked:
    own = rules("ru" if sheet == "ru" else "en")
    return own.check(text, own.sheet(parsed(SHEETS[sheet])), FORMS[channel])


def kinds(sheet: str, text: str) -> set[str]:
    return {problem.kind for problem in found(sheet, text).problems} - OF_WORDING


@pytest.mark.parametrize(
    ("sheet", "text", "kind"),
    [
        ("flask", "Tundra Flask holds 2.5 litres.", "number"),
        ("flask", "Tundra Flask holds three litres.", "number"),
        ("flask", "Tundra Flask holds 1.5 gallons.", "unit"),
        ("flask", "It weighs 350 ounces.", "unit"),
        ("flask", "Tundra Flask costs ¥40.", "currency"),
        ("flask", "Two of Tundra Flask cost EUR 90 together.", "number"),
        ("flask", "Yours for 40 Swiss francs.", "currency"),
        ("flask", "Tundra Flask at half price.", "discount"),
        ("flask", "Tundra Flask is on sale.", "discount"),
        ("flask", "Tundra Flask comes with a discount and a bonus cup.", "discount"),
        ("flask", "We guarantee hot tea.", "guarantee"),
        ("flask", "Tundra Flask is the lightest of all.", "superlative"),
        ("flask", "Hot tea from Tundra Flask cures a cough.", "medical"),
        ("flask", "Tundra Flask pays for itself in a month.", "financial"),
        ("flask", "Tundra Flask is delivered tomorrow.", "delivery"),
        ("flask", "Tundra Flask cleans the water of the lake.", "forbidden"),
        ("flask", "Tundra Flask keeps tea hot for 12 hours.", "lost_condition"),
        ("flask", "Tundra Flask pours 6 cups.", "lost_condition"),
        ("flask", "Tundra Flask weighs 1.5 litres and holds 350 grams.", "swapped"),
        ("lines", "Gantry Log costs EUR 120 per month, excluding VAT.", "lost_condition"),
        ("ru", "«Кедр» весит 350 килограммов.", "unit"),
        ("ru", "«Кедр» держит тепло 12 суток.", "unit"),
        ("ru", "«Кедр» стоит 2 900 евро.", "currency"),
        ("ru", "«Кедр» держит тепло пятнадцать часов.", "number"),
        ("ru", "«Кедр» вмещает 1 литр.", "lost_condition"),
        ("ru", "Второй «Кедр» в подарок.", "discount"),
        ("ru", "«Кедр» лечит простуду.", "medical"),
        ("ru", "«Кедр» не бьётся.", "forbidden"),
        ("ru", "Доставим «Кедр» завтра.", "delivery"),
    ],
)
def test_what_the_sheet_does_not_say_is_named(sheet, text, kind):
    if kind == "swapped":
        assert kinds(sheet, text)
    else:
        assert kind in kinds(sheet, text)


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        ("flask", "Tundra Flask holds 1,500 ml and weighs 0.35 kg."),
        ("flask", "With the lid closed, Tundra Flask keeps tea hot for twelve hours."),
        ("flask", "Tundra Flask costs €40."),
        ("flask", "Two of Tundra Flask cost EUR 80 together."),
        ("flask", "Is a rucksack of 9 kg too heavy? Tundra Flask weighs 350 grams."),
        ("flask", "Tundra Flask does not clean water."),
        ("flask", "We do not guarantee hot tea."),
        ("flask", "Cleaning water is not a job for Tundra Flask."),
        ("lines", "Gantry Log costs EUR 120 per line per month, excluding VAT."),
        ("bag", "The mesh of Alder Pack keeps your back cool."),
        ("ru", "«Кедр» стоит 2900 рублей и весит 350 г."),
        ("ru", "«Кедр» держит тепло 12 часов."),
        ("ru", "Объём «Кедра» до литра."),
    ],
)
def test_other_spellings_and_denials_pass(sheet, text):
    assert kinds(sheet, text) == set()


@pytest.mark.parametrize(
    ("channel", "text", "kind"),
    [
        ("post", "Tundra Flask weighs 350 grams.", "length"),
        ("slogan", "Tundra", "length"),
        ("banner", "Tundra Flask", "length"),
        ("post", "Tundra Flask weighs 350 grams and", "unfinished"),
        ("post", "It weighs 350 grams.", "name"),
        ("post", "Tundra Flask weighs 350 grams. Tundra Flask weighs 350 grams.", "repetition"),
    ],
)
def test_each_channel_has_its_form(channel, text, kind):
    assert kind in {problem.kind for problem in found("flask", text, channel).problems}


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Hot for 12 hours\nTundra Flask keeps tea hot for 12 hours with the lid closed.", False),
        ("Hot for 12 hours\nTundra Flask keeps tea hot.", True),
    ],
)
def test_a_headline_may_leave_to_the_text_what_limits_its_number(text, lost):
    problems = found("flask", text, "banner").problems
    assert any(problem.kind == "lost_condition" for problem in problems) == lost


def test_what_was_checked_stands_beside_what_was_found():
    result = found("flask", "Tundra Flask weighs 350 grams.")
    assert set(result.checked) == {kind for names, _ in CHECKS.values() for kind in names}
    assert set(KINDS) - set(result.checked) == {"invented_feature"}, "no rule finds it"


def test_a_problem_names_the_words_and_what_the_sheet_says():
    [problem] = [p for p in found("flask", "It weighs 350 ounces.").problems if p.kind == "unit"]
    assert problem.words == "350 ounces"
    assert "350 grams" in problem.reason


@pytest.mark.parametrize(
    ("sheet", "text", "kind"),
    [
        ("flask", "Tundra Flask has a bluetooth loudspeaker.", "invented_feature"),
        ("flask", "The battery of Tundra Flask lasts a week.", "invented_feature"),
        ("flask", "Tundra Flask weighs 350 grams and holds 1.5 litres.", None),
        ("ru", "«Кедр» стоит 2900 рублей и весит 350 г.", None),
    ],
)
def test_with_the_shipped_judge_what_no_rule_knows_is_found(sheet, text, kind):
    own = checker("ru" if sheet == "ru" else "en")
    problems = own.check(text, own.sheet(parsed(SHEETS[sheet])), FORMS["ad"]).problems
    assert {problem.kind for problem in problems} - OF_WORDING == ({kind} if kind else set())
