"""Scenes as talks with one character: what trains, what is held out, and what is never learned."""

from __future__ import annotations

import json
from dataclasses import replace

import harbour
import pytest

from samovar.character.persona import HOUSE
from samovar.character.prompt import turns
from samovar.errors import InputError
from samovar.records import Fact, Turn
from training.corpora.transcripts import Line
from training.lessons.character import prompts, talks
from training.lessons.character.duplicates import repeated
from training.lessons.character.lines import cleaned
from training.lessons.character.notes import Notes, retold
from training.lessons.character.scenes import LONGEST, changes, scenes
from training.lessons.character.windows import Cut, windows


def clean():
    return cleaned(harbour.lines(), harbour.SERIES).lines


def talk(*said):
    return [Line(name, text) for name, text in said]


def test_a_scene_ends_where_everybody_but_the_lead_changes():
    said = [("Anna", "a"), ("Fox", "b"), ("Anna", "c"), ("Fox", "d"), ("Cook", "e"), ("Fox", "f")]
    assert changes([name for name, _ in said], "Fox") == [4]
    assert len(scenes(talk(*said), "Fox")) == 1, "a passage as short as a scene is one"
    long = [Line(name, "Row!") for name in ["Anna", "Fox"] * 20 + ["Cook", "Fox"] * 20]
    assert [len(scene) for scene in scenes(long, "Fox")] == [40, 40]


def test_marks_and_the_longest_scene_part():
    marked = [Line("Anna", "a", scene=0), Line("Anna", "b", scene=1), Line("Anna", "c", 2)]
    assert [len(scene) for scene in scenes(marked, "Fox")] == [1, 1, 1]
    assert [len(scene) for scene in scenes([Line("Anna", "a")] * (LONGEST + 5), "Fox")] == [
        LONGEST,
        5,
    ]


def test_a_window_joins_lines_and_ends_with_a_learned_reply():
    scene = talk(
        ("Fox", "Nobody asked."),
        ("Anna", "Land."),
        ("Anna", "Ahead."),
        ("Cook", "Finally."),
        ("Fox", "Drop the anchor."),
        ("Fox", "Right here."),
        ("Anna", "Aye."),
        ("Fox", "Good."),
    )
    [window] = windows(scene, "Fox", Cut())
    assert [(turn.mine, turn.text) for turn in window.turns] == [
        (False, "Land. Ahead.\nFinally."),
        (True, "Drop the anchor. Right here."),
    ], "his first line answers nobody, his last is too short to learn"
    [named] = windows(scene, "Fox", Cut(named=True, shortest=1))
    assert named.turns[0].text == "Anna: Land. Ahead.\nCook: Finally." and named.reply == "Good."
    assert [turn.learned for turn in named.turns] == [False, True, False, True]


def test_no_turn_stands_in_two_windows():
    scene = talk(*((name, f"line {at} of many") for at, name in enumerate(["Anna", "Fox"] * 10)))
    found = list(windows(scene, "Fox", Cut(context=3)))
    texts = [turn.text for window in found for turn in window.turns]
    assert len(found) == 5 and len(texts) == len(set(texts)) == 20
    assert all(len(window.turns) == 4 for window in found)


def test_only_talks_with_one_other_person():
    scene = talk(
        ("Anna", "Is it far?"),
        ("Fox", "Very far indeed."),
        ("Cook", "Soup?"),
        ("Fox", "No, thank you."),
    )
    assert not list(windows(scene, "Fox", Cut(alone=True)))
    assert list(windows(scene[:2], "Fox", Cut(alone=True)))


def test_seasons_are_held_out_and_nothing_of_them_trains():
    found = talks.talks(clean(), harbour.SERIES, Cut())
    seasons = {name: {window.season for window in rows} for name, rows in found.parts.items()}
    assert seasons == {"training": {1}, "validation": {2}, "test": {3}}
    learned = {text for window in found.parts["training"] for text in window.replies}
    held = {
        text for name in ("validation", "test") for w in found.parts[name] for text in w.replies
    }
    assert learned and held and not learned & held


def test_a_reply_of_a_held_out_season_does_not_train():
    lines = [
        *clean(),
        Line("Anna", "What now?", 1, scene=90),
        Line("Fox", "Pull the blue rope before noon, number 20!!", 1, scene=90),
        Line("Anna", "And then?", 1, scene=90),
        Line("Fox", "Then mend the large grey sail.", 1, scene=90),
    ]
    found = talks.talks(lines, harbour.SERIES, Cut())
    [last] = [w for w in found.parts["training"] if "grey sail" in w.reply]
    assert last.turns[1].text.startswith("Pull the blue") and last.replies == [last.reply]
    assert found.repeated


def test_without_seasons_scenes_are_held_out():
    lines = [
        replace(line, season=None, scene=line.scene + 10 * (line.season or 0)) for line in clean()
    ]
    found = talks.talks(lines, replace(harbour.SERIES, test=None, validation=None), Cut())
    assert found.parts["training"] and sum(map(len, found.parts.values())) == 24
    again = talks.talks(lines, replace(harbour.SERIES, test=None, validation=None), Cut())
    assert found == again


def test_a_character_who_answers_nobody():
    with pytest.raises(InputError, match="Nemo answers nobody") as caught:
        talks.talks(clean(), replace(harbour.SERIES, speaker="Nemo"), Cut())
    assert "Anna" in str(caught.value)


def test_repetitions_are_found_by_letters():
    texts = [
        "We sail for the northern islands at dawn.",
        "The cook has burnt our only pot of porridge.",
        "We sail for the northern island at dawn!",
        "the cook has burnt our only pot of porridge",
        "Nobody ever told me about a leak in the hull.",
    ]
    assert repeated(texts).tolist() == [False, False, True, True, False]
    assert repeated(["Yes."]).tolist() == [False]


def test_the_prompt_is_that_of_serving():
    found = talks.talks(clean(), harbour.SERIES, Cut())
    [row, *_] = talks.pairs(found.parts["training"], harbour.SERIES, "en")
    window = found.parts["training"][0]
    history = [Turn("assistant" if t.mine else "user", t.text) for t in window.turns[:-2]]
    served = turns(HOUSE, history, window.turns[-2].text, "en", ())
    assert prompts.prompt(row["source"], "en") == served
    assert row["target"] == window.reply and row["earlier"] == window.replies[:-1]


FACTS = (
    Fact("f-1", "House keeps a stuffed raven above the harbour office.", "office"),
    Fact("f-2", "House paints the lighthouse every autumn.", "office"),
    Fact("f-3", "Fox broadcast the lighthouse episode.", "series"),
)


def test_notes_stand_only_beside_replies_that_share_their_words():
    found = Notes(FACTS, ("House",)).of(
        ["I stuffed that raven for the office.", "Not today, House."]
    )
    assert [[fact.id for fact in facts] for facts in found] == [["f-1"], []]
    window = next(
        windows(talk(("Anna", "Whose bird?"), ("Fox", "A raven, stuffed.")), "Fox", Cut())
    )
    [row] = talks.pairs([window], harbour.SERIES, "en", Notes(FACTS, ("House",)))
    said = prompts.prompt(row["source"], "en")[-1].text
    assert said.startswith("Notes: I keep a stuffed raven") and said.endswith(
        "Question: Whose bird?"
    )


def test_facts_are_retold_in_the_first_person_from_the_notes():
    rows = list(retold(FACTS, HOUSE))
    assert [reply for _, reply, _ in rows[::2]] == [
        "I keep a stuffed raven above the harbour office.",
        "I paint the lighthouse every autumn.",
    ], "what is said of the programme is not his to say"
    for number, (message, _, notes) in enumerate(rows):
        fact = FACTS[number // 2]
        assert fact in notes and any(word in message for word in fact.text.strip(".").split())
    assert len({message for message, _, _ in rows}) == 4
    [first, *_] = talks.of_facts(FACTS, HOUSE)
    assert json.loads(first["source"])["said"][0][0] == "user" and first["origin"] == "samovar"
