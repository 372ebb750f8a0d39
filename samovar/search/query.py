"""Ask an index: `python -m samovar.search.query --index DIR "text" -k 10 --filter topic=space`.

`--filter` compares a field: `year>=1900`, `topic!=art`, `topic in art, space`, `topic not in art`.

With `--queries FILE` every line is a query; with `--json` every query gives one line of JSON:
`{"query": …, "hits": [{"id": …, "score": …}], "removed": 0, "good": true}` (false where the hits are
only the nearest, null where that is not known), and a query that is refused
`{"query": …, "error": …, "line": 3}` in its place.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from samovar.command import terminal
from samovar.errors import InputError, SamovarError
from samovar.files.source import File
from samovar.files.text import lines
from samovar.models.base import Encoder, Reranker
from samovar.models.shelf import Shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.search import core, endpoint
from samovar.search.core import Question
from samovar.search.documents import filters
from samovar.search.index import ENCODER, bar
from samovar.search.indexing import folder
from samovar.search.passages.collection import Collection
from samovar.settings import Settings

ABOUT = Phrase("Search an index.", "Искать в индексе.")
QUERY = Phrase("the question", "вопрос")
INDEX = Phrase("folder of the index", "папка индекса")
QUERIES = Phrase("file with a question a line", "файл, в каждой строке вопрос")
FILTER = Phrase(
    "a condition on the metadata: field=value, field>=1900, field in a, b",
    "условие на метаданные: поле=значение, поле>=1900, поле in a, b",
)
MACHINE = Phrase("print JSON", "вывести JSON")
ONE = Phrase(
    "Give either a question or --queries.", "Укажите или вопрос, или --queries, что-то одно."
)
REMOVED = Phrase("The filter removed: {n}", "Фильтр убрал: {n}")
NOTHING = Phrase("Nothing found.", "Ничего не найдено.")
NO_MATCH = Phrase(
    "No good match. Below is what lies nearest.",
    "Хорошего совпадения нет. Ниже — самое близкое из того, что есть.",
)
Asked = Question | SamovarError


def main(argv: Sequence[str] | None = None) -> int:
    """Answer and return the exit code; 2 says that the input, the index or a model was refused."""
    return terminal.run(lambda settings, out: _query(argv, settings, out))


def _query(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    with redirect_stdout(out):  # --help is a result
        given = _parser(settings.language).parse_args(argv)
    if (given.text is None) == (given.queries is None):
        raise InputError(ONE)
    shelf = Shelf(settings)
    encoder = shelf.retriever(given.encoder)
    reranker = shelf.reranker() if given.mode == "rerank" else None
    collection = folder.load(given.index, encoder, settings.milvus_token)
    wanted = filters.written(given.filter)
    rules = (settings.language, given.k, given.mode, wanted, collection.fields)
    core.question("-", *rules)  # a mistake in the flags stops everything
    if given.queries is None:
        texts = [given.text]
        asked: list[Asked] = [core.question(given.text, *rules)]
    else:
        file = File(given.queries.name, given.queries)
        texts = [line.rstrip("\r\n") for line in lines(file)] or [""]
        asked = [_asked(text, rules) for text in texts]
    for row in _rows(texts, asked, collection, (encoder, reranker), settings.language):
        terminal.write(out, [_written(row)] if given.json else _said(row, settings.language))
    return 0


def _asked(text: str, rules: tuple[Any, ...]) -> Asked:
    try:
        return core.question(text, *rules)
    except SamovarError as error:
        return error


def _rows(
    texts: Sequence[str],
    asked: Sequence[Asked],
    collection: Collection,
    models: tuple[Encoder, Reranker | None],
    language: Language,
) -> Iterator[dict[str, Any]]:
    """Yield one row for each text; all vectors are made in one go, in batches."""
    encoder, reranker = models
    by_meaning = [q.text for q in asked if isinstance(q, Question) and q.mode != "bm25"]
    many = len(texts) > 1
    if many:
        with bar("encode") as progress:
            vectors = iter(encoder.encode(by_meaning, "query", progress))
    else:
        vectors = iter(encoder.encode(by_meaning, "query"))
    both = zip(texts, asked, strict=True)
    shown = tqdm(both, total=len(texts), unit="query", file=sys.stderr, disable=not many)
    for number, (text, question) in enumerate(shown, 1):
        if isinstance(question, SamovarError):
            yield {"query": text, "error": question.say(language), "line": number}
            continue
        vector = None if question.mode == "bm25" else next(vectors)
        result = core.search(collection, question, vector, reranker)
        hits = to_json(result.hits)
        yield {"query": text, "hits": hits, "removed": result.removed, "good": result.good}


def _written(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _said(row: dict[str, Any], language: Language) -> list[str]:
    if "error" in row:
        return [f"» {row['query']}", row["error"]]
    said = endpoint.lines(row["hits"]) or [NOTHING.say(language)]
    if row["hits"] and row["good"] is False:
        said = [NO_MATCH.say(language), *said]
    removed = [REMOVED.say(language, n=row["removed"])] if row["removed"] else []
    return [f"» {row['query']}", *said, *removed]


def _parser(say: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m samovar.search.query", description=ABOUT.say(say))
    parser.add_argument("text", nargs="?", help=QUERY.say(say))
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help=INDEX.say(say))
    parser.add_argument("--queries", type=Path, metavar="FILE", help=QUERIES.say(say))
    parser.add_argument("-k", type=int, default=10, metavar="N", help="1…100")
    parser.add_argument("--mode", default="hybrid", help=", ".join(core.MODES))
    parser.add_argument(
        "--filter", action="append", default=[], metavar="CONDITION", help=FILTER.say(say)
    )
    parser.add_argument("--encoder", default="", metavar="ID", help=ENCODER.say(say))
    parser.add_argument("--json", action="store_true", help=MACHINE.say(say))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
