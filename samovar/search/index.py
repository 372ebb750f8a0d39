"""Build an index: `python -m samovar.search.index --input FILE_OR_FOLDER --index DIR`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import IO

from tqdm import tqdm

from samovar import terminal
from samovar.models.shelf import Shelf
from samovar.phrases import Phrase
from samovar.search import corpus, store
from samovar.search.collection import collect
from samovar.settings import Settings

ABOUT = Phrase("Index documents for search.", "Построить индекс документов для поиска.")
INPUT = Phrase(
    "txt, md (a file is a document), jsonl, csv (fields id, title, text; others are metadata), "
    "or a folder of them",
    "txt, md (файл — это документ), jsonl, csv (поля id, title, text; остальные — метаданные) "
    "или папка с ними",
)
INDEX = Phrase(
    "folder for the index; an index in it is replaced",
    "папка для индекса; прежний индекс в ней заменяется",
)
ENCODER = Phrase("encoder's id in the catalog", "код энкодера в каталоге")
DONE = Phrase(
    "{documents} documents, {passages} passages → {path} ({encoder})",
    "Документов: {documents}, фрагментов: {passages} → {path} ({encoder})",
)
EMPTY = Phrase("Skipped as empty: {n}", "Пропущено пустых: {n}")
IGNORED = Phrase("Files of other kinds left out: {n}", "Файлов других видов не взято: {n}")


def main(argv: Sequence[str] | None = None) -> int:
    """Build an index and return the exit code; 2 says that the input or a model was refused."""
    return terminal.run(lambda settings, out: _index(argv, settings, out))


def _index(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    with redirect_stdout(out):  # --help is a result
        given = _parser(settings).parse_args(argv)
    store.require_place(given.index)
    read = corpus.read(given.input)
    encoder = Shelf(settings).encoder(given.encoder)
    with bar("encode") as progress:
        collection = collect(read.documents, encoder, progress)
    store.save(collection, given.index)
    counts = {"documents": len(collection.documents), "passages": len(collection.passages)}
    said = [DONE.say(settings.language, **counts, path=given.index, encoder=encoder.name)]
    for phrase, n in ((EMPTY, read.empty), (IGNORED, read.ignored)):
        said += [phrase.say(settings.language, n=n)] if n else []
    return terminal.write(out, said)


def _parser(settings: Settings) -> argparse.ArgumentParser:
    say = settings.language
    parser = argparse.ArgumentParser("python -m samovar.search.index", description=ABOUT.say(say))
    parser.add_argument("--input", type=Path, required=True, metavar="PATH", help=INPUT.say(say))
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help=INDEX.say(say))
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
