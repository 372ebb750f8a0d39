"""The look: one warm accent (copper) on neutral paper and ink, system fonts, light and dark."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes.utils.colors import Color

FOLDER = Path(__file__).parent
CSS = FOLDER / "page.css"
SCRIPTS = tuple(FOLDER / f"{name}.js" for name in ("page", "working", "history", "editing"))

COPPER = Color(
    name="copper",
    c50="#fdf6f0",
    c100="#f9e8da",
    c200="#f1cdb0",
    c300="#e5ab80",
    c400="#d58a55",
    c500="#b9692f",
    c600="#9c5423",
    c700="#7f441e",
    c800="#66381c",
    c900="#4f2d19",
    c950="#2c170b",
)
PAPER = Color(
    name="paper",
    c50="#fbfaf7",
    c100="#f4f2ed",
    c200="#e6e2da",
    c300="#d0cac0",
    c400="#a39c91",
    c500="#756f66",
    c600="#57524b",
    c700="#3d3a35",
    c800="#2a2825",
    c900="#1d1c1a",
    c950="#141312",
)
SANS = (
    "ui-sans-serif",
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "sans-serif",
)
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")

LOOK = {
    "body_background_fill": "*neutral_50",
    "body_background_fill_dark": "*neutral_950",
    "body_text_color": "*neutral_900",
    "body_text_color_dark": "*neutral_100",
    "body_text_color_subdued": "*neutral_500",
    "body_text_color_subdued_dark": "*neutral_400",
    "background_fill_primary": "white",
    "background_fill_primary_dark": "*neutral_900",
    "background_fill_secondary": "*neutral_100",
    "background_fill_secondary_dark": "*neutral_900",
    "block_background_fill": "transparent",
    "block_background_fill_dark": "transparent",
    "block_border_width": "0px",
    "block_label_text_color": "*neutral_600",
    "block_title_text_color": "*neutral_700",
    "block_title_text_color_dark": "*neutral_300",
    "block_title_text_weight": "500",
    "block_padding": "0px",
    "block_radius": "10px",
    "border_color_primary": "*neutral_200",
    "border_color_primary_dark": "*neutral_700",
    "input_background_fill": "white",
    "input_background_fill_dark": "*neutral_950",
    "input_border_color": "*neutral_300",
    "input_border_color_dark": "*neutral_700",
    "input_border_width": "1px",
    "input_radius": "8px",
    "button_primary_background_fill": "*primary_600",
    "button_primary_background_fill_hover": "*primary_700",
    "button_primary_background_fill_dark": "*primary_500",
    "button_primary_background_fill_hover_dark": "*primary_400",
    "button_primary_text_color": "white",
    "button_primary_text_color_dark": "*neutral_950",
    "button_secondary_background_fill": "*neutral_100",
    "button_secondary_background_fill_dark": "*neutral_800",
    "button_large_radius": "8px",
    "button_small_radius": "999px",
    "layout_gap": "14px",
    "link_text_color": "*primary_600",
    "link_text_color_dark": "*primary_300",
    "slider_color": "*primary_600",
    "slider_color_dark": "*primary_400",
    "checkbox_background_color_selected": "*primary_600",
    "checkbox_background_color_selected_dark": "*primary_500",
}
"""Gradio theme variable → value; names with `*` are shades of the palettes above."""


def theme() -> gr.themes.Base:
    """Return the Gradio theme; no font is fetched from the network."""
    look = gr.themes.Base(
        primary_hue=COPPER, secondary_hue=COPPER, neutral_hue=PAPER, font=SANS, font_mono=MONO
    )
    return look.set(**LOOK)


def sheets() -> tuple[Path, ...]:
    """Return the page's style sheet followed by those of the tools' cards."""
    return CSS, *sorted(FOLDER.parent.glob("*/card.css"))


def css() -> str:
    """Return the style of the whole page."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sheets())
