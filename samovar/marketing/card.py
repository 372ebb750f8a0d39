"""The result card: each text with its length and a badge for every problem found."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.marketing.checks.kinds import KINDS
from samovar.marketing.core import Campaign, length
from samovar.marketing.facts.brief import CHANNELS
from samovar.phrases import Language, Phrase
from samovar.records import Copy, Problem
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
CHECKED = Phrase("Looked for: {kinds}", "Проверено: {kinds}")
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
            "problems": "; ".join(f"{p.kind}: {p.words} ({p.reason})" for p in copy.problems),
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
        kinds = ", ".join(KINDS[kind].say(language) for kind in copy.checked if kind in KINDS)
        looked = CHECKED.say(language, kinds=kinds)
        badges = badges or [html.badge(f"✓ {CLEAN.say(language)}", "good", looked)]
    foot = html.tag("div", html.join((*badges, html.badge(size)), " "), class_="badges")
    return html.tag("li", html.plain(copy.text), foot, class_="copy")


def _badge(problem: Problem, language: Language) -> Markup:
    value = MISSING.say(language) if problem.kind == "name" else problem.words
    said = PROBLEM.say(language, check=KINDS[problem.kind].say(language), value=value)
    return html.badge(said, "bad", problem.reason)
