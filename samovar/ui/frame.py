"""What frames the tools: header, footer and the page's script."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from functools import cache

import gradio as gr
from markupsafe import Markup

from samovar import __version__, html
from samovar.catalog.tools import LARGER
from samovar.errors import SamovarError
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.settings import ROOT
from samovar.ui import theme
from samovar.ui.modules import module
from samovar.ui.said import said

PROMISE = Phrase(
    "Six language tools on small models: paraphrase, search, tag, tokenize, talk and advertise, "
    "each result explained.",
    "Шесть инструментов на малых языковых моделях: перефразировать, найти, разметить, "
    "разбить на токены, поговорить, написать рекламу, и каждый ответ объяснён.",
)
TOOLS = Phrase("Tools", "Инструменты")
OTHER = Phrase("Русский", "English")
LOOK = Phrase("Light / dark", "Светлая / тёмная")
RUNS = Phrase("on {engine}: {reason}.", "на движке {engine}: {reason}.")
VERSION = Phrase("Samovar {version}, commit {commit}", "Самовар {version}, коммит {commit}")
USES = Phrase(
    "Also on the command line ({cli}), over HTTP and as an MCP server.",
    "Доступно и в командной строке ({cli}), и по HTTP, и как сервер MCP.",
)


FILE_MB = 20
"""Size up to which the page takes a file."""


def header(language: Language) -> gr.Button:
    """Draw name, promise and the two switches; return the language switch."""
    with gr.Row(elem_classes="header", equal_height=True):
        gr.HTML(
            html.tag("h1", "Samovar" if language == "en" else "Самовар")
            + html.tag("p", PROMISE.say(language)),
            elem_classes="brand",
        )
        with gr.Row(elem_classes="switches"):
            look = gr.Button(LOOK.say(language), size="sm", elem_classes="look")
            look.click(None, js="() => samovar.look()", api_visibility="private")
            return gr.Button(OTHER.say(language), size="sm", elem_classes="language")


def menu(titles: Mapping[str, Phrase], language: Language) -> gr.Button:
    """Draw a button for each tool, for screens too narrow for the tabs; return what a press of one presses.

    Gradio would fold all tabs but one or two away there.
    """
    buttons = (
        html.tag("button", title.say(language), type="button", data_tool=slug)
        for slug, title in titles.items()
    )
    said = TOOLS.say(language)
    gr.HTML(
        html.tag("div", html.join(buttons), class_="menu", role="navigation", aria_label=said),
        elem_classes="menu-place",
    )
    return gr.Button(visible="hidden", elem_id=f"menu-{language}")


def foot(language: Language) -> None:
    """Draw the footer; every page that opens says what is so then."""

    def now() -> Markup:
        return footer(language)

    drawn = gr.HTML(now())
    gr.on(None, now, outputs=drawn, api_visibility="private", queue=False, show_progress="hidden")


def footer(language: Language) -> Markup:
    """Return which models run here and why, the version, and the other ways in."""
    runs: dict[str, list[str]] = {}
    lines = []
    for role in ("chat", "encoder", "retriever"):
        try:
            chosen = shelf().choice(role)
        except SamovarError as error:
            lines.append(error.say(language))
            continue
        why = RUNS.say(language, engine=chosen.engine, reason=chosen.reason)
        titles = runs.setdefault(why, [])
        titles += [chosen.model.title] if chosen.model.title not in titles else []
    lines += [f"{', '.join(titles)} {why}" for why, titles in runs.items()]
    lines += _bases(language)
    lines.append(USES.say(language, cli="python -m samovar"))
    lines.append(VERSION.say(language, version=__version__, commit=commit()))
    return html.tag("footer", html.join(html.tag("p", line) for line in lines), class_="page-foot")


def _bases(language: Language) -> list[str]:
    """Say which tools a larger chat model answers, or could, and why."""
    told: dict[tuple[str, str], list[str]] = {}
    try:
        if shelf().choice("chat").model.source == "file":  # a large one answers them all
            return []
        answers = [(slug, shelf().base(slug)) for slug in LARGER]
    except SamovarError:  # said already, of the role
        return []
    for slug, chosen in answers:
        why = RUNS.say(language, engine=chosen.engine, reason=chosen.reason)
        told.setdefault((chosen.model.title, why), []).append(module(slug).TITLE.say(language))
    return [f"{', '.join(tools)}: {title} {why}" for (title, why), tools in told.items()]


def head() -> str:
    """Return the page's script and what it must know: the first language, the size of a file, its words."""
    known = {
        "SAMOVAR_FIRST": shelf().settings.language,
        "SAMOVAR_FILE_MB": FILE_MB,
        "SAMOVAR_SAID": said(),
    }
    script = "\n".join(path.read_text(encoding="utf-8") for path in theme.SCRIPTS)
    constants = "\n".join(f"const {name} = {json.dumps(value)};" for name, value in known.items())
    return f"<script>{constants}\n{script}\nsamovar.begin();</script>"


@cache
def commit() -> str:
    """Return the short commit of this checkout, or "unknown" outside one."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return answer.stdout.strip()
