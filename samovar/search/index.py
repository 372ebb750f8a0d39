"""Build an index: `python -m samovar.search.index --input FILE_OR_FOLDER --index DIR`.

Run again, it encodes only what is new or changed; `--add` keeps what the input does not name,
`--delete ID` deletes. Interrupted, it goes on from there when it is started again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import IO

from tqdm import tqdm

from samovar.command import terminal
from samovar.errors import InputError
from samovar.models.shelf import Shelf
from samovar.phrases import Phrase
from samovar.search.documents import corpus
from samovar.search.documents.corpus import Corpus
from samovar.search.indexing import update
from samovar.search.indexing.premises import require_place
from samovar.search.indexing.update import Change
from samovar.search.stores import place
from samovar.search.stores.structure import STRUCTURES
from samovar.settings import Settings

ABOUT = Phrase("Index documents for search.", "Построить индекс документов для поиска.")
INPUT = Phrase(
    "txt (a file is a document), md, html, docx, pdf (a section or page is one), jsonl, csv, tsv (a row "
    "is one: id, title, text; other fields are metadata), or a folder of them",
    "txt (файл — это документ), md, html, docx, pdf (документ — раздел или страница), jsonl, csv, tsv "
    "(документ — строка: id, title, text, прочие поля — метаданные) или папка с ними",
)
INDEX = Phrase(
    "folder for the index; what is unchanged in an index there is not encoded again",
    "папка для индекса; что не изменилось в прежнем индексе, заново не кодируется",
)
ADD = Phrase(
    "keep the documents of the index that the input does not name",
    "оставить документы индекса, которых нет во входных данных",
)
DELETE = Phrase("delete the document with this id", "удалить документ с этим кодом")
STORE = Phrase(
    "where vectors lie: faiss (by size: {names}; faiss:NAME fixes one), a path ending in .db "
    "(Milvus Lite) or the URL of a Milvus server",
    "где лежат векторы: faiss (по размеру: {names}; faiss:ИМЯ задаёт вид), путь с .db на конце "
    "(Milvus Lite) или адрес сервера Milvus",
)
ENCODER = Phrase("encoder's id in the catalog", "код энкодера в каталоге")
NOTHING = Phrase("Give --input or --delete.", "Укажите --input или --delete.")
DONE = Phrase(
    "{documents} documents, {passages} passages → {path} ({encoder})",
    "Документов: {documents}, фрагментов: {passages} → {path} ({encoder})",
)
DIFFERENCE = Phrase(
    "New: {added}, changed: {changed}, deleted: {removed}, unchanged: {unchanged}; encoded before an "
    "interruption: {resumed}",
    "Новых: {added}, изменённых: {changed}, удалённых: {removed}, без изменений: {unchanged}; "
    "закодировано до прерывания: {resumed}",
)
VECTORS = Phrase("Vectors: {why}", "Векторы: {why}")
EMPTY = Phrase("Skipped as empty: {n}", "Пропущено пустых: {n}")
IGNORED = Phrase("Files of other kinds left out: {n}", "Файлов других видов не взято: {n}")


def main(argv: Sequence[str] | None = None) -> int:
    """Build an index and return the exit code; 2 says that the input or a model was refused."""
    return terminal.run(lambda settings, out: _index(argv, settings, out))


def _index(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    with redirect_stdout(out):  # --help is a result
        given = _parser(settings).parse_args(argv)
    if given.input is None and not given.delete:
        raise InputError(NOTHING)
    where = place.place(given.store) if given.store else None
    require_place(given.index)
    read = corpus.read(given.input) if given.input else Corpus(())
    keep = given.add or given.input is None
    change = Change(read.documents, keep, tuple(given.delete), where)
    encoder = Shelf(settings).retriever(given.encoder)
    token = settings.milvus_token
    with bar("encode") as progress:
        made, report = update.update(given.index, encoder, change, token, progress)
    say = settings.language
    counts = {"documents": len(made.documents), "passages": len(made.passages)}
    said = [DONE.say(say, **counts, path=given.index, encoder=encoder.name)]
    done = asdict(report)
    said += [DIFFERENCE.say(say, **done), VECTORS.say(say, why=report.store)]
    for phrase, n in ((EMPTY, read.empty), (IGNORED, read.ignored)):
        said += [phrase.say(say, n=n)] if n else []
    return terminal.write(out, said)


def _parser(settings: Settings) -> argparse.ArgumentParser:
    say = settings.language
    parser = argparse.ArgumentParser("python -m samovar.search.index", description=ABOUT.say(say))
    parser.add_argument("--input", type=Path, metavar="PATH", help=INPUT.say(say))
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help=INDEX.say(say))
    parser.add_argument("--add", action="store_true", help=ADD.say(say))
    parser.add_argument("--delete", action="append", default=[], metavar="ID", help=DELETE.say(say))
    names = ", ".join(STRUCTURES)
    parser.add_argument("--store", default="", help=STORE.say(say, names=names))
    parser.add_argument("--encoder", default="", metavar="ID", help=ENCODER.say(say))
    return parser


@contextmanager
def bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """Lend a function that draws (done, total) as a progress bar on stderr."""
    with tqdm(desc=name, unit="text", file=sys.stderr) as drawn:

        def show(done: int, total: int) -> None:
            drawn.total = total
            drawn.update(done - drawn.n)

        yield show


if __name__ == "__main__":
    raise SystemExit(main())
