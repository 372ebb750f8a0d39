"""Metrics of rankings against values worked out by hand, and the readers of public sets."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest

from eval import search
from eval.metrics import retrieval
from eval.sets import retrieval_sets
from eval.sets.retrieval_sets import ENCYCLOPEDIA, Query, RetrievalSet
from eval.tables.search import quality
from samovar.search.documents import corpus
from samovar.search.documents.corpus import Document
from training.corpora import questions

LOG = [1 / math.log2(at + 2) for at in range(10)]


@pytest.mark.parametrize(
    ("found", "relevant", "expected"),
    [  # recall@1, @5, @10, MRR@10, nDCG@10, AP
        ("abc", "a", (1, 1, 1, 1, 1, 1)),
        ("abc", "b", (0, 1, 1, 1 / 2, LOG[1], 1 / 2)),
        ("abc", "x", (0, 0, 0, 0, 0, 0)),
        ("", "x", (0, 0, 0, 0, 0, 0)),
        ("abcd", "bd", (0, 1, 1, 1 / 2, (LOG[1] + LOG[3]) / (LOG[0] + LOG[1]), (1 / 2 + 2 / 4) / 2)),
        ("abcdefghijk", "fk", (0, 0, 1 / 2, 1 / 6, LOG[5] / (LOG[0] + LOG[1]), (1 / 6 + 2 / 11) / 2)),
        ("a", "ab", (1 / 2, 1 / 2, 1 / 2, 1, LOG[0] / (LOG[0] + LOG[1]), 1 / 2)),
    ],
)  # fmt: skip
def test_metrics(found: str, relevant: str, expected: tuple[float, ...]) -> None:
    got = [metric(list(found), set(relevant)) for metric in retrieval.METRICS.values()]
    assert got == pytest.approx(expected)


def test_figures_and_comparison() -> None:
    queries = [Query("1", "", frozenset("a")), Query("2", "", frozenset("b"))]
    good = search.scores(queries, [["a"], ["b"]])
    poor = search.scores(queries, [["a"], ["x", "b"]])
    assert search.intervals(good)["mrr_10"] == {"value": 1.0, "interval": [1.0, 1.0]}
    assert search.intervals(poor)["mrr_10"]["value"] == 0.75
    compared = retrieval.compared(good["ndcg_10"], poor["ndcg_10"], 0)
    assert (compared["wins"], compared["losses"]) == (1, 0)
    assert compared["difference"]["value"] == pytest.approx((1 - LOG[1]) / 2, abs=1e-4)


def test_the_table_says_every_figure() -> None:
    queries = (Query("1", "", frozenset("a")), Query("2", "", frozenset("b")))
    poor, good = [["a"], ["x", "b"]], [["a"], ["b"]]
    lists = {"base": poor, "tuned": good, "base 96": poor, "tuned 96": poor}
    measured = search.figures(RetrievalSet((Document("a", "", "A"),), queries), lists)
    result = {"sets": {"cisi": measured}, "base": "e5", "tuned": "own", "reranker": None}
    lines = quality.search(result)
    assert lines[2].startswith(
        "| CISI (1, 2) | encoder, before | 0.500 | 1.000 | 1.000 | 0.750 | 0.8"
    )
    assert lines[3].startswith("|  | encoder, tuned | 1.000 |")
    assert lines[3].endswith("| encoder, before: 1, 0, 1.0000 |")
    assert {line.count("|") for line in lines[:4]} == {10}
    assert lines[-1] == "| encoder, tuned | 1.000 | 0.816 |"
    assert search.ranks(queries, lists)[1] == {"query": "", "base": 2, "tuned": 1}


def test_a_reranker_asked_some_questions_is_compared_on_these() -> None:
    queries = tuple(Query(str(n), "", frozenset("b")) for n in range(4))
    good, poor = ["b"], ["a", "b"]
    lists = {"hybrid": [good, poor, poor, poor], "rerank": [None, good, None, poor]}
    measured = search.figures(RetrievalSet((Document("b", "", "B"),), queries), lists)
    test = measured["compared"]["rerank - hybrid"]
    assert (test["wins"], test["losses"]) == (1, 0)
    assert measured["rows"]["rerank"]["recall_1"]["value"] == 0.5
    assert measured["sampled"]["queries"] == 2
    assert measured["sampled"]["hybrid"]["recall_1"]["value"] == 0.0
    assert [set(row) for row in search.ranks(queries, lists)][:2] == [
        {"query", "hybrid"},
        {"query", "hybrid", "rerank"},
    ]
    result = {"sets": {"cisi": measured}, "reranker": "own", "reranker_ms": 15.25}
    [line] = quality.short(result)[2:3]
    assert "(2 questions, joined 0.631 on them)" in line and line.count("**") == 2
    whole = search.figures(RetrievalSet((), queries), lists | {"rerank": [good] * 4})
    assert "sampled" not in whole


def test_what_trains_on_xquad_never_measures(tmp_path: Path) -> None:
    write_xquad(tmp_path, ["Pharmacy", "Oxygen"])
    measuring = {
        id
        for name in retrieval_sets.SETS
        if name.startswith("xquad_")
        for id in (query.id for query in retrieval_sets.SETS[name](tmp_path).queries)
    }
    texts = {one.text for one in retrieval_sets.SETS["xquad_ru_both"](tmp_path).documents}
    assert measuring == {"Oxygen?"} and texts == {"en Oxygen", "ru Oxygen"}
    training = list(questions.halved_xquad(tmp_path))
    assert {topic.text for topic in training} == {"en Pharmacy", "ru Pharmacy"}
    assert {topic.questions for topic in training} == {("en Pharmacy?", "ru Pharmacy?")}


def test_a_filter_leaves_only_one_translation_right(tmp_path: Path) -> None:
    write_xquad(tmp_path, ["Oxygen"])
    both, only = (retrieval_sets.SETS[f"xquad_ru_{name}"](tmp_path) for name in ("both", "filter"))
    assert both.queries[0].relevant == {"en-Oxygen-0", "ru-Oxygen-0"} and not both.filters
    assert only.queries[0].relevant == {"en-Oxygen-0"} and only.filters == {"language": "en"}


def write_xquad(folder: Path, titles: list[str]) -> None:
    (folder / "xquad").mkdir()
    for language in ("en", "ru"):
        data = [
            {
                "title": title,
                "paragraphs": [
                    {
                        "context": f"{language} {title}",
                        "qas": [{"id": f"{title}?", "question": f"{language} {title}?"}],
                    }
                ],
            }
            for title in titles
        ]
        (folder / "xquad" / f"xquad.{language}.json").write_text(json.dumps({"data": data}))


def test_readers_of_public_sets(tmp_path: Path) -> None:
    def write(name: str, content: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        data = content.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)

    asked = [{"question": "Who?", "id": "q1", "answers": []}]
    squad = {"data": [{"title": "Ann", "paragraphs": [{"context": "Ann.", "qas": asked}]}]}
    write("xquad/xquad.ru.json", json.dumps(squad))
    pair = {"rephr": ["How to brew", "*", None, " "], "question": "Tea", "answer": "Boil it."}
    write("stackfaq/stackExchange-FAQ.json", json.dumps({"root": {"qapair": [pair]}}))
    write("covid_faq/answers.jsonl", '{"answer_id": 3, "answer": "Wash hands."}\n')
    rows = [(3, "faq", "Title"), (3, "user_query", "how"), (9, "user_query", "unanswered")]
    keys = ("answer_id", "query_type", "question")
    lines = [json.dumps(dict(zip(keys, row, strict=True))) for row in rows]
    write("covid_faq/queries.jsonl", "\n".join(lines))
    doc = "<DOC>\n<DOCNO>{}</DOCNO>\n{}\n</DOC>\n"
    write("npl/doc-text.trec.gz", doc.format(1, "wave\nguide") + doc.format(2, "tube"))
    write("npl/query-text.trec", "<top>\n<num>1</num><title>\nWAVE GUIDES\n</title>\n</top>\n")
    write("npl/qrels", "1 0 2 1\n1 0 77 1\n")
    write("cisi/CISI.ALL.gz", ".I 1\n.T\nDewey\n.A\nC.\n.W\n A  study\n.I 2\n.T\nOnly a title\n")
    write("cisi/CISI_dev.QRY", ".I 1\n.W\nWhich study?\n.I 2\n.W\nNot assessed\n")
    write("cisi/CISI_dev.REL", "1\t2\t0\t0.0\n")
    names = ("xquad_ru", "stackfaq", "covid_faq", "npl", "cisi")
    read = {name: retrieval_sets.SETS[name](tmp_path) for name in names}
    said = {
        name: [(one.id, one.title, one.text) for one in each.documents]
        for name, each in read.items()
    }
    assert said == {
        "xquad_ru": [("ru-Ann-0", "", "Ann.")],
        "stackfaq": [("t0", "Tea", "Boil it.")],
        "covid_faq": [("3", "", "Wash hands.")],
        "npl": [("1", "", "wave guide"), ("2", "", "tube")],
        "cisi": [("1", "Dewey", "A study"), ("2", "Only a title", "Only a title")],
    }
    asked_ = {
        name: [(q.text, set(q.relevant)) for q in each.queries] for name, each in read.items()
    }
    assert asked_ == {
        "xquad_ru": [("Who?", {"ru-Ann-0"})],
        "stackfaq": [("How to brew", {"t0"})],
        "covid_faq": [("how", {"3"})],
        "npl": [("wave guides", {"2"})],
        "cisi": [("Which study?", {"2"})],
    }


@pytest.mark.parametrize(("language", "most"), [("en", 150), ("ru", 80)])
def test_our_questions_are_about_articles_that_are_there(language: str, most: int) -> None:
    known = {one.id: one for one in corpus.read(ENCYCLOPEDIA).documents}
    read = retrieval_sets.SETS[f"encyclopedia_{language}"](Path())
    assert len(read.queries) >= most
    texts = [query.text for query in read.queries]
    assert len(set(texts)) == len(texts) == len({query.id for query in read.queries})
    for query in read.queries:
        assert query.relevant and query.relevant <= set(known), query.id
        assert not any(
            query.text.rstrip("?.").lower() in known[id].text.lower() for id in query.relevant
        )
