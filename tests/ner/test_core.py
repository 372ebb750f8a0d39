"""Comparison of taggers: each line of a case is one tagger's view of the same text."""

import threading

import pytest
from notation import read

from samovar.ner.core import Finding, annotate, disagreements
from samovar.ner.tagging.labels import SPACY, converted
from samovar.ner.tagging.parts import Part
from samovar.records import Markup, Span

ALL = frozenset({"PER", "LOC", "ORG", "MISC"})
NEWS = ALL - {"MISC"}


def disputes(*views: str, known: dict[str, frozenset[str]] | None = None) -> list[str]:
    texts = {read(view)[0] for view in views}
    assert len(texts) == 1
    findings = [
        Finding("abc"[at], Markup(tuple(read(view)[1]), 0.0)) for at, view in enumerate(views)
    ]
    known = known or {finding.tagger: ALL for finding in findings}
    return [f"{d.kind}: {d.text}" for d in disagreements(findings, known, texts.pop())]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("[Ann]PER left", "[Ann]PER left", []),
        ("[Ann]PER left", "Ann left", ["missed: Ann"]),
        ("[Ann]PER left", "[Ann]ORG left", ["label: Ann"]),
        ("[Ann Lee]PER left", "Ann [Lee]PER left", ["borders: Ann Lee"]),
        ("[Ann]PER [Lee]PER left", "[Ann Lee]PER left", ["borders: Ann Lee"]),
        ("[Ann]PER in [Rome]LOC", "Ann in [Rome]ORG", ["missed: Ann", "label: Rome"]),
        ("Ann left", "Ann left", []),
    ],
)
def test_two_taggers_differ_in(one: str, other: str, expected: list[str]) -> None:
    assert disputes(one, other) == expected
    assert disputes(other, one) == expected


def test_a_tagger_that_knows_no_other_names_does_not_miss_one() -> None:
    known = {"a": ALL, "b": NEWS, "c": ALL}
    views = ("[Hamlet]MISC in [Rome]LOC", "Hamlet in [Rome]LOC")
    assert disputes(*views, known={"a": ALL, "b": NEWS}) == []
    assert disputes(*views, "Hamlet in [Rome]LOC", known=known) == ["missed: Hamlet"]


def test_a_tagger_does_not_miss_what_it_did_not_read() -> None:
    text, spans = read("[Ann]PER left. [Маша]PER осталась.")
    known = {"a": ALL, "b": ALL}
    one = Finding("a", Markup(tuple(spans), 0.0))
    other = Finding("b", Markup((spans[0],), 0.0), (Part(10, len(text), "ru"),))
    assert disagreements([one, other], known, text) == []
    assert [d.text for d in disagreements([one, Finding("b", other.markup)], known, text)] == [
        "Маша"
    ]


def test_dates_are_never_disputed() -> None:
    assert disputes("[Monday]DATE in [Rome]LOC", "Monday in [Rome]LOC") == []


def test_labels_are_converted_by_the_table_and_others_dropped() -> None:
    _, spans = read("[Ann]PERSON won [first]ORDINAL prize in [Rome]GPE on [Monday]DATE")
    found = converted(Markup(tuple(spans), 1.0), SPACY)
    assert [(s.text, s.label) for s in found.spans] == [
        ("Ann", "PER"),
        ("Rome", "LOC"),
        ("Monday", "DATE"),
    ]
    assert found.milliseconds == 1.0


def test_findings_come_in_the_tables_order_with_progress() -> None:
    seen: list[tuple[int, int]] = []
    found = list(
        annotate(
            "Ann met Иван in Rome.",
            ["natasha", "spacy"],
            "en",
            progress=lambda done, total: seen.append((done, total)),
        )
    )
    assert [finding.tagger for finding in found] == ["spacy", "natasha"]
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert Span(16, 20, "LOC", "Rome") in found[0].markup.spans


def test_nothing_is_yielded_after_stop() -> None:
    stop = threading.Event()
    stop.set()
    assert list(annotate("Ann met Bob.", ["spacy"], "en", stop=stop)) == []
