"""The basket: what its prompts must have, what the checks see, and how two sides are compared."""

import json
import re
from collections import Counter

import pytest

from eval.metrics import replies
from eval.sets.basket import FILE, TASKS, Prompt, basket
from samovar.errors import InputError
from samovar.phrases import LANGUAGES
from samovar.settings import ROOT

PROMPTS = basket()
NEEDS_REFERENCE = {"answer", "absent", "reword", "simplify", "facts", "open"}


def prompt(task="answer", language="en", **more):
    return Prompt(id="p", language=language, task=task, prompt=more.pop("prompt", "?"), **more)


def test_there_are_as_many_prompts_in_both_languages_of_every_task():
    count = Counter((one.language, one.task) for one in PROMPTS)
    assert all(count["en", task] == count["ru", task] >= 3 for task in TASKS)
    assert len(PROMPTS) >= 64
    assert len({one.id for one in PROMPTS}) == len({one.prompt for one in PROMPTS}) == len(PROMPTS)


@pytest.mark.parametrize("one", PROMPTS, ids=lambda one: one.id)
def test_a_prompt_can_be_checked_and_its_reference_passes(one):
    assert one.id.startswith(f"{one.language}-{one.task}-")
    assert one.task == "absent" or one.expected or one.pattern
    assert bool(one.reference) == (one.task in NEEDS_REFERENCE)
    if one.reference:
        assert replies.failures(one, one.reference) == []
        assert not replies.wrong_language(one.reference, one.language)
    assert not replies.wrong_language(one.prompt, one.language)
    assert replies.failures(one, "") != []


def test_no_sentence_of_a_prompt_is_in_the_pairs_that_are_trained_on():
    def sentences(text):
        parts = re.split(r"[.?!:\n]+", text)
        return {part.strip().casefold() for part in parts if len(part.split()) > 6}

    asked = Counter(sentence for one in PROMPTS for sentence in sentences(one.prompt))
    fresh = {sentence for sentence, times in asked.items() if times == 1}
    files = sorted((ROOT / "data" / "instructions").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    trained = {sentence for row in rows for sentence in sentences(row["source"])}
    assert len(fresh) > 100
    assert not fresh & trained


def test_a_misspelt_key_is_refused(tmp_path):
    row = json.loads(FILE.read_text("utf-8").splitlines()[0])
    path = tmp_path / "basket.jsonl"
    path.write_text(json.dumps({**row, "expectd": []}))
    with pytest.raises(InputError, match="Did you mean `expected`"):
        basket(path)


@pytest.mark.parametrize(
    "forms, text, found",
    [
        ("two hours|2 hours", "About 2 hours.", True), ("2 hours", "12 hours", False),
        ("тёмн*", "В темноте", True), ("кот", "котёл", False), ("кот*", "котёл", True),
        ("°*", "It was 5° then", True), ("+7*", "звоните +7 900", True), ("Orr", "orr's", True),
        ('"name"', '{"name": 1}', True), ("£*", "4 pounds", False),
    ],
)  # fmt: skip
def test_a_form_is_found_as_a_whole_word(forms, text, found):
    assert replies.occurs(forms, text) is found


@pytest.mark.parametrize(
    "one, reply, names",
    [
        (prompt(expected=("ink|pen", "Monday")), "In ink on Monday.", []),
        (prompt(expected=("ink|pen", "Monday")), "In chalk.", ["missing: ink|pen", "missing: Monday"]),
        (prompt(expected=("ink",), forbidden=("gold*",)), "golden ink", ["invented: gold*"]),
        (prompt("format", pattern="(- .+\n){2}- .+"), "- a\n- b\n- c\n", []),
        (prompt("format", pattern=r"[^\n]+"), "Sure!\n- a", [r"form: [^\n]+"]),
        (prompt("absent"), "The text doesn't mention it.", []),
        (prompt("absent"), "No price for adults is given.", []),
        (prompt("absent"), "It costs ten.", ["not said: the passage does not tell"]),
        (prompt("absent", "ru"), "В тексте об этом ничего не сказано.", []),
        (prompt("absent", "ru"), "Такой информации в тексте нет.", []),
        (prompt("absent", "ru"), "Сто рублей.", ["not said: the passage does not tell"]),
        (prompt("reword", prompt="Say this: The dog barks."), "the dog barks", ["copied: the dog barks"]),
        (prompt("reword", prompt="Say this: The dog barks."), "A dog is barking.", []),
        (prompt("answer", prompt="It is red. What is it?"), "It is red", []),
    ],
)  # fmt: skip
def test_what_speaks_against_a_reply(one, reply, names):
    assert replies.failures(one, reply) == names


def test_f1_takes_the_nearest_answer():
    assert replies.f1("Sixty!", ["about sixty flights", "sixty"]) == 1
    assert replies.f1("sixty flights", ["sixty"]) == pytest.approx(2 / 3)
    assert replies.f1("ten", ["sixty"]) == replies.f1("", ["sixty"]) == 0
    one = prompt(expected=("sixty|60",), reference="They make sixty.")
    assert replies.golds(one) == ["They make sixty.", "sixty", "60"]


def test_chrf_is_one_for_the_reference_and_small_for_another_text():
    assert replies.chrf("The lid is round.", "The lid is round.") == pytest.approx(1)
    assert replies.chrf("Кот спит.", "The lid is round.") < 0.1


@pytest.mark.parametrize(
    "reply, language, wrong",
    [
        ("Two hours.", "en", False), ("Два часа.", "en", True), ("Two hours.", "ru", True),
        ("Время 两点", "ru", True), ("1,220", "ru", False), ("", "en", False),
    ],
)  # fmt: skip
def test_the_language_of_a_reply(reply, language, wrong):
    assert replies.wrong_language(reply, language) is wrong


def test_repetition_is_of_four_words_and_more():
    assert replies.repeated("so so") == replies.repeated("a b c d e f g h") == 0
    assert replies.repeated("no no no no no no no no no") == pytest.approx(5 / 6)
    assert set(LANGUAGES) == set(replies.REFUSALS)
