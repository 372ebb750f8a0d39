"""A text in two languages: who reads which sentence."""

import pytest

from samovar.ner.tagging.parts import languages, parts
from samovar.ner.tagging.reading import left, taken

BOTH = "Emma lives in Lima. Ольга живёт в Самаре. Она любит Лиму."


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (BOTH, [("en", "Emma lives in Lima. "), ("ru", "Ольга живёт в Самаре. Она любит Лиму.")]),
        ("Ольга работает в Google.", [("ru", "Ольга работает в Google.")]),
        ("Emma left.", [("en", "Emma left.")]),
        ("12:30. Ольга ушла.\nBye, Emma.", [("ru", "12:30. Ольга ушла.\n"), ("en", "Bye, Emma.")]),
        ("", [("ru", "")]),
    ],
)
def test_parts_follow_each_other_without_a_gap(text: str, cut: list[tuple[str, str]]) -> None:
    language = "en" if cut[0][0] == "en" else "ru"
    assert [(part.language, text[part.start : part.end]) for part in parts(text, language)] == cut


def test_a_tagger_reads_its_own_language_and_everything_when_there_is_none() -> None:
    assert languages(BOTH, "en") == ("en", "ru")
    assert [part.language for part in taken(BOTH, "en", ("ru",))] == ["ru"]
    assert [part.language for part in left(BOTH, "en", ("ru",))] == ["en"]
    assert left(BOTH, "en", ("en", "ru")) == ()
    assert left("Emma left.", "en", ("ru",)) == ()
