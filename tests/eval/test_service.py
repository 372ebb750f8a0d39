"""The load of many clients: what counts as a fault, and a small run against a scripted service."""

import asyncio
from dataclasses import replace

import pytest
from service.serving import ScriptedChat, ScriptedShelf, serving

from eval.service import figures
from eval.service.client import Client, Seen
from eval.service.conversations import conversation, marker
from eval.service.leaving import left
from eval.service.measurement import LEAVERS, Load
from eval.service.table import service
from samovar.settings import Settings

MODEL = "smollm2-135m-instruct"
FINE = Seen(0, MODEL, "Bababa", "Bababa lives.", 4, 0.1, 0.4)
OTHER = replace(FINE, client=1, word="Dododo", text="Dododo sleeps.")
OPENING = replace(FINE, model="house", opening="Who is Wilson?", facts=("house-001", "house-002"))


def test_every_conversation_has_a_word_of_its_own():
    words = [marker(number) for number in range(5000)]
    assert len(set(words)) == 5000 and {len(word) for word in words} == {6}
    for model in (MODEL, "house", "data"):
        turns = list(conversation(model, 3, "Dododo"))
        assert sum("Dododo" in turn.text for turn in turns) >= 2
        assert bool(turns[0].opening) == (model != MODEL) == (turns[-1].schema is None)


@pytest.mark.parametrize(
    ("seen", "fault", "count"),
    [
        ([FINE, OTHER], "foreign_words", 0),
        ([FINE, replace(OTHER, text="Bababa, Dododo.")], "foreign_words", 1),
        ([FINE, replace(OTHER, written=False)], "words_missing", 1),
        ([FINE, replace(OTHER, text="")], "silent", 1),
        ([OPENING, OPENING], "openings_with_other_facts", 0),
        ([OPENING, replace(OPENING, facts=("house-001",))], "openings_with_other_facts", 1),
        ([OPENING, replace(OPENING, facts=(), error="x")], "openings_with_other_facts", 0),
    ],
)
def test_what_counts_as_a_fault(seen, fault, count):
    assert figures.faults(seen)[fault] == count


def test_a_small_run_finds_no_fault_and_frees_the_places_of_who_leaves():
    keys = tuple(f"key{number}" for number in range(6 + LEAVERS))
    shelf = ScriptedShelf(Settings(keys=keys, running=3), ScriptedChat(0.005))
    with serving(shelf) as served:

        async def run():
            load = Load(served.url, keys, [MODEL])
            await load.warm()
            one = await load.alone(MODEL, 0.5)
            many = await load.together(6, 1.0)
            await load.close()
            client = Client(served.url, keys[0], 0)
            milliseconds = await left(client, MODEL, 0.01)
            await client.close()
            return one, many, milliseconds

        one, many, milliseconds = asyncio.run(run())
    faults = figures.faults([*one.turns, *many.turns])
    assert not any(faults[name] for name in ("errors", "foreign_words", "words_missing", "silent"))
    assert {seen.client for seen in many.turns} == set(range(6))
    assert milliseconds < 1000
    alone, together = (figures.speed(phase.turns, phase.seconds) for phase in (one, many))
    assert together[MODEL]["turns"] == len(many.turns)
    result = {
        "models": [MODEL],
        "clients": 6,
        "one": alone,
        "many": together,
        "many_seconds": 1.0,
        "faults": faults,
        "shares": figures.shares(many.turns, 6),
        "left_milliseconds": {
            "under_load": figures.quantiles([3.0]),
            "quiet": figures.quantiles([]),
        },
    }
    said = "\n".join(service(result))
    assert "0 errors, 0 answers with signs" in said and "at most 3 (1 times)" in said


def test_a_refusal_is_an_error_of_the_turn():
    shelf = ScriptedShelf(Settings(keys=("known",)), ScriptedChat())
    with serving(shelf) as served:

        async def run():
            client = Client(served.url, "unknown", 0)
            seen = [one async for one in client.talk(MODEL, "Bababa", lambda: True)]
            await client.close()
            return seen

        [seen] = asyncio.run(run())
    assert "401" in seen.error
