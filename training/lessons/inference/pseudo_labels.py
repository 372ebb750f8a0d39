"""What a teacher says of pairs that nobody labelled: its probabilities, without the pairs.

The pairs are made of the data sets again; a digest tells whether they are the ones that were labelled.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from samovar.errors import InputError, StoreError
from samovar.hub.card import RESTRICTED, sections
from samovar.phrases import Phrase
from samovar.settings import Settings
from training.frame import export
from training.lessons.inference.crossed import Texts, digest
from training.lessons.inference.edited import Edit

FOLDER = "pseudo-labels"
"""Below assets/, one folder a teacher."""
FILE = "probabilities.safetensors"
TENSOR = "shares"
"""Its name in the file, which keeps the sha256 that the records of training name."""
FULL = 255
"""A probability of 1, as one byte: finer than any teacher is right."""

UNREADABLE = Phrase("{path} cannot be read: {why}.", "Не удалось прочитать {path}: {why}.")
TEACHER = Phrase(
    "Run python -m training.teacher first.", "Сначала запустите python -m training.teacher."
)
OTHER_PAIRS = Phrase(
    "{path} labels other pairs than the data holds.", "{path} относится к другим парам, чем данные."
)
ABOUT = """\
What a larger model, fine-tuned, says of pairs of sentences that nobody has labelled: the probabilities of
entailment, neutral and contradiction, one byte each, in `{file}`, with the words by which sentences
were edited. Neither its weights nor any sentence is in here;
`training/lessons/inference/pseudo_labelled_pairs.py` makes the same pairs of the data again, and the
entailment model learns from them (`teacher:` in its recipe). Records of earlier runs call the teacher
`judge-mpnet` and what it labelled `judged`.

A base may have read sentences of these sets before: the authors of all-mpnet-base-v2 tuned it on the pairs
of SNLI and MultiNLI, so that some of SNLI's own pairs that were held out may not have been new to it."""


@dataclass(frozen=True, slots=True)
class PseudoLabels:
    """Hold what was labelled and the probabilities of each label."""

    path: Path
    edits: tuple[Edit, ...]
    """What a part of the pairs is made by."""
    known: str
    """Digest of the pairs."""
    held: NDArray[np.uint8]

    def of(self, pairs: Sequence[Texts]) -> NDArray[np.float32]:
        """Return the probabilities of `pairs`, float32 [pairs, 3] with rows of sum 1.

        Raises:
            InputError: other pairs were labelled.
        """
        if self.known != digest(pairs) or len(self.held) != len(pairs):
            raise InputError(OTHER_PAIRS, TEACHER, path=self.path)
        whole = self.held.sum(axis=1, keepdims=True, dtype=np.float32)
        probabilities: NDArray[np.float32] = (self.held / whole).astype(np.float32)
        return probabilities


def path(name: str, settings: Settings) -> Path:
    """Return where the probabilities of the teacher `name` ship."""
    return settings.assets / FOLDER / name / FILE


def write(
    target: Path, pairs: Sequence[Texts], probabilities: NDArray[np.float32], edits: Sequence[Edit]
) -> None:
    """Write `probabilities` [pairs, 3], in the order of LABELS, and the edits among the pairs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    words = sorted({edit.by for edit in edits})
    number = {word: at for at, word in enumerate(words)}
    rows = [(edit.pair, edit.side, edit.word, number[edit.by]) for edit in edits]
    held: dict[str, NDArray[np.uint8] | NDArray[np.uint16]] = {
        TENSOR: np.round(probabilities * FULL).astype(np.uint8),
        "edits": np.array(rows, np.uint16).reshape(-1, 4),
    }
    save_file(held, target, {"pairs": digest(pairs), "words": json.dumps(words)})


def load(source: Path) -> PseudoLabels:
    """Return what `write` wrote.

    Raises:
        StoreError: the file is missing or damaged.
    """
    try:
        with safe_open(source, "numpy") as opened:
            about = opened.metadata()
            words = json.loads(about["words"])
            rows = opened.get_tensor("edits").tolist()
            edits = tuple(Edit(pair, side, word, words[by]) for pair, side, word, by in rows)
            return PseudoLabels(source, edits, about["pairs"], opened.get_tensor(TENSOR))
    except (OSError, SafetensorError, ValueError, LookupError, TypeError) as error:
        raise StoreError(UNREADABLE, TEACHER, path=source, why=error) from error


def publish(run: Path, folder: Path) -> Path:
    """Copy the probabilities of `run` to `folder`, with what tells how they came about."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes((run / FILE).read_bytes())
    export.beside(run, folder)
    parts = [f"# {folder.name}", ABOUT.format(file=FILE), RESTRICTED, *sections(folder)]
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    export.fits(folder)
    return folder
