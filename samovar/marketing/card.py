"""The result card: each text, what was checked in it and what was found, and the drafts not chosen."""

from __future__ import annotations

from markupsafe import Markup

from samovar import html
from samovar.marketing.channels import TITLES, VOICES
from samovar.marketing.checks.forms import PARTS, Form
from samovar.marketing.checks.kinds import KINDS, told
from samovar.marketing.core import Campaign
from samovar.marketing.prompt import UNITS
from samovar.marketing.selection import Dropped
from samovar.phrases import Language, Phrase
from samovar.records import Copy, Problem
from samovar.tool import Download, Judged, Shown

CSV, JSONL = "samovar-marketing.csv", "samovar-marketing.jsonl"
FIELDS = ("channel", "tone", "text", "problems")
"""Columns of the CSV file."""
WRITING = Phrase("writing …", "пишется …")
WAITING = Phrase("No word has come yet.", "Ещё ни слова.")
SIZE = Phrase("{part}: {n} of {most} {unit}", "{part}: {n} из {most} {unit}")
CLEAN = Phrase("texts with no fault found", "текстов без найденных ошибок")
DRAWN = Phrase("drafts written", "черновиков написано")
EDIT = Phrase(
    "Text {n}; what you change is checked as you type", "Текст {n}; правки проверяются сразу"
)
COPY = Phrase("Copy", "Копировать")
COPIED = Phrase("Copied", "Скопировано")
NONE = Phrase(
    "{all} kinds of faults were looked for, none was found; the checks do not see everything.",
    "Проверено видов ошибок: {all}, ничего не найдено; проверки видят не всё.",
)
SOME = Phrase(
    "{all} kinds of faults were looked for, {n} found.",
    "Проверено видов ошибок: {all}, найдено: {n}.",
)
UNCHECKED = Phrase("It was not checked.", "Текст не проверен.")
WORDS = Phrase("“{words}”", "«{words}»")
DROPPED = Phrase("Drafts not chosen, and why ({n})", "Невыбранные черновики и причины ({n})")
DOUBT = Phrase(
    "The sheet says both “{first}” and “{second}”; a text with either is marked. Correct the sheet and "
    "write again.",
    "В карточке есть и «{first}», и «{second}»; тексты с любым из них отмечены. Исправьте карточку и "
    "напишите снова.",
)
LIKE = Phrase("nearly the same as text {n}", "почти то же, что текст {n}")
SURPLUS = Phrase("more than were asked for", "сверх заказанного")


def card(campaign: Campaign, language: Language, sheet: str) -> Shown:
    """Return the campaign as a card; the finished one can be edited, and files come with it.

    `sheet` is the text of the product sheet, against which edited texts are checked.
    """
    running = campaign.cost is None
    item = _growing if running else _finished
    texts = [item(copy, at, campaign, language) for at, copy in enumerate(campaign.texts)]
    side_by_side = len({copy.tone for copy in campaign.texts}) > 1
    kind = "copies beside" if side_by_side else "copies"
    listed: Markup = html.tag("ol", html.join(texts), class_=kind)
    if not running:
        listed = html.editor(listed, sheet=sheet, channel=campaign.channel)
    title = html.tag("h3", html.tag("bdi", campaign.product)) if campaign.product else None
    doubts = [_doubt(*pair, language) for pair in campaign.doubts]
    numbers = _numbers(campaign, language)
    parts = (title, *doubts, numbers, listed, _dropped(campaign, language))
    body = html.join(part for part in parts if part)
    return Shown(body, campaign.cost, () if running else downloads(campaign))


def verdict(copy: Copy, channel: str, form: Form | None, language: Language) -> Judged:
    """Return what stands below a text: its length, what was found, and all that was looked for."""
    found = [_fault(problem, language) for problem in copy.problems]
    sizes = [html.badge(size) for size in _sizes(copy.text, form, language)]
    said = SOME if found else NONE if copy.checked else UNCHECKED
    summary = said.say(language, all=len(copy.checked), n=len(found))
    kinds = ", ".join(KINDS[kind].say(language) for kind in copy.checked if kind in KINDS)
    body = html.join(
        (
            html.tag("ul", html.join(found), class_="found") if found else "",
            html.tag("div", html.join(sizes, " "), class_="badges"),
            html.details(summary, html.tag("p", kinds, class_="quiet")),
        )
    )
    return Judged(body, clean(copy), records(copy, channel))


def clean(copy: Copy) -> bool:
    """Tell whether a text was checked and nothing was found."""
    return bool(copy.checked) and not copy.problems


def records(copy: Copy, channel: str) -> dict[str, str]:
    """Return what stands for a text in each file, by the file's name."""
    problems = "; ".join(f"{p.kind}: {p.words} ({p.reason})" for p in copy.problems)
    line = html.csv_line((channel, copy.tone, copy.text, problems))
    return {CSV: line, JSONL: html.json_line(copy)}


def downloads(campaign: Campaign) -> tuple[Download, ...]:
    """Return the texts as CSV and JSON Lines; on the page both follow what is edited."""
    rows = [records(copy, campaign.channel) for copy in campaign.texts]
    return tuple(
        Download(name, head + "".join(row[name] for row in rows), head=head)
        for name, head in ((CSV, html.csv_line(FIELDS)), (JSONL, ""))
    )


def _numbers(campaign: Campaign, language: Language) -> Markup:
    running = campaign.cost is None
    good = sum(map(clean, campaign.texts))
    passed = "…" if running else html.tally(good, len(campaign.texts))
    drawn = f"{campaign.finished}/{campaign.drawn}"
    return html.stats(((passed, CLEAN.say(language)), (drawn, DRAWN.say(language))))


def _doubt(first: str, second: str, language: Language) -> Markup:
    said = DOUBT.say(language, first=first.rstrip(". "), second=second.rstrip(". "))
    return html.notice(said, "hint")


def _growing(copy: Copy, at: int, campaign: Campaign, language: Language) -> Markup:
    head = _head(copy, campaign, language, html.badge(WRITING.say(language)))
    text = (
        html.plain(copy.text) if copy.text else html.tag("p", WAITING.say(language), class_="quiet")
    )
    return html.tag("li", head, text, class_="copy")


def _finished(copy: Copy, at: int, campaign: Campaign, language: Language) -> Markup:
    button = html.copy_edited(COPY.say(language), COPIED.say(language))
    return html.tag(
        "li",
        _head(copy, campaign, language, button),
        html.editable(copy.text, at, EDIT.say(language, n=at + 1), tone=copy.tone),
        html.verdict(verdict(copy, campaign.channel, campaign.form, language), at),
        class_="copy",
    )


def _head(copy: Copy, campaign: Campaign, language: Language, last: Markup) -> Markup:
    names = [TITLES[campaign.channel].say(language)] if campaign.channel in TITLES else []
    names += [VOICES[copy.tone].say(language)] if copy.tone in VOICES else []
    return html.tag("div", html.tag("strong", " · ".join(names)), last, class_="copy-head")


def _sizes(text: str, form: Form | None, language: Language) -> list[str]:
    if form is None:
        return []
    unit = UNITS[form.counted]
    return [
        SIZE.say(language, part=PARTS[part.name], n=n, most=most, unit=unit)
        for part, n, most in form.lengths(text)
    ]


def _fault(problem: Problem, language: Language) -> Markup:
    """Return one fault: its kind, the words of the text and what the sheet says."""
    kind = KINDS[problem.kind].say(language) if problem.kind in KINDS else problem.kind
    words = WORDS.say(language, words=problem.words) if problem.words else ""
    parts = [html.badge(kind, "bad"), html.tag("bdi", words) if words else None]
    reason = told(problem, language).reason
    parts.append(html.tag("span", reason, class_="reason") if reason else None)
    return html.tag("li", html.join((part for part in parts if part), " "))


def _dropped(campaign: Campaign, language: Language) -> Markup | None:
    """Return the drafts that were not chosen, folded, each with its reason."""
    if not campaign.dropped:
        return None
    listed = [_draft(one, language) for one in campaign.dropped]
    said = DROPPED.say(language, n=len(listed))
    return html.details(said, html.tag("ol", html.join(listed), class_="copies drafts"))


def _draft(one: Dropped, language: Language) -> Markup:
    faults = [_fault(problem, language) for problem in one.copy.problems]
    why = LIKE.say(language, n=one.like) if one.like else SURPLUS.say(language)
    if one.like or not faults:
        faults.append(html.tag("li", html.badge(why)))
    found = html.tag("ul", html.join(faults), class_="found")
    tone = VOICES[one.copy.tone].say(language) if one.copy.tone in VOICES else ""
    head = html.tag("div", html.tag("strong", tone), class_="copy-head") if tone else None
    return html.tag("li", head, html.plain(one.copy.text), found, class_="copy")
