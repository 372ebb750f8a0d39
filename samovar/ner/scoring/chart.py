"""Speed against quality as inline SVG, in the page's own colours; the numbers are said as its name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase

WIDTH, HEIGHT = 420, 260
LEFT, TOP, RIGHT, BOTTOM = 40, 14, 16, 40
LINES = (0.0, 0.25, 0.5, 0.75, 1.0)
APART = 13
"""Pixels between two labels under each other."""
LETTER = 6.2
"""Pixels of a letter, about."""
SPEED = Phrase("Milliseconds a text", "Миллисекунд на текст")
QUALITY = Phrase("F1", "F1")
SAID = Phrase("{title}: F1 {f1}, {ms} ms a text", "{title}: F1 {f1}, {ms} мс на текст")


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one tagger's place."""

    title: str
    milliseconds: float
    f1: float


def drawn(points: Sequence[Point], language: Language) -> Markup:
    """Return the chart: quicker ones are further left (each line is ten times slower), better ones higher."""
    low = math.floor(min(_log(point) for point in points))
    high = max(low + 1, math.ceil(max(_log(point) for point in points)))
    said = "; ".join(
        SAID.say(language, title=p.title, f1=f"{p.f1:.2f}", ms=f"{p.milliseconds:.1f}")
        for p in points
    )
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts = (
        *(_level(value) for value in LINES),
        *(_decade(power, low, high) for power in range(low, high + 1)),
        *_dots(points, low, high),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, SPEED.say(language), "middle"),
        _text(10, middle, QUALITY.say(language), "middle", f"rotate(-90 10 {middle})"),
    )
    return html.tag(
        "svg", html.join(parts), viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=said
    )


def _dots(points: Sequence[Point], low: int, high: int) -> list[Markup]:
    """Return a dot and a label for each point; a label that would cover another one moves down."""
    placed: list[tuple[float, float, float]] = []  # left, right, y of the labels so far
    drawings = []
    for point in sorted(points, key=lambda point: -point.f1):
        x, y = _x(_log(point), low, high), _y(point.f1)
        drawings.append(html.tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=5, class_="dot"))
        width = len(point.title) * LETTER
        flipped = x + 9 + width > WIDTH
        left = x - 9 - width if flipped else x + 9
        at = y + 4
        while any(
            abs(at - other) < APART and left < b and a < left + width for a, b, other in placed
        ):
            at += APART / 2
        placed.append((left, left + width, at))
        drawings.append(
            _text(x - 9 if flipped else x + 9, at, point.title, "end" if flipped else "start")
        )
    return drawings


def _level(value: float) -> Markup:
    y = f"{_y(value):.1f}"
    line = html.tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid")
    return html.join([line, _text(LEFT - 5, _y(value) + 4, f"{value:g}", "end")])


def _decade(power: int, low: int, high: int) -> Markup:
    x = f"{_x(power, low, high):.1f}"
    line = html.tag("line", x1=x, x2=x, y1=TOP, y2=HEIGHT - BOTTOM, class_="grid")
    said = f"{10.0**power:g}"
    return html.join([line, _text(float(x), HEIGHT - BOTTOM + 15, said, "middle")])


def _text(x: float, y: float, said: str, anchor: str, turn: str | None = None) -> Markup:
    return html.tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, transform=turn)


def _log(point: Point) -> float:
    return math.log10(max(point.milliseconds, 0.01))


def _x(power: float, low: int, high: int) -> float:
    return LEFT + (power - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM)
