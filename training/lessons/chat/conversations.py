"""Pairs as token ids, exactly as serving builds a prompt, and the loss on the reply's tokens."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.vocabulary import Vocabulary
from samovar.ner.tagging.forms import tuned
from samovar.paraphrase.generation.prompt import adapted
from samovar.phrases import Language
from samovar.records import ChatRequest, Turn
from training.frame.batches import ordered, padded
from training.frame.trainer import Batch
from training.lessons.character import prompts
from training.lessons.chat.examples import Pair
from training.lessons.marketing import prompts as marketing

IGNORED = -100
"""Target of a position whose next token does not count in the loss: the prompt and the padding."""

Format = Callable[[str, Language], tuple[Turn, ...]]
"""Gets (source, language); returns the turns to which the target is the reply."""


def _plain(text: str, language: Language) -> tuple[Turn, ...]:
    return (Turn("user", text),)


FORMATS: dict[str, Format] = {
    "paraphrase": adapted,
    "names": tuned,
    "plain": _plain,
    "character": prompts.prompt,
    "marketing": marketing.prompt,
}
"""Name in a recipe → the prompt of a slice, imported from there."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Hold one conversation: the ids of the prompt, and of the last reply with its end."""

    prompt: list[int]
    reply: list[int]
    earlier: tuple[range, ...] = ()
    """Where in the prompt further replies stand that are learned as well, each with its end."""

    @property
    def length(self) -> int:
        """Return the number of tokens that the model reads: the last one is only predicted."""
        return len(self.prompt) + len(self.reply) - 1

    @property
    def targets(self) -> list[int]:
        """Return the token after each that is read, IGNORED where it is not learned."""
        row = [IGNORED] * (len(self.prompt) - 1) + self.reply
        for places in self.earlier:
            row[places.start - 1 : places.stop - 1] = self.prompt[places.start : places.stop]
        return row

    @property
    def learned(self) -> int:
        """Return the number of tokens that count in the loss."""
        return len(self.reply) + sum(map(len, self.earlier))


def lessons(
    pairs: Sequence[Pair], form: Format, vocabulary: Vocabulary, dialogue: Dialogue, longest: int
) -> list[Lesson]:
    """Return the pairs as ids, those longer than `longest` tokens left out.

    Text never becomes a special token, and the template's pieces and the turns are encoded apart, as
    in every engine: the model sees in training what it will see in serving.
    """
    kept = []
    for pair in pairs:
        turns = form(pair.source, pair.language)
        prompt = dialogue.ids(ChatRequest(turns))
        if len(prompt) < longest:
            earlier = tuple(_earlier(pair, turns, prompt, vocabulary, dialogue))
            lesson = Lesson(prompt, _reply(pair.target, vocabulary), earlier)
            if lesson.length <= longest:
                kept.append(lesson)
    return kept


def _reply(text: str, vocabulary: Vocabulary) -> list[int]:
    return [*vocabulary.encode(text, False), *vocabulary.ends[:1]]


def _earlier(
    pair: Pair,
    turns: tuple[Turn, ...],
    prompt: Sequence[int],
    vocabulary: Vocabulary,
    dialogue: Dialogue,
) -> Iterator[range]:
    """Yield where the earlier replies of `pair` stand in `prompt`; one that was dropped stands nowhere."""
    for at, turn in enumerate(turns):
        if turn.role == "assistant" and turn.text in pair.earlier:
            start = len(dialogue.ids(ChatRequest(turns[:at])))
            reply = _reply(turn.text, vocabulary)
            if list(prompt[start : start + len(reply)]) == reply:
                yield range(start, start + len(reply))


def within(lessons: Sequence[Lesson], tokens: int, seed: int) -> list[Lesson]:
    """Return lessons of at most `tokens` together, drawn with `seed`, in their order; 0 keeps all."""
    order = list(range(len(lessons)))
    random.Random(seed).shuffle(order)
    lengths = itertools.accumulate(lessons[at].length for at in order)
    drawn = [
        at for at, length in zip(order, lengths, strict=True) if length <= tokens or not tokens
    ]
    return [lessons[at] for at in sorted(drawn)]


def batch(lessons: Sequence[Lesson]) -> dict[str, torch.Tensor]:
    """Return input_ids, attention_mask and targets [rows, width], and weight [rows].

    `weight` makes the mean over rows of the summed losses the mean over all reply tokens, also when
    the rows are dealt out to several processes.
    """
    tokens = sum(lesson.learned for lesson in lessons)
    return {
        "input_ids": padded([(lesson.prompt + lesson.reply)[:-1] for lesson in lessons], 0),
        "attention_mask": padded([[1] * lesson.length for lesson in lessons], 0),
        "targets": padded([lesson.targets for lesson in lessons], IGNORED),
        "weight": torch.full((len(lessons),), len(lessons) / tokens),
    }


def reply_loss(model: Any, batch: Batch) -> torch.Tensor:
    """Return the mean cross-entropy of the reply's tokens.

    The output layer (49,152 rows in SmolLM2) gets the positions before a reply's token and no other.
    They are counted from the end: prompt tuning puts tokens in front.
    """
    targets = batch["targets"]
    counted = targets != IGNORED

    def chosen(_: Any, inputs: tuple[torch.Tensor, ...]) -> torch.Tensor:
        return inputs[0][:, -targets.shape[1] :][counted]

    hook = model.get_output_embeddings().register_forward_pre_hook(chosen)
    try:
        output = model(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], use_cache=False
        )
    finally:
        hook.remove()
    losses = torch.nn.functional.cross_entropy(
        output.logits.float(), targets[counted], reduction="none"
    )
    weight = batch["weight"][:, None].expand_as(targets)[counted]
    return (losses * weight).sum() / len(targets)


def mean_loss(model: Any, lessons: Sequence[Lesson], size: int, device: torch.device) -> float:
    """Return the mean cross-entropy of a reply token over `lessons`, in nats."""
    total = 0.0
    for places, tensors in ordered(lessons, lambda lesson: lesson.length, batch, size, device):
        total += reply_loss(model, tensors).item() * sum(lessons[at].learned for at in places)
    return total / sum(lesson.learned for lesson in lessons)
