"""The line that says that work goes on: since when, how far, and that the result below is the earlier one."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase

WORKING = Phrase("Working", "Работает")
EARLIER = Phrase("Below is the earlier result.", "Ниже — прежний результат.")
REFUSED = Phrase(
    "This is still the earlier result: there is none for what you asked now.",
    "Это прежний результат: на новый вопрос ответа нет.",
)


def working(language: Language, stage: str = "") -> Markup:
    """Return the line; the page shows it while a request runs, and counts its seconds (ui/working.js)."""
    seconds = html.tag("span", data_seconds=True, aria_hidden="true")
    far = html.tag("span", stage, class_="stage", role="status")
    line = html.tag(
        "p", html.tag("b", WORKING.say(language)), " ", seconds, " ", far, class_="work"
    )
    earlier = html.tag("p", EARLIER.say(language), class_="earlier")
    refused = html.tag("p", REFUSED.say(language), class_="refused")
    return html.join([line, earlier, refused])
