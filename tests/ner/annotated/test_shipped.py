from collections import Counter

import pytest
from notation import read, write

from samovar.ner.annotated.shipped import sentences
from samovar.ner.tagging.labels import NAMES
from samovar.settings import ROOT, Settings


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_shipped_sentences_are_many_and_their_places_are_right(language: str) -> None:
    found = sentences(Settings().data, language)  # type: ignore[arg-type]
    assert len(found) >= 200
    texts = [one.text.text for one in found]
    assert len(set(texts)) == len(texts)
    lines = (ROOT / "data" / "names" / f"{language}.txt").read_text().splitlines()
    marked = [line for line in lines if line and not line.startswith("#")]
    for one, line in zip(found, marked, strict=True):
        assert write(one.text.text, one.text.spans) == line
        assert list(one.text.spans) == read(line)[1]
        assert not set("[]") & set(one.text.text)
        for span in one.text.spans:
            assert span.text == span.text.strip() == one.text.text[span.start : span.end]
    labels = Counter(span.label for one in found for span in one.text.spans)
    assert set(labels) == set(NAMES) and min(labels.values()) >= 20
    assert len({one.group for one in found}) >= 7
    assert sum(not one.text.spans for one in found) >= 10
