"""The labels of a result, each a box to tick: the page hides what is not ticked and asks no model again."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from samovar import html
from samovar.ner.core import Annotation
from samovar.ner.tagging.labels import NAMES, TITLES
from samovar.phrases import Language, Phrase

HUES = {"PER": 1, "LOC": 3, "ORG": 2, "MISC": 4}
OTHER_HUE = 8
REST = "REST"
"""Stands for every label that is no name, such as a date."""
SHOWN = Phrase("Show", "Показать")
OTHERS = Phrase("dates, amounts", "даты, суммы")


def hue(label: str) -> str:
    """Return the classes of an element of `label`: its colour, and what hides it."""
    return f"hue-{HUES.get(label, OTHER_HUE)} of of-{label if label in NAMES else REST}"


def badge(label: str) -> Markup:
    """Return a label as a small sign that its box hides, too."""
    return html.badge(label, f"quiet {hue(label)}")


def legend(result: Annotation, language: Language) -> Markup:
    """Return a box for each label: the four of names, and one for all others where there are any."""
    boxes = [_box(name, TITLES[name].say(language), name) for name in NAMES]
    if _others(result):
        boxes.append(_box(REST, OTHERS.say(language), None))
    title = html.tag("legend", SHOWN.say(language))
    return html.tag("fieldset", title, html.join(boxes), class_="legend")


def _box(name: str, title: str, sign: str | None) -> Markup:
    box = html.tag("input", type="checkbox", checked=True, class_=f"show-{name}")
    small = html.tag("small", sign) if sign else None
    return html.tag(
        "label",
        box,
        html.tag("span", title),
        small,
        class_=f"entity hue-{HUES.get(name, OTHER_HUE)}",
    )


def _others(result: Annotation) -> Collection[str]:
    return {s.label for f in result.findings for s in f.markup.spans} - set(NAMES)
