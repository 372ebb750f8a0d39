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
from samovar.tool import Download, Judged, Shown

VOID = ("br", "hr", "img", "input")
LINK = Phrase("Copy link", "Скопировать ссылку")
EMBED = Phrase("Embed", "Встроить")
EMBED_SAYS = Phrase(
    "Copy the address that shows this result alone, for an iframe or a slide",
    "Скопировать адрес, по которому виден только этот результат: для iframe или слайда",
)
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


def editable(text: str, at: int, says: str, **own: str) -> Markup:
    """Return `text` as the box number `at` of a result in which it is edited; `says` is read out.

    It stands beside its `verdict`, both inside an `editor`; `own` comes back to the tool with it.
    """
    kept = json.dumps(own, ensure_ascii=False)
    return tag(
        "textarea", text, class_="edited", data_edit=at, data_own=kept, aria_label=says, rows=3
    )


def verdict(judged: Judged, at: int, of: str | None = None) -> Markup:
    """Return what is found of the editable text number `at`; it is replaced when that is edited.

    `of` is the text as it was sent: what came for an earlier one is dropped by the page.
    """
    return tag(
        "div",
        judged.body,
        class_="verdict",
        data_verdict=at,
        data_clean=judged.clean,
        data_records=json.dumps(dict(judged.records), ensure_ascii=False),
        data_of=of,
        aria_live="polite",
    )


def tally(clean: int, all: int) -> Markup:
    """Return how many editable texts of a result are clean; the page counts again after edits."""
    return tag("span", f"{clean}/{all}", data_tally=True)


def editor(body: object, **given: str) -> Markup:
    """Return a place of editable texts; `given` comes back to the tool with each that is judged."""
    return tag("div", body, class_="editor", data_given=json.dumps(given, ensure_ascii=False))


def copy_edited(label: object, done: str) -> Markup:
    """Return a button that copies the editable text of its list item as it stands now."""
    return tag("button", label, type="button", class_="act", data_copy_edited=True, data_done=done)


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
    return Download(f"{name}.jsonl", "".join(map(json_line, rows)))


def json_line(row: object) -> str:
    """Return one line of a JSON Lines file."""
    return json.dumps(to_json(row), ensure_ascii=False) + "\n"


def spreadsheet(name: str, rows: Iterable[Mapping[str, Any]]) -> Download:
    """Return `rows` as CSV with a header (UTF-8; a leading = + - @ is defused for spreadsheets)."""
    listed = list(rows)
    fields = list(dict.fromkeys(key for row in listed for key in row))
    lines = (csv_line([row.get(field) for field in fields]) for row in listed)
    return Download(f"{name}.csv", csv_line(fields) + "".join(lines))


def csv_line(values: Iterable[object]) -> str:
    r"""Return one line of a CSV file, defused.

    >>> csv_line(["a,b", "=1", [2]])
    '"a,b",\'=1,[2]\r\n'
    """
    out = io.StringIO()
    csv.writer(out).writerow([_defused(value) for value in values])
    return out.getvalue()


def card(shown: Shown, language: Language, *, link: str = "", example: bool = False) -> Markup:
    """Return the whole result card: body, then cost, downloads and the link that restores it."""
    cost = _cost(shown.cost, language) if shown.cost else None
    files = [_download(download) for download in shown.downloads]
    copy = None
    if link and len(link) <= MAX_LINK:
        copy = join(_copies(link, language))
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


def _copies(link: str, language: Language) -> list[Markup]:
    """Return the buttons that copy the result's address, of the page and of the result alone."""
    return [
        tag(
            "button",
            label.say(language),
            type="button",
            class_="foot-link",
            title=says.say(language) if says else None,
            data_copy=link + more,
            data_done=LINK_DONE.say(language),
        )
        for label, says, more in ((LINK, None, ""), (EMBED, EMBED_SAYS, "&alone=1"))
    ]


def _cost(cost: Cost, language: Language) -> Markup:
    ms = f"{cost.milliseconds:,.0f}".replace(",", "\u2009")
    said = COST.say(language, ms=ms, model=cost.model, engine=cost.engine)
    return tag("span", said, class_="cost")


def _download(download: Download) -> Markup:
    content = base64.b64encode(download.data or download.text.encode()).decode("ascii")
    kind = download.name.rsplit(".", 1)[-1].upper()
    href = f"data:application/octet-stream;base64,{content}"
    return tag(
        "a",
        f"↓ {kind}",
        href=href,
        download=download.name,
        data_head=download.head,
        class_="foot-link",
    )


def _defused(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return json.dumps(to_json(value), ensure_ascii=False) if _nested(value) else value


def _nested(value: object) -> bool:
    return isinstance(value, list | tuple | dict)
