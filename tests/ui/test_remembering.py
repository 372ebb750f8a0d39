"""What the visitor's browser keeps is there when the page opens, whatever tool is open."""

import gradio as gr

from samovar.phrases import LANGUAGES
from samovar.ui.shell import hub


def test_no_tab_holds_what_the_browser_keeps():
    """Gradio draws a tab when it is opened first, long after the page asked for what is kept."""
    blocks = hub()
    kept = [block for block in blocks.blocks.values() if isinstance(block, gr.BrowserState)]
    keys = {state.storage_key for state in kept}
    assert len(kept) == len(keys) * len(LANGUAGES)  # each language reads the same
    assert keys == {"samovar-memory-character", "samovar-card"}
    assert [state.storage_key for state in kept if state.parent is not blocks] == []
    assert all(blocks.children.count(state) == 1 for state in kept)
