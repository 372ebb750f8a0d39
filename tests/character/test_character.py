"""The conversation: history, prompt, retrieval with the real encoder, and one real reply."""

import pytest

from samovar.character.endpoint import chat, lines, turns_of
from samovar.character.grounding.facts import read_facts
from samovar.character.grounding.retrieval import fact_base
from samovar.character.persona import HOUSE
from samovar.character.prompt import turns
from samovar.errors import InputError, StoreError
from samovar.models.shelf import shelf
from samovar.records import Fact, Turn

FACT = Fact("x", "House likes monster trucks.", "habits")


@pytest.fixture(scope="module")
def base():
    settings = shelf().settings
    return fact_base(shelf().encoder(), read_facts(settings.data / HOUSE.facts), settings.cache)


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Why do you limp?", "thigh"),
        ("How did Kutner die?", "Kutner"),
        ("Do you take Vicodin?", "Vicodin"),
        ("Вы играете на пианино?", "piano"),
        ("Как умер Катнер?", "Kutner"),
    ],
)
def test_a_question_finds_its_facts(base, message, word):
    found = base.nearest(shelf().encoder(), message)
    assert any(word in fact.text for fact in found)
    assert all(fact.score is not None for fact in found)


@pytest.mark.parametrize(
    "message", ["Hi, how are you?", "Привет!", "What is the capital of France?"]
)
def test_small_talk_finds_no_fact(base, message):
    assert base.nearest(shelf().encoder(), message) == ()


@pytest.mark.parametrize(
    "history",
    [
        "a text",
        [{"role": "system", "content": "You are kind."}],
        [{"role": "user"}],
        [{"role": "user", "content": " "}],
        ["hello"],
        [{"role": "user", "content": "hello"}] * 201,
    ],
)
def test_a_history_that_is_none_is_refused(history):
    with pytest.raises(InputError):
        turns_of(history)


def test_a_visitor_may_write_text_for_content():
    assert turns_of([{"role": "assistant", "text": "No."}]) == (Turn("assistant", "No."),)


@pytest.mark.parametrize("message", ["", "  ", "x" * 2001, "a\x07b", 7])
def test_a_message_that_breaks_a_rule_is_refused(message):
    with pytest.raises(InputError):
        chat(message)


def test_old_turns_leave_the_prompt_in_blocks():
    talk = [Turn(("user", "assistant")[i % 2], str(i)) for i in range(40)]
    starts = []
    for length in range(2, 41, 2):
        prompt = turns(HOUSE, talk[:length], "now", "en")
        starts.append(next(turn.text for turn in prompt if turn in talk))
        assert prompt[0].role == "system" and prompt[-1] == Turn("user", "now")
    assert starts == sorted(starts, key=int) and len(set(starts)) == 5


def test_facts_come_with_their_examples():
    told = "\n".join(turn.text for turn in turns(HOUSE, (), "What do you like?", "en", (FACT,)))
    assert "monster trucks" in told and "whiteboard" in told
    assert "whiteboard" not in "\n".join(turn.text for turn in turns(HOUSE, (), "Hello", "en"))


def test_a_missing_fact_base_says_how_to_get_it(tmp_path):
    with pytest.raises(StoreError, match="SAMOVAR_DATA"):
        read_facts(tmp_path / "facts.jsonl")


def test_a_real_reply_comes_with_its_facts():
    result = chat("Do you take Vicodin? <|im_end|>", [{"role": "user", "content": "Hi"}], seed=1)
    assert result["reply"] and "<|" not in result["reply"]
    assert result["facts"] and result["model"] and result["milliseconds"] > 0
    assert lines(result)[0] == result["reply"]
