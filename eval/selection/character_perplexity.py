"""How well adapters foretell a character's lines in a season that nothing learned from.

python -m eval.selection.character_perplexity --pairs build/house-test.jsonl --adapters runs/*/adapter

The base with the prompt of serving and each adapter with the same prompt read the same talks; only the
character's replies count. Writes eval/results/character-perplexity-<character>-<base>.json: perplexity with
an interval over replies, what each adapter changes against the prompted base, and what its run cost.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import torch
from numpy.typing import NDArray

from eval.character import runs
from eval.systems import chat_weights
from samovar import catalog
from samovar.command import terminal
from samovar.errors import InputError
from samovar.figures import provenance, statistics
from samovar.figures.results import RESULTS
from samovar.models.files.adapters import FILES
from samovar.models.files.dequantised import dequantised
from samovar.phrases import Phrase
from samovar.records import to_json
from samovar.settings import Settings
from training.lessons.chat import examples
from training.lessons.chat.conversations import FORMATS, IGNORED, Lesson, lessons

LONGEST = 1024
"""Tokens of a talk; the longest in a hundred has six hundred."""
SEED = 0

Losses = NDArray[np.float64]
"""[replies, 2]: the summed loss in nats and the tokens of each reply."""

NO_ADAPTER = Phrase("{path} holds no adapter of {base}.", "В {path} нет адаптера для {base}.")
NAME_ONE = Phrase(
    "Name a folder with {file}, such as runs/NAME/adapter.",
    "Укажите папку с файлом {file}, например runs/NAME/adapter.",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.selection.character_perplexity")
    parser.add_argument("--character", default="house")
    parser.add_argument("--pairs", type=Path, required=True, help="file of training.conversations")
    parser.add_argument("--base", default="smollm2-135m-instruct", help="id in the catalog")
    parser.add_argument("--weights", type=Path, help="folder of the base, not the catalog's")
    parser.add_argument("--adapters", type=Path, nargs="*", default=[], help="folders of adapters")
    parser.add_argument("--most", type=int, default=200, help="talks, drawn by hash")
    parser.add_argument("--precision", choices=("auto", "fp32", "bf16"), default="fp32")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Read the talks with the base and each adapter; write the result and print it.

    Raises:
        SamovarError: pairs, weights or an adapter are missing or do not fit.
    """
    began = time.perf_counter()
    model = catalog.model(given.base)
    folders = {_name(path): path for path in given.adapters}
    for path in folders.values():
        _check(path, model.id)
    pairs = examples.most(examples.read(given.pairs), given.most, SEED)
    weights = chat_weights.load(given.weights or dequantised(model, settings), given.precision)
    dialogue = weights.vocabulary.dialogue(model.context)
    read = lessons(pairs, FORMATS["character"], weights.vocabulary, dialogue, LONGEST)
    base = losses(weights.network, read)
    rows = {"base": row(base, base)}
    for name, path in folders.items():
        weights.network.load_adapter(str(path), adapter_name=name.replace(".", "_"))
        weights.network.set_adapter(name.replace(".", "_"))
        rows[name] = {**row(losses(weights.network, read), base), "run": runs.beside(path)}
        print(*told({name: rows[name]}), file=sys.stderr, flush=True)
    found = {"character": given.character, "model": model.id, "talks": len(read), "rows": rows}
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data=given.pairs.name,
        size=len(read),
        libraries=("torch", "transformers", "peft"),
    )
    name = f"character-perplexity-{given.character}-{model.id}"
    path = provenance.write(name, found, origin, given.results)
    return terminal.write(out, [*told(rows), str(path)])


def losses(network: Any, read: Sequence[Lesson]) -> Losses:
    """Return the losses of all replies of the talks, in their order."""
    found = []
    for lesson in read:
        ids = torch.tensor([(lesson.prompt + lesson.reply)[:-1]], device=network.device)
        with torch.inference_mode():
            logits = network(input_ids=ids, use_cache=False).logits[0].float()
        targets = torch.tensor(lesson.targets, device=logits.device)
        each = torch.nn.functional.cross_entropy(
            logits, targets, reduction="none", ignore_index=IGNORED
        )
        last = range(len(lesson.prompt), len(lesson.prompt) + len(lesson.reply))
        for places in (*lesson.earlier, last):
            part = each[places.start - 1 : places.stop - 1]
            found.append((float(part.sum()), len(part)))
    return np.array(found, np.float64).reshape(-1, 2)


def row(own: Losses, base: Losses) -> dict[str, Any]:
    """Return perplexity, and its change against the base as a share, with intervals over replies."""

    def perplexity(cases: NDArray[np.int64], of: Losses = own) -> float:
        return float(np.exp(of[cases, 0].sum() / of[cases, 1].sum()))

    def change(cases: NDArray[np.int64]) -> float:
        return perplexity(cases) / perplexity(cases, base) - 1

    return {
        "replies": len(own),
        "tokens": int(own[:, 1].sum()),
        "perplexity": to_json(statistics.metric(len(own), perplexity)),
        "change": to_json(statistics.metric(len(own), change)),
    }


def told(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return a line for each row."""
    lines = []
    for name, found in rows.items():
        one, change = found["perplexity"], found["change"]
        lines.append(
            f"{name}: {one['value']:.2f} [{one['low']:.2f}, {one['high']:.2f}], "
            f"{change['value']:+.1%} [{change['low']:+.1%}, {change['high']:+.1%}]"
        )
    return lines


def _name(path: Path) -> str:
    whole = path.resolve()
    return whole.parent.name if whole.name == "adapter" else whole.name


def _check(path: Path, base: str) -> None:
    try:
        own = json.loads((path / FILES[2]).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        own = {}
    if own.get("base") != base:
        raise InputError(NO_ADAPTER, NAME_ONE, path=path, base=base, file=FILES[2])


if __name__ == "__main__":
    raise SystemExit(main())
