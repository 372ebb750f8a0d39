"""Topics that are easily taken for each other, and the batches they make."""

from __future__ import annotations

from letters import Letters
from told_topics import topics

from training.lessons.retrieval import neighbours


def test_neighbours_are_of_the_same_origin_and_never_translations():
    told = topics()
    near = neighbours.mined(told, Letters())
    for at, others in enumerate(near):
        assert at not in others and len(others) >= 7
        for other in others[:7]:
            assert told[other].origin == told[at].origin and told[other].key != told[at].key


def test_a_large_data_set_does_not_drown_the_others():
    told = topics()
    kept = neighbours.drawn(told, 5, 0)
    assert [topic.origin for topic in kept] == ["xquad"] * 5 + ["nqg_squad"] * 5
    assert neighbours.drawn(told, 100, 0) == told and kept == neighbours.drawn(told, 5, 0)


def test_a_plan_holds_every_topic_once_and_keeps_families_together():
    told = topics()
    near = [[(at + 1) % 16] if at < 16 else [] for at in range(24)]
    cut = neighbours.plan(told, near, 4, 2, "seed")
    assert sorted(at for batch in cut for at in batch) == list(range(24))
    assert all(len({told[at].origin for at in batch}) == 1 for batch in cut)
    assert (
        cut == neighbours.plan(told, near, 4, 2, "seed") != neighbours.plan(told, near, 4, 2, "x")
    )
    pairs = [(batch[i], batch[i + 1]) for batch in cut for i in range(len(batch) - 1)]
    assert any((one + 1) % 16 == two for one, two in pairs if one < 16)
