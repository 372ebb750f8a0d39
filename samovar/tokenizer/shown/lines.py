"""A small figure: values with their intervals over steps, a line for each series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from samovar import html
from samovar.figures.statistics import Interval
from samovar.phrases import Language
from samovar.tokenizer.shown.numbers import rounded

WIDTH, HEIGHT = 320, 170
LEFT, RIGHT, TOP, BOTTOM = 54, 10, 12, 20
SIZE = 3.4
MARKS = (
    lambda x, y: html.tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=SIZE),
    lambda x, y: _shape(x, y, ((-1, -1), (1, -1), (1, 1), (-1, 1))),
    lambda x, y: _shape(x, y, ((0, -1.3), (1.2, 1), (-1.2, 1))),
    lambda x, y: _shape(x, y, ((-1.2, -1), (1.2, -1), (0, 1.3))),
    lambda x, y: _shape(x, y, ((0, -1.5), (1.5, 0), (0, 1.5), (-1.5, 0))),
)
DASHES = (None, "6 4", "2 3", "8 3 2 3", "1 4")
HUES = ("var(--accent)", "var(--ink)", "var(--ink-3)", "var(--ink-4)", "var(--ink-2)")
"""Mark, dash and colour of each series: none is told by its colour alone."""


@dataclass(frozen=True, slots=True)
class Series:
    """Hold one line: step → value, and from which step each goes on."""

    title: str
    values: Mapping[str, Interval]
    before: Mapping[str, str]


def figure(
    title: str, steps: Sequence[str], series: Sequence[Series], digits: int, language: Language
) -> Markup:
    """Return one panel as SVG; steps are numbered from 0, values get `digits` behind the point."""
    bounds = [b for one in series for v in one.values.values() for b in (v.low, v.high)]
    low, high = min(bounds), max(bounds)
    space = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    scale = _Scale(low - space, high + space, len(steps))
    parts = [_grid(scale, (low, high), digits, language), _numbers(scale, steps)]
    for at, one in enumerate(series):
        shift = (at - (len(series) - 1) / 2) * 4
        parts.append(_line(one, at % len(MARKS), steps, scale, shift))
    drawn = html.tag(
        "svg",
        html.join(parts),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=title,
        preserveAspectRatio="xMidYMid meet",
    )
    return html.tag("figure", html.tag("figcaption", title), drawn)


def legend(series: Sequence[Series]) -> Markup:
    """Return what each line stands for."""
    return html.tag(
        "ul",
        html.join(
            html.tag("li", _sample(at % len(MARKS)), html.tag("span", one.title))
            for at, one in enumerate(series)
        ),
        class_="lines-legend",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    steps: int

    def x(self, step: int) -> float:
        wide = WIDTH - LEFT - RIGHT
        return LEFT + wide * (step + 0.5) / self.steps

    def y(self, value: float) -> float:
        tall = HEIGHT - TOP - BOTTOM
        return TOP + tall * (self.high - value) / (self.high - self.low)


def _grid(scale: _Scale, bounds: tuple[float, float], digits: int, language: Language) -> Markup:
    lines = []
    for value in (bounds[0], sum(bounds) / 2, bounds[1]):
        y = f"{scale.y(value):.1f}"
        lines.append(html.tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"))
        said = rounded(value, digits, language)
        lines.append(html.tag("text", said, x=LEFT - 6, y=y, dy="0.35em", text_anchor="end"))
    return html.join(lines)


def _numbers(scale: _Scale, steps: Sequence[str]) -> Markup:
    return html.join(
        html.tag("text", at, x=f"{scale.x(at):.1f}", y=HEIGHT - 4, text_anchor="middle")
        for at in range(len(steps))
    )


def _line(one: Series, at: int, steps: Sequence[str], scale: _Scale, shift: float) -> Markup:
    places = {
        step: (scale.x(number) + shift, scale.y(one.values[step].value))
        for number, step in enumerate(steps)
        if step in one.values
    }
    parts: list[Markup] = []
    for step, (x, y) in places.items():
        if (earlier := places.get(one.before.get(step, ""))) is not None:
            ends = {"x1": earlier[0], "y1": earlier[1], "x2": x, "y2": y}
            said = {name: f"{value:.1f}" for name, value in ends.items()}
            parts.append(html.tag("line", **said, stroke_dasharray=DASHES[at]))
        top, bottom = (f"{scale.y(v):.1f}" for v in (one.values[step].high, one.values[step].low))
        place = f"{x:.1f}"
        parts.append(html.tag("line", x1=place, x2=place, y1=top, y2=bottom, class_="whisker"))
    parts += [MARKS[at](x, y) for x, y in places.values()]
    return html.tag("g", html.join(parts), style=f"stroke: {HUES[at]}; fill: {HUES[at]}")


def _shape(x: float, y: float, corners: Sequence[tuple[float, float]]) -> Markup:
    points = " ".join(f"{x + dx * SIZE:.1f},{y + dy * SIZE:.1f}" for dx, dy in corners)
    return html.tag("polygon", points=points)


def _sample(at: int) -> Markup:
    line = html.tag("line", x1=0, x2=28, y1=7, y2=7, stroke_dasharray=DASHES[at])
    group = html.tag("g", line, MARKS[at](14, 7), style=f"stroke: {HUES[at]}; fill: {HUES[at]}")
    return html.tag("svg", group, viewBox="0 0 28 14", width=28, height=14, aria_hidden="true")
