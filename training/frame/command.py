"""The command line that all recipes share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from samovar.command import terminal
from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.settings import ROOT, Settings
from training.frame import export, recipe
from training.frame.run import Run

Fit = Callable[[Any, argparse.Namespace, Settings], Path]
"""Gets a recipe, the options and the settings; trains and returns the folder of the run."""
Publish = Callable[[Path, Path], Path]
"""Gets the folder of a run and the one in assets/, and copies what ships; returns the latter."""

NO_FILE = Phrase("There is no {name} in {folders}.", "Нет файла {name} в папках {folders}.")
DATA_DIR = Phrase("Name its folder with --data-dir.", "Укажите его папку в --data-dir.")


def arguments(program: str, description: str | None) -> argparse.ArgumentParser:
    """Return the parser of `python -m training.<recipe> CONFIG --data-dir DIR --out DIR …`."""
    parser = argparse.ArgumentParser(f"python -m {program}", description=description)
    parser.add_argument("config", type=Path, help="recipe, such as training/configs/NAME.yaml")
    parser.add_argument("--data-dir", type=Path, default=ROOT / "data", help="folder of the data")
    parser.add_argument("--out", type=Path, help="folder of the run; default runs/NAME")
    parser.add_argument(
        "--base", type=Path, help="folder with the base's weights, not the catalog's"
    )
    again = parser.add_mutually_exclusive_group()
    again.add_argument(
        "--resume", action="store_true", help="fail when there is no run to go on with"
    )
    again.add_argument("--fresh", action="store_true", help="overwrite a run in the same folder")
    parser.add_argument("--export", action="store_true", help="then copy the adapter into assets/")
    return parser


def trained(
    options: argparse.Namespace,
    kind: type[Any],
    fit: Fit,
    publish: Publish = export.publish,
    place: Callable[[Any], str] = lambda chosen: "adapters",
) -> int:
    """Train the recipe of `kind`, export when asked, print the folder and return the exit code.

    `place` names the folder of assets/ in which a model of that recipe stands.
    """

    def work(settings: Settings, out: IO[str]) -> int:
        chosen = recipe.load(options.config, kind)
        folder = fit(chosen, options, settings)
        if options.export:
            folder = publish(folder, settings.assets / place(chosen) / chosen.name)
        return terminal.write(out, [str(folder)])

    return terminal.run(work)


def run_of(options: argparse.Namespace, chosen: Any, data: Mapping[str, Path]) -> Run:
    """Return the run that the command line asks for; see Run for the errors."""
    folder = options.out or ROOT / "runs" / chosen.name
    return Run(folder, chosen, data, fresh=options.fresh, resume=options.resume)


def located(name: str, options: argparse.Namespace, settings: Settings) -> Path:
    """Return the data file `name`, from --data-dir, else from the data of the repository.

    Raises:
        InputError: it is in neither.
    """
    folders = (options.data_dir, settings.data)
    for folder in folders:
        if (folder / name).is_file():
            return Path(folder / name)
    raise InputError(NO_FILE, DATA_DIR, name=name, folders=" · ".join(map(str, folders)))
