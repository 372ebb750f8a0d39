"""Over-generate, measure, check and choose: the whole paraphrase tool without page or files."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from samovar import catalog
from samovar.errors import InputError
from samovar.models.base import ChatModel
from samovar.paraphrase.act import act
from samovar.paraphrase.measurement import Measured, measurements
from samovar.paraphrase.measurement import ValidationModels as ValidationModels
from samovar.paraphrase.nlu.marks import Slot, unmarked
from samovar.paraphrase.prompt import samples, waves
from samovar.paraphrase.selection import select
from samovar.paraphrase.validation import check, score
from samovar.paraphrase.words import pinc, words
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Completion, Cost, Reason, Variant

NO_RUSSIAN = Phrase(
    "{model} does not speak Russian well enough to paraphrase it.",
    "{model} недостаточно хорошо говорит по-русски, чтобы перефразировать.",
)
GET_RUSSIAN = Phrase(
    "Install the Russian pack with `make setup-ru` or use an English text.",
    "Установите русский пакет: make setup-ru, или введите английский текст.",
)
SURPLUS = "surplus"
ROUNDS = 3
"""At most, of an adapter's samples: a round costs a fraction of a second and mostly one is enough."""
MORE: dict[Language, int] = {"en": 8, "ru": 4}
"""Rounds that follow where all the others left some, but fewer than FEW: hard requests are worth a few
seconds. A round of Gemma's takes five times as long."""
FEW = 5
FEW_SHOT: tuple[Language, ...] = ("en",)
"""Languages whose base model rewords by shots alone; Gemma's few-shot Russian misses the point."""
QUOTES = "\"“”«»'` \t"


@dataclass(frozen=True, slots=True)
class Paraphrases:
    """Hold all variants of one original: the accepted ones first, in the order they were chosen."""

    original: str
    asked: int
    slots: tuple[Slot, ...]
    variants: tuple[Variant, ...]
    drawn: int
    """Samples drawn; exact copies of each other count here and are listed once."""
    cost: Cost

    @property
    def accepted(self) -> tuple[Variant, ...]:
        """Return the variants that passed every check and were chosen."""
        return tuple(variant for variant in self.variants if variant.accepted)


def paraphrase(
    text: str,
    n: int,
    seed: int,
    language: Language,
    chat: ChatModel,
    models: ValidationModels,
    stop: threading.Event | None = None,
    adapter: str | None = None,
    fall_back: bool = True,
) -> Paraphrases:
    """Return up to `n` accepted paraphrases of `text` and every rejected candidate with its reasons.

    The base model draws all its samples at once. An `adapter` draws round by round until `n` are
    accepted. Where it falls short, and `fall_back` is on, the base model draws as well, if the
    language is in FEW_SHOT: with its shots it copies words that the adapter was not trained on; and
    where there are some then, but not even FEW, the adapter goes on.

    Raises:
        InputError: the chat model does not speak `language`.
    """
    if language not in chat.languages:
        raise InputError(NO_RUSSIAN, GET_RUSSIAN, model=chat.name)
    begun = time.perf_counter()
    plain, slots = unmarked(text)
    drawn, seen, variants = 0, set[tuple[str, ...]](), list[Variant]()
    chosen = 0
    for short, parts in _rounds(plain, n, seed, language, adapter, fall_back):
        if chosen not in short or (stop is not None and stop.is_set()):
            break
        asked = [request for wave in parts for request in wave]
        replies = [reply for wave in parts for reply in chat.complete(wave, stop)]
        drawn += len(asked)
        drafts = _drafts(plain, asked, replies, seen)
        variants += _validated(plain, slots, drafts, language, models)
        chosen = len(select([variant for variant in variants if variant.accepted], n))
    milliseconds = (time.perf_counter() - begun) * 1000
    cost = Cost(milliseconds, catalog.title(chat.name), chat.engine)
    return Paraphrases(plain, n, slots, _chosen(variants, n), drawn, cost)


def _rounds(
    text: str, n: int, seed: int, language: Language, adapter: str | None, fall_back: bool
) -> Iterator[tuple[range, Sequence[list[ChatRequest]]]]:
    """Yield rounds of samples, each a few waves that are sent one after the other.

    The range before each has the numbers of accepted variants with which it is worth drawing.
    """
    kind = act(text, language)
    if adapter is not None:
        for turn in range(ROUNDS):
            yield range(n), (samples(text, kind, seed, language, adapter, turn),)
    if adapter is None or (fall_back and language in FEW_SHOT):
        yield range(n), waves(text, kind, seed, language)
    if adapter is not None and fall_back:
        for turn in range(ROUNDS, ROUNDS + MORE[language]):
            yield range(1, min(n, FEW)), (samples(text, kind, seed, language, adapter, turn),)


def _drafts(
    original: str,
    asked: Sequence[ChatRequest],
    replies: Sequence[Completion],
    seen: set[tuple[str, ...]],
) -> dict[str, bool]:
    """Return each new text with whether it was finished; copies of those `seen` are dropped."""
    drafts: dict[str, bool] = {}
    for request, reply in zip(asked, replies, strict=True):
        text = " ".join(f"{request.prefix} {reply.text}".split()).strip(QUOTES)
        key = tuple(words(text))
        if key and key not in seen and reply.finish != "cancelled":
            seen.add(key)
            drafts[_cased(original, text)] = reply.finish == "stop"
    return drafts


def _cased(original: str, text: str) -> str:
    """Return `text` with a capital at its start, as the table shows sentences."""
    return text[0].upper() + text[1:] if original[0].isupper() else text


def _validated(
    original: str,
    slots: tuple[Slot, ...],
    drafts: dict[str, bool],
    language: Language,
    models: ValidationModels,
) -> list[Variant]:
    variants = []
    pairs = [(original, text) for text in drafts]
    for pair in measurements(pairs, language, models, {original: slots}):
        reasons = check(pair, finished=drafts[pair.text])
        variants.append(
            Variant(
                pair.text,
                not reasons,
                reasons,
                round(pair.similarity, 4),
                round(pinc(original, pair.text), 4),
                pair.forward,
                pair.backward,
                _score(pair, models),
            )
        )
    return variants


def _score(pair: Measured, models: ValidationModels) -> float | None:
    if models.detector is None or models.entailment is None:
        return None
    return score(pair, models.detector)


def _chosen(variants: list[Variant], n: int) -> tuple[Variant, ...]:
    """Return the chosen ones first, then what passed but is surplus, then the rejected."""
    passed = [variant for variant in variants if variant.accepted]
    order = select(passed, n)
    surplus = Reason(SURPLUS, "too like a chosen one, or beyond n", f"n = {n}")
    rest = [
        replace(variant, accepted=False, reasons=(surplus,))
        for at, variant in enumerate(passed)
        if at not in order
    ]
    rejected = [variant for variant in variants if not variant.accepted]
    rejected.sort(key=lambda variant: (len(variant.reasons), -variant.similarity))
    return (*(passed[at] for at in order), *rest, *rejected)
