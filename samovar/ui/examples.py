"""Make the answered examples anew with the models of this machine.

`python -m samovar.ui.examples` writes all of them, or those of the tools named.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from samovar.examples import example_path
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from samovar.tool import SLUGS
from samovar.ui.modules import module


def write(settings: Settings, slug: str) -> Path:
    """Answer the tool's first sample in each language and store inputs and result."""
    tab: Any = module(slug)
    answered: dict[str, Any] = {}
    for language in LANGUAGES:
        with gr.Blocks():
            inputs = dict(tab.draw(language).samples[0])
        answered[language] = {"inputs": inputs, "result": tab.record(language, inputs)}
    path = example_path(settings, slug)
    path.write_text(json.dumps(answered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def main(argv: Sequence[str] | None = None) -> None:
    """Write the examples of the tools that `argv` names, or of all."""
    parser = argparse.ArgumentParser(prog="python -m samovar.ui.examples", description=__doc__)
    parser.add_argument("tools", nargs="*", choices=(*SLUGS, "all"), default="all")
    tools = parser.parse_args(argv).tools
    settings = Settings.from_env()
    for slug in SLUGS if "all" in tools else tools:
        print(write(settings, slug))


if __name__ == "__main__":
    main()
