import json

import pytest

from eval import report, speed
from samovar.figures import provenance
from samovar.figures.results import RESULTS

VALUES = {
    "one_chat": [100.0, 90.0, 110.0],
    "eight_chats": [400.0, 500.0, 360.0],
    "first_token_seconds": [0.05, 0.04, 0.06],
    "transformers_float32": [20.0, 20.0, 20.0],
    "transformers_bfloat16": [40.0, 39.0, 41.0],
}


def test_ratios_are_of_medians_and_of_the_better_transformers():
    found = speed.summary(VALUES)
    assert (found["eight_to_one"], found["one_to_transformers"]) == (4.0, 2.5)
    assert found["medians"]["first_token_seconds"] == 0.05


def test_no_two_questions_of_a_run_are_equal():
    asked = {speed.question(n, r) for n in range(speed.CHATS) for r in range(-1, 7)}
    assert len(asked) == speed.CHATS * 8


def written(folder):
    origin = provenance.here(seed=0, wall_seconds=12.34, data="d", size=8, libraries=("pytest",))
    measured = {"model": "m", "engine": "e", "tokens": 64, **speed.summary(VALUES)}
    return provenance.write("speed", measured, origin, folder)


def test_a_result_says_where_it_comes_from(tmp_path):
    origin = json.loads(written(tmp_path).read_text())["origin"]
    assert origin["wall_seconds"] == 12.3
    assert origin["libraries"]["pytest"] == pytest.__version__
    assert "cores" in origin["hardware"]
    assert origin["command"] and origin["commit"]
    assert [path.name for path in tmp_path.iterdir()] == ["speed.json"]


def test_a_marked_table_is_drawn_again_and_stays(tmp_path):
    written(tmp_path)
    text = "before\n<!-- table: speed -->\nold\n<!-- /table -->\nafter\n"
    new = report.filled(text, tmp_path)
    assert "| eight chats to one | 4.00 | times |" in new
    assert "| one chat | 100.00 | tokens/s |" in new
    assert new.startswith("before\n<!-- table: speed -->\n| what") and new.endswith("-->\nafter\n")
    assert "old" not in new
    assert report.filled(new, tmp_path) == new


def test_a_table_without_a_result_is_left_alone(tmp_path):
    text = "<!-- table: speed -->\nNot measured yet.\n<!-- /table -->"
    assert report.filled(text, tmp_path) == text


def test_a_marker_that_nothing_draws_is_an_error(tmp_path):
    with pytest.raises(KeyError, match="speeed"):
        report.filled("<!-- table: speeed -->\n<!-- /table -->", tmp_path)


def test_the_documents_are_up_to_date():
    assert report.main(["--check"]) == 0


def test_a_table_of_several_results_waits_for_all_of_them(tmp_path):
    text = "<!-- table: tools -->\nNot measured yet.\n<!-- /table -->"
    written(tmp_path)
    assert report.filled(text, tmp_path) == text
    assert "Not measured yet." not in report.filled(text)


@pytest.mark.parametrize("name", ("tools", "tools-ru"))
def test_the_table_of_tools_has_every_tool(name):
    lines = report.TABLES[name].lines(RESULTS)
    assert len({line.count("|") for line in lines}) == 1
    assert sum(line.endswith("| – |") for line in lines) >= 3
    for model in ("SmolLM2", "Gemma", "search-e5", "ner-e5", "Natasha"):
        assert any(model in line for line in lines), model


def test_readme_and_all_of_docs_are_written():
    names = {path.name for path in report.documents()}
    assert {"README.md", "README.ru.md", "REPORT.md", "models.md"} <= names
