"""Verifiers and differences decide together, and a reason names the words that differ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from told_models import ADAPTER, THRESHOLDS, ToldChat, ToldVerifier

from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.validation.validator import UNFINISHED, UNVERIFIED

SURE = 0.999
TEXT = "dim the bedroom lamp"
OTHER = "Lower the light in the bedroom"


def larger(probability: float) -> Larger:
    return Larger(ToldChat(otherwise=probability), ADAPTER)


def one(validator, source, text):
    return validator.measured([(source, text)])[0]


CERTAIN = [
    ("en", "book a table for 6", "Reserve a table for 7", "number", ("6", "7")),
    ("en", "order at least 6 chairs", "Get at most 6 chairs", "bound", ("at least", "at most")),
    ("ru", "закажи не меньше 6 кресел", "Возьми не больше 6 кресел", "bound", ("6", "6")),
    ("en", "mail {name} at 9 am", "Send a mail to {user} at 9 am", "literal", ("{name}", "{user}")),
    ("en", "wait 5 minutes", "Hold on for 5 hours", "unit", ("5 minutes", "5 hours")),
    ("ru", "разбуди меня в 7 утра", "Подними меня в 8 утра", "number", ("7", "8")),
    ("ru", "открой {файл}", "Запусти {папка}", "literal", ("{файл}", "{папка}")),
]


@pytest.mark.parametrize(("language", "source", "text", "check", "differ"), CERTAIN)
def test_a_certain_difference_vetoes_whatever_the_verifiers_say(
    judge, language, source, text, check, differ
):
    validator = judge(language, ToldVerifier(otherwise=SURE), larger(SURE))
    pair = validator.confirmed(one(validator, source, text))
    assert pair.larger is None and validator.larger.chat.weighed == [], "nobody need ask"
    for reasons in (validator.against(pair), validator.against_variant(pair)):
        [reason] = [reason for reason in reasons if reason.check == check]
        assert differ[0] in reason.threshold and differ[1] in reason.value


EVIDENCE = [
    ("en", "remind Paul to call Martha", "Please remind Martha to call Paul", "clauses", "martha"),
    ("en", "call Ann before lunch", "Call Ann after lunch", "order", "after lunch"),
    ("en", "do not call Ann today", "Call Ann today, please", "polarity", "not call"),
    ("en", "send the file to Ann", "Send me the file from Ann", "direction", "from ann"),
    ("ru", "напомни Оле позвонить Ивану", "Напомни Ивану позвонить Оле", "clauses", "иван"),
    ("ru", "закрой окно, если пойдёт дождь", "Закрой, если дождь не пойдёт", "condition", "пойти"),
]


@pytest.mark.parametrize(("language", "source", "text", "check", "words"), EVIDENCE)
def test_other_differences_are_reasons_and_the_verifier_decides(
    judge, language, source, text, check, words
):
    doubting = judge(language, ToldVerifier(otherwise=0.4))
    meaning, *told = doubting.against(one(doubting, source, text))
    assert (meaning.check, meaning.value, meaning.threshold) == ("meaning", 0.4, "≥ 0.6")
    assert any(words in f"{r.value} / {r.threshold}" for r in told if r.check == check)
    trusting = judge(language, ToldVerifier(otherwise=SURE))
    assert trusting.against(one(trusting, source, text)) == ()


@pytest.mark.parametrize(
    ("language", "source", "text", "lost", "added"),
    [
        ("en", "dim the bedroom lamp", "Could you brighten the bedroom lamp?", "dim", "brighten"),
        ("ru", "погаси лампу в спальне", "Зажги лампу в спальне", "погаси", "Зажги"),
    ],
)
def test_without_a_difference_the_words_of_one_side_are_named(
    judge, language, source, text, lost, added
):
    validator = judge(language, ToldVerifier(otherwise=0.2))
    pair = replace(one(validator, source, text), differences=())
    found = {r.check: (r.value, r.threshold) for r in validator.against(pair)[1:]}
    assert found == {"lost words": (lost, "none"), "added words": (added, "none")}


def test_of_a_variant_the_form_is_checked_too(judge):
    validator = judge("en", ToldVerifier(otherwise=SURE))
    pair = one(validator, TEXT, "Dim it")
    assert validator.against(pair) == ()
    near = one(validator, f"{TEXT} before the second film starts", f"{TEXT} before the film starts")
    assert [r.check for r in validator.against_variant(near)] != []
    good = one(validator, TEXT, OTHER)
    assert validator.against_variant(good) == ()
    assert validator.against_variant(good, finished=False) == (UNFINISHED,)


def test_both_verifiers_are_joined_and_each_has_its_threshold(judge):
    validator = judge("en", ToldVerifier(otherwise=0.4), larger(0.9))
    pair = one(validator, TEXT, OTHER)
    assert validator.probability(pair) == 0.4
    assert validator.threshold(pair) == THRESHOLDS.doubtful and validator.against(pair) == ()
    both = validator.confirmed(pair)
    assert both.larger == 0.9
    assert validator.probability(both) == THRESHOLDS.joined(0.4, 0.9)
    assert validator.threshold(both) == THRESHOLDS.joint
    assert validator.threshold(both, drafted=True) == THRESHOLDS.draft
    alone = judge("en", ToldVerifier(otherwise=0.4))
    assert alone.threshold(pair) == THRESHOLDS.alone and alone.against(pair) != ()
    assert alone.confirmed(pair) is pair


def test_the_larger_model_is_not_asked_what_the_small_one_surely_refuses(judge):
    validator = judge("en", ToldVerifier(otherwise=0.05), larger(SURE))
    pair = validator.confirmed(one(validator, TEXT, OTHER))
    assert pair.larger is None and validator.larger.chat.weighed == []
    assert validator.against(pair)[0].value == 0.05


def test_the_larger_model_is_asked_however_sure_the_small_one_is(judge):
    validator = judge("en", ToldVerifier(otherwise=0.98), larger(0.01))
    pair = validator.confirmed(one(validator, TEXT, OTHER))
    assert pair.larger == 0.01 and validator.probability(pair) == THRESHOLDS.joined(0.98, 0.01)


def test_without_the_small_verifier_the_larger_one_is_asked(judge):
    validator = judge("en", None, larger(SURE))
    pair = validator.confirmed(one(validator, TEXT, OTHER))
    assert (pair.small, pair.larger) == (None, SURE) and validator.against(pair) == ()


def test_without_any_verifier_nothing_passes_and_that_is_said(judge):
    lax = replace(THRESHOLDS, alone=0.0)
    validator = judge("en", thresholds=lax)
    pair = one(validator, TEXT, OTHER)
    assert validator.against(pair) == validator.against_variant(pair) == (UNVERIFIED,)


def test_each_pair_is_measured_in_its_place(judge):
    small = ToldVerifier({OTHER: 0.7})
    validator = judge("en", small)
    pairs = [(TEXT, OTHER), (TEXT, TEXT), (OTHER, TEXT)]
    found = validator.measured(pairs)
    assert [(m.source.text, m.text.text) for m in found] == pairs == small.asked
    assert [m.small for m in found] == [0.7, 0.9, 0.9]
    assert found[1].similarity == pytest.approx(1, abs=1e-5) and found[0].similarity < 1
    assert validator.measured([]) == []
