"""The basket: what its prompts must have, what the checks see, and how two sides are compared."""

import json
import re
from collections import Counter

import pytest

from eval import basket as asked
from eval.metrics import replies, sides
from eval.sets.basket import FILE, TASKS, Prompt, basket
from eval.tables import basket_table
from samovar.errors import InputError
from samovar.figures import provenance
from samovar.figures.basket import Case, Reply, baskets
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES
from samovar.records import to_json
from samovar.settings import ROOT

PROMPTS = basket()
LONG = "The old dog of the keeper barks at every cart that passes his gate"
SMOLLM2 = {"base": None, "adapter": "paraphrase-smollm2"}
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
        (prompt("reword", prompt="Say this: The dog barks."), "the dog barks", ["copied: the text"]),
        (prompt("reword", prompt="Say this: The dog barks."), "Oh, the dog barks!", ["copied: the text"]),
        (prompt("reword", prompt=f"Say this: {LONG} today."), f"{LONG} now.", ["copied: nearly every word"]),
        (prompt("facts", prompt="Write two lines:\n- a dog"), "Write two lines\nDog.", ["copied: the instruction"]),
        (prompt("facts", prompt="Write two lines:\n- a dog"), "A dog.", []),
        (prompt("open"), "so it is " * 5, ["in circles: 0.75"]),
        (prompt("open"), "Так и есть.", ["language: not en"]),
        (prompt("format"), "Так и есть.", []),
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


def reply(passed, chrf=None, f1=None, **more):
    failed = () if passed else ("missing: ink",)
    return Reply(
        "x", more.pop("cut", False), 10, failed, chrf, f1, False, more.pop("repeated", 0.0)
    )


def case(number, task, language, base, adapter):
    return Case(f"{language}-{task}-{number}", language, task, "?", base, adapter)


CASES = (
    case(1, "answer", "en", reply(False, 0.2, 0.1), reply(True, 0.6, 1.0)),
    case(2, "answer", "en", reply(True, 0.4, 0.5), reply(True, 0.4, 0.5)),
    case(1, "answer", "ru", reply(False, 0.1, 0.0, cut=True, repeated=0.9), reply(True, 0.3, 1.0)),
    case(1, "format", "ru", reply(True), reply(False, cut=True)),
)


def test_rows_hold_the_means_of_both_sides_and_their_difference():
    rows = {(row.task, row.language): row for row in sides.rows(CASES)}
    assert set(rows) == {
        ("all", "all"), ("all", "en"), ("all", "ru"), ("answer", "all"), ("answer", "en"),
        ("answer", "ru"), ("format", "all"), ("format", "ru"),
    }  # fmt: skip
    answer = rows["answer", "all"]
    assert (answer.passed.size, answer.passed.base, answer.passed.adapter) == (3, 0.3333, 1.0)
    moved = answer.passed.compared.difference
    assert (moved.value, moved.low <= 0.6667 <= moved.high) == (0.6667, True)
    assert answer.f1.compared.difference.value == pytest.approx(0.6333, abs=1e-4)
    assert rows["format", "ru"].chrf is rows["format", "ru"].f1 is None
    assert rows["all", "all"].passed.compared.difference.value == 0.25


def test_sides_tell_what_their_replies_were_like():
    found = {(side.side, side.language): side for side in sides.sides(CASES)}
    assert (found["base", "ru"].endless, found["base", "ru"].cut) == (0.5, 0.5)
    assert (found["adapter", "ru"].endless, found["adapter", "ru"].cut) == (0.0, 0.5)
    assert found["base", "all"].size == 4


def test_two_prompts_are_answered_by_both_sides_and_read_back(tmp_path):
    chat, pair = shelf().chat("smollm2-135m-instruct"), (PROMPTS[0], PROMPTS[32])
    told = {side: asked.ask(chat, pair, name) for side, name in SMOLLM2.items()}
    found = asked.result(chat, "SmolLM2", SMOLLM2["adapter"], pair, told)
    for held in found.cases:
        assert 0 < held.base.tokens <= asked.LIMITS["answer"]
        assert held.base.text != held.adapter.text
    origin = provenance.here(seed=0, wall_seconds=1, data="d", size=2, libraries=("sacrebleu",))
    provenance.write("basket-smollm2", to_json(found), origin, tmp_path)
    assert baskets(tmp_path) == (found,)
    lines = basket_table.basket(to_json(found))
    assert len({line.count("|") for line in lines if line.startswith("| answer")}) == 1
    assert any(line.startswith("| all | 2 |") for line in lines)


def test_an_unknown_adapter_is_said_before_anything_is_asked(tmp_path, capsys):
    line = ["--model", "smollm2-135m-instruct", "--adapter", "none", "--results", str(tmp_path)]
    assert asked.main(line) == 1
    assert "There is no adapter `none`" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_every_task_has_a_limit_and_a_name():
    assert set(asked.LIMITS) == set(TASKS) == set(basket_table.NAMES) - {"all"}
