"""The scorer: figures by hand, the command line, and the card of a visitor's file."""

import json
import threading
from pathlib import Path

import pytest
from notation import read

from samovar.errors import InputError
from samovar.ner import score_card
from samovar.ner.annotated.gold import Annotated
from samovar.ner.score import chosen, main, score, scores, used
from samovar.ner.tagging.taggers import defaults
from samovar.records import Markup, Span


def texts(*marked: str) -> list[Annotated]:
    found = []
    for line in marked:
        text, spans = read(line)
        found.append(Annotated(text, tuple(spans), "en"))
    return found


def said(*marked: str, **more: object) -> list[Markup]:
    return [Markup(tuple(read(line)[1]), 10.0, **more) for line in marked]  # type: ignore[arg-type]


GOLD = texts("[Ann Lee]PER left [Rome]LOC", "[Bob]PER met [Ann]PER")


def test_figures_are_those_counted_by_hand() -> None:
    found = said("Ann [Lee]PER left [Rome]LOC", "[Bob]PER met [Ann]LOC")
    got = score("crf", GOLD, found, ("PER", "LOC"))
    assert {rule: own.f1 for rule, own in got.rules.items()} == {
        "strict": 0.5,  # Rome and Bob of four
        "exact": 0.75,
        "partial": 0.875,
        "type": 0.75,
    }
    assert got.rules["strict"].found == got.rules["strict"].known == 4
    assert got.labels["PER"].precision == 0.5 and got.labels["PER"].recall == round(1 / 3, 4)
    assert got.labels["LOC"].f1 == round(2 / 3, 4)
    assert got.rules["strict"].low <= 0.5 <= got.rules["strict"].high
    assert got.milliseconds == 10.0 and got.disk_mb > 0


def test_labels_that_are_not_scored_count_neither_way() -> None:
    found = said("[Ann Lee]PER left [Rome]ORG", "[Bob]PER met [Ann]PER")
    got = score("crf", GOLD, found, ("PER",))
    assert got.f1 == 1.0 and list(got.labels) == ["PER"]


def test_invented_names_and_unread_replies_are_shares() -> None:
    found = [
        Markup((Span(0, 7, "PER", "Ann Lee"),), 1.0, ("Oslo", "Kim")),
        Markup((Span(0, 3, "PER", "Bob"),), 1.0, parsed=False),
    ]
    got = score("llm", GOLD, found, ("PER", "LOC"))
    assert (got.invented, got.unparsed) == (0.5, 0.5)


def test_taggers_are_scored_in_the_tables_order_with_progress() -> None:
    seen: list[tuple[int, int]] = []
    found = scores(GOLD, ["spacy", "crf"], progress=lambda done, total: seen.append((done, total)))
    assert [one.tagger for one in found] == ["crf", "spacy"]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_after_stop_nothing_is_scored() -> None:
    stop = threading.Event()
    stop.set()
    assert list(scores(GOLD, ["crf"], stop=stop)) == []


def test_the_taggers_by_default_suit_every_language_of_the_file() -> None:
    russian = Annotated("Маша спит", (Span(0, 4, "PER", "Маша"),), "ru")
    assert chosen(None, GOLD) == defaults("en")
    assert "spacy" not in chosen(None, [*GOLD, russian])
    assert chosen("natasha, crf", GOLD) == ["natasha", "crf"]
    with pytest.raises(InputError, match="flair"):
        chosen("flair", GOLD)
    assert used([*GOLD, russian]) == ("PER", "LOC")


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.conll"
    path.write_text("Ann B-PER\nLee I-PER\nleft O\nOslo B-LOC\n. O\n")
    assert main(["--gold", str(path), "--taggers", "crf,spacy", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["texts"] == 1 and found["entities"] == 2 and found["labels"] == ["PER", "LOC"]
    assert set(found["taggers"]) == {"crf", "spacy"}
    crf = found["taggers"]["crf"]
    assert set(crf["rules"]) == {"strict", "exact", "partial", "type"}
    assert crf["rules"]["strict"]["f1"] == 1.0
    assert {"milliseconds", "disk_mb", "memory_mb", "invented", "unparsed"} <= set(crf)
    assert main(["--gold", str(path), "--taggers", "crf"]) == 0
    assert "strict   F1 1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [("Ann B-HERO\n", "Line 1: The label 'HERO' is unknown"), (None, "cannot be read")],
)
def test_the_command_says_what_is_wrong(
    content: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gold.conll"
    if content:
        path.write_text(content)
    assert main(["--gold", str(path)]) == 2
    assert said in capsys.readouterr().err


def test_the_card_grows_and_ends_with_files() -> None:
    one = score("crf", GOLD, said("Ann [Lee]PER left [Rome]LOC", "Bob met Ann"), ("PER", "LOC"))
    half = score_card.card([one], ["crf", "spacy"], GOLD, "ru")
    assert "считается…" in half.body and half.cost is None and "<svg" in half.body
    whole = score_card.card([one], ["crf"], GOLD, "en")
    assert "2 texts, 4 names" in whole.body and whole.cost is not None
    lines, table = whole.downloads
    assert json.loads(lines.text)["taggers"]["crf"]["rules"]["strict"]["f1"] == one.f1
    assert table.text.splitlines()[1].startswith("crf,strict,")
