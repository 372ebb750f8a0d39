"""What `reframed` exchanges in each language: conjunctions, bounds, owners, joins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samovar.phrases import Language


@dataclass(frozen=True, slots=True)
class Turn:
    """Say that words matching `pattern` become `by`; `kind` names what then is another request."""

    pattern: str
    by: str
    kind: str


def _both(one: str, other: str, kind: str) -> tuple[Turn, Turn]:
    return Turn(rf"\b{one}\b", other, kind), Turn(rf"\b{other}\b", one, kind)


WORDS: Mapping[Language, tuple[Turn, ...]] = {
    "en": (
        Turn(
            r"(?<!even )(?<!only )(?<!as )(?<!ask )(?<!see )(?<!check )(?<!know )\bif\b(?! you could)",
            "unless",
            "condition",
        ),
        Turn(r"\bunless\b", "if", "condition"),
        Turn(r"(?<!not )\buntil\b(?= (?:the|he|she|i|we|they|my|it)\b)", "when", "condition"),
        Turn(r"\bbefore\b", "after", "order"),
        Turn(r"(?<!until )\bafter\b(?! all| that)", "before", "order"),
        *_both("at least", "at most", "limit"),
        *_both("more than", "less than", "limit"),
        *_both("no later than", "no earlier than", "limit"),
        Turn(r"\bup to\b(?= \d|\b (?:two|three|four|five|six|ten))", "at least", "limit"),
        Turn(r"\b(?:at least|at most) (?=\d|two|three|four|five|six|ten)", "", "limit"),
        *_both("my", "your", "owner"),
        Turn(r"\bhis\b(?= \w)", "my", "owner"),
        Turn(r"\btheir\b", "our", "owner"),
        Turn(r"\bour\b", "their", "owner"),
        Turn(r"\bonly\b ", "", "logic"),
        Turn(r"\bexcept(?: for)?\b", "including", "logic"),
        Turn(r"\beither (?=\w+ or\b)", "both ", "logic"),
        Turn(r"\bwithout\b", "with", "polarity"),
        *_both("turn on", "turn off", "direction"),
        *_both("switch on", "switch off", "direction"),
    ),
    "ru": (
        Turn(r"(?<!даже )(?<!только )\bесли\b(?! только| бы)", "даже если", "condition"),
        Turn(r"\bдаже если\b", "если", "condition"),
        Turn(
            r"\bдо\b(?= (?:обеда|завтрака|ужина|работы|школы|сна|встречи|праздников|выходных|отпуска"
            r"|полуночи))",
            "после",
            "order",
        ),
        Turn(
            r"\bпосле\b(?= (?:обеда|завтрака|ужина|работы|школы|сна|встречи|праздников|выходных"
            r"|отпуска|полуночи))",
            "до",
            "order",
        ),
        *_both("не больше", "не меньше", "limit"),
        *_both("не более", "не менее", "limit"),
        *_both("не позже", "не раньше", "limit"),
        *_both("минимум", "максимум", "limit"),
        Turn(r"(?<!не )\bбольше (?=\d|двух|трёх|трех|пяти|десяти)", "меньше ", "limit"),
        Turn(r"(?<!не )\bменьше (?=\d|двух|трёх|трех|пяти|десяти)", "больше ", "limit"),
        Turn(r"\b(?:хотя бы|как минимум|минимум) (?=\d|два|две|три|пять)", "", "limit"),
        Turn(r"\bм(?=о(?:й|я|ё|е|ю|и|его|ей|ему|им|ём|ем|их|ими)\b)", "тв", "owner"),
        Turn(r"\bтв(?=о(?:й|я|ё|е|ю|и|его|ей|ему|им|ём|ем|их|ими)\b)", "м", "owner"),
        Turn(r"\bв(?=аш(?:а|е|у|и|его|ей|ему|им|ем|их|ими)?\b)", "н", "owner"),
        Turn(r"\bн(?=аш(?:а|е|у|и|его|ей|ему|им|ем|их|ими)?\b)", "в", "owner"),
        Turn(r"\b(?:только|лишь)\b ", "", "logic"),
        *_both("включи", "выключи", "direction"),
    ),
}
"""Language → exchanges of words that need no other change in the sentence."""
JOINS: Mapping[Language, Mapping[str, str]] = {
    "en": {"and": "or", "or": "and"},
    "ru": {"и": "или", "или": "и"},
}
NEGATIONS: Mapping[Language, tuple[str, str]] = {
    "en": (r"\b(?:do not|don't|don’t) (?!forget|hesitate)", "don't "),
    "ru": (r"\bне (?!забудь|забывай)", "не "),
}
"""Language → pattern of a forbidden order's first word, and that word."""
