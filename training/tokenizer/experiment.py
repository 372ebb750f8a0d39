"""Add domain terms to the vocabulary of a chat model and let it learn them in stages.

python -m training.tokenizer training/configs/tokenizer-kubernetes.yaml --data-dir DIR --export
python -m training.tokenizer CONFIG --data-dir DIR --most 2     a trial, its results in its folder
OMP_NUM_THREADS=1 python -m training.tokenizer CONFIG --data-dir DIR --process 1 2    one of two at once; then
the first line, which writes the figures

Every state (a start, a seed, a stage) is measured and written down as soon as it is reached: a run that was
stopped goes on where it was. At the end stand eval/results/NAME.json and assets/plots/NAME.png, and with
--export the new rows in assets/vocabularies.
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Literal

import torch

from samovar import catalog, checks
from samovar.command import terminal
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.files.dequantised import dequantised
from samovar.settings import ROOT, Settings
from training.corpora import domain_text, wikitext
from training.frame import command, recipe
from training.frame.backbone import dtype
from training.tokenizer import material, picture, report, states
from training.tokenizer.material import Material
from training.tokenizer.plan import UNEXTENDED, Task, TokenizerRecipe, tasks
from training.tokenizer.shipped import shipped
from training.tokenizer.states import Place
from training.tokenizer.texts import BLOCK

PLOTS = ROOT / "assets" / "plots"
Precision = Literal["bf16", "fp32"]
PRECISION = "precision"
"""File in the folder of an experiment that names the type of its numbers."""
LIBRARIES = ("torch", "transformers", "peft", "tokenizers")


def build(options: Namespace, settings: Settings, out: IO[str]) -> int:
    """Reach every state of the recipe, write the figures and the picture, and export when asked.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another experiment.
    """
    chosen = recipe.load(options.config, TokenizerRecipe)
    chosen = tried(chosen, options.most) if options.most else chosen
    place = placed(chosen, options, settings)
    chosen = settled(chosen, place)
    terms = settings.data / "terms"
    read = material.read(chosen, options.data_dir, terms, place.base, options.most)
    order = list(tasks(chosen))
    if options.process is not None:
        reached = list(walked(turn(order, *options.process), order, chosen, read, place))
        return terminal.write(out, [f"{len(reached)} of {len(order)} states"])
    rows = list(walked(order, order, chosen, read, place))
    measured = report.report(chosen, read, rows)
    seconds = sum(row["training_seconds"] + row["measuring_seconds"] for row in rows)
    origin = provenance.here(
        seed=chosen.seeds[0],
        wall_seconds=seconds,
        data=f"{chosen.domain} and {chosen.general}, {chosen.part} part",
        size=len(rows),
        libraries=LIBRARIES,
    )
    results, plots = (
        given or (place.folder if options.most else usual)
        for given, usual in ((options.results, RESULTS), (options.plots, PLOTS))
    )
    result = provenance.write(chosen.name, measured, origin, results)
    plot = plots / f"{chosen.name}.png"
    picture.draw(measured["states"], {one.name: one.after for one in chosen.stages}, plot)
    written = [str(result), str(plot)]
    if options.export:
        assets = place.folder if options.most else settings.assets
        folder = assets / "vocabularies" / chosen.vocabulary
        written.append(str(shipped(chosen, read, place, folder)))
    return terminal.write(out, [*report.told(measured), *written])


def tried(chosen: TokenizerRecipe, most: int) -> TokenizerRecipe:
    """Return `chosen` as a trial: one seed, and `most` texts for each stage and each measure."""
    size = most * BLOCK
    stages = tuple(
        replace(stage, characters=min(stage.characters, size)) for stage in chosen.stages
    )
    return replace(
        chosen,
        name=f"{chosen.name}-trial",
        stages=stages,
        seeds=chosen.seeds[:1],
        measured=min(chosen.measured, size),
    )


def placed(chosen: TokenizerRecipe, options: Namespace, settings: Settings) -> Place:
    """Return where the base lies and the experiment is written; --fresh empties that folder.

    Raises:
        SamovarError: the base's weights are missing or altered.
    """
    folder = options.out or ROOT / "runs" / chosen.name
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    files = [options.data_dir / chosen.domain / name for name in domain_text.FILES]
    files += [options.data_dir / chosen.general / name for name in wikitext.FILES]
    files += [settings.data / "terms" / f"{chosen.subject}-{name}" for name in material.FILES]
    base = options.base or dequantised(catalog.model(chosen.base), settings)
    files.append(base / "tokenizer.json")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return Place(base, folder, {path.name: path for path in files}, device)


def settled(chosen: TokenizerRecipe, place: Place) -> TokenizerRecipe:
    """Return `chosen` in the precision in which its folder was begun, where the machine decides on it.

    A busy machine may find the other one faster the next time, and states are compared.
    """
    if chosen.training.precision != "auto":
        return chosen
    place.folder.mkdir(parents=True, exist_ok=True)
    path = place.folder / PRECISION
    with suppress(FileExistsError), path.open("x", encoding="utf-8") as file:
        fast = dtype(chosen.training, place.device) == torch.bfloat16
        file.write("bf16" if fast else "fp32")
    begun: Precision = "bf16" if path.read_text(encoding="utf-8") == "bf16" else "fp32"
    return replace(chosen, training=replace(chosen.training, precision=begun))


def turn(order: Sequence[Task], process: int, processes: int) -> list[Task]:
    """Return what one of several processes reaches of `order`: whole chains of a start and a seed.

    Raises:
        InputError: there is no such process.
    """
    checks.whole(process, 1, processes, "process")
    chains = list(dict.fromkeys(task.folder for task in order))[process - 1 :: processes]
    return [task for task in order if task.folder in chains]


def walked(
    turn: Sequence[Task],
    order: Sequence[Task],
    chosen: TokenizerRecipe,
    read: Material,
    place: Place,
) -> Iterator[dict[str, Any]]:
    """Yield what was measured of each of `turn`, some or all states of `order`, reaching those that are new.

    With the first seed the unextended model and the first start also write samples, and each state of
    the first start is proven: merged, saved, loaded again.

    Raises:
        SamovarError: the folder holds another experiment, or a proof fails.
    """
    first = chosen.starts[0]
    for task in turn:
        row = states.known(task, place)
        if row is None:
            once = task.seed == chosen.seeds[0]
            told, proven = once and task.start in (UNEXTENDED, first), once and task.start == first
            row = states.reached(task, read, place, told=told, proven=proven)
        yield row
        states.swept(order, place, chosen.shipped())


def arguments() -> ArgumentParser:
    """Return the parser of the command line."""
    parser = command.arguments("training.tokenizer", __doc__)
    parser.add_argument("--most", type=int, default=0, help="a trial: texts a stage and a measure")
    parser.add_argument(
        "--process",
        type=int,
        nargs=2,
        metavar=("K", "N"),
        help="reach the states of the K-th of N processes that share a folder; write no figures",
    )
    parser.add_argument("--results", type=Path, help="folder of the figures; default eval/results")
    parser.add_argument("--plots", type=Path, help="folder of the picture; default assets/plots")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Train, measure, write, and return the exit code."""
    options = arguments().parse_args(argv)
    return terminal.run(lambda settings, out: build(options, settings, out))
