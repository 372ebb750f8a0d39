"""Fetch files of a repository on the Hugging Face Hub, or find them in the local Hub cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from samovar.errors import ModelError
from samovar.phrases import Phrase
from samovar.settings import Settings

UNREACHABLE = Phrase(
    "{repo} is not in the local Hub cache and cannot be downloaded: {why}.",
    "{repo} нет в локальном кэше Hub, а скачать не удалось: {why}.",
)
CONNECT = Phrase(
    "Connect to the network, or use SAMOVAR_PROFILE=embedded.",
    "Подключитесь к сети или задайте SAMOVAR_PROFILE=embedded.",
)


def snapshot(repo: str, revision: str, files: Sequence[str], settings: Settings) -> Path:
    """Return a folder with those of `files` (patterns) that `repo` has at `revision`.

    Raises:
        ModelError: they are not here and cannot be downloaded.
    """
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(
            repo,
            revision=revision,
            allow_patterns=list(files),
            local_files_only=settings.offline,
        )
    except Exception as error:  # the Hub client raises its own, httpx2's and the system's errors
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(UNREACHABLE, CONNECT, repo=repo, why=lines[0].rstrip(".")) from error
    return Path(folder)
