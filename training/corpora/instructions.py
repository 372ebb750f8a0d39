"""Instructions with an ideal reply: those written for this project, and questions of XQuAD."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from razdel import sentenize

from samovar.phrases import Language
from samovar.settings import ROOT
from training.corpora import xquad
from training.corpora.files import records

OWN = ROOT / "data" / "instructions"
Task = Literal["answer", "absent", "reword", "simplify", "facts", "open"]
"""A question on a passage, one that it does not answer, rewording, simplifying, a text from facts,
and whatever else people ask."""
LONGEST_PASSAGE = 70
"""Words of a passage: whole paragraphs would take most of a budget counted in tokens."""
ASKING: dict[Language, tuple[str, ...]] = {
    "en": (
        "{passage}\n\n{question} Answer in a few words.",
        "Read the text and answer with the exact words.\nText: {passage}\nQuestion: {question}",
        "{question}\n\n{passage}\n\nGive just the answer.",
    ),
    "ru": (
        "{passage}\n\n{question} Ответь коротко.",
        "Прочитай текст и ответь словами из него.\nТекст: {passage}\nВопрос: {question}",
        "{question}\n\n{passage}\n\nНапиши только ответ.",
    ),
}


@dataclass(frozen=True, slots=True)
class Instruction:
    """Hold one turn of a user and the reply to learn."""

    group: str
    """Its passage or subject: a held-out part is cut between groups."""
    task: Task
    source: str
    target: str
    language: Language
    origin: str


def own(language: Language) -> list[Instruction]:
    """Return what was written for this project."""
    return [Instruction(**row) for row in records(OWN / f"{language}.jsonl")]


def questions(data: Path, language: Language, training: bool, most: int) -> list[Instruction]:
    """Return up to `most` questions of one half of XQuAD, each with the sentences around its answer.

    Raises:
        FileNotFoundError: the folder `data` has no XQuAD in `language`.
    """
    found = list(_questions(data, language, training))
    random.Random(0).shuffle(found)
    return found[:most]


def _questions(data: Path, language: Language, training: bool) -> Iterator[Instruction]:
    for article in xquad.articles(data, language, training):
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                form = random.Random(asked["id"]).choice(ASKING[language])
                answer: dict[str, Any] = asked["answers"][0]
                passage = around(paragraph["context"], answer["answer_start"])
                if answer["text"] in passage:
                    source = form.format(passage=passage, question=asked["question"])
                    group = f"xquad/{article['title']}"
                    yield Instruction(group, "answer", source, answer["text"], language, "xquad")


def around(context: str, start: int) -> str:
    """Return the sentence at the character `start` with its neighbours, the earlier ones first."""
    sentences = list(sentenize(context))
    at = next(i for i, sentence in enumerate(sentences) if start < sentence.stop)
    first, last = at, at
    for step in (-1, 1, 2, -2):
        place = at + step
        if place not in (first - 1, last + 1) or not 0 <= place < len(sentences):
            continue
        wider = context[sentences[min(first, place)].start : sentences[max(last, place)].stop]
        if len(wider.split()) <= LONGEST_PASSAGE:
            first, last = min(first, place), max(last, place)
    return context[sentences[first].start : sentences[last].stop]
