"""An exchange from draft to checked reply; the chat model speaks from a script, the judge is real."""

import threading
from dataclasses import replace

import pytest

from samovar.character.core import exchange
from samovar.character.drafts import Ensemble
from samovar.character.exchange import ABLATION, WHOLE, Exchange, Reply
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.retrieval import fact_base
from samovar.character.persona import HOUSE
from samovar.models.shelf import shelf
from samovar.records import Completion, Fact

FACTS = (
    Fact("1", "House takes Vicodin for the pain in his leg.", "vicodin"),
    Fact("2", "James Wilson is the head of oncology at the hospital.", "wilson"),
    Fact("3", "House had a pet rat named Steve McQueen.", "habits"),
)
PLAIN = ABLATION["retrieval"]


class Script:
    """Say the given lines one after another: the first by streaming, the others in batches."""

    name, engine, languages = "smollm2-135m-instruct", "openvino", ("en",)

    def __init__(self, *lines: str) -> None:
        self.lines, self.asked, self.lock = list(lines), [], threading.Lock()

    def _next(self, request):
        with self.lock:
            self.asked.append(request)
            return self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]

    def stream(self, request, stop=None):
        yield from (f"{word} " for word in self._next(request).split())

    def complete(self, requests, stop=None):
        return [Completion(self._next(one), "stop", 1, 1, 1.0) for one in requests]


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


def test_stop_keeps_what_is_there_unchecked(company):
    stop = threading.Event()
    stop.set()
    end = last(company, Script("I take pills and"), "Do you take Vicodin?", stop=stop)
    assert end.reply.startswith("I take pills") and end.told.claims == () and end.cost


def test_asking_again_adds_a_reply_and_chooses_it():
    old = Exchange("Hi", (Reply("No."), Reply("Yes.")), chosen=1)
    again = old.again(Exchange("Hi", (Reply("Go away."),)))
    assert again.reply == "Go away." and [one.text for one in again.replies][:2] == ["No.", "Yes."]
