"""What a column wrote, a line a task, kept in runs/ so that a measurement that was stopped goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.marketing.columns import Texts
from eval.marketing.tasks import Task
from samovar.records import ChatRequest
from samovar.settings import ROOT

FOLDER = ROOT / "runs" / "marketing-evaluation"


def identity(requests: Sequence[ChatRequest], model: str, digest: str) -> str:
    """Return what changes with the prompt, the sampling, the model or the weights of its adapter."""
    said = json.dumps([asdict(requests[0]), len(requests), model, digest], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class Rows:
    """Keep the texts of one column in a JSON Lines file."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        """Read what is there; `fresh` begins anew."""
        self._path = path
        if fresh:
            path.unlink(missing_ok=True)
        self._known = read(path)

    def get(self, task: Task, identity: str) -> Texts | None:
        """Return the texts of `task`, None where they are not there or were made otherwise."""
        row = self._known.get(task.key)
        if row is None or row["identity"] != identity:
            return None
        return Texts(tuple(row["texts"]), row["first_seconds"], row["seconds"])

    def put(self, task: Task, identity: str, texts: Texts) -> None:
        """Append the texts of `task`."""
        row = {"task": task.key, "identity": identity, **asdict(texts)}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._known[task.key] = row


def read(path: Path) -> dict[str, Mapping[str, Any]]:
    """Return the rows of `path` by task, the last of each; a last line torn by a crash is cut off."""
    if not path.is_file():
        return {}
    whole, _, torn = path.read_text(encoding="utf-8").rpartition("\n")
    if torn:
        path.write_text(whole + "\n" if whole else "", encoding="utf-8")
    rows = (json.loads(line) for line in whole.splitlines())
    return {row["task"]: row for row in rows}
