"""The records that cross borders: engines, slices, the page, the command line and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, Literal

from samovar.phrases import Language

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "cancelled"]
Verdict = Literal["supported", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold one message; `text` is plain text and never becomes a special token."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """Say how tokens are drawn; temperature 0 is greedy decoding."""

    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 0
    """0 switches the limit off."""
    repetition_penalty: float = 1.0
    max_tokens: int = 256
    seed: int = 0


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """Ask a chat model for one reply."""

    turns: tuple[Turn, ...]
    sampling: Sampling = Sampling()
    adapter: str | None = None
    """Name of an adapter in the catalog; None is the base model."""
    schema: Mapping[str, Any] | None = None
    """JSON schema that the reply must follow."""
    stop: tuple[str, ...] = ()
    """The reply ends before the first of these strings."""
    prefix: str = ""
    """Beginning of the reply, given to the model and not repeated in the answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Hold one reply and what it cost."""

    text: str
    finish: Finish
    prompt_tokens: int
    tokens: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Cost:
    """Say what a result cost and which model and engine made it (the small print of a card)."""

    milliseconds: float
    model: str
    engine: str


@dataclass(frozen=True, slots=True)
class Span:
    """Mark `text[start:end]` (character offsets) as an entity of type `label`."""

    start: int
    end: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """Hold what one tagger found in one text."""

    spans: tuple[Span, ...]
    milliseconds: float
    invented: tuple[str, ...] = ()
    """Entities that a language model named although the text does not contain them."""
    parsed: bool = True
    """False when the model's output did not parse."""


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one token `text[start:end]` of a parsed text (character offsets).

    `head` is the number of the token that it depends on, its own number at the root.
    """

    text: str
    start: int
    end: int
    lemma: str
    """Lower case; Russian ё is written е."""
    pos: str
    """Universal part of speech."""
    features: Mapping[str, str]
    """Universal features: Number, Case, Mood, Person …"""
    relation: str
    """Of Universal Dependencies."""
    head: int
    entity: str = ""
    """B- or I- and the pipeline's label; empty outside of names."""

    @property
    def lower(self) -> str:
        """Return the text in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Reason:
    """Name the check that a text failed, its value and the threshold or the tokens concerned."""

    check: str
    value: float | str
    threshold: float | str


@dataclass(frozen=True, slots=True)
class Entailment:
    """Hold the three probabilities that a premise says of a hypothesis."""

    entailment: float
    neutral: float
    contradiction: float


@dataclass(frozen=True, slots=True)
class Variant:
    """Hold one paraphrase with the measurements that decided about it."""

    text: str
    accepted: bool
    reasons: tuple[Reason, ...]
    similarity: float
    """Cosine to the original, by the encoder."""
    pinc: float
    """Share of n-grams (1 to 4) that are not in the original (Chen & Dolan 2011)."""
    new_core: bool
    """Whether it rewords: behind its opening it has other content words or another syntax."""
    score: float
    """Probability that both texts ask for the same, by the verifiers."""
    styles: tuple[str, ...] = ()
    """How it is said otherwise: shorter, polite, question, reordered, reworded."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one passage found; ranks start at 1 and are None where that ranking did not list it."""

    rank: int
    score: float
    id: str
    title: str
    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    bm25_rank: int | None = None
    dense_rank: int | None = None
    fused_rank: int | None = None
    """Before filters; of a search that joins both rankings."""
    rerank_rank: int | None = None
    """Among the passages that the cross-encoder read."""
    exact: tuple[str, ...] = ()
    """What its document holds of that which was asked for literally: numbers, codes, quotes, rare words."""
    missing: tuple[str, ...] = ()
    """What it does not hold of that."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one token: its text, id and the characters `start:end` of the input it covers."""

    piece: str
    id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one fact of a character's world; season and episode where they are known."""

    id: str
    text: str
    topic: str
    season: int | None = None
    episode: int | None = None
    score: float | None = None
    """Cosine to the question, when the fact was retrieved."""
    ru: str = ""
    """The same in Russian, where it was written."""
    likely: float | None = None
    """How likely the question is about it, between 0 and 1; None: nothing here can tell."""

    def said(self, language: Language) -> str:
        """Return the fact in `language`; in English where it was not written in Russian."""
        return self.ru if language == "ru" and self.ru else self.text


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one statement of a reply, what the facts say of it, and the fact that decides."""

    text: str
    """As it stands in the reply."""
    verdict: Verdict
    fact: Fact | None = None
    """The fact that supports or contradicts it; of an unknown claim the nearest one, or None."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Name what is wrong with an advertising text: its kind, the words, and why.

    `reason` is a sentence in one language; `fact` is what it is made of, the sheet's own words.
    """

    kind: str
    words: str
    reason: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """Hold one advertising text, the problems found in it, and the kinds that were looked for."""

    text: str
    problems: tuple[Problem, ...] = ()
    checked: tuple[str, ...] = ()
    tone: str = ""


def to_json(record: Any) -> Any:
    """Return `record` (a record, list, tuple or mapping of them) as JSON-ready values."""
    if is_dataclass(record) and not isinstance(record, type):
        return to_json(asdict(record))
    if isinstance(record, Mapping):
        return {str(k): to_json(v) for k, v in record.items()}
    if isinstance(record, list | tuple):
        return [to_json(v) for v in record]
    return record
