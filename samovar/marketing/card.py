"""The result card: each text with its length and a badge for every problem found."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.marketing.brief import CHANNELS
from samovar.marketing.claims import length
from samovar.marketing.core import Campaign
from samovar.phrases import Language, Phrase
from samovar.records import Copy, Reason
from samovar.tool import Download, Shown

NAME = "samovar-marketing"
CLEAN = Phrase("no problems found", "замечаний нет")
WRITING = Phrase("writing …", "пишется …")
SIZES = {
    "characters": Phrase("{n} of {most} characters", "{n} из {most} знаков"),
    "words": Phrase("{n} of {most} words", "{n} из {most} слов"),
}
PASSED = Phrase("without problems", "без замечаний")
DRAWN = Phrase("drafts written", "черновиков написано")
PROBLEM = Phrase("{check}: {value}", "{check}: {value}")
NEEDED = Phrase("Allowed: {threshold}", "Допустимо: {threshold}")
CHECKS = {
    "length": Phrase("length", "длина"),
    "unfinished": Phrase("unfinished", "не закончено"),
    "name": Phrase("product name", "название товара"),
    "number": Phrase("number not in the sheet", "числа нет в карточке"),
    "unit": Phrase("unit not in the sheet", "единицы нет в карточке"),
    "currency": Phrase("currency not in the sheet", "валюты нет в карточке"),
    "claim": Phrase("claim not in the sheet", "обещания нет в карточке"),
    "forbidden": Phrase("forbidden by the sheet", "запрещено карточкой"),
    "other product": Phrase("another product", "другой товар"),
    "unsupported": Phrase("sentence without support", "фраза без опоры в карточке"),
    "repetition": Phrase("repetition", "повтор"),
}
"""Check → its name on the page."""
MISSING = Phrase("missing", "отсутствует")


def card(campaign: Campaign, language: Language) -> Shown:
    """Return the campaign as a card; files come with the finished one."""
    running = campaign.cost is None
    texts = [_text(copy, campaign.channel, language, running) for copy in campaign.texts]
    clean = sum(not copy.problems for copy in campaign.texts)
    passed = "…" if running else f"{clean}/{len(campaign.texts)}"
    numbers = html.stats(
        (
            (passed, PASSED.say(language)),
            (f"{campaign.finished}/{campaign.drawn}", DRAWN.say(language)),
        )
    )
    title = html.tag("h3", html.tag("bdi", campaign.product)) if campaign.product else None
    listed = html.tag("ol", html.join(texts), class_="copies")
    body = html.join(part for part in (title, numbers, listed) if part)
    return Shown(body, campaign.cost, () if running else downloads(campaign))


def downloads(campaign: Campaign) -> tuple[Download, ...]:
    """Return the texts as CSV and JSON Lines."""
    rows = [
        {
            "text": copy.text,
            "problems": "; ".join(f"{p.check}: {p.value} ({p.threshold})" for p in copy.problems),
        }
        for copy in campaign.texts
    ]
    return html.spreadsheet(NAME, rows), html.json_lines(NAME, campaign.texts)


def _text(copy: Copy, channel: str, language: Language, running: bool) -> Markup:
    row = CHANNELS[channel]
    size = SIZES[row.unit].say(language, n=length(copy.text, row), most=row.most)
    if running:
        badges = [html.badge(WRITING.say(language))]
    else:
        badges = [_badge(problem, language) for problem in copy.problems]
        badges = badges or [html.badge(f"✓ {CLEAN.say(language)}", "good")]
    foot = html.tag("div", html.join((*badges, html.badge(size)), " "), class_="badges")
    return html.tag("li", html.plain(copy.text), foot, class_="copy")


def _badge(problem: Reason, language: Language) -> Markup:
    value = MISSING.say(language) if problem.check == "name" else problem.value
    said = PROBLEM.say(language, check=CHECKS[problem.check].say(language), value=value)
    return html.badge(said, "bad", NEEDED.say(language, threshold=problem.threshold))
