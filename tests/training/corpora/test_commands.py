"""Readers of command sets on small files of the same formats, and templates made of them."""

import gzip
import json

from training.corpora import commands
from training.corpora.commands import Command
from training.lessons.inference.templates import fits, open_slots, wording


def packed(path, text):
    path.write_bytes(gzip.compress(text.encode()))


def command(text, *slots):
    return Command(text, "add", slots, "snips")


TIMES = frozenset({("snips", "time")})
OPEN_SLOTS = frozenset({("snips", "song"), ("snips", "city"), ("snips", "list")})


def test_clinc150_reads_one_part(tmp_path):
    parts = {"train": [["roll a  die", "roll_dice"]], "val": [["flip it", "flip_coin"]]}
    packed(tmp_path / "clinc150_train_val.json.gz", json.dumps(parts))
    assert list(commands.read_clinc150(tmp_path)) == [
        Command("roll a die", "roll_dice", (), "clinc150")
    ]
    assert [one.intent for one in commands.read_clinc150(tmp_path, "val")] == ["flip_coin"]


def test_banking77_reads_quoted_fields_over_two_lines(tmp_path):
    (tmp_path / "train.csv").write_text('text,category\n"Where is it,\n please?",arrival\n')
    assert next(commands.read_banking77(tmp_path)).text == "Where is it, please?"


def test_snips_slots_are_offsets(tmp_path):
    row = {"text": "Add Élan  Vital to my mix", "intent": "Add", "slots": [[4, 15, "track"]]}
    packed(tmp_path / "snips_train.jsonl.gz", json.dumps(row) + "\n")
    assert next(commands.read_snips(tmp_path)).slots == (("track", "Élan Vital"),)


def test_hwu64_slots_stand_in_brackets(tmp_path):
    text = (
        "answerid,scenario,intent,annotation,text\n"
        "1,alarm,set,wake me [date : tomorrow] at [time : ten am],wake me tomorrow at ten am\n"
    )
    packed(tmp_path / "hwu64_train.csv.gz", text)
    found = next(commands.read_hwu64(tmp_path))
    assert found.intent == "alarm_set"
    assert found.slots == (("date", "tomorrow"), ("time", "ten am"))


def test_a_template_borrows_open_values_and_keeps_closed_ones():
    one = command("add the song Oslo to my list", ("kind", "song"), ("song", "Oslo"))
    other = command("put the song Bergen on my list", ("kind", "song"), ("song", "Bergen"))
    first, second = wording(one, OPEN_SLOTS), wording(other, OPEN_SLOTS)
    assert first.template == "add the song {song} to my list"
    assert first.group == second.group
    assert second.filled(dict(first.values)) == "put the song Oslo on my list"
    album = command("add the album Oslo to my list", ("kind", "album"), ("song", "Oslo"))
    assert wording(album, OPEN_SLOTS).group != first.group


def test_a_slot_that_comes_twice_makes_no_template():
    assert wording(command("from A to B", ("city", "A"), ("city", "B")), OPEN_SLOTS) is None
    assert wording(command("to Rome", ("city", "Paris")), OPEN_SLOTS) is None


def test_a_value_takes_its_preposition_with_it():
    inside = wording(command("a hotel in Rome", ("city", "Rome")), OPEN_SLOTS)
    bare = wording(command("Paris hotels", ("city", "Paris")), OPEN_SLOTS)
    assert not fits(inside, bare)
    assert fits(inside, inside)


def test_a_phrase_does_not_become_a_noun():
    later = wording(command("what comes in an hour", ("time", "in an hour")), TIMES)
    noun = wording(command("the noon news", ("time", "noon")), TIMES)
    assert not fits(later, noun)


def test_an_article_must_suit_the_value():
    vowel = wording(command("play an Abba song", ("song", "Abba")), OPEN_SLOTS)
    consonant = wording(command("play a Blur song", ("song", "Blur")), OPEN_SLOTS)
    assert not fits(vowel, consonant)
    assert not fits(consonant, vowel)


def test_slots_are_open_by_their_number_of_values_unless_they_name_a_kind():
    listed = [command(f"go to {n}", ("city", str(n)), ("food_type", str(n))) for n in range(60)]
    listed += [command(f"rate {n}", ("rating", str(n % 6))) for n in range(60)]
    assert open_slots(listed) == {("snips", "city")}
