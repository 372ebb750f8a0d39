"""In which ways a variant is said otherwise, so that a tester gets some of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from samovar.paraphrase.validation.measured import Measured, spoken
from samovar.phrases import Language, Phrase

Style = Literal["shorter", "polite", "question", "reordered", "reworded"]
STYLES: Mapping[Style, Phrase] = {
    "shorter": Phrase("shorter", "короче"),
    "polite": Phrase("opening", "начало"),
    "question": Phrase("question", "вопрос"),
    "reordered": Phrase("other order", "другой порядок"),
    "reworded": Phrase("other words", "другие слова"),
}
"""Style → its name on the page."""
SHORT = 0.75
"""Share of the source's words from which on downwards a text is shorter."""
STARTS: Mapping[Language, Mapping[Style, Sequence[str]]] = {
    "en": {"polite": ("Please", "I'd like you to"), "question": ("Could you", "Can you")},
    "ru": {"polite": ("Пожалуйста,", "Будь добр,"), "question": ("Можешь", "Не мог бы ты")},
}
"""First words by which a style is asked for; the others come by themselves."""


def styles(pair: Measured) -> tuple[Style, ...]:
    """Return every style that the text has and its source has not, in the order of STYLES."""
    old, new = pair.source, pair.text
    same = set(spoken(old)) == set(spoken(new))
    found: dict[Style, bool] = {
        "shorter": len(new.tokens) <= SHORT * len(old.tokens),
        "polite": len(new.tokens) - len(new.core) > len(old.tokens) - len(old.core),
        "question": new.text.endswith("?") and not old.text.endswith("?"),
        "reordered": same and [t.lemma for t in old.core] != [t.lemma for t in new.core],
        "reworded": pair.new_core,
    }
    return tuple(style for style in STYLES if found[style])
