"""Questions with the texts that answer them."""

from __future__ import annotations

from pathlib import Path

from training.corpora import questions


def test_translations_are_topics_in_both_directions(tmp_path: Path):
    rows = {
        "en": "It rains.\tThe street is wet.\tentailment\nIt rains.\tIt snows.\tcontradiction\n",
        "ru": "Идёт дождь.\tУлица мокрая.\tentailment\nИдёт дождь.\tИдёт снег.\tcontradiction\n",
    }
    for language, text in rows.items():
        (tmp_path / language).write_text(text, encoding="utf-8")
    found = list(questions.xnli(tmp_path / "en", tmp_path / "ru"))
    assert [(topic.text, *topic.questions) for topic in found] == [
        ("Идёт дождь.", "It rains."),
        ("The street is wet.", "Улица мокрая."),
        ("Идёт снег.", "It snows."),
    ]
    assert len({topic.key for topic in found}) == 3
