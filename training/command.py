"""The command line that all recipes share."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.settings import ROOT, Settings
from training.run import Run

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


def opened(options: argparse.Namespace, recipe: Any, data: Mapping[str, Path]) -> Run:
    """Return the run that the command line asks for; see Run for the errors."""
    folder = options.out or ROOT / "runs" / recipe.name
    return Run(folder, recipe, data, fresh=options.fresh, resume=options.resume)


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
