"""The card of the texts: each with its length and its problems, the other drafts below."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar.html import badge, details, join, json_lines, plain, spreadsheet, tag
from samovar.marketing.brief import CHANNELS
from samovar.marketing.core import Texts
from samovar.phrases import Language, Phrase
from samovar.records import Copy, Reason
from samovar.tool import Download

LENGTH = Phrase("{length} of {limit} characters", "{length} из {limit} знаков")
CLEAN = Phrase("nothing against the sheet", "сверено с карточкой")
DRAFT = Phrase("draft", "черновик")
SPARE = Phrase("Other drafts: {count}", "Другие черновики: {count}")
CHECKS: dict[str, Phrase] = {
    "length": Phrase("longer than {threshold}: {value}", "длиннее {threshold}: {value}"),
    "name": Phrase("does not name {threshold}", "не назван товар {threshold}"),
    "language": Phrase("language: {value}", "язык: {value}"),
    "placeholder": Phrase("not on the sheet: {value}", "нет в карточке: {value}"),
    "number": Phrase("number not on the sheet: {value}", "числа нет в карточке: {value}"),
    "claim": Phrase("claim not on the sheet: {value}", "обещания нет в карточке: {value}"),
    "forbidden": Phrase("forbidden: {value}", "запрещено: {value}"),
    "unsupported": Phrase("nothing of it on the sheet: {value}", "этого нет в карточке: {value}"),
}


def body(texts: Texts, language: Language) -> Markup:
    """Return the texts of a product as cards; without a cost they are still growing."""
    live = texts.cost is None
    limit = CHANNELS[texts.channel].limit
    parts = [_list(texts.copies, limit, language, live)]
    if texts.spare:
        summary = SPARE.say(language, count=len(texts.spare))
        parts.append(details(summary, _list(texts.spare, limit, language, live)))
    return tag("div", tag("h3", texts.product, class_="product"), join(parts))


def downloads(texts: Texts) -> tuple[Download, ...]:
    """Return the texts as CSV and JSON Lines."""
    rows = [
        {
            "product": texts.product,
            "channel": texts.channel,
            "text": copy.text,
            "problems": "; ".join(_told(reason, "en") for reason in copy.problems),
        }
        for copy in texts.copies
    ]
    name = "samovar-marketing"
    return spreadsheet(name, rows), json_lines(name, texts.copies)


def _list(copies: Sequence[Copy], limit: int, language: Language, live: bool) -> Markup:
    return tag("ul", join(_copy(copy, limit, language, live) for copy in copies), class_="copies")


def _copy(copy: Copy, limit: int, language: Language, live: bool) -> Markup:
    length = badge(LENGTH.say(language, length=len(copy.text), limit=limit))
    if live:
        marks = [badge(DRAFT.say(language))]
    elif copy.problems:
        marks = [badge(f"✕ {_told(reason, language)}", "bad") for reason in copy.problems]
    else:
        marks = [badge(f"✓ {CLEAN.say(language)}", "good")]
    marked = tag("p", join([*marks, length], " "), class_="marks")
    return tag("li", tag("p", plain(copy.text), class_="copy"), marked)


def _told(reason: Reason, language: Language) -> str:
    value = reason.value if len(str(reason.value)) <= 60 else f"{str(reason.value)[:57]}…"
    return CHECKS[reason.check].say(language, value=value, threshold=reason.threshold)
