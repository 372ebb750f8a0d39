"""Escaped HTML for cards, tables and notices. Text from outside never becomes markup here."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from samovar.phrases import Language, Phrase
from samovar.records import Cost, to_json
from samovar.tool import Download, Shown

VOID = ("br", "hr", "img", "input")
LINK = Phrase("Copy link", "Скопировать ссылку")
LINK_DONE = Phrase("Copied", "Скопировано")
COST = Phrase("{ms} ms · {model} · {engine}", "{ms} мс · {model} · {engine}")
EXAMPLE = Phrase("Answered example", "Готовый пример")
MAX_LINK = 4000


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """Return an element; children and attribute values are escaped unless they are Markup.

    `class_` and `for_` lose their underscore, other underscores become hyphens, False and None
    attributes are left out.

    >>> tag("b", "a<b", class_="x", data_id=3)
    Markup('<b class="x" data-id="3">a&lt;b</b>')
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        label = key.removesuffix("_").replace("_", "-")
        parts.append(f" {label}" if value is True else f' {label}="{escape(value)}"')
    parts.append(">")
    if name not in VOID:
        parts += [str(escape(child)) for child in children if child is not None]
        parts.append(f"</{name}>")
    return Markup("".join(parts))


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Return all `parts`, escaped, as one piece of markup."""
    return Markup(between).join(escape(part) for part in parts)


def plain(text: str) -> Markup:
    """Return visitor's or model's text: escaped, its direction isolated, line breaks kept."""
    return tag("bdi", text, class_="plain")


def badge(text: object, kind: str = "quiet", title: str | None = None) -> Markup:
    """Return a small label; `kind` is quiet, good, bad or accent and never the only sign."""
    return tag("span", text, class_=f"badge {kind}", title=title)


def act(label: object, name: str, at: int, says: str, *, off: bool = False) -> Markup:
    """Return a button that does what the tool names `name` (`Act`); `says` is read out and shown.

    >>> act("›", "swipe", 2, "Next").split(">")[0]
    Markup('<button type="button" class="act" data-act="swipe" data-at="2" title="Next" aria-label="Next"')
    """
    return tag(
        "button",
        label,
        type="button",
        class_="act",
        data_act=name,
        data_at=at,
        title=says,
        aria_label=says,
        disabled=off,
    )


def copy(label: object, text: str, done: str) -> Markup:
    """Return a button that copies `text` and then says `done` for a moment."""
    return tag("button", label, type="button", class_="act", data_copy_text=text, data_done=done)


def notice(text: object, kind: str = "error") -> Markup:
    """Return a message across the card; `kind` is error, hint or empty."""
    role = "alert" if kind == "error" else "status"
    return tag("div", text, class_=f"notice {kind}", role=role)


def table(
    headers: Sequence[object], rows: Iterable[Sequence[object]], *, numeric: Sequence[int] = ()
) -> Markup:
    """Return a table; the columns named in `numeric` are aligned as numbers."""

    def cell(kind: str, at: int, value: object) -> Markup:
        label = str(headers[at]) if kind == "td" else None
        css = "number" if at in numeric else None
        scope = "col" if kind == "th" else None
        return tag(kind, value, class_=css, data_label=label, scope=scope)

    def row(kind: str, values: Sequence[object]) -> Markup:
        return tag("tr", join(cell(kind, at, value) for at, value in enumerate(values)))

    body = join(row("td", values) for values in rows)
    inner = tag("table", tag("thead", row("th", headers)), tag("tbody", body))
    return tag("div", inner, class_="scroll", tabindex="0", role="region")


def details(summary: object, body: object, *, opened: bool = False) -> Markup:
    """Return a block that opens and closes."""
    return tag("details", tag("summary", summary), body, open=opened)


def stats(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Return a row of big numbers, each with its caption: (number, caption)."""
    return tag(
        "dl",
        join(
            tag("div", tag("dd", number), tag("dt", caption), class_="stat")
            for number, caption in pairs
        ),
        class_="stats",
    )


def json_lines(name: str, rows: Iterable[Any]) -> Download:
    """Return `rows` (records or mappings) as a JSON Lines file."""
    lines = (json.dumps(to_json(row), ensure_ascii=False) for row in rows)
    return Download(f"{name}.jsonl", "".join(f"{line}\n" for line in lines))


def spreadsheet(name: str, rows: Iterable[Mapping[str, Any]]) -> Download:
    """Return `rows` as CSV with a header (UTF-8; a leading = + - @ is defused for spreadsheets)."""
    listed = list(rows)
    fields = list(dict.fromkeys(key for row in listed for key in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(fields)
    writer.writerows([_defused(row.get(field)) for field in fields] for row in listed)
    return Download(f"{name}.csv", out.getvalue())


def card(shown: Shown, language: Language, *, link: str = "", example: bool = False) -> Markup:
    """Return the whole result card: body, then cost, downloads and the link that restores it."""
    cost = _cost(shown.cost, language) if shown.cost else None
    files = [_download(download) for download in shown.downloads]
    copy = None
    if link and len(link) <= MAX_LINK:
        copy = tag(
            "button",
            LINK.say(language),
            type="button",
            class_="foot-link",
            data_copy=link,
            data_done=LINK_DONE.say(language),
        )
    feet = [part for part in (cost, *files, copy) if part]
    head = tag("p", badge(EXAMPLE.say(language), "accent"), class_="ribbon") if example else None
    return tag(
        "section",
        head,
        shown.body,
        tag("footer", join(feet), class_="foot") if feet else None,
        class_="answer",
        data_link=link or None,
    )


def _cost(cost: Cost, language: Language) -> Markup:
    ms = f"{cost.milliseconds:,.0f}".replace(",", "\u2009")
    said = COST.say(language, ms=ms, model=cost.model, engine=cost.engine)
    return tag("span", said, class_="cost")


def _download(download: Download) -> Markup:
    content = base64.b64encode(download.data or download.text.encode()).decode("ascii")
    kind = download.name.rsplit(".", 1)[-1].upper()
    href = f"data:application/octet-stream;base64,{content}"
    return tag("a", f"↓ {kind}", href=href, download=download.name, class_="foot-link")


def _defused(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return json.dumps(to_json(value), ensure_ascii=False) if _nested(value) else value


def _nested(value: object) -> bool:
    return isinstance(value, list | tuple | dict)
