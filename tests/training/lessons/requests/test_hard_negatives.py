"""Negatives that are made from the frames of rewordings."""

import pytest

from samovar.models.shelf import shelf
from training.corpora.requests import RequestPair
from training.lessons.requests.hard_negatives import with_negatives


def of(source, *same, language="en"):
    return [RequestPair(source, text, True, "synonym", language) for text in same]


DOOR = of("Shut the gate unless it rains.", "Close the gate unless there is rain.")
BEDS = of("погаси свет, если я усну", "Выключи лампу, если я усну.", language="ru")


@pytest.fixture(scope="module")
def parsers():
    return {language: shelf().parser(language) for language in ("en", "ru")}


def test_a_rewording_is_turned_into_something_else(parsers):
    found = with_negatives([*DOOR, *BEDS], parsers, 1, 0)
    assert found[0] == DOOR[0] and found[2] == BEDS[0], "each stands behind its own request"
    for old, new in ((DOOR[0], found[1]), (BEDS[0], found[3])):
        assert (new.source, new.language, new.same) == (old.source, old.language, False)
        assert new.text not in (old.text, old.source) and new.kind != old.kind
    shared = set(found[1].text.split()) & set(DOOR[0].text.split())
    assert len(shared) >= 4, "made from the rewording, not from the request"


def test_no_more_than_asked_for_and_the_same_again(parsers):
    pairs = of(
        "Shut the gate unless it rains.", *(f"Lock gate {at} if it rains." for at in range(4))
    )
    assert with_negatives(pairs, parsers, 0, 0) == pairs
    found = with_negatives(pairs, parsers, 2, 0)
    assert len(found) == len(pairs) + 2 and found == with_negatives(pairs, parsers, 2, 0)


def test_a_request_without_rewordings_is_turned_itself(parsers):
    alone = [RequestPair("Open the gate if it rains.", "Paint it.", False, "verb", "en")]
    assert len(with_negatives(alone, parsers, 1, 0)) == 2
