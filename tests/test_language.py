import pytest

from samovar.language import detect, scripts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Open the door", "en"),
        ("Откройте дверь", "ru"),
        ("OK", "en"),
        ("да", "ru"),
        ("Моя команда использует Kubernetes и Docker Swarm в Production", "ru"),
        ("Google opened an office in Москва", "en"),
        ("Ёлка и Ъ", "ru"),
        ("naïve café", "en"),
        ("你好，世界", None),
        ("שלום עולם", None),
        ("שלום עולם, hi", None),
        ("12:30 🍕!", None),
        ("", None),
        ("   ", None),
    ],
)
def test_language_of(text: str, language: str | None) -> None:
    assert detect(text) == language


def test_letters_are_counted_by_script_and_nothing_else() -> None:
    assert scripts("Да, yes 42 🍕") == {"CYRILLIC": 2, "LATIN": 3}
