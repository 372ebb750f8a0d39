"""What a paraphrase adapter learns beside people's rewordings: the same words behind an opening."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from training.corpora.commands import Command
from training.corpora.shipped import normal
from training.lessons.rewordings import composing, composing_ru, framing, framing_ru
from training.lessons.rewordings.candidates import Candidate

COPIES = 3000
"""Commands that also train behind an opening and else unchanged."""
OPENINGS = 3
"""Openings tried before each of the own Russian texts."""
SEED = 0


def english(
    candidates: Sequence[Candidate], commands: Sequence[Command], taken: Set[str]
) -> Iterator[Candidate]:
    """Put openings before the targets found and before commands not `taken`; compose longer requests."""
    draw = random.Random(SEED)
    for candidate in candidates:
        target = framing.framed(candidate.target, draw) if candidate.kind == "command" else None
        if target:
            yield replace(candidate, target=target)
    for command in draw.sample(commands, min(COPIES, len(commands))):
        target = framing.framed(command.text, draw)
        if target and normal(command.text) not in taken:
            yield Candidate(
                command.text, target, "en", command.origin, "command", command.intent, 1.0
            )
    yield from composing.compositions(candidates, draw)


def russian(own: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows of the own pairs, each of their texts behind some openings, and compositions."""
    pairs = list(own)
    yield from pairs
    draw = random.Random(SEED)
    texts = list(dict.fromkeys(row[side] for row in pairs for side in ("source", "target")))
    for text in texts:
        targets = (framing_ru.framed(text, draw) for _ in range(OPENINGS))
        for target in dict.fromkeys(one for one in targets if one):
            yield {**pairs[0], "source": text, "target": target}
    for source, target in composing_ru.compositions(texts, draw):
        yield {**pairs[0], "source": source, "target": target}
