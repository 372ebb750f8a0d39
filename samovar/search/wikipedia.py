"""Read Wikipedia into a JSON Lines file that `samovar.search.index` takes.

    python -m samovar.search.wikipedia --dump ruwiki-latest-pages-articles.xml.bz2 --out ru.jsonl
    python -m samovar.search.wikipedia --hub 20231101.ru --out ru.jsonl --most 100000

A dump is read as a stream: neither it nor its text is ever held whole. Redirects, pages of other
namespaces and articles without prose are left out. The file appears when it is complete.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path
from typing import IO

from tqdm import tqdm

from samovar.command import terminal
from samovar.errors import InputError, StoreError
from samovar.phrases import Phrase
from samovar.search.documents import dump, hub_wikipedia
from samovar.search.documents.corpus import Document
from samovar.settings import Settings

ABOUT = Phrase(
    "Turn Wikipedia into documents for search.", "Превратить Википедию в документы для поиска."
)
DUMP = Phrase(
    "pages-articles.xml or .xml.bz2, from dumps.wikimedia.org",
    "pages-articles.xml или .xml.bz2 с dumps.wikimedia.org",
)
HUB = Phrase(
    "a part of wikimedia/wikipedia on the Hub, such as 20231101.ru, read as a stream",
    "часть wikimedia/wikipedia с Hub, например 20231101.ru, читается потоком",
)
OUT = Phrase("the JSON Lines file to write", "файл JSON Lines, который будет записан")
MOST = Phrase("end after so many articles", "закончить после стольких статей")
SHORTEST = Phrase("leave out articles of fewer characters", "пропускать статьи, где знаков меньше")
ONE = Phrase("Give either --dump or --hub.", "Укажите или --dump, или --hub, что-то одно.")
POSITIVE = Phrase("--most must be at least 1.", "--most должно быть не меньше 1.")
DONE = Phrase("{n} articles → {path}", "Статей: {n} → {path}")
NONE = Phrase("{source} holds no article.", "В {source} нет статей.")
UNWRITABLE = Phrase("{path} cannot be written: {why}.", "Не удалось записать {path}: {why}.")


def main(argv: Sequence[str] | None = None) -> int:
    """Write the file and return the exit code; 2 says that the source was refused."""
    return terminal.run(lambda settings, out: _written(argv, settings, out))


def _written(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    with redirect_stdout(out):  # --help is a result
        given = _parser(settings).parse_args(argv)
    if (given.dump is None) == (given.hub is None):
        raise InputError(ONE)
    if given.most is not None and given.most < 1:
        raise InputError(POSITIVE)
    articles = (
        dump.articles(given.dump) if given.dump else hub_wikipedia.articles(given.hub, given.repo)
    )
    long = (article for article in articles if len(article.text) >= given.shortest)
    count = write(islice(long, given.most), given.out)
    if not count:
        given.out.unlink()
        raise InputError(NONE, source=given.dump or given.hub)
    return terminal.write(out, [DONE.say(settings.language, n=count, path=given.out)])


def write(articles: Iterable[Document], path: Path) -> int:
    """Write one article a line to `path`, whole or not at all, and return their number.

    Raises:
        StoreError: the disk is full or the place cannot be written.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            count = sum(file.write(row) > 0 for row in _rows(articles))
        draft.replace(path)
    except OSError as error:
        raise StoreError(UNWRITABLE, path=path, why=error.strerror or error) from error
    finally:
        draft.unlink(missing_ok=True)
    return count


def _rows(articles: Iterable[Document]) -> Iterator[str]:
    for article in tqdm(articles, unit="article", file=sys.stderr):
        row = {"id": article.id, "title": article.title, "text": article.text, **article.metadata}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _parser(settings: Settings) -> argparse.ArgumentParser:
    say = settings.language
    parser = argparse.ArgumentParser(
        "python -m samovar.search.wikipedia", description=ABOUT.say(say)
    )
    parser.add_argument("--dump", type=Path, metavar="FILE", help=DUMP.say(say))
    parser.add_argument("--hub", metavar="PART", help=HUB.say(say))
    parser.add_argument("--repo", default=hub_wikipedia.REPO, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=OUT.say(say))
    parser.add_argument("--most", type=int, metavar="N", help=MOST.say(say))
    parser.add_argument("--shortest", type=int, default=200, metavar="N", help=SHORTEST.say(say))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
