"""Pairs that follow from others: their labels, and how many there are."""

from training.corpora.requests import RequestPair
from training.lessons.requests.crossed import OTHER, SAME, crossed, half_turned, turned


def of(source, same, other, language="en"):
    """Return the pairs of one request."""
    told = [*((text, True) for text in same), *((text, False) for text in other)]
    return [RequestPair(source, text, yes, f"kind of {text}", language) for text, yes in told]


LAMP = of("dim the lamp", ["lower the light", "less light"], ["dim the screen"])
MANY = of("stop", [f"halt {at}" for at in range(5)], [f"go {at}" for at in range(5)])


def test_labels_follow():
    found = crossed(LAMP, 0)
    assert found[:3] == LAMP
    assert {(pair.source, pair.text, pair.same) for pair in found[3:]} == {
        ("lower the light", "less light", True),
        ("less light", "lower the light", True),
        ("lower the light", "dim the screen", False),
        ("less light", "dim the screen", False),
    }
    assert all(pair.kind == f"kind of {pair.text}" for pair in found)


def test_no_text_stands_beside_itself():
    doubled = of("dim the lamp", ["less light", "less light", "lower it"], [])
    assert all(pair.source != pair.text for pair in crossed(doubled, 0))


def test_a_request_of_many_texts_gives_no_more_than_others():
    found = crossed(MANY, 0)[len(MANY) :]
    assert [sum(pair.same is same for pair in found) for same in (True, False)] == [SAME, OTHER]
    assert len(set(found)) == SAME + OTHER


def test_the_seed_decides():
    assert crossed(MANY, 1) == crossed(MANY, 1) != crossed(MANY, 2)


def test_requests_do_not_mix():
    twin = of("dim the lamp", ["убавь свет"], ["убавь звук"], "ru")
    found = crossed([*LAMP, *twin, *MANY], 0)
    russian = [pair for pair in found if pair.language == "ru"]
    assert {pair.source for pair in russian} == {"dim the lamp", "убавь свет"}
    assert {pair.text for pair in russian} == {"убавь свет", "убавь звук"}
    assert found[: len(crossed(LAMP, 0))] == crossed(LAMP, 0)


def test_half_of_the_pairs_are_turned():
    pairs = crossed([*LAMP, *MANY], 0) * 10
    found = half_turned(pairs, 0)
    kept = sum(new == old for new, old in zip(found, pairs, strict=True))
    assert 0.35 < kept / len(pairs) < 0.65
    assert all(new in (old, turned(old)) for new, old in zip(found, pairs, strict=True))
    assert half_turned(pairs, 0) == found != half_turned(pairs, 1)
    assert turned(turned(LAMP[0])) == LAMP[0] and turned(LAMP[2]).same is False
