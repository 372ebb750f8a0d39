"""Over-generate, measure, check and choose: the whole paraphrase tool without page or files."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samovar import catalog
from samovar.errors import InputError
from samovar.models.base import ChatModel, Encoder, Tagger
from samovar.paraphrase.act import act
from samovar.paraphrase.alignment import Groups, align
from samovar.paraphrase.prompt import waves
from samovar.paraphrase.selection import select
from samovar.paraphrase.slots import kept, unmarked
from samovar.paraphrase.validation import Pair, check
from samovar.paraphrase.words import pinc, words
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Completion, Cost, Reason, Span, Variant

NO_RUSSIAN = Phrase(
    "{model} does not speak Russian well enough to paraphrase it.",
    "{model} недостаточно хорошо говорит по-русски, чтобы перефразировать.",
)
GET_RUSSIAN = Phrase(
    "Install the Russian pack with `make setup-ru` or use an English text.",
    "Установите русский пакет: make setup-ru, или введите английский текст.",
)
SURPLUS = "surplus"
QUOTES = "\"“”«»'` \t"


@dataclass(frozen=True, slots=True)
class Paraphrases:
    """Hold all variants of one original: the accepted ones first, in the order they were chosen."""

    original: str
    asked: int
    slots: tuple[Span, ...]
    variants: tuple[Variant, ...]
    drawn: int
    """Samples drawn; exact copies of each other count here and are listed once."""
    cost: Cost

    @property
    def accepted(self) -> tuple[Variant, ...]:
        """Return the variants that passed every check and were chosen."""
        return tuple(variant for variant in self.variants if variant.accepted)


@dataclass(frozen=True, slots=True)
class Judges:
    """Hold what judges a candidate beside the rules."""

    encoder: Encoder
    groups: Groups
    tagger: Tagger
    """Finds names that must be kept, beside words with capital letters."""


def paraphrase(
    text: str,
    n: int,
    seed: int,
    language: Language,
    chat: ChatModel,
    judges: Judges,
    stop: threading.Event | None = None,
) -> Paraphrases:
    """Return up to `n` accepted paraphrases of `text` and every rejected candidate with its reasons.

    Raises:
        InputError: the chat model does not speak `language`.
    """
    if language not in chat.languages:
        raise InputError(NO_RUSSIAN, GET_RUSSIAN, model=chat.name)
    begun = time.perf_counter()
    plain, slots = unmarked(text.strip())
    plain = " ".join(plain.split())
    asked, replies = list[ChatRequest](), list[Completion]()
    for wave in waves(plain, act(plain), seed, language):
        asked += wave
        replies += chat.complete(wave, stop)
    drafts = _drafts(plain, asked, replies)
    variants = _judged(plain, slots, drafts, language, judges)
    milliseconds = (time.perf_counter() - begun) * 1000
    cost = Cost(milliseconds, catalog.title(chat.name), chat.engine)
    return Paraphrases(plain, n, slots, _chosen(variants, n), len(asked), cost)


def _drafts(
    original: str, asked: Sequence[ChatRequest], replies: Sequence[Completion]
) -> dict[str, bool]:
    """Return each distinct text with whether it was finished, exact copies dropped."""
    drafts: dict[str, bool] = {}
    seen: set[tuple[str, ...]] = set()
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


def _judged(
    original: str,
    slots: tuple[Span, ...],
    drafts: dict[str, bool],
    language: Language,
    judges: Judges,
) -> list[Variant]:
    texts = list(drafts)
    names = judges.tagger.tag([original], language)[0].spans
    must = kept(original, slots, names)
    vectors = judges.encoder.encode([original, *texts])
    similarities = (vectors[1:] @ vectors[0]).tolist()
    alignments = align(original, texts, language, judges.encoder, judges.groups)
    variants = []
    for text, similarity, alignment in zip(texts, similarities, alignments, strict=True):
        pair = Pair(
            original, text, language, act(original), must, similarity, alignment, drafts[text]
        )
        reasons = check(pair)
        variants.append(
            Variant(
                text, not reasons, reasons, round(similarity, 4), round(pinc(original, text), 4)
            )
        )
    return variants


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
