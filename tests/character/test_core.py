"""An exchange from draft to checked reply; the chat model speaks from a script, the judge is real."""

import re
import threading
from dataclasses import replace

import pytest

from samovar.character.core import exchange
from samovar.character.drafts import ANEW, Asked, Ensemble, further
from samovar.character.exchange import ABLATION, WHOLE, Exchange, Reply
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.retrieval import fact_base
from samovar.character.persona import HOUSE
from samovar.models.shelf import shelf
from samovar.records import Claim, Fact, Turn

FACTS = (
    Fact("1", "House takes Vicodin for the pain in his leg.", "vicodin"),
    Fact("2", "James Wilson is the head of oncology at the hospital.", "wilson"),
    Fact("3", "House had a pet rat named Steve McQueen.", "habits"),
)
PLAIN = ABLATION["retrieval"]


class Script:
    """Say the given lines one after another, word by word; the last one again and again."""

    name, languages = "smollm2-135m-instruct", ("en",)

    def __init__(self, *lines: str, engine: str = "openvino") -> None:
        self.lines, self.asked, self.lock, self.engine = list(lines), [], threading.Lock(), engine
        self.words = 0

    def stream(self, request, stop=None):
        with self.lock:
            self.asked.append(request)
            line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        for word in re.findall(r"\S+\s*", line):
            with self.lock:
                self.words += 1
            yield word if word[-1].isspace() else f"{word} "


class Plain:
    """Judge by a word: what is denied is contradicted by the first fact, all else is supported."""

    def claims(self, replies, language, question, given=()):
        verdicts = ("contradicted" if " not " in one else "supported" for one in replies)
        return [
            (Claim(one, verdict, FACTS[0]),) for one, verdict in zip(replies, verdicts, strict=True)
        ]


@pytest.fixture(scope="module")
def company():
    encoder = shelf().encoder()
    base = fact_base(encoder, FACTS, shelf().settings.cache)
    judge = Judge(base, encoder, shelf().entailment(), HOUSE.name)
    return Ensemble(Script("No."), None, encoder, base, judge)


def last(company, script, message, steps=WHOLE, stop=None):
    *_, end = exchange(replace(company, chat=script), HOUSE, message, (), steps, 0, stop)
    return end


def test_the_draft_grows_and_the_last_state_has_claims_and_cost(company):
    states = list(
        exchange(
            replace(company, chat=Script("I take Vicodin for the pain in my leg.")),
            HOUSE,
            "Do you take Vicodin?",
        )
    )
    assert states[0].reply == "" and states[0].cost is None
    assert states[-1].cost and states[-1].told.claims[0].verdict == "supported"
    assert any(0 < len(one.reply) < len(states[-1].reply) for one in states)


def test_what_no_fact_tells_is_refused_in_character(company):
    script = Script("It is sunny.")
    end = last(company, script, "What is the weather like in Chicago today?")
    assert end.reply in {one.en for one in HOUSE.refusals}


def test_without_the_check_the_first_draft_is_the_reply(company):
    assert (
        last(company, Script("It is sunny."), "How is the weather?", PLAIN).reply == "It is sunny."
    )


def test_a_line_out_of_the_role_never_wins(company):
    script = Script("I am an AI language model.", "I am an AI language model.", "Go away, please.")
    assert "language model" not in last(company, script, "Hello!").reply


def test_a_remark_that_leaves_the_model_speechless_gets_an_aside(company):
    script = Script(*["I'm sorry, but I can't assist with that."] * 3)
    assert last(company, script, "Hello, sunshine!").reply in {one.en for one in HOUSE.asides}


def test_no_line_is_said_twice_while_there_are_others(company):
    script = Script(*["I can't help with that."] * 20)
    talk, seen = (), []
    for _ in HOUSE.asides:
        *_, end = exchange(replace(company, chat=script), HOUSE, "Hello, sunshine!", talk)
        seen.append(end.reply)
        talk = (*talk, Turn("user", "Hello, sunshine!"), Turn("assistant", end.reply))
    assert len(set(seen)) == len(HOUSE.asides)


TRUE = "I take Vicodin for the pain in my leg."


@pytest.mark.parametrize(("engine", "drawn"), [("llamacpp", 1), ("openvino", 4)])
def test_a_first_draft_that_answers_is_taken_at_once(company, engine, drawn):
    script = Script(TRUE, engine=engine)
    end = last(company, script, "Do you take Vicodin?")
    assert [one.text for one in end.replies] == [TRUE]
    assert len(script.asked) <= drawn, "others may have been begun beside it, but no more follow"


class Speakers:
    """Find a line the more like him, the shorter it is."""

    names = ("House", "Wilson", "Cuddy", "Chase")

    def style(self, lines, name, encoder):
        return [1.0 / len(line.split()) for line in lines]


def test_others_are_drawn_where_the_first_one_is_less_like_him_than_a_guess(company):
    longer = "I take Vicodin for the pain in my leg every day."
    script = Script(longer, "I take Vicodin.", engine="llamacpp")
    with_style = replace(company, judge=Plain(), speakers=Speakers())
    assert last(with_style, script, "Do you take Vicodin?").reply == "I take Vicodin."
    assert len(script.asked) == 2


def test_others_are_drawn_where_the_first_one_rests_on_no_fact(company):
    known = "Wilson is the head of oncology at the hospital."
    script = Script("Ask my mother about it.", known, engine="llamacpp")
    assert last(company, script, "Who is the head of oncology?").reply == known
    assert len(script.asked) == 2


def told(script):
    return [request.turns[-1].text for request in script.asked]


@pytest.mark.parametrize("message", ["Do you ever feel lonely?", "Would you lie to me about it?"])
def test_no_fact_corrects_an_opinion(company, message):
    script = Script(*["I do not feel any pain."] * 9)
    assert last(replace(company, judge=Plain()), script, message).reply in {
        one.en for one in (*HOUSE.asides, *HOUSE.refusals)
    }


def test_a_contradicted_draft_is_drawn_again_beside_the_fact(company):
    script = Script("I do not take Vicodin.", TRUE, engine="llamacpp")
    end = last(replace(company, judge=Plain()), script, "Do you take Vicodin?")
    assert end.reply == TRUE and len(script.asked) == 1 + ANEW
    assert ["Beware" in prompt for prompt in told(script)] == [False] + [True] * ANEW


def test_nothing_is_drawn_again_where_another_draft_answers(company):
    script = Script("I do not take Vicodin.", TRUE, TRUE, TRUE)
    end = last(replace(company, judge=Plain()), script, "Do you take Vicodin?")
    assert end.reply == TRUE
    assert len(script.asked) == 4 and not any("Beware" in prompt for prompt in told(script))


@pytest.mark.parametrize(
    ("line", "shown", "words"),
    [
        ("One is it. Two is it. Three is it. Four is it. " + "Five is it. " * 20, 3, 12),
        ("It is not lupus. It is not lupus. " + "No more of it. " * 20, 1, 8),
        ("It is not lupus.\nWilson: Are you sure? " + "Quite sure. " * 20, 1, 8),
    ],
)
def test_a_draft_ends_where_no_more_of_it_would_be_shown(line, shown, words):
    script = Script(line)
    [text] = further(script, Asked(HOUSE, "Hello!", (), "en"), [1])
    assert text.count(".") == shown and script.words <= words


def test_stop_keeps_what_is_there_unchecked(company):
    stop = threading.Event()
    stop.set()
    end = last(company, Script("I take pills and"), "Do you take Vicodin?", stop=stop)
    assert end.reply.startswith("I take pills") and end.told.claims == () and end.cost


def test_asking_again_adds_a_reply_and_chooses_it():
    old = Exchange("Hi", (Reply("No."), Reply("Yes.")), chosen=1)
    again = old.again(Exchange("Hi", (Reply("Go away."),)))
    assert again.reply == "Go away." and [one.text for one in again.replies][:2] == ["No.", "Yes."]
