"""Write a complete Space into a folder and push it: `python -m samovar.hub.space stage hub DIR`."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from huggingface_hub import HfApi

from samovar.command import terminal
from samovar.errors import InputError, StoreError
from samovar.phrases import Phrase
from samovar.settings import ROOT, Settings

SPACES = ROOT / "spaces"
SHARED = ("samovar", "data", "assets", "eval/results", "LICENSE")
"""What every Space gets beside its own three files."""
LEFT_OUT = ("__pycache__", "*.pyc", "*.egg-info", ".*")
LIMIT = 10 * 2**20
"""Bytes; the Hub refuses a larger file in a plain git push."""

UNKNOWN = Phrase("There is no Space `{name}`.", "Нет Space «{name}».")
CHOOSE = Phrase("Choose one of: {options}.", "Выберите из: {options}.")
TAKEN = Phrase("The folder {path} is not empty.", "Папка {path} не пуста.")
EMPTY_ONE = Phrase("Name a new or an empty folder.", "Укажите новую или пустую папку.")
LARGE = Phrase(
    "{path} has {size} MB; a Space takes files under {limit} MB.",
    "{path} занимает {size} МБ, а в Space помещаются файлы до {limit} МБ.",
)
FAILED = Phrase("The Hub refused {repo}: {why}", "Hub не принял {repo}: {why}")
LOG_IN = Phrase(
    "Log in with `hf auth login` and check the name.", "Войдите: `hf auth login`, и проверьте имя."
)
PLAN = Phrase(
    "{files} files, {size} MB would go to the Space {repo}; add --upload to do it.",
    "В Space {repo} ушло бы файлов: {files}, {size} МБ; добавьте --upload, чтобы выполнить.",
)
DONE = Phrase("{files} files are in the Space {repo}.", "Файлов в Space {repo}: {files}.")


def names() -> list[str]:
    """Return the names of the Spaces."""
    return sorted(path.parent.name for path in SPACES.glob("*/app.py"))


def stage(name: str, folder: Path) -> list[Path]:
    """Write the Space `name` into `folder`, ready to push; return its files, relative and sorted.

    Raises:
        InputError: no such Space, or the folder is not empty.
        StoreError: a file is too large for the Hub, or the folder cannot be written.
    """
    if name not in names():
        raise InputError(UNKNOWN, CHOOSE, name=name, options=", ".join(names()))
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(TAKEN, EMPTY_ONE, path=folder)
    ignore = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(SPACES / name, folder, ignore=ignore, dirs_exist_ok=True)
    for item in SHARED:
        source, target = ROOT / item, folder / item
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignore)
        else:
            shutil.copy(source, target)
    staged = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in staged:
        if (size := path.stat().st_size) >= LIMIT:
            shown = path.relative_to(folder)
            raise StoreError(LARGE, path=shown, size=size >> 20, limit=LIMIT >> 20)
    return [path.relative_to(folder) for path in staged]


def push(
    name: str,
    repo: str,
    token: str | None = None,
    *,
    dry_run: bool = True,
    api: HfApi | None = None,
) -> Phrase:
    """Upload the Space `name` to `repo` (owner/name), which is made when it is new.

    Files that the Space no longer has are deleted there. Without `token` the login of
    `hf auth login` counts. With `dry_run` nothing leaves this machine.

    Raises:
        InputError: no such Space.
        StoreError: the Hub refuses.
    """
    with tempfile.TemporaryDirectory() as draft:
        folder = Path(draft) / "space"
        files = stage(name, folder)
        size = round(sum((folder / path).stat().st_size for path in files) / 2**20, 1)
        if dry_run:
            return PLAN.filled(files=len(files), size=size, repo=repo)
        api = api or HfApi(token=token)
        try:
            api.create_repo(repo, repo_type="space", space_sdk="gradio", exist_ok=True)
            api.upload_folder(
                repo_id=repo,
                folder_path=folder,
                repo_type="space",
                commit_message=f"Publish {name}",
                delete_patterns="*",
            )
        except (
            Exception
        ) as error:  # the Hub client raises its own, httpx2's and the system's errors
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise StoreError(FAILED, LOG_IN, repo=repo, why=why) from error
    return DONE.filled(files=len(files), repo=repo)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser("python -m samovar.hub.space", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    staging = commands.add_parser("stage", help="write a Space into a folder")
    staging.add_argument("name")
    staging.add_argument("folder", type=Path)
    pushing = commands.add_parser("push", help="upload a Space; without --upload only say what")
    pushing.add_argument("name")
    pushing.add_argument("repo", metavar="OWNER/NAME")
    pushing.add_argument("--upload", action="store_true")
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: _run(given, settings, out))


def _run(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    if given.command == "stage":
        return terminal.write(out, map(str, stage(given.name, given.folder)))
    told = push(given.name, given.repo, dry_run=not given.upload)
    return terminal.write(out, [told.say(settings.language)])


if __name__ == "__main__":
    raise SystemExit(main())
