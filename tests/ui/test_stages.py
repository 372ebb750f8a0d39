"""What is heard of a request while it runs, and that nothing runs on when nobody listens."""

from __future__ import annotations

import pickle
import threading
import time

import pytest

from samovar.ui.answering import stages
from samovar.ui.answering.stages import Stage, Staged


def test_pieces_come_with_the_progress_between_them():
    staged = Staged(threading.Event())

    def pieces():
        staged.progress(1, 2)
        yield "one"
        staged.progress(2, 2)
        yield "two"

    assert list(staged.run(pieces)) == [Stage(1, 2), "one", Stage(2, 2), "two"]


def test_what_breaks_a_request_off_is_raised_where_it_is_told():
    def pieces():
        yield "one"
        raise ValueError("broken")

    heard = Staged(threading.Event()).run(pieces)
    assert next(heard) == "one"
    with pytest.raises(ValueError, match="broken"):
        next(heard)


def test_a_request_that_nobody_hears_is_stopped_and_ends_before_it_is_left():
    stop, ended = threading.Event(), threading.Event()

    def pieces():
        try:
            while not stop.is_set():
                yield time.monotonic()
                time.sleep(0.01)
        finally:
            ended.set()

    heard = Staged(stop).run(pieces)
    next(heard)
    heard.close()
    assert stop.is_set() and ended.is_set()


def test_the_model_that_is_loaded_is_named(monkeypatch):
    loading = iter(["Big Model", "Big Model", ""])

    class Shelf:
        def loading(self) -> str:
            return next(loading, "")

    monkeypatch.setattr(stages, "shelf", Shelf)
    monkeypatch.setattr(stages, "LOOK", 0.02)
    done = threading.Event()

    def pieces():
        done.wait(5)
        yield "answer"

    told = []
    for found in Staged(threading.Event()).run(pieces):
        told.append(found)
        if found == Stage():
            done.set()
    assert told == [Stage(loading="Big Model"), Stage(), "answer"]
    assert "Big Model" in told[0].say("en") and "Big Model" in told[0].say("ru")


@pytest.mark.parametrize(("stage", "said"), [(Stage(3, 8), "3 of 8"), (Stage(), "")])
def test_a_stage_is_said(stage, said):
    assert stage.say("en") == said


def test_progress_goes_to_another_process_where_nobody_hears_it():
    pickle.loads(pickle.dumps(Staged(threading.Event()).progress))(1, 2)
