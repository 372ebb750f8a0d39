"""How strict is the check: precision and recall of the validator, drawn from a measured result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from markupsafe import Markup

from samovar import html
from samovar.figures import results
from samovar.phrases import Language, Phrase

TITLE = Phrase("How strict is the check?", "Насколько строга проверка?")
PRECISION = Phrase("Precision", "Точность")
RECALL = Phrase("Recall", "Полнота")
THRESHOLD = Phrase("Threshold", "Порог")
SAID = Phrase(
    "Precision and recall of the validator on labelled pairs: at recall {recall} its precision is "
    "{precision}, at recall {recall_last} it is {precision_last}.",
    "Точность и полнота проверки на размеченных парах: при полноте {recall} точность {precision}, "
    "при полноте {recall_last} она {precision_last}.",
)
NOW = Phrase(
    "The dot is the threshold in use, {threshold}: precision {precision}, recall {recall}.",
    "Точка — действующий порог {threshold}: точность {precision}, полнота {recall}.",
)
READ = Phrase(
    "Each point is one threshold on the validator's score: further right more true paraphrases "
    "pass, further up fewer false ones do.",
    "Каждая точка — порог для оценки проверки: чем правее, тем больше верных перефразировок "
    "проходит, чем выше, тем меньше неверных.",
)
ROWS = 6
WIDTH, HEIGHT = 340, 220
LEFT, TOP, RIGHT, BOTTOM = 44, 12, 12, 40
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """Hold what one threshold reaches on the labelled pairs."""

    threshold: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Hold the points of one measurement."""

    curve: tuple[Point, ...]
    """By recall."""
    threshold: float | None = None
    """The one in use."""

    @property
    def now(self) -> Point | None:
        """Return the point of the threshold in use."""
        if self.threshold is None:
            return None
        used = self.threshold
        return min(self.curve, key=lambda point: abs(point.threshold - used))


def read(folder: Path = results.RESULTS) -> Curve | None:
    """Return the curve of `python -m eval.paraphrase.validator`; None when it has no two points."""
    measured = results.read("validator", Curve, folder)
    if measured is None:
        return None
    points = sorted(measured.curve, key=lambda point: (point.recall, -point.precision))
    return replace(measured, curve=tuple(points)) if len(points) > 1 else None


def section(measured: Curve, language: Language) -> Markup:
    """Return the closed section with the curve and its numbers."""
    points, now = measured.curve, measured.now
    shown = [points[round(at * (len(points) - 1) / (ROWS - 1))] for at in range(ROWS)]
    rows = [
        (f"{p.threshold:.2f}", f"{p.precision:.2f}", f"{p.recall:.2f}")
        for p in dict.fromkeys(shown)
    ]
    headers = [said.say(language) for said in (THRESHOLD, PRECISION, RECALL)]
    parts = (
        html.tag("p", READ.say(language)),
        drawn(points, now, language),
        html.tag("p", NOW.say(language, **_two_digits(now))) if now else None,
        html.table(headers, rows, numeric=(0, 1, 2)),
    )
    return html.details(TITLE.say(language), html.tag("div", *parts, class_="curve"))


def _two_digits(point: Point) -> dict[str, str]:
    return {name: f"{value:.2f}" for name, value in asdict(point).items()}


def drawn(points: Sequence[Point], now: Point | None, language: Language) -> Markup:
    """Return the curve as inline SVG in the page's own colours; its numbers are said as its name."""
    first, last = points[0], points[-1]
    said = SAID.say(
        language,
        recall=f"{first.recall:.2f}",
        precision=f"{first.precision:.2f}",
        recall_last=f"{last.recall:.2f}",
        precision_last=f"{last.precision:.2f}",
    )
    path = " ".join(f"{_x(p.recall):.1f},{_y(p.precision):.1f}" for p in points)
    middle = (LEFT + WIDTH - RIGHT) / 2
    turn = f"rotate(-90 11 {(TOP + HEIGHT - BOTTOM) / 2})"
    parts = (
        *(_tick(value) for value in TICKS),
        html.tag("polyline", points=path, class_="line"),
        _dot(now) if now else Markup(),
        _text(middle, HEIGHT - 6, RECALL.say(language), "middle"),
        _text(11, (TOP + HEIGHT - BOTTOM) / 2, PRECISION.say(language), "middle", turn),
    )
    return html.tag(
        "svg", html.join(parts), viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=said
    )


def _dot(point: Point) -> Markup:
    x, y = f"{_x(point.recall):.1f}", f"{_y(point.precision):.1f}"
    return html.tag("circle", cx=x, cy=y, r=5, class_="now")


def _tick(value: float) -> Markup:
    x, y = _x(value), _y(value)
    lines = (
        html.tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"),
        html.tag("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=TOP, y2=HEIGHT - BOTTOM, class_="grid"),
        _text(LEFT - 5, y + 4, f"{value:g}", "end"),
        _text(x, HEIGHT - BOTTOM + 15, f"{value:g}", "middle"),
    )
    return html.join(lines)


def _text(x: float, y: float, said: str, anchor: str, turn: str | None = None) -> Markup:
    return html.tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, transform=turn)


def _x(recall: float) -> float:
    return LEFT + recall * (WIDTH - LEFT - RIGHT)


def _y(precision: float) -> float:
    return HEIGHT - BOTTOM - precision * (HEIGHT - TOP - BOTTOM)
