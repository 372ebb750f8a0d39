"""Build the page: `hub()` holds every tool, `page(slug)` one of them, both from the same draw()."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr
from markupsafe import Markup
from starlette.middleware import Middleware

from samovar import html
from samovar.errors import SamovarError
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language
from samovar.tool import SLUGS, Tab, ToolModule
from samovar.ui import api, frame, models_page, theme
from samovar.ui.answering.door import Door
from samovar.ui.bench import bench, move
from samovar.ui.history.link import link, link_of, linked_tool, restored
from samovar.ui.history.results import Results
from samovar.ui.modules import module, warm_up
from samovar.ui.said import Spoken

MODELS = models_page.SLUG


def hub() -> gr.Blocks:
    """Return the page with all tools, in every language."""
    return _blocks(SLUGS)


def page(slug: str) -> gr.Blocks:
    """Return the page of one tool, for a Space of its own."""
    return _blocks((slug,))


def serve(blocks: gr.Blocks, slugs: Sequence[str] = SLUGS) -> None:
    """Serve `blocks`, the page of these tools, until the process is stopped.

    What their first answers need is loaded meanwhile, on ZeroGPU before.
    """
    warm_up(slugs)
    blocks.launch(**launch_options())


def launch_options() -> dict[str, Any]:
    """Return what `launch()` needs: address, look, limits, MCP."""
    settings = shelf().settings
    return {
        "server_name": settings.host,
        "server_port": settings.port or None,
        "theme": theme.theme(),
        "css": theme.css(),
        "head": frame.head(),
        "footer_links": ["api", "settings"],
        "mcp_server": True,
        "ssr_mode": False,
        "max_threads": settings.queue * 2 + 16,
        "max_file_size": f"{frame.FILE_MB}mb",
        "show_error": True,
        "app_kwargs": {"middleware": [Middleware(Spoken, settings.language)]},
    }


def _blocks(slugs: Sequence[str]) -> gr.Blocks:
    settings = shelf().settings
    door = Door(settings.queue, Results(settings.cache / "shared"))
    first = settings.language
    blocks = gr.Blocks(title="Samovar", analytics_enabled=False, fill_width=False)
    with blocks:
        _draw(slugs, door, first)
        api.publish(slugs, door)
    for language in LANGUAGES:
        if language != first:
            with blocks.route(language, f"/{language}", show_in_navbar=False):
                _draw(slugs, door, language)
    blocks.queue(max_size=settings.queue * 4, default_concurrency_limit=None)
    return blocks


def _draw(slugs: Sequence[str], door: Door, language: Language) -> None:
    """Draw one language of the page: header, tabs, footer and what connects them."""
    drawers = {slug: module(slug) for slug in slugs}
    switch = frame.header(language)
    target = gr.Textbox(visible=False)
    tabs: dict[str, Tab] = {}
    speakers: list[gr.HTML] = []
    titles = {slug: drawer.TITLE for slug, drawer in drawers.items()}
    menu = frame.menu({**titles, MODELS: models_page.TITLE}, language)
    with gr.Tabs(elem_id=f"tools-{language}", elem_classes="tools") as bar:
        for slug, drawer in drawers.items():
            with gr.Tab(drawer.TITLE.say(language), id=slug) as drawn:
                speakers.append(gr.HTML(_lead(drawer, language)))
                tabs[slug] = _tool(slug, drawer, door, language)
            drawn.select(None, js=f"() => samovar.opened('{slug}')", api_visibility="private")
        with gr.Tab(models_page.TITLE.say(language), id=MODELS) as drawn:
            tabs[MODELS] = models_page.draw(language, titles, door)
        drawn.select(None, js=f"() => samovar.opened('{MODELS}')", api_visibility="private")
    menu.click(None, None, bar, js="() => samovar.chosenTool()", api_visibility="private")
    frame.foot(language)
    _say_who_speaks(drawers, speakers, language)
    _raise_kept()
    _restore_from_link(bar, tabs, language)
    _switch_keeps_inputs(switch, target, tabs)


def _raise_kept() -> None:
    """Put what the visitor's browser keeps beside the tabs, into none of them.

    Gradio draws a tab when it is opened first: inside one such a state is read too late, and the
    page opens as if nothing were kept.
    """
    blocks = gr.context.Context.root_block
    assert blocks is not None
    for block in blocks.blocks.values():
        if isinstance(block, gr.BrowserState):
            move(block, blocks)


def _lead(drawer: ToolModule, language: Language) -> Markup:
    """Return what the tool does, and which model answers texts in the language of the page."""
    try:
        said = drawer.speaks(language).say(language)
    except SamovarError as error:
        said = error.say(language)
    lead = html.tag("p", drawer.LEAD.say(language), class_="lead")
    return lead + html.tag("p", said, class_="lead speaks")


def _say_who_speaks(
    drawers: Mapping[str, ToolModule], drawn: Sequence[gr.HTML], language: Language
) -> None:
    """Say anew on every page that opens who answers: a model may have been fetched meanwhile."""

    def now() -> list[Markup]:
        return [_lead(drawer, language) for drawer in drawers.values()]

    gr.on(
        None,
        now if len(drawn) > 1 else lambda: now()[0],
        outputs=list(drawn),
        api_visibility="private",
        queue=False,
        show_progress="hidden",
    )


def _tool(slug: str, drawer: ToolModule, door: Door, language: Language) -> Tab:
    return bench(
        slug,
        lambda: drawer.draw(language),
        lambda tab: _example(slug, drawer, tab, language),
        door,
        language,
    )


def _example(slug: str, drawer: ToolModule, tab: Tab, language: Language) -> Markup:
    """Return the answered example; a damaged one is said, and the tool works all the same."""
    try:
        shown = drawer.example(language)
    except SamovarError as error:
        return html.notice(error.say(language), "hint")
    return html.card(shown, language, link=link(slug, tab.samples[0]), example=True)


def _restore_from_link(bar: gr.Tabs, tabs: Mapping[str, Tab], language: Language) -> None:
    widgets = [widget for tab in tabs.values() for widget in tab.inputs.values()]

    def restore(request: gr.Request) -> list[Any]:
        query = dict(request.query_params)
        slug = linked_tool(query, list(tabs))
        return [gr.Tabs(selected=slug) if slug else gr.skip(), *_linked(query, slug, tabs)]

    blocks = gr.context.Context.root_block
    assert blocks is not None
    # Gradio selects the first tab while the page mounts; the address may follow only afterwards.
    blocks.load(
        restore, outputs=[bar, *widgets], api_visibility="private", show_progress="hidden"
    ).then(None, js="() => samovar.settle()", api_visibility="private")
    _reopen_on_back(tabs)


def _reopen_on_back(tabs: Mapping[str, Tab]) -> None:
    """Put the inputs of the address back when the visitor goes back to it."""
    query = gr.Textbox(visible="hidden")
    button = gr.Button(visible="hidden", elem_classes="reopen-inputs")
    widgets = [widget for tab in tabs.values() for widget in tab.inputs.values()]

    def reopen(search: str) -> list[Any]:
        asked = dict(parse_qsl(search.removeprefix("?")))
        slug = linked_tool(asked, list(tabs))
        return _linked(asked, slug, tabs)

    button.click(
        reopen,
        query,
        widgets,
        js="() => [location.search]",
        trigger_mode="always_last",
        api_visibility="private",
        queue=False,
        show_progress="hidden",
    )


def _linked(query: Mapping[str, str], slug: str | None, tabs: Mapping[str, Tab]) -> list[Any]:
    """Return the values of every tool's inputs: those that the link restores, and no change of others."""
    values: list[Any] = []
    for name, tab in tabs.items():
        linked = restored(query, tab) if name == slug else {}
        values += [linked.get(key, gr.skip()) for key in tab.inputs]
    return values


def _switch_keeps_inputs(switch: gr.Button, target: gr.Textbox, tabs: Mapping[str, Tab]) -> None:
    widgets = [widget for tab in tabs.values() for widget in tab.inputs.values()]

    def address(current: str, *values: Any) -> str:
        given = iter(values)
        current = current if current in tabs else next(iter(tabs))
        held = {slug: {name: next(given) for name in tab.inputs} for slug, tab in tabs.items()}
        return link_of(current, tabs[current], held[current])

    switch.click(
        address,
        [target, *widgets],
        target,
        js="(current, ...values) => [samovar.tool(), ...values]",
        api_visibility="private",
        queue=False,
        show_progress="hidden",
    ).then(None, [target], js="(query) => samovar.otherLanguage(query)", api_visibility="private")
