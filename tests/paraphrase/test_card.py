"""The card and the files of an answer, made by hand: what a visitor reads of it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from samovar import schema
from samovar.paraphrase import curve
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.card import CHECKS, body
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.curve import Curve
from samovar.paraphrase.export import downloads
from samovar.paraphrase.nlu.intents import NONE, SHIPPED, Guess, Guesses
from samovar.paraphrase.tab import shown
from samovar.records import Cost, Entailment, Reason, Variant, to_json
from samovar.settings import ROOT

HOSTILE = '<img src=x onerror="alert(1)">'
GOOD = Variant("Wake me at six", True, (), 0.97, 0.4)
OTHER = Variant("Remind me at six", True, (), 0.95, 0.5)
BAD = Variant("Wake him at six", False, (Reason("persons", "him", "as in the original"),), 0.9, 0.3)
RESULT = Paraphrases(
    "wake me up at six", 2, (), (GOOD, OTHER, BAD), 16, Cost(900.0, "smollm2-135m-instruct", "x")
)
ALARM = Guess("alarm", 0.97)
GUESSES = Guesses(
    ALARM,
    (Guess("alarm", 0.9), Guess("reminder_update", 0.61), Guess(NONE, 0.7)),
    SHIPPED,
    150,
    0.956,
    1497,
)
ENTAILED = Entailment(0.91, 0.06, 0.03)


def text(answer: Answer, language: str = "en") -> str:
    """The card without its tags."""
    found = re.sub(r"<[^>]+>", " ", str(body(answer, "ru" if language == "ru" else "en")))
    return " ".join(found.split())


def test_a_flip_is_marked_with_both_intents_and_probabilities() -> None:
    said = text(Answer(RESULT, GUESSES))
    assert "Remind me at six intent flips: alarm 0.97 → reminder update 0.61" in said
    assert "Wake him at six intent flips: alarm 0.97 → no known intent 0.70" in said
    assert said.count("intent flips:") == 2
    assert "1 intent flips" in said
    assert "It flips in 1 of the 2 accepted variants: reminder update (1)." in said
    assert "Of the rejected ones 1 of 1 flip." in said
    assert "Guessed by CLINC150: 150 intents, right on 96% of 1,497 held-out texts" in said


def test_a_flip_rejects_nothing() -> None:
    assert "2/2 accepted" in text(Answer(RESULT, GUESSES))
    assert "Rejected, and why (1)" in text(Answer(RESULT, GUESSES))


def test_an_intent_that_stays_is_said() -> None:
    same = replace(GUESSES, variants=(ALARM, ALARM, ALARM))
    assert "None of the 2 accepted variants changes it." in text(Answer(RESULT, same))
    assert "intent flips:" not in text(Answer(RESULT, same))


def test_without_a_classifier_the_page_says_what_to_do() -> None:
    assert "load a file with your own" in text(Answer(RESULT))
    assert "intent flips:" not in text(Answer(RESULT))


def test_columns_of_entailment_appear_where_it_was_asked() -> None:
    plain, asked = (
        text(Answer(RESULT)),
        replace(GOOD, forward=ENTAILED, backward=ENTAILED, score=0.88),
    )
    with_columns = text(Answer(replace(RESULT, variants=(asked, OTHER, BAD))))
    for header in ("Original ⇒ variant", "Variant ⇒ original", "Score"):
        assert header in with_columns and header not in plain
    assert "Wake me at six 0.970 40% 91% 91% 0.88" in with_columns
    assert "Remind me at six 0.950 50% – – –" in with_columns


def test_base_and_adapted_stand_side_by_side_with_their_counts() -> None:
    worse = replace(RESULT, variants=(GOOD, replace(OTHER, accepted=False, reasons=BAD.reasons)))
    said = text(Answer(RESULT, GUESSES, Answer(worse)))
    assert said.index("With the adapter 2/2 accepted") < said.index("Base model 1/2 accepted")
    assert "Both columns are the same" not in said
    assert "Both columns are the same" in text(Answer(RESULT, None, Answer(RESULT)))
    assert "Base model" not in text(Answer(RESULT))


def test_both_languages_have_their_own_words() -> None:
    said = text(Answer(RESULT, GUESSES, Answer(RESULT)), "ru")
    for part in ("намерение меняется: alarm 0.97 →", "вне намерений", "С адаптером", "Столбцы"):
        assert part in said
    assert "accepted" not in said and "flips" not in said


def test_text_from_outside_never_becomes_markup() -> None:
    hostile = replace(RESULT, original=HOSTILE, variants=(replace(GOOD, text=HOSTILE), OTHER, BAD))
    guesses = replace(GUESSES, original=Guess(HOSTILE, 0.5), source=HOSTILE)
    html = str(body(Answer(hostile, guesses, Answer(hostile)), "en"))
    assert "<img" not in html and "&lt;img" in html


def files(answer: Answer) -> dict[str, str]:
    return {download.name.rsplit(".")[-1]: download.text for download in downloads(answer)}


def test_files_hold_the_intents_except_for_rasa() -> None:
    found = files(Answer(RESULT, GUESSES))
    rows = list(csv.DictReader(io.StringIO(found["csv"])))
    assert [row["intent_flips"] for row in rows] == ["False", "True", "True"]
    assert rows[1]["intent"] == "reminder_update" and rows[1]["intent_probability"] == "0.61"
    lines = [json.loads(line) for line in found["jsonl"].splitlines()]
    assert lines[1]["text"] == "Remind me at six" and lines[1]["intent_flips"] is True
    assert (
        lines[0]["original_intent"] == "alarm" and lines[0]["original_intent_probability"] == 0.97
    )
    assert "intent: unnamed_intent\n" in found["yml"] and "reminder" not in found["yml"]


def test_files_hold_entailment_and_score_where_they_were_asked() -> None:
    asked = replace(GOOD, forward=ENTAILED, backward=ENTAILED, score=0.88)
    row = next(
        csv.DictReader(io.StringIO(files(Answer(replace(RESULT, variants=(asked,))))["csv"]))
    )
    assert (row["forward_entailment"], row["backward_neutral"], row["score"]) == (
        "0.91",
        "0.06",
        "0.88",
    )
    assert "score" not in files(Answer(RESULT))["csv"]
    assert "intent" not in files(Answer(RESULT))["csv"]


def test_an_answer_survives_its_file() -> None:
    answer = Answer(RESULT, GUESSES, Answer(RESULT))
    raw = json.loads(json.dumps(to_json(answer)))
    assert schema.record(raw, Answer) == answer


def test_the_card_links_its_files() -> None:
    found = shown(Answer(RESULT, GUESSES), "en")
    assert [one.name.rsplit(".")[-1] for one in found.downloads] == ["csv", "jsonl", "yml"]
    assert found.cost == RESULT.cost and "Remind me at six" in found.body


def test_every_check_has_its_name_on_the_page() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "samovar/paraphrase").glob("*.py")]
    named = set(re.findall(r'\bReason\(\s*"([^"]+)"', "".join(sources)))
    assert len(named) > 10 and named <= set(CHECKS)


POINTS = [
    {"threshold": 0.9, "precision": 0.98, "recall": 0.3},
    {"threshold": 0.1, "precision": 0.6, "recall": 1},
    {"threshold": 0.5, "precision": 0.9, "recall": 0.7},
]


def curve_of(folder: Path, **more: object) -> Curve | None:
    path = folder / "detector.json"
    path.write_text(json.dumps({"curve": POINTS, "origin": {"seed": 0}, **more}), "utf-8")
    return curve.read(folder)


def test_the_curve_is_drawn_from_the_measured_points(tmp_path: Path) -> None:
    found = curve_of(tmp_path)
    assert found is not None and [point.recall for point in found.curve] == [0.3, 0.7, 1.0]
    html = str(curve.section(found, "en"))
    coordinates = re.search(r'<polyline points="([^"]+)"', html)
    assert coordinates is not None
    places = [tuple(map(float, pair.split(","))) for pair in coordinates[1].split()]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert places[0][1] < places[1][1] < places[2][1], "higher precision is higher up"
    assert "at recall 0.30 its precision is 0.98, at recall 1.00 it is 0.60" in html
    assert html.count("<tr>") == 4 and "How strict is the check?" in html
    assert "Насколько строга" in str(curve.section(found, "ru")) and "<circle" not in html


def test_the_threshold_in_use_is_a_dot_on_the_curve(tmp_path: Path) -> None:
    found = curve_of(tmp_path, threshold=0.48)
    assert found is not None
    html = str(curve.section(found, "en"))
    assert "threshold in use, 0.50: precision 0.90, recall 0.70" in html
    x, y = re.search(r'<circle cx="([^"]+)" cy="([^"]+)"', html).groups()  # type: ignore[union-attr]
    assert f"{x},{y}" in html.split("polyline")[1]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"curve": [{"threshold": 1}]}', '{"curve": []}']
)
def test_without_a_measured_curve_there_is_no_section(tmp_path: Path, content: str) -> None:
    assert curve.read(tmp_path) is None
    (tmp_path / "detector.json").write_text(content, encoding="utf-8")
    assert curve.read(tmp_path) is None
