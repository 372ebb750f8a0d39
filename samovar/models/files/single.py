"""Models that are one large file, fetched once: where it lies, and whether it is what was published."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from samovar.catalog import Model
from samovar.catalog.chat import FETCHED
from samovar.errors import ModelError
from samovar.phrases import Phrase
from samovar.settings import Settings

NOT_HERE = Phrase("{title} ({size} MB) is not here.", "Модели {title} ({size} МБ) здесь нет.")
ALTERED = Phrase(
    "The file of {title} is not the published one: its sha256 is {found}…, not {expected}….",
    "Файл модели {title} не тот, что опубликован: sha256 равен {found}…, а не {expected}….",
)
FETCH = Phrase("Fetch it: {line}", "Получите её: {line}")
CHECKED = ".sha256"
"""Ending of the note beside a file that was verified: size, time of change and hash."""


def place(model: Model, settings: Settings) -> Path:
    """Return where the file of `model` belongs, there or not."""
    return settings.cache / "models" / f"{model.joined_sha256[:12]}-{model.file}"


def located(model: Model, settings: Settings) -> Path | None:
    """Return the whole file of `model`, ours or the one in the local Hub cache; None: neither is here.

    Only its size is looked at; `verified` reads it.
    """
    own = place(model, settings)
    for path in (own, _in_hub_cache(model)):
        if path is not None and path.is_file() and path.stat().st_size == model.bytes:
            return path
    return None


def verified(model: Model, settings: Settings) -> Path:
    """Return the file of `model` with the published sha256, read once and again after every change.

    Raises:
        ModelError: it is not here, or is another file.
    """
    path = located(model, settings)
    if path is None:
        raise ModelError(
            NOT_HERE, FETCH, title=model.title, size=model.size_mb, line=fetch_line(model)
        )
    note = place(model, settings).with_name(place(model, settings).name + CHECKED)
    now = f"{path.stat().st_size} {path.stat().st_mtime_ns} {model.joined_sha256}"
    if _text(note) == now:
        return path
    sha256 = digest(path)
    if sha256 != model.joined_sha256:
        raise altered(model, sha256)
    with suppress(OSError):  # the disk is full or read-only: it is read again next time
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(now, encoding="utf-8")
    return path


def altered(model: Model, sha256: str) -> ModelError:
    """Return the error about a file whose hash is `sha256`."""
    expected = model.joined_sha256[:12]
    return ModelError(
        ALTERED,
        FETCH,
        title=model.title,
        found=sha256[:12],
        expected=expected,
        line=fetch_line(model),
    )


def fetch_line(model: Model) -> str:
    """Return the command that gets `model`."""
    return f"samovar fetch {next(name for name, id in FETCHED.items() if id == model.id)}"


def digest(path: Path) -> str:
    """Return the sha256 of a file of any size."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _in_hub_cache(model: Model) -> Path | None:
    if not model.repo:
        return None
    from huggingface_hub import try_to_load_from_cache

    path = try_to_load_from_cache(model.repo, model.file, revision=model.revision)
    return Path(path) if isinstance(path, str) else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
