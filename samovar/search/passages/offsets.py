"""The mean of every script moved to the mean of all, so that no language comes first for itself.

E5 puts texts of one language closer together than their meaning alone would, and a question then
finds its own language first. Tried on a collection half English and half Russian (XQuAD): with this
offset the right article of the other language came first nearly twice as often, and within one
language one question in a hundred lost its first place. A small group stays as it is: its mean
would say more of its topic than of its language. In a collection of one script nothing changes and
the scores are cosines.

The vectors are stored as the encoder gave them. Moving all vectors of a script by `o` adds the same
`query · o` to each of their scores, so every script is searched alone and its scores are moved:
the means may change with every document that comes or goes, and no stored vector has to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

GROUP = 30
"""Passages of one script that are enough for a mean."""
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Offsets:
    """Hold, for every script, how many passages it has and the sum of their vectors."""

    counts: Mapping[str, int] = field(default_factory=dict)
    sums: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def changed(self, scripts: Sequence[str], vectors: Vectors, sign: int = 1) -> Offsets:
        """Return the offsets after passages of `scripts` came (sign 1) or went (sign -1)."""
        counts, sums = Counter(self.counts), dict(self.sums)
        named = np.array(scripts)
        for name in dict.fromkeys(scripts):
            own = vectors[named == name]
            counts[name] += sign * len(own)
            sums[name] = sums.get(name, 0) + sign * own.sum(0, dtype=np.float64)
        kept = [name for name, n in counts.items() if n > 0]
        return Offsets({name: counts[name] for name in kept}, {name: sums[name] for name in kept})

    @cached_property
    def spread(self) -> float:
        """Return 1 less the mean cosine of two passages of one script; 0 where no two share one."""
        pairs = {name: n * (n - 1) for name, n in self.counts.items() if n > 1}
        if not pairs:
            return 0.0
        alike = {n: (self.sums[n] @ self.sums[n] - self.counts[n]) / pairs[n] for n in pairs}
        total = sum(self.counts[name] for name in pairs)
        mean = sum(self.counts[name] * alike[name] for name in pairs) / total
        return max(0.0, 1 - float(mean))

    @property
    def dimensions(self) -> int:
        """Return the length of a vector, 0 where there is none."""
        return max((len(one) for one in self.sums.values()), default=0)

    def save(self, path: Path) -> None:
        """Write the file `path`.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        names = list(self.counts)
        counts = np.array([self.counts[name] for name in names], np.int64)
        sums = np.stack([self.sums[name] for name in names])
        with path.open("wb") as file:
            np.savez(file, names=np.array(names, "U"), counts=counts, sums=sums)

    @classmethod
    def load(cls, path: Path) -> Offsets:
        """Read what `save` wrote.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is not what `save` wrote.
        """
        with np.load(path, allow_pickle=False) as held:
            names = [str(name) for name in held["names"]]
            counts = dict(zip(names, held["counts"].tolist(), strict=True))
            return cls(counts, dict(zip(names, held["sums"], strict=True)))

    @cached_property
    def shifts(self) -> list[tuple[tuple[str, ...], Vectors]]:
        """Return (scripts, their offset, float32 [dimensions]): large ones alone, small ones together."""
        large = [name for name, n in self.counts.items() if n >= GROUP]
        small = tuple(name for name in self.counts if name not in large)
        shifts: list[tuple[tuple[str, ...], Vectors]] = []
        if large:
            total = sum(self.counts[name] for name in large)
            whole = np.sum([self.sums[name] for name in large], axis=0) / total
            for name in large:
                offset = whole - self.sums[name] / self.counts[name]
                shifts.append(((name,), offset.astype(np.float32)))
        if small:
            shifts.append((small, np.zeros_like(self.sums[small[0]], np.float32)))
        return shifts
