"""The evaluation on a scripted model: rows are kept, verdicts stay, an adapter that is missing is said."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from service.serving import ScriptedChat, ScriptedShelf

from eval.marketing import columns, generation, table
from eval.marketing.columns import COLUMNS, Texts
from eval.marketing.rows import Rows, identity
from eval.marketing.tasks import CHANNELS, tasks
from samovar.errors import ModelError
from samovar.marketing import endpoint
from samovar.models.shelf import shelf
from samovar.settings import Settings


class Copying(ScriptedChat):
    """Write the first fact of the sheet, the second sample with a discount."""

    def stream(self, request, stop=None):
        self.asked.append(request)
        sheet = request.turns[-1].text
        name = sheet.split("Product: ")[1].split("\n")[0]
        fact = sheet.split("Facts: ")[1].split(";")[0]
        more = " Half price today." if request.sampling.seed % 2 else ""
        yield f"{name}. "
        yield f"{fact}.{more}"


@pytest.fixture
def models(monkeypatch, tmp_path):
    """A shelf whose chat model is scripted; no adapter is on it."""
    settings = replace(Settings.from_env(), assets=tmp_path / "assets")
    found = ScriptedShelf(settings, Copying())
    monkeypatch.setattr(generation, "shelf", lambda: found)
    return found


def run(tmp_path, *more):
    given = ["--language", "en", "--most", "2", "--columns", "base"]
    folders = ["--runs", str(tmp_path / "runs"), "--results", str(tmp_path / "results")]
    assert generation.main([*given, *folders, *more]) == 0
    return json.loads((tmp_path / "results" / "marketing-en.json").read_text(encoding="utf-8"))


def test_a_stopped_run_goes_on_and_verdicts_stay(models, tmp_path):
    result = run(tmp_path)
    asked = len(models.scripted.asked)
    figures = result["columns"]["base"]["figures"]
    assert (figures["tasks"], figures["texts"], asked) == (2, 6, 6)
    assert figures["kinds"]["discount"] == 2 and 0 < figures["unsupported"]["value"] < 1
    assert len(result["listed"]) == 6 and result["listed"][0]["usable"] is None
    bad = next(row for row in result["listed"] if "Half price" in row["text"])
    bad |= {"usable": False, "unsupported": True, "why": "a discount"}
    path = tmp_path / "results" / "marketing-en.json"
    path.write_text(json.dumps(result), encoding="utf-8")
    again = run(tmp_path)
    assert len(models.scripted.asked) == asked
    assert [row["why"] for row in again["listed"]].count("a discount") == 1
    said = "\n".join(table.texts(again))
    assert "100% of 1" in said and "Checks and reader agree on" in said and "discount 2" in said
    run(tmp_path, "--fresh")
    assert len(models.scripted.asked) == 2 * asked


def test_a_column_needs_its_adapter(models):
    chat = models.scripted
    assert columns.adapter(chat, COLUMNS["base"], models) is None
    with pytest.raises(ModelError, match=r"no adapter of advertising.*training\.chat"):
        columns.adapter(chat, COLUMNS["checked"], models)


def test_the_checked_column_goes_through_the_tool(models, monkeypatch):
    [task] = tasks(models.settings.data, "en", 1)
    monkeypatch.setattr(endpoint, "shelf", lambda: models)
    made = columns.written(models.scripted, COLUMNS["checked"], "tuned", task, models)
    assert len(made.texts) == 3 and not any("Half price" in text for text in made.texts[:1])
    assert {request.adapter for request in models.scripted.asked} == {"tuned"}
    assert 0 < made.first_seconds <= made.seconds


@pytest.mark.parametrize(("language", "sheets"), [("en", 18), ("ru", 16)])
def test_every_sheet_comes_in_three_channels(language, sheets):
    found = tasks(shelf().settings.data, language, 0)
    assert len({task.key for task in found}) == len(found) == 3 * sheets
    assert set(Counter(task.brief.id for task in found).values()) == {3}
    assert all(len({t.channel for t in found if t.brief.id == one.brief.id}) == 3 for one in found)
    counts = Counter(task.channel for task in found)
    assert set(counts) == set(CHANNELS) and max(counts.values()) - min(counts.values()) <= 2
    assert len({task.brief.id for task in found[:sheets]}) == sheets


def test_rows_of_another_prompt_or_adapter_do_not_count(models, tmp_path):
    [task] = tasks(models.settings.data, "en", 1)
    asked = columns.requests(task, None, models)
    own = identity(asked, "m", "")
    assert (
        own
        != identity(asked, "m", "a1b2")
        != identity(columns.requests(task, "a", models), "m", "a1b2")
    )
    rows = Rows(tmp_path / "rows.jsonl", fresh=False)
    rows.put(task, own, Texts(("a", "b"), 0.1, 0.2))
    with (tmp_path / "rows.jsonl").open("a") as out:
        out.write('{"task": "to')
    read = Rows(tmp_path / "rows.jsonl", fresh=False)
    assert read.get(task, own) == Texts(("a", "b"), 0.1, 0.2)
    assert read.get(task, "other") is None
