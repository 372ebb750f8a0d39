"""Rounds, the order of choice, what is surplus, and runs that end early."""

from __future__ import annotations

import threading
import time

import pytest
from told_models import ADAPTER, STOPPED, ToldChat, ToldVerifier

from samovar.errors import ModelError
from samovar.paraphrase.core import BEYOND, LATE, TWINS, Paraphrases, paraphrase
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.generation.prompt import SAMPLES
from samovar.paraphrase.generation.writers import LargerWriter, SmallWriter

TEXT = "dim the bedroom lamp"
OPENED = "Could you please dim the bedroom lamp?"
REWORDED = "Lower the light in the bedroom"
BRIGHTER = "Brighten the bedroom lamp"
OTHER = "Less light in the room where I sleep"


@pytest.fixture
def run(judge):
    def made(*replies, n=2, text=TEXT, rounds=1, language="en", writers=None, **more):
        chat = more.pop("chat", None) or ToldChat(*replies)
        more.setdefault("seconds", 600)  # another process may hold the cores
        own = judge(language, more.pop("small", ToldVerifier()), more.pop("larger", None))
        writing = writers or [SmallWriter(chat, "paraphrase-smollm2", rounds)]
        return paraphrase(text, n, 0, language, writing, own, ("Told", "told"), **more)

    return made


def texts(found: Paraphrases) -> list[str]:
    return [variant.text for variant in found.accepted]


def rejected(found: Paraphrases) -> dict[str, dict[str, str]]:
    """Text → check → value, of all that was not accepted."""
    return {
        variant.text: {reason.check: str(reason.value) for reason in variant.reasons}
        for variant in found.variants
        if not variant.accepted
    }


def larger(**more) -> Larger:
    return Larger(ToldChat(**more), ADAPTER)


def test_one_round_is_enough_when_enough_are_accepted(run):
    chat = ToldChat(OPENED, REWORDED)
    found = run(chat=chat, rounds=3)
    assert set(texts(found)) == {OPENED, REWORDED} and not found.stopped
    assert len(chat.asked) == found.drawn == SAMPLES
    assert found.cost.model == "Told" and found.asked == 2


def test_more_rounds_are_drawn_with_new_seeds_when_it_is_not(run):
    chat = ToldChat(REWORDED)
    found = run(chat=chat, rounds=3)
    assert texts(found) == [REWORDED] and not found.stopped
    assert len({request.sampling.seed for request in chat.asked}) == found.drawn == 3 * SAMPLES
    assert len(found.variants) == 1, "copies of one another are listed once"


def test_the_next_writer_fills_up_what_is_missing(run):
    small, second = ToldChat(REWORDED), ToldChat(REWORDED, OTHER, BRIGHTER)
    writers = [SmallWriter(small, None, 2), LargerWriter(Larger(second, ADAPTER), 2, 3)]
    found = run(writers=writers)
    assert texts(found)[0] == REWORDED and len(texts(found)) == 2
    assert (len(small.asked), len(second.asked)) == (2 * SAMPLES, 2)


def test_what_passes_beyond_the_number_is_surplus_and_near_copies_are(run):
    near = "Could you please dim the bedroom lamp now?"
    found = run(OPENED, near, n=1)
    assert len(texts(found)) == 1 and [v.reasons for v in found.variants[1:]] == [(BEYOND,)]
    found = run(OPENED, near, n=2)
    assert len(texts(found)) == 1 and [v.reasons for v in found.variants[1:]] == [(TWINS,)]


def test_a_copy_of_the_original_is_rejected(run):
    found = run("Dim the bedroom lamp!", REWORDED)
    assert texts(found) == [REWORDED]
    assert "copy" in rejected(found)["Dim the bedroom lamp!"]


def test_variants_begin_as_the_original_does_and_lose_quotes_around_them(run):
    assert texts(run('"lower the light in the bedroom"', n=1)) == ["lower the light in the bedroom"]
    found = run("« lower the light in the bedroom »", n=1, text="Dim the bedroom lamp.")
    assert texts(found) == [REWORDED]


def test_a_draft_cut_at_its_length_is_rejected(run):
    found = run(chat=ToldChat(REWORDED, finish="length"))
    assert list(rejected(found)[REWORDED]) == ["unfinished"]


def test_rewording_comes_before_a_new_opening_however_sure(run):
    small = ToldVerifier({OPENED: 0.99, REWORDED: 0.7})
    found = run(OPENED, REWORDED, n=1, small=small)
    assert [(v.text, v.new_core, v.score) for v in found.accepted] == [(REWORDED, True, 0.7)]
    assert not found.variants[1].new_core


def test_only_what_rewords_or_is_in_doubt_is_put_to_the_larger_model(run):
    small = ToldVerifier({"Would you kindly dim the bedroom lamp, please": 0.3})
    own = larger()
    doubtful = next(iter(small.told))
    found = run(OPENED, REWORDED, doubtful, n=4, small=small, larger=own)
    assert {OPENED, REWORDED} <= set(texts(found))
    assert set(own.chat.weighed) == {REWORDED, doubtful}


def test_what_the_small_verifier_surely_refuses_is_not_put_to_the_larger(run):
    own = larger()
    found = run(BRIGHTER, small=ToldVerifier({BRIGHTER: 0.02}), larger=own)
    assert own.chat.weighed == [] and rejected(found)[BRIGHTER]["meaning"] == "0.02"


def test_the_larger_models_refusal_names_the_words_that_differ(run):
    own = larger(told={BRIGHTER: 0.01})
    found = run(BRIGHTER, REWORDED, larger=own)
    assert texts(found) == [REWORDED]
    told = rejected(found)[BRIGHTER]
    assert float(told.pop("meaning")) < 0.6
    assert told == {"lost words": "dim", "added words": "Brighten"}


def test_without_the_small_verifier_the_larger_one_decides(run):
    found = run(BRIGHTER, REWORDED, small=None, larger=larger(told={BRIGHTER: 0.01}))
    assert texts(found) == [REWORDED] and "meaning" in rejected(found)[BRIGHTER]


def test_without_the_larger_model_the_small_verifier_decides(run):
    found = run(BRIGHTER, REWORDED, small=ToldVerifier({BRIGHTER: 0.5}))
    assert texts(found) == [REWORDED] and rejected(found)[BRIGHTER]["meaning"] == "0.5"


def test_where_nobody_verifies_nothing_is_accepted_and_that_is_said(run):
    found = run(OPENED, REWORDED, small=None)
    assert texts(found) == []
    assert {told["meaning"] for told in rejected(found).values()} == {"no verifier is here"}


@pytest.mark.parametrize(
    ("language", "text", "kept", "lost", "slot"),
    [
        (
            "en",
            "book a table in [Porto](city)",
            "Reserve a table in Porto",
            "Reserve a table in Lisbon",
            "Porto",
        ),
        (
            "ru",
            "найди поезд до [Твери](city)",
            "Подбери поезд, идущий в Тверь",
            "Подбери поезд, идущий в Клин",
            "Твери",
        ),
    ],
)
def test_marked_slots_stay_in_another_case_too(run, language, text, kept, lost, slot):
    found = run(kept, lost, text=text, language=language)
    assert texts(found) == [kept]
    assert rejected(found)[lost]["names and slots"] == f"lost: {slot}"
    assert [one.text for one in found.slots] == [slot] and "[" not in found.original


def test_a_stopped_run_keeps_what_was_accepted_and_says_so(run):
    stop = threading.Event()
    calls: list[int] = []

    def stopping() -> None:
        calls.append(1)
        if len(calls) == 2:
            stop.set()

    found = run(chat=ToldChat(REWORDED, before=stopping), rounds=5, stop=stop)
    assert texts(found) == [REWORDED] and found.stopped
    assert len(calls) == 2 and found.drawn == SAMPLES, "no round is begun after the stop"


def test_a_stop_while_the_larger_model_verifies_is_no_error(run):
    stop = threading.Event()
    chat = ToldChat(REWORDED, before=lambda: None)
    own = larger()
    weigh = own.chat.weigh
    own.chat.weigh = lambda *asked: (stop.set(), weigh(*asked))[1]
    found = run(chat=chat, larger=own, stop=stop)
    assert found.stopped and texts(found) == []
    assert [variant.reasons for variant in found.variants] == [(LATE,)]


def test_an_error_of_the_larger_model_is_not_swallowed(run):
    own = larger()

    def failing(*asked: object) -> None:
        raise ModelError(STOPPED)

    own.chat.weigh = failing
    with pytest.raises(ModelError):
        run(REWORDED, larger=own, stop=threading.Event())


def test_after_its_time_a_run_begins_nothing_more_and_says_so(run):
    slow = ToldChat(OPENED, REWORDED, before=lambda: time.sleep(0.3))
    found = run(chat=slow, rounds=5, seconds=0.2, larger=larger())
    assert found.stopped and found.drawn == SAMPLES
    assert texts(found) == [OPENED], "the same words need nobody's time"
    assert [variant.reasons for variant in found.variants] == [(), (LATE,)]
    assert run(REWORDED, seconds=-1).drawn == 0


def test_a_run_that_has_enough_was_not_stopped(run):
    stop = threading.Event()
    found = run(chat=ToldChat(REWORDED), n=1, stop=stop, rounds=1)
    assert not found.stopped and len(found.accepted) == 1
