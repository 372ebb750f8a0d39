"""The door: so many inside at once, and Stop reaches the right request."""

import pytest

from samovar.errors import BusyError
from samovar.ui.answering.door import Door


def test_one_more_than_the_limit_is_told_that_it_is_busy():
    door = Door(2)
    with door.enter("a", "ner"), door.enter("b", "ner"):
        with pytest.raises(BusyError) as busy, door.enter("c", "ner"):
            pass
        assert "2 requests" in busy.value.say("en")
        assert "Самовар занят" in busy.value.say("ru")
    with door.enter("c", "ner"):
        pass


def test_a_request_that_fails_gives_its_place_back():
    door = Door(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), door.enter("a", "ner"):
            raise ZeroDivisionError
    with door.enter("a", "ner") as stop:
        assert not stop.is_set()


def test_stop_reaches_this_visitor_and_this_tool_only():
    door = Door(3)
    with (
        door.enter("a", "ner") as mine,
        door.enter("b", "ner") as other,
        door.enter("a", "search") as second,
    ):
        door.stop("a", "ner")
        assert (mine.is_set(), other.is_set(), second.is_set()) == (True, False, False)
    door.stop("a", "ner")  # nothing runs: no error


def test_stop_reaches_the_latest_of_two_requests():
    door = Door(2)
    with door.enter("a", "ner"):
        second = door.enter("a", "ner")
        stop = second.__enter__()
    door.stop("a", "ner")
    assert stop.is_set()
    second.__exit__(None, None, None)


def test_leaving_sets_the_event_so_that_workers_end():
    with Door(1).enter("a", "ner") as stop:
        pass
    assert stop.is_set()
