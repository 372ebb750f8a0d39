"""Where names begin and end, put right the same way for every tagger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from samovar.morphology import analyzer
from samovar.records import Span

QUOTES = {"«": "»", "“": "”", "„": "“", "‘": "’", "‹": "›", "(": ")", "[": "]", '"': '"'}
"""Opening → closing."""
APOSTROPHES = "'’ʼ"
IN_FRONT = ".$€£@#№"
AT_THE_END = ".!?+#%*"
"""Signs that a name may begin or end with: .NET, Inc., Yahoo!, C++."""
REACH = 60
"""Characters in which the other half of a pair of quotes is looked for."""
HYPHENS = "-‐‑"
DOUBLE = re.compile(rf"(?<!\w)([^\W\d_]{{2,}}) [А-ЯЁ][а-яё]+[{HYPHENS}][А-ЯЁ][а-яё]+(?!\w)")
REST = re.compile(rf"[{HYPHENS}][^\W\d_]+")
FRONT = re.compile(rf"[^\W\d_]+[{HYPHENS}]$")


def tidied(text: str, spans: Iterable[Span], people: Collection[str]) -> tuple[Span, ...]:
    """Return `spans` of `text`, sorted and apart: whole compounds, whole pairs of quotes, bare edges.

    `people` are the labels of persons.

    >>> [s.text for s in tidied("ПАО «Нева» -", [Span(0, 9, "ORG", "ПАО «Нева"), Span(11, 12, "A", "-")], ())]
    ['ПАО «Нева»']
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    ordered = _joined(text, _surnames(text, ordered, people), people)
    tidy: list[Span] = []
    for at, span in enumerate(ordered):
        free = tidy[-1].end if tidy else 0
        until = ordered[at + 1].start if at + 1 < len(ordered) else len(text)
        start, end = _whole(text, max(span.start, free), span.end, free, until)
        start, end = _trimmed(text, start, end)
        start, end = _paired(text, start, end, until)
        start, end = _trimmed(text, start, end)
        if any(sign.isalnum() for sign in text[start:end]):
            tidy.append(Span(start, end, span.label, text[start:end]))
    return tuple(tidy)


def _surnames(text: str, spans: list[Span], people: Collection[str]) -> list[Span]:
    """Make a first name and a double surname one person where a tagger marks some of it as anything.

    The Russian dictionary tells first names: [Мамина-Сибиряк]LOC behind Анна is no place.
    """
    for match in DOUBLE.finditer(text) if people else ():
        inside = [s for s in spans if s.start < match.end() and match.start() < s.end]
        bound = all(match.start() <= s.start and s.end <= match.end() for s in inside)
        if inside and bound and _first_name(match[1]):
            label = next((s.label for s in inside if s.label in people), next(iter(people)))
            whole = Span(match.start(), match.end(), label, match[0])
            spans = [s for s in spans if s not in inside]
            spans = sorted([*spans, whole], key=lambda span: span.start)
    return spans


def _first_name(word: str) -> bool:
    return word[0].isupper() and any("Name" in parse.tag for parse in analyzer().parse(word)[:3])


def _joined(text: str, spans: Sequence[Span], people: Collection[str]) -> list[Span]:
    """Join the halves of a double surname behind a first name: [Анна Мамина]-[Сибиряк].

    Two single words stay apart, as they may be two people: a Trump-Putin summit.
    """
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if (
            before
            and before.label == span.label
            and span.label in people
            and text[before.end : span.start] in HYPHENS
            and before.end < span.start
            and " " in before.text
        ):
            whole = text[before.start : span.end]
            joined[-1] = Span(before.start, span.end, span.label, whole)
        else:
            joined.append(span)
    return joined


def _whole(text: str, start: int, end: int, free: int, until: int) -> tuple[int, int]:
    """Return the bounds grown over the rest of a compound whose parts have capitals: Coca-[Cola]."""
    while (rest := REST.match(text, end)) and rest.end() <= until and rest[0][1].isupper():
        end = rest.end()
    while (front := FRONT.search(text, free, start)) and front[0][0].isupper():
        start = front.start()
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _loose(text[start], text[start:end], opening=True):
        start += 1
    while start < end and _loose(text[end - 1], text[start:end], opening=False):
        end -= 1
    return start, end


def _loose(sign: str, name: str, *, opening: bool) -> bool:
    """Tell whether a name does not begin (or end) with `sign`."""
    if sign.isalnum() or sign in APOSTROPHES or sign in (IN_FRONT if opening else AT_THE_END):
        return False
    if opening and name[1:2].isdigit():  # -5 degrees
        return False
    if opening and sign in QUOTES:  # «Нева» and „Нева“ may stay whole
        return QUOTES[sign] not in name[1:]
    if not opening and sign in QUOTES.values():
        return not any(QUOTES.get(one) == sign for one in name[:-1])
    return not unicodedata.category(sign).startswith("M")


def _paired(text: str, start: int, end: int, until: int) -> tuple[int, int]:
    """Return the bounds with both quotes of a pair inside, or none."""
    opened = _open(text[start:end])
    if opened is None:
        return start, end
    at = start + opened
    closing = QUOTES[text[at]]
    there = text.find(closing, end, min(until, end + REACH))
    if there >= 0 and "\n" not in text[end:there]:
        return start, there + 1
    behind, before = (at + 1, end), (start, at)
    return behind if end - at > at - start else before


def _open(name: str) -> int | None:
    """Return the place of the last quote in `name` that is opened and not closed there."""
    opened: list[int] = []
    for at, sign in enumerate(name):
        if opened and QUOTES[name[opened[-1]]] == sign:
            opened.pop()
        elif sign in QUOTES:
            opened.append(at)
    return opened[-1] if opened else None
