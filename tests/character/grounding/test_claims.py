"""Claims judged by real models beside a handful of facts."""

from types import SimpleNamespace

import pytest

from samovar.character import endpoint
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.dependence import context
from samovar.character.grounding.questions import seeks
from samovar.character.grounding.retrieval import fact_base
from samovar.character.grounding.rules import RULES
from samovar.character.speech.answers import answered
from samovar.models.shelf import shelf
from samovar.phrases import Phrase
from samovar.records import Fact, Turn

FACTS = (
    Fact(
        "1",
        "House limps because a clot destroyed a muscle in his right thigh.",
        "leg",
        ru="Хаус хромает, потому что тромб погубил мышцу в его правом бедре.",
    ),
    Fact(
        "2",
        "James Wilson is the head of oncology at the hospital.",
        "wilson",
        ru="Джеймс Уилсон заведует онкологией в больнице.",
    ),
    Fact(
        "3",
        "House takes Vicodin for the pain in his leg.",
        "vicodin",
        ru="Хаус принимает викодин от боли в ноге.",
    ),
    Fact(
        "4",
        "House had a pet rat named Steve McQueen.",
        "habits",
        ru="У Хауса была крыса по имени Стив Маккуин.",
    ),
    Fact("5", "Lisa Cuddy is the dean of medicine.", "cuddy", ru="Лиза Кадди — главврач."),
)
TALK = (Turn("user", "Who is Wilson?"), Turn("assistant", "My only friend."))


@pytest.fixture(scope="module")
def base():
    return fact_base(shelf().encoder(), FACTS, shelf().settings.cache)


@pytest.fixture(scope="module")
def judge(base):
    return Judge(base, shelf().encoder(), shelf().entailment(), Phrase("House", "Хаус"))


@pytest.mark.parametrize(
    ("language", "reply", "verdict", "fact"),
    [
        ("en", "I take Vicodin for the pain in my leg.", "supported", "3"),
        ("en", "Wilson is the head of oncology.", "supported", "2"),
        ("ru", "Уилсон заведует онкологией.", "supported", "2"),
        ("en", "The Eiffel Tower was built by penguins.", "unknown", None),
    ],
)
def test_a_claim_gets_its_verdict_and_its_fact(judge, language, reply, verdict, fact):
    [[claim]] = judge.claims([reply], language, "")
    assert claim.text == reply and claim.verdict == verdict
    assert fact is None or (claim.fact and claim.fact.id == fact)


def test_what_asserts_nothing_has_no_claims(judge):
    assert judge.claims(["Who are you? Go away!", "Really?"], "en", "Hello!") == [(), ()]


def test_a_statement_without_facts_is_unknown():
    assert all(rule.probabilities({})["unknown"] == 1 for rule in RULES.values())


@pytest.mark.parametrize(
    ("question", "reply", "said"),
    [
        ("Is House addicted to Vicodin?", "I'm not.", "House is not addicted to Vicodin."),
        ("Does House play the piano?", "Yes.", "House does play the piano."),
        ("Who is Wilson?", "No.", None),
        ("House is rude.", "Yes.", None),
    ],
)
def test_a_yes_or_no_states_what_was_asked(question, reply, said):
    assert answered(question, reply, "en") == said


@pytest.mark.parametrize(
    ("language", "message", "wanted"),
    [
        ("en", "Who won the last election?", True),
        ("en", "What is your blood type?", True),
        ("en", "Who are you?", False),
        ("en", "Why are you so rude?", False),
        ("en", "Good morning!", False),
        ("ru", "Какая у вас группа крови?", True),
        ("ru", "Как дела?", False),
        ("ru", "Кто вы такой?", False),
    ],
)
def test_what_asks_for_a_fact_is_told_from_talk(language, message, wanted):
    assert seeks(message, language) == wanted


def test_a_message_that_leans_on_the_talk_is_read_with_it(base):
    assert context("And what does he do?", TALK)
    assert not context("Tell me about the rat of Dr. House please", TALK)
    assert not context("And what does he do?", ())
    found = base.nearest(
        shelf().encoder(), "And what does he do?", 1, context("And what does he do?", TALK)
    )
    assert [fact.id for fact in found] in (["2"], [])


def test_names_find_facts_in_both_languages(base):
    for told in ("Wilson is somebody", "Уилсон — это кто-то"):
        [near] = base.beside(shelf().encoder(), [told], 1)
        assert near[0].fact.id == "2"


@pytest.mark.parametrize("here", [("newer", "older"), ("older",), ()])
def test_the_best_model_on_the_machine_that_has_a_rule_judges(monkeypatch, here):
    rule = next(iter(RULES.values()))
    monkeypatch.setattr(endpoint, "RULES", {"newer": rule, "older": rule})
    models = SimpleNamespace(entailment=lambda name: name if name in here else None)
    assert endpoint.judging(models) == next(iter(here), None)


def test_a_fact_of_the_question_stands_beside_what_hardly_shares_a_word_with_it(base):
    said, encoder = "Cuddy is a plumber who likes rats.", shelf().encoder()
    [[first, second]] = base.beside(encoder, [said], 2)
    given = next(fact for fact in FACTS if fact.id not in (first.fact.id, second.fact.id))
    [near] = base.beside(encoder, [said], 2, [[given]])
    assert [one.fact.id for one in near] == [first.fact.id, given.id]
    assert base.beside(encoder, [said], 2, [[second.fact]]) == [(first, second)]
