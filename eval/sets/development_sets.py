"""Sets that choose a number of the search. None of them measures it, and no question has trained it.

Questions of the training's own sets come from the topics that it holds out; their texts stand among
all texts of the set. The others are made of data for other purposes: headlines and their articles,
questions and their answers, messages and others of the same intent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from eval.sets.retrieval_sets import Query, RetrievalSet
from samovar.search.documents.corpus import Document
from samovar.search.passages.words import script
from training.corpora import paraphrases, questions
from training.corpora.files import commas, records, text_stream, tidy
from training.lessons.retrieval.held_out import parts

HELD_OUT = 5
"""Per cent of the topics that no training reads: of both recipes of the search."""
EXAMPLES = 3
"""Messages of an intent that are documents; the others are questions."""
SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC"}
Reader = Callable[[Path], RetrievalSet]


def held_out(origin: str, asked: str = "", written: str = "") -> Reader:
    """Return the reader of the questions that the training holds out of the data set `origin`.

    Args:
        origin: folder of the data set.
        asked: language of the questions; any by default.
        written: language of the texts.
    """

    def read(data: Path) -> RetrievalSet:
        topics = [topic for topic in questions.topics(data) if topic.origin == origin]
        held = parts(topics, HELD_OUT)[1]
        texts = [
            topic
            for topic in topics
            if script(topic.text) == SCRIPTS.get(written, script(topic.text))
        ]
        documents = tuple(Document(str(at), "", topic.text) for at, topic in enumerate(texts))
        right = defaultdict(set)
        for at, topic in enumerate(texts):
            right[topic.key].add(str(at))
        said = {
            question: topic.key
            for topic in held
            for question in topic.questions
            if right[topic.key] and script(question) == SCRIPTS.get(asked, script(question))
        }
        queries = (Query(text, text, frozenset(right[key])) for text, key in said.items())
        return RetrievalSet(documents, tuple(queries))

    return read


def paired(read: Callable[[Path], Iterable[tuple[str, str]]]) -> Reader:
    """Return the reader of pairs of a question and the text that answers it.

    Equal texts are one document, and of equal questions all texts are right.
    """

    def sorted_out(data: Path) -> RetrievalSet:
        numbers: dict[str, str] = {}
        right: dict[str, set[str]] = defaultdict(set)
        for question, text in read(data):
            if question and text:
                right[question].add(numbers.setdefault(text, str(len(numbers))))
        documents = (Document(id, "", text) for text, id in numbers.items())
        queries = (Query(text, text, frozenset(ids)) for text, ids in right.items())
        return RetrievalSet(tuple(documents), tuple(queries))

    return sorted_out


def bbc(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the headlines of the BBC with their articles; one that came twice has one article."""
    for row in records(data / "bbc_news" / "bbc_news.jsonl.gz"):
        yield tidy(row["title"]), tidy(row["text"])


def nerel(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the headlines of Russian news, the first line, with the rest of the article."""
    for name in ("train.jsonl.gz", "dev.jsonl"):
        for row in records(data / "nerel_ru" / name):
            headline, _, article = row["text"].strip().partition("\n")
            yield tidy(headline), tidy(article)


def headlines(data: Path) -> Iterator[tuple[str, str]]:
    """Yield Russian headlines with another one that says the same."""
    for pair in paraphrases.read_paraphraser_ru(data / "paraphraser_ru"):
        if pair.label:
            yield pair.source, pair.target


def truthfulqa(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the questions with their best answer."""
    for row in commas(data / "truthfulqa" / "TruthfulQA.csv"):
        yield tidy(row["Question"]), tidy(row["Best Answer"])


def piqa(data: Path) -> Iterator[tuple[str, str]]:
    """Yield goals with the way that reaches them."""
    with text_stream(data / "piqa" / "dev-labels.lst") as lines:
        labels = [line.strip() for line in lines if line.strip()]
    for row, label in zip(records(data / "piqa" / "dev.jsonl"), labels, strict=True):
        yield tidy(row["goal"]), tidy(row["sol2" if label == "1" else "sol1"])


def choices(*names: str) -> Callable[[Path], Iterator[tuple[str, str]]]:
    """Return the reader of questions of a school test with their right answer."""

    def read(data: Path) -> Iterator[tuple[str, str]]:
        rows = chain.from_iterable(records(data / name) for name in names)
        for row in rows:
            yield tidy(row["question"]["stem"]), tidy(_chosen(row))

    return read


def banking(data: Path) -> RetrievalSet:
    """Return messages to a bank: which other messages have the same intent?"""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for row in commas(data / "banking77" / "train.csv"):
        said[row["category"]].setdefault(tidy(row["text"]))
    documents = [
        Document(f"{intent} {at}", "", text)
        for intent, texts in said.items()
        for at, text in enumerate(list(texts)[:EXAMPLES])
    ]
    queries = [
        Query(text, text, frozenset(f"{intent} {at}" for at in range(EXAMPLES)))
        for intent, texts in said.items()
        for text in list(texts)[EXAMPLES:]
    ]
    return RetrievalSet(tuple(documents), tuple(queries))


SETS: dict[str, Reader] = {
    "squad": held_out(questions.SQUAD),
    "xquad_en": held_out(questions.XQUAD, "en", "en"),
    "xquad_ru": held_out(questions.XQUAD, "ru", "ru"),
    "xquad_ru_en": held_out(questions.XQUAD, "ru", "en"),
    "xquad_en_ru": held_out(questions.XQUAD, "en", "ru"),
    "bbc": paired(bbc),
    "nerel": paired(nerel),
    "headlines_ru": paired(headlines),
    "truthfulqa": paired(truthfulqa),
    "piqa": paired(piqa),
    "openbookqa": paired(choices("openbookqa/openbookqa_test.jsonl")),
    "arc": paired(
        choices("arc_challenge/ARC-Challenge-Dev.jsonl", "arc_challenge/ARC-Challenge-Test.jsonl")
    ),
    "banking77": banking,
}
"""Name of a set → its reader, which gets the folder of public data."""


def _chosen(row: dict[str, Any]) -> str:
    answers = {option["label"]: str(option["text"]) for option in row["question"]["choices"]}
    return answers[row["answerKey"]]
