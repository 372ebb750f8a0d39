"""Measure the memory of the whole hub after each tool was used once, with and without the larger chat model.

`python -m eval.memory` · each variant is a process of its own, which serves the page as `app.py` does and
then calls the public endpoints.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.metrics.process_memory import Use, now
from samovar import endpoints
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.settings import ROOT
from samovar.tool import SLUGS

VARIANTS = {"large": {}, "light": {"SAMOVAR_LIGHT": "1"}}
"""Name → variables of its process: where the larger chat model is here it answers, or does not."""
CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("paraphrase", "paraphrase", {"text": "Which gate does BA117 leave from?", "n": 8}),
    ("search", "search", {"query": "Who built the first lighthouse?"}),
    ("search-rerank", "search", {"query": "Who built the first lighthouse?", "mode": "rerank"}),
    ("ner-en", "ner", {"text": "Ann Lee of Siemens flew from Porto to Berlin."}),
    ("ner-ru", "ner", {"text": "Анна Ли из «Сименса» прилетела из Твери в Берлин."}),
    ("tokenizer", "tokenizer", {"text": "kubectl get pods", "terms": ["kubectl"]}),
    ("character", "character", {"message": "Do you take Vicodin?"}),
    ("marketing", "marketing", {"sheet": "tp-pulsewatch"}),
)
"""Step, tool and arguments; all taggers of a language run by default."""
LIBRARIES = ("openvino", "openvino-genai", "xllamacpp", "gradio")


def uses() -> Iterator[Use]:
    """Serve the page, load what first answers wait for, use each tool once; yield after each step."""
    yield now("start")
    from samovar.ui.modules import module
    from samovar.ui.shell import hub, launch_options

    page = hub()
    page.launch(**{**launch_options(), "server_port": None}, prevent_thread_lock=True, quiet=True)
    yield now("page")
    for slug in SLUGS:
        module(slug).warm_up()
    yield now("warm")
    for step, slug, arguments in CALLS:
        endpoints.call(slug, arguments)
        yield now(step)
    page.close()


def measured(variant: str) -> dict[str, Any]:
    """Return the steps of one variant, run in a process of its own, and the models that it loaded."""
    command = [sys.executable, "-m", "eval.memory", "--child"]
    env = {k: v for k, v in os.environ.items() if k != "SAMOVAR_LIGHT"} | VARIANTS[variant]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def child() -> None:
    """Print the steps of this process as the last line."""
    from samovar.models.shelf import shelf

    steps = []
    for use in uses():
        steps.append(asdict(use))
        print(use, file=sys.stderr)
    models = sorted(f"{id} ({engine})" for engine, id in shelf().loaded())
    print(json.dumps({"steps": steps, "models": models}))
    sys.stdout.flush()
    os._exit(0)  # engines need no orderly end here


def main(argv: Sequence[str] | None = None) -> int:
    """Run the variants and write the result."""
    parser = argparse.ArgumentParser("python -m eval.memory", description=__doc__)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    if given.child:
        child()
    began = time.perf_counter()
    variants = {name: measured(name) for name in VARIANTS}
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="one call of each tool in eval/memory.py",
        size=len(CALLS),
        libraries=LIBRARIES,
    )
    path = provenance.write("memory", {"variants": variants}, origin, given.results)
    ends = ", ".join(f"{name} {row['steps'][-1]['resident']} MB" for name, row in variants.items())
    print(f"{ends} → {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
