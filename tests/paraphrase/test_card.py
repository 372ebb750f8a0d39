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
from samovar.errors import StoreError
from samovar.examples import read
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.card import body
from samovar.paraphrase.core import BEYOND, Paraphrases
from samovar.paraphrase.export import downloads
from samovar.paraphrase.nlu.intents import NONE, SHIPPED, Guess, Guesses
from samovar.paraphrase.tab import shown
from samovar.records import Cost, Reason, Variant, to_json
from samovar.settings import Settings

HOSTILE = '<img src=x onerror="alert(1)">'
GOOD = Variant("Wake me at six", True, (), 0.97, 0.4, False, 0.88, ("polite", "question"))
OTHER = Variant("Remind me at six", True, (), 0.95, 0.5, True, 0.97, ("reworded",))
WHY = Reason("roles", "me: wake (subject)", "me: wake")
BAD = Variant("Wake him at six", False, (WHY,), 0.9, 0.3, True, 0.2, ("reworded",))
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


def test_the_columns_say_what_is_said_otherwise_and_how_sure_it_is() -> None:
    said = text(Answer(RESULT))
    assert "Variant Said otherwise New n-grams Similarity Same meaning" in said
    assert "Wake me at six opening, question 40% 0.970 88%" in said
    assert "Remind me at six other words 50% 0.950 97%" in said
    assert "1 of the accepted reword" in said
    russian = text(Answer(RESULT), "ru")
    assert "Вариант Что изменено Новых n-грамм Сходство Тот же смысл" in russian
    assert "Remind me at six другие слова 50% 0.950 97%" in russian


def test_a_rejected_variant_says_what_differs() -> None:
    assert "who does what: me: wake (who does it) (needed: me: wake)" in text(Answer(RESULT))
    assert "кто что делает: я: wake (кто делает) (нужно: я: wake)" in text(Answer(RESULT), "ru")


STOPPED = replace(RESULT, asked=8, stopped=True, cost=Cost(12_345.0, "m", "x"))


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("en", "The run ended after 12 s before every variant was there", "Asked for 8"),
        ("ru", "Через 12 с работа прервана", "Запрошено 8"),
    ],
)
def test_a_stopped_run_says_so_in_place_of_the_shortfall(language, said, unsaid) -> None:
    found = text(Answer(STOPPED), language)
    assert said in found and unsaid not in found
    found = text(Answer(replace(STOPPED, stopped=False)), language)
    assert unsaid in found and said not in found


def test_what_is_surplus_is_no_fault() -> None:
    left = replace(OTHER, accepted=False, reasons=(BEYOND,))
    html = str(body(Answer(replace(RESULT, asked=1, variants=(GOOD, left, BAD))), "en"))
    [quiet] = re.findall(r'<span class="[^"]*quiet[^"]*"[^>]*>([^<]+)', html)
    assert quiet == "surplus: passes, not needed (needed: n)"


def test_when_none_passes_the_rejected_are_open() -> None:
    none = replace(RESULT, variants=(BAD,))
    assert "None of the 1 candidates passed every check" in text(Answer(none))
    assert "<details open" in str(body(Answer(none), "en"))
    assert "<details open" not in str(body(Answer(RESULT), "en"))


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


def test_files_hold_every_measurement() -> None:
    found = files(Answer(RESULT))
    row = next(csv.DictReader(io.StringIO(found["csv"])))
    assert (row["new_core"], row["score"], row["styles"]) == ("False", "0.88", "polite, question")
    line = json.loads(found["jsonl"].splitlines()[2])
    assert line["reasons"] == [to_json(WHY)] and line["new_core"] is True and line["score"] == 0.2
    assert "intent" not in found["csv"]


def test_an_answer_survives_its_file() -> None:
    answer = Answer(RESULT, GUESSES, Answer(RESULT))
    raw = json.loads(json.dumps(to_json(answer)))
    assert schema.record(raw, Answer) == answer


def test_the_card_links_its_files() -> None:
    found = shown(Answer(RESULT, GUESSES), "en")
    assert [one.name.rsplit(".")[-1] for one in found.downloads] == ["csv", "jsonl", "yml"]
    assert found.cost == RESULT.cost and "Remind me at six" in found.body


def test_an_example_of_another_form_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "examples"
    folder.mkdir()
    path = folder / "paraphrase.json"
    answer = Answer(RESULT, GUESSES)
    path.write_text(json.dumps({"en": {"result": to_json(answer)}}))
    assert read(Settings(assets=tmp_path), "paraphrase", "en", Answer) == answer
    row = to_json(answer)
    for variant in row["result"]["variants"]:
        del variant["new_core"]
    path.write_text(json.dumps({"en": {"result": row}}))
    with pytest.raises(StoreError, match=r"samovar\.ui\.examples"):
        read(Settings(assets=tmp_path), "paraphrase", "en", Answer)
