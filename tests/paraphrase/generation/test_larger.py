"""The larger model: its probabilities, its drafts, and when this machine has it."""

from __future__ import annotations

import threading

import pytest
from told_models import ADAPTER, ToldChat

from samovar.errors import ModelError
from samovar.paraphrase.generation import verdict
from samovar.paraphrase.generation.larger import FREER, MOST_TOKENS, Larger, Rewording
from samovar.records import Completion

TEXT = "dim the bedroom lamp"


class Place:
    """A shelf on which one chat model and perhaps its adapter lie."""

    def __init__(self, adapter, *others):
        self.held, self.others = adapter, others

    def chat_of(self, tool):
        return ToldChat("so")

    def adapter(self, tool, chat):
        return self.held

    def fitting(self, name, chat):
        return name if name in self.others else None


def test_it_is_asked_for_the_verdict_under_its_adapter():
    chat = ToldChat(told={"Lower the light": 0.25})
    asked = []
    weigh = chat.weigh
    chat.weigh = lambda *given: (asked.append(given), weigh(*given))[1]
    assert Larger(chat, ADAPTER).probability(TEXT, " Lower\nthe light", "en") == 0.25
    [(request, words, stop)] = asked
    assert request == verdict.asked(TEXT, "Lower the light", "en", ADAPTER)
    assert words == ("yes", "no") and stop is None


def test_a_stopped_verdict_is_an_error():
    stop = threading.Event()
    stop.set()
    with pytest.raises(ModelError):
        Larger(ToldChat(), ADAPTER).probability(TEXT, TEXT, "en", stop)


def test_drafts_stand_behind_their_openings_and_those_cut_are_left_out():
    chat = ToldChat("dim  the lamp", " dim it")
    larger = Larger(chat, ADAPTER)
    assert larger.written(TEXT, "en", ["Please", ""], 3) == ["Please dim the lamp", "dim it"]
    assert {request.adapter for request in chat.asked} == {ADAPTER}
    assert {request.sampling.max_tokens for request in chat.asked} == {MOST_TOKENS}
    assert len({request.sampling.seed for request in chat.asked}) == 2
    chat.complete = lambda requests, stop=None: [
        Completion("dim it", "stop" if at else "length", 1, 1, 1.0) for at, _ in enumerate(requests)
    ]
    assert larger.written(TEXT, "en", ["Please", "Can you"], 3) == ["Can you dim it"]


def test_a_freer_adapter_writes_where_it_is_here_and_verifies_nothing():
    larger = Larger.found(Place(ADAPTER, *FREER.values()))
    for language in ("en", "ru"):
        larger.written(TEXT, language, [""], 0)
    assert [request.adapter for request in larger.chat.asked] == [FREER["en"], ADAPTER]
    weigh, asked = larger.chat.weigh, []
    larger.chat.weigh = lambda *given: (asked.append(given[0].adapter), weigh(*given))[1]
    larger.probability(TEXT, "dim it", "en")
    assert asked == [ADAPTER]
    alone = Larger.found(Place(ADAPTER))
    alone.written(TEXT, "en", [""], 0)
    assert alone.chat.asked[-1].adapter == ADAPTER


def test_each_rewording_comes_once_with_its_probability():
    larger = Larger(ToldChat("lower it", "lower it", "less light", told={"lower it": 0.8}), ADAPTER)
    found = larger.rewordings(TEXT, "en", 3, 0)
    assert found == [Rewording("lower it", 0.8), Rewording("less light", 0.9)]


def test_without_its_adapter_there_is_none():
    assert Larger.found(Place(None)) is None
    assert Larger.found(Place(ADAPTER)).adapter == ADAPTER
    with pytest.raises(ModelError, match="samovar fetch qwen"):
        Larger.of(Place(None))
