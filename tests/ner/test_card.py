import pytest
from notation import read

from samovar.ner.card import card
from samovar.ner.core import Annotation, Finding
from samovar.ner.tab import finished
from samovar.ner.tagging.parts import Part
from samovar.ner.tagging.taggers import defaults
from samovar.records import Markup, Span

HOSTILE = '<script>alert("x")</script> **[Ann](javascript:x)**'


def finding(tagger: str, marked: str, **more: object) -> Finding:
    return Finding(tagger, Markup(tuple(read(marked)[1]), 12.0, **more))  # type: ignore[arg-type]


def shown(*findings: Finding, text: str, language: str = "en", **options: bool) -> str:
    names = tuple(one.tagger for one in findings)
    result = Annotation(text, "ru" if language == "ru" else "en", names, findings)
    return str(card(result, "en", **options).body)


def test_the_label_stands_beside_its_colour_and_disputes_are_marked() -> None:
    html = shown(
        finding("spacy", "[Ann]PER in [Rome]LOC"),
        finding("llm", "[Ann]PER in [Rome]ORG"),
        text="Ann in Rome",
    )
    assert "<small>PER</small>" in html and "<small>LOC ≠</small>" in html
    assert "Disagreements: 1" in html and ">type<" in html


def test_who_says_what_is_listed_by_what_is_said_the_majority_first() -> None:
    views = ("[Ann]PER in [Rome]LOC", "[Ann]PER in [Rome]LOC", "[Ann]ORG in Rome")
    html = shown(
        *(finding(n, v) for n, v in zip(("crf", "spacy", "e5"), views, strict=True)),
        text="Ann in Rome",
    )
    rows = html.split("<tbody>")[1].split("</tbody>")[0]
    assert rows.index("CRF, spaCy") < rows.index(">ORG<") < rows.index("nothing")


def test_every_label_has_a_box_and_every_span_a_row() -> None:
    html = shown(finding("spacy", "[Ann]PER left on [Monday]DATE"), text="Ann left on Monday")
    assert all(f"show-{name}" in html for name in ("PER", "LOC", "ORG", "MISC", "REST"))
    assert "All spans with their offsets: 2" in html
    assert all(f">{at}</td>" in html for at in (0, 3, 12, 18))
    assert "show-REST" not in shown(finding("spacy", "[Ann]PER left"), text="Ann left")


def test_agreement_is_said() -> None:
    both = (finding("spacy", "[Ann]PER sat"), finding("llm", "[Ann]PER sat"))
    assert "agree everywhere" in shown(*both, text="Ann sat")


@pytest.mark.parametrize("text", [HOSTILE, f"Ann {HOSTILE}"])
def test_the_text_never_becomes_markup(text: str) -> None:
    html = shown(finding("llm", text, invented=(HOSTILE,), parsed=False), text=text)
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "could not be read" in html and "Named, but not in the text" in html


def test_a_tagger_made_for_another_language_says_so() -> None:
    assert "is made for Russian" in shown(finding("natasha", "Ann sat"), text="Ann sat")
    assert "is made for" not in shown(finding("spacy", "Ann sat"), text="Ann sat")


def test_a_tagger_left_out_for_the_language_is_named() -> None:
    found = [finding(name, "[Маша]PER спит") for name in defaults("ru")]
    html = shown(*found, text="Маша спит", language="ru")
    assert "Not asked unless ticked" in html and ": spaCy, trained here; spaCy;" in html


def test_a_tagger_that_read_one_of_two_languages_says_so_and_misses_nothing_in_the_other() -> None:
    text = "Ann sat. Маша спит."
    ru = Finding("natasha", Markup((Span(9, 13, "PER", "Маша"),), 1.0), (Part(0, 9, "en"),))
    en = Finding("spacy", Markup((Span(0, 3, "PER", "Ann"),), 1.0), (Part(9, 19, "ru"),))
    html = shown(ru, en, text=text)
    assert html.count("read only the sentences in its language") == 2
    assert "agree everywhere" in html and "expect mistakes" not in html


def test_a_tagger_at_work_is_shown_as_waiting() -> None:
    result = Annotation("Ann", "en", ("spacy", "llm"), (finding("spacy", "[Ann]PER"),))
    running = card(result, "ru", running=True)
    assert "читает…" in running.body and running.cost is None
    stopped = finished(result)
    assert stopped.taggers == ("spacy",)
    assert "читает…" not in card(stopped, "ru").body


def test_nothing_found_before_stop_is_no_empty_card() -> None:
    assert "Stopped" in card(finished(Annotation("Ann", "en", ("llm",), ())), "en").body


def test_results_can_be_downloaded_with_their_offsets() -> None:
    result = Annotation("Ann", "en", ("spacy",), (finding("spacy", "[Ann]PER"),))
    lines, table, columns = card(result, "en").downloads
    assert '"start": 0, "end": 3' in lines.text
    assert columns.name.endswith(".conll") and "Ann\tB-PER" in columns.text
    assert table.text.splitlines() == ["tagger,start,end,label,text", "spacy,0,3,PER,Ann"]
