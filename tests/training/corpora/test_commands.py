"""Readers of command sets on small files of the same formats."""

import gzip
import json

from training.corpora import commands
from training.corpora.commands import Command


def packed(path, text):
    path.write_bytes(gzip.compress(text.encode()))


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
