"""The blind comparison: nothing tells the rater who wrote what, and the key gives it back."""

import csv
import json

from eval.marketing import blind
from eval.marketing.tasks import tasks
from samovar.models.shelf import shelf

LISTED = [
    {
        "column": column,
        "sheet": sheet,
        "channel": "post",
        "tone": "bold",
        "text": f"{column} {sheet}",
    }
    for sheet in ("tea", "mug", "pan")
    for column in ("base", "lora", "checked")
    if (sheet, column) != ("pan", "lora")
]


def test_a_task_that_a_column_lacks_is_left_out_and_the_order_changes():
    rows, key = blind.shuffled(LISTED, dict.fromkeys(("tea", "mug", "pan"), "facts"), 1)
    assert [row["sheet"] for row in rows] == ["facts"] * 2 and set(key) == {"1", "2"}
    for row in rows:
        told = {letter: row[letter].split()[0] for letter in "ABC"}
        assert told == key[row["id"]]
    orders = {
        tuple(
            blind.shuffled(LISTED, dict.fromkeys(("tea", "mug", "pan"), ""), seed)[1]["1"].values()
        )
        for seed in range(12)
    }
    assert len(orders) > 2


def test_what_raters_wrote_is_counted_by_column(tmp_path):
    path = tmp_path / "blind.csv"
    rows, key = blind.shuffled(LISTED, dict.fromkeys(("tea", "mug", "pan"), "facts"), 3)
    letter = {row["id"]: {name: at for at, name in key[row["id"]].items()} for row in rows}
    rows[0] |= {"best": letter["1"]["checked"], "usable": "A, b,C"}
    rows[1] |= {"best": " none ", "usable": letter["2"]["base"]}
    blind.save(path, rows, key)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert blind.main(["--count", str(path)]) == 0
    found = blind.counted(path)
    assert found["best"] == {"checked": 1}
    assert found["usable"] == {"base": 2, "checked": 1, "lora": 1}
    assert found["rated"] == {"base": 2, "checked": 2, "lora": 2}


def test_the_command_writes_table_and_key(tmp_path):
    id = tasks(shelf().settings.data, "en", 1)[0].brief.id
    result = {"listed": [{**row, "sheet": id} for row in LISTED if row["sheet"] == "tea"]}
    (tmp_path / "marketing-en.json").write_text(json.dumps(result))
    out = tmp_path / "blind.csv"
    given = ["--language", "en", "--results", str(tmp_path), "--out", str(out)]
    assert blind.main(given) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert sorted(row[letter] for letter in "ABC") == ["base tea", "checked tea", "lora tea"]
    assert not {"base", "lora", "checked"} & set(row)
