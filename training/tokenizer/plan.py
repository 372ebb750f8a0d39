"""What is trained in which order: stages that follow one another, for each start and seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal

from pydantic import Field

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.tokenizer.vocabulary.initial import INITIAL
from training.frame.recipe import Lora, Training

UNEXTENDED = "unextended"
"""The base with its own vocabulary, trained for the same steps on the same text."""
START = "start"
"""The state before the first stage."""

DRAWN = ("library", "random")
"""Starts that draw numbers; the others are the same with every seed, and measured once."""

NO_STAGE = Phrase(
    "The stage `{name}` comes after `{after}`, which is no stage before it.",
    "Этап «{name}» идёт после «{after}», а такого этапа перед ним нет.",
)
ORDER = Phrase("List the stages in their order.", "Перечислите этапы по порядку.")
NO_START = Phrase("There is no start `{name}`.", "Начала «{name}» нет.")
STARTS = Phrase("Choose among: {names}.", "Выберите из: {names}.")
NOT_SHIPPED = Phrase(
    "The stage `{name}` cannot ship: it is not there, or the matrix of the base is trained for it.",
    "Этап «{name}» нельзя опубликовать: его нет, или для него обучают всю матрицу базы.",
)
SHIP_OTHER = Phrase(
    "Name one that trains only rows and a LoRA.", "Назовите этап, где учатся только строки и LoRA."
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Say what one stage trains, on how much text."""

    name: str
    trains: Literal["rows", "matrix", "attention", "layers"]
    """New rows only; embedding and output layer; LoRA on attention; LoRA on attention and MLP. Where the
    unextended model would train new rows, it trains the rows of the terms' own pieces."""
    characters: Annotated[int, Field(ge=1, le=10**8)]
    """Of the domain's text; `mixed` comes on top. Four and a half are a token."""
    learning_rate: Annotated[float, Field(gt=0, le=1)]
    after: str = START
    starts: tuple[str, ...] = ()
    """Only these, with the unextended model; none stands for all."""


@dataclass(frozen=True, slots=True)
class TokenizerRecipe:
    """Describe an experiment: terms enter the vocabulary of a chat model, which learns them in stages."""

    name: str
    base: str
    """Id of a chat model of the catalog."""
    stages: tuple[Stage, ...]
    domain: str = "domain_text_kubernetes"
    """Folder in --data-dir."""
    subject: str = "kubernetes"
    """Beginning of the names of anchors and gaps in data/terms."""
    general: str = "wikitext2"
    """Folder in --data-dir: most of its valid.txt.gz is mixed in, its test.txt.gz tells what was
    forgotten; on the validation part, the rest of the first file does."""
    begin: str = "<|endoftext|>"
    """Token that begins a document in the base's own training."""
    terms: Annotated[int, Field(ge=1, le=5000)] = 120
    """Terms at most: a hundred save most of what can be saved, and each must be learned."""
    spread: Annotated[int, Field(ge=1, le=100)] = 3
    """Stretches of neighbouring documents in which a term must stand."""
    each: Annotated[int, Field(ge=1, le=1000)] = 50
    """Texts in which each listed term stands, where there are so many."""
    mixed: Annotated[float, Field(ge=0, lt=1)] = 0.2
    """Share of general text in what trains: it holds down what is forgotten."""
    starts: tuple[str, ...] = ("mean", "library", "random", "similar")
    """Ways to begin the new rows; see samovar/tokenizer/vocabulary/initial.py."""
    seeds: tuple[int, ...] = (0, 1, 2)
    """Of the text that is drawn, its order, random rows and the first weights of a LoRA."""
    measured: Annotated[int, Field(ge=1, le=10**8)] = 40_000
    """Characters of domain and as many of general text on which the losses are measured."""
    part: Literal["test", "validation"] = "test"
    """Part that measures; learning rates were chosen on the other one."""
    ships: str = "rows"
    """Stage whose rows, and LoRA, ship: begun as the first start and trained with the first seed. None
    before it may train the matrix: all rows of the base are 57 MB."""
    vocabulary: str = "tried"
    """Folder in assets/vocabularies."""
    lora: Lora = field(default_factory=Lora)
    training: Training = field(default_factory=Training)
    """The learning rates of the stages and the seeds stand in place of its own."""

    def path(self, stage: Stage) -> tuple[Stage, ...]:
        """Return the stages up to `stage`, in order.

        Raises:
            InputError: one comes after a stage that is not listed before it.
        """
        before = {other.name: other for other in self.stages[: self.stages.index(stage)]}
        if stage.after == START:
            return (stage,)
        if stage.after not in before:
            raise InputError(NO_STAGE, ORDER, name=stage.name, after=stage.after)
        return (*self.path(before[stage.after]), stage)

    def shipped(self) -> Task:
        """Return the state that ships.

        Raises:
            InputError: there is no such stage, or one before it trains the matrix.
        """
        found = [stage for stage in self.stages if stage.name == self.ships]
        path = self.path(found[0]) if found else ()
        if not path or any(stage.trains == "matrix" for stage in path):
            raise InputError(NOT_SHIPPED, SHIP_OTHER, name=self.ships)
        return task(self, self.starts[0], self.seeds[0], path)

    @property
    def longest(self) -> int:
        """Return the characters that the longest path reads."""
        return max(sum(one.characters for one in self.path(stage)) for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Task:
    """Name one state of one model, how it is reached, and all that its figures depend on."""

    name: str
    start: str
    seed: int
    path: tuple[Stage, ...]
    longest: int
    """Characters of the longest path: of so many its text is drawn."""
    recipe: TokenizerRecipe
    """Without what does not matter here: other seeds, starts and stages."""
    training: Training

    @property
    def reached(self) -> str:
        """Return the name of the state."""
        return self.path[-1].name if self.path else START

    @property
    def before(self) -> str:
        """Return the name of the state from which it goes on."""
        return self.path[-2].name if len(self.path) > 1 else START

    @property
    def folder(self) -> str:
        """Return the name of the folder of this start and seed."""
        return f"{self.start}-{self.seed}"


def tasks(recipe: TokenizerRecipe) -> Iterator[Task]:
    """Yield every state of every start and seed, each after the one from which it goes on.

    Raises:
        InputError: a start or a stage that is not there, or one that cannot ship.
    """
    paths = {stage.name: recipe.path(stage) for stage in recipe.stages}
    recipe.shipped()
    known = (UNEXTENDED, *INITIAL)
    for name in (*recipe.starts, *(one for stage in recipe.stages for one in stage.starts)):
        if name not in known:
            raise InputError(NO_START, STARTS, name=name, names=", ".join(INITIAL))
    for seed in recipe.seeds:
        for start in (UNEXTENDED, *recipe.starts):
            if start in DRAWN or seed == recipe.seeds[0]:
                yield task(recipe, start, seed, ())
            for stage in recipe.stages:
                if not stage.starts or start in (UNEXTENDED, *stage.starts):
                    yield task(recipe, start, seed, paths[stage.name])


def task(recipe: TokenizerRecipe, start: str, seed: int, path: Sequence[Stage]) -> Task:
    """Return the task of one start and seed after the stages in `path`."""
    rate = path[-1].learning_rate if path else recipe.training.learning_rate
    return Task(
        name=f"{start} {seed} {path[-1].name if path else START}",
        start=start,
        seed=seed,
        path=tuple(path),
        longest=recipe.longest,
        recipe=replace(recipe, name="", stages=(), starts=(), seeds=(), ships="", vocabulary=""),
        training=replace(recipe.training, seed=seed, learning_rate=rate, epochs=1),
    )
