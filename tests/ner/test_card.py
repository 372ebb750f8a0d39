import pytest
from notation import read

from samovar.ner.card import card
from samovar.ner.core import Annotation, Finding
from samovar.ner.tab import finished
from samovar.ner.tagging.taggers import defaults
from samovar.records import Markup

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
    assert "Left out" in html and "(Russian): spaCy" in html


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
    lines, table = card(result, "en").downloads
    assert '"start": 0, "end": 3' in lines.text
    assert table.text.splitlines() == ["tagger,start,end,label,text", "spacy,0,3,PER,Ann"]
