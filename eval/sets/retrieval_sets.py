"""Documents, questions and their relevant documents: readers of public sets, and our own questions."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samovar.search.documents import corpus
from samovar.search.documents.corpus import Document
from samovar.settings import ROOT
from training.corpora import xquad as xquad_halves

QUESTIONS = ROOT / "data" / "questions"
ENCYCLOPEDIA = ROOT / "data" / "encyclopedia"


@dataclass(frozen=True, slots=True)
class Query:
    """Hold one question and the ids of the documents that answer it, at least one."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Hold one collection with its questions."""

    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    filters: Mapping[str, str] = field(default_factory=dict)
    """Of every question: metadata field → the value that it must have."""


def xquad(asked: str, *written: str, only: str = "") -> Callable[[Path], RetrievalSet]:
    """Return the reader of XQuAD's measuring half: which paragraph answers the question?

    Args:
        asked: language of the questions.
        written: languages of the paragraphs; each is a document, and all translations of the right
            one are right.
        only: the language that a filter leaves; the others are then not right.
    """

    def read(data: Path) -> RetrievalSet:
        documents: list[Document] = []
        answers: dict[str, set[str]] = defaultdict(set)
        texts: dict[str, str] = {}
        for language in dict.fromkeys((*written, asked)):
            for article in xquad_halves.articles(data, language, training=False):
                for at, paragraph in enumerate(article["paragraphs"]):
                    id = f"{language}-{article['title']}-{at}"
                    if language in written:
                        text = paragraph["context"]
                        documents.append(Document(id, "", text, {"language": language}))
                    for qa in paragraph["qas"]:
                        if language in written and only in ("", language):
                            answers[qa["id"]].add(id)
                        if language == asked:
                            texts[qa["id"]] = qa["question"]
        queries = [Query(id, text, frozenset(answers[id])) for id, text in texts.items()]
        return RetrievalSet(tuple(documents), tuple(queries), {"language": only} if only else {})

    return read


def stackfaq(data: Path) -> RetrievalSet:
    """Return StackFAQ: which thread does a rephrased question belong to?"""
    documents: list[Document] = []
    queries: list[Query] = []
    for pair in _json(data / "stackfaq" / "stackExchange-FAQ.json")["root"]["qapair"]:
        id = f"t{len(documents)}"
        answers = pair["answer"] if isinstance(pair["answer"], list) else [pair["answer"]]
        text = "\n\n".join(answer for answer in answers if answer)
        documents.append(Document(id, pair["question"], text or pair["question"]))
        asked = [said.strip() for said in pair["rephr"] if said and said.strip("* ")]
        queries += [Query(f"{id}-{n}", said, frozenset([id])) for n, said in enumerate(asked)]
    return RetrievalSet(tuple(documents), tuple(queries))


def covid_faq(data: Path) -> RetrievalSet:
    """Return the COVID FAQ: which answer fits a visitor's question? Titles of the FAQ are left out."""
    folder = data / "covid_faq"
    documents = tuple(
        Document(str(row["answer_id"]), "", row["answer"])
        for row in _rows(folder / "answers.jsonl")
    )
    asked = [row for row in _rows(folder / "queries.jsonl") if row["query_type"] != "faq"]
    known = {one.id for one in documents}
    queries = tuple(
        Query(str(n), row["question"], frozenset([str(row["answer_id"])]))
        for n, row in enumerate(asked)
        if str(row["answer_id"]) in known and row["question"].strip()
    )
    return RetrievalSet(documents, queries)


def npl(data: Path) -> RetrievalSet:
    """Return NPL (Vaswani): abstracts of physics, questions in capital letters."""
    folder = data / "npl"
    with gzip.open(folder / "doc-text.trec.gz", "rt", encoding="utf-8", errors="replace") as file:
        abstracts = re.findall(r"<DOCNO>\s*(\d+)\s*</DOCNO>(.*?)</DOC>", file.read(), re.S)
    documents = tuple(
        Document(id, "", " ".join(text.split())) for id, text in abstracts if text.strip()
    )
    relevant = _relevant((folder / "qrels").read_text(), 0, 2)
    asked = re.findall(
        r"<num>\s*(\d+)\s*</num>\s*<title>(.*?)</title>",
        (folder / "query-text.trec").read_text(encoding="utf-8"),
        re.S,
    )
    return _matched(documents, {id: " ".join(text.split()).lower() for id, text in asked}, relevant)


def cisi(data: Path) -> RetrievalSet:
    """Return CISI: abstracts of information science, questions of a sentence to a paragraph."""
    folder = data / "cisi"
    with gzip.open(folder / "CISI.ALL.gz", "rt", encoding="utf-8", errors="replace") as file:
        documents = tuple(
            Document(id, fields.get("T", ""), fields.get("W", "") or fields.get("T", ""))
            for id, fields in _smart(file.read())
            if fields.get("W") or fields.get("T")
        )
    asked = _smart((folder / "CISI_dev.QRY").read_text(encoding="utf-8", errors="replace"))
    texts = {
        id: " ".join([fields.get("T", ""), fields.get("W", "")]).strip() for id, fields in asked
    }
    return _matched(documents, texts, _relevant((folder / "CISI_dev.REL").read_text(), 0, 1))


def encyclopedia(language: str) -> Callable[[Path], RetrievalSet]:
    """Return the reader of the shipped encyclopedia with our questions in `language`.

    The collection is the whole encyclopedia, both languages: a question may be answered in either.
    """

    def read(data: Path) -> RetrievalSet:
        rows = _rows(QUESTIONS / f"encyclopedia-{language}.jsonl")
        queries = [Query(row["id"], row["query"], frozenset(row["relevant"])) for row in rows]
        return RetrievalSet(corpus.read(ENCYCLOPEDIA).documents, tuple(queries))

    return read


SETS: dict[str, Callable[[Path], RetrievalSet]] = {
    "encyclopedia_en": encyclopedia("en"),
    "encyclopedia_ru": encyclopedia("ru"),
    "xquad_en": xquad("en", "en"),
    "xquad_ru": xquad("ru", "ru"),
    "xquad_ru_en": xquad("ru", "en"),
    "xquad_en_ru": xquad("en", "ru"),
    "xquad_ru_both": xquad("ru", "en", "ru"),
    "xquad_ru_filter": xquad("ru", "en", "ru", only="en"),
    "stackfaq": stackfaq,
    "covid_faq": covid_faq,
    "npl": npl,
    "cisi": cisi,
}
"""Name of a set → its reader, which gets the folder of public data."""


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


def _smart(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (id, field → text) of the records of a SMART file: .I id, .T title, .W text."""
    for record in re.split(r"^\.I\s+", text, flags=re.M)[1:]:
        id, _, rest = record.partition("\n")
        parts = re.split(r"^\.([A-Z])\s*$", rest, flags=re.M)[1:]
        fields = {
            name: " ".join(body.split()) for name, body in zip(parts[::2], parts[1::2], strict=True)
        }
        yield id.strip(), fields


def _relevant(text: str, query: int, document: int) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = defaultdict(set)
    for row in text.splitlines():
        cells = row.split()
        if cells:
            relevant[cells[query]].add(cells[document])
    return relevant


def _matched(
    documents: tuple[Document, ...], asked: dict[str, str], relevant: dict[str, set[str]]
) -> RetrievalSet:
    """Keep the questions that have relevant documents in the collection."""
    known = {one.id for one in documents}
    queries = [
        Query(id, text, frozenset(relevant[id] & known))
        for id, text in asked.items()
        if text and relevant.get(id, set()) & known
    ]
    return RetrievalSet(documents, tuple(queries))
