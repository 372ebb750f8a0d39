"""Wikipedia as documents: a real dump's shape, streamed; the Hub's shape, from a local folder."""

from __future__ import annotations

import bz2
import json
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from samovar.errors import InputError
from samovar.search import wikipedia
from samovar.search.documents import corpus, dump, hub_wikipedia
from samovar.settings import ROOT

SITE = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="ru">
  <siteinfo><sitename>Википедия</sitename><dbname>ruwiki</dbname>
    <namespaces><namespace key="-2">Медиа</namespace><namespace key="0" />
      <namespace key="6">Файл</namespace><namespace key="14">Категория</namespace></namespaces>
  </siteinfo>
"""
TEA = """{{Напиток|имя=Чай|{{вложенный|шаблон}}}}
[[Файл:Tea.jpg|thumb|Чашка [[чай|чая]]]]
'''Чай''' — [[напиток]] из листьев [[Чайный куст|чайного куста]]<ref name="a">Источник с чаем.</ref>.

== История ==
{| class="wikitable"
| ячейка таблицы
|}
Чай пили в [[Китай|Китае]]; &lt;b&gt; не разметка.<!-- заметка --> Вода H<sub>2</sub>O.

* пункт [https://example.org ссылка]
[[Категория:Напитки]] [[category:Tea]]
"""


def page(title: str, text: str, number: int, ns: int = 0, more: str = "") -> str:
    return (
        f"<page><title>{escape(title)}</title><ns>{ns}</ns><id>{number}</id>{more}<revision>"
        f"<id>9{number}</id><text>{escape(text)}</text></revision></page>\n"
    )


PAGES = [
    page("Чай", TEA, 1),
    page("Обсуждение:Чай", "Разговор о чае.", 2, ns=1),
    page("Чаёк", "#REDIRECT [[Чай]]", 3, more='<redirect title="Чай" />'),
    page("Только шаблон", "{{Заготовка}}", 4),
    page("A & B <i>", "Кофе & чай — <nowiki>[[не ссылка]]</nowiki>.", 5),
]


def write(folder: Path, pages: list[str], name: str = "dump.xml.bz2") -> Path:
    path = folder / name
    data = (SITE + "".join(pages) + "</mediawiki>").encode()
    path.write_bytes(bz2.compress(data) if name.endswith(".bz2") else data)
    return path


@pytest.mark.parametrize("name", ["dump.xml.bz2", "dump.xml"])
def test_articles_come_without_markup(tmp_path: Path, name: str) -> None:
    found = list(dump.articles(write(tmp_path, PAGES, name)))
    assert [(one.id, one.title) for one in found] == [
        ("ruwiki:1", "Чай"),
        ("ruwiki:5", "A & B <i>"),
    ]
    text = found[0].text
    assert text.startswith("Чай — напиток из листьев чайного куста.")
    for kept in ("История", "Чай пили в Китае; <b> не разметка. Вода H2O.", "пункт ссылка"):
        assert kept in text
    for gone in (
        "{{",
        "[[",
        "Tea.jpg",
        "Чашка",
        "Источник",
        "ячейка",
        "заметка",
        "Категория",
        "'''",
    ):
        assert gone not in text
    assert found[1].text == "Кофе & чай — [[не ссылка]]."
    assert found[0].metadata == {"source": "ruwiki"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cut.xml.bz2", bz2.compress((SITE + PAGES[0]).encode() * 50)[:-40], "after . pages"),
        ("cut.xml", (SITE + PAGES[0] + PAGES[1]).encode(), "after 2 pages"),
        ("text.xml", b"not xml at all", "after 0 pages"),
        ("text.bz2", b"not bz2 at all", "after 0 pages"),
        ("void.xml", b"", "after 0 pages"),
    ],
)
def test_a_broken_dump_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"is no dump of Wikipedia, or it is cut off .{told}"):
        list(dump.articles(tmp_path / name))
    with pytest.raises(InputError, match="no file"):
        list(dump.articles(tmp_path / "absent.xml.bz2"))


def test_an_entity_bomb_does_not_go_off(tmp_path: Path) -> None:
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12)]
    bomb = f'<!DOCTYPE m [<!ENTITY e0 "boom">{"".join(names)}]><m><page>&e11;</page></m>'
    (tmp_path / "bomb.xml").write_text(bomb)
    with pytest.raises(InputError, match="is no dump"):
        list(dump.articles(tmp_path / "bomb.xml"))


def test_a_large_dump_is_a_stream(tmp_path: Path) -> None:
    """32 MB of pages pass through a process that may not use as much memory."""
    path = tmp_path / "large.xml.bz2"
    text = escape("Речь идёт о чае и воде. " * 2000)
    with bz2.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(SITE)
        for at in range(400):
            file.write(f"<page><title>T{at}</title><ns>1</ns><id>{at}</id>"
                       f"<revision><text>{text}</text></revision></page>")  # fmt: skip
        file.write(page("Чай", TEA, 1) + "</mediawiki>")
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom samovar.search.documents import dump\n"
        "import mwparserfromhell\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(len(list(dump.articles(Path(sys.argv[1])))))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT
    )
    count, kilobytes = map(int, done.stdout.split())
    assert count == 1 and kilobytes < 20_000, done.stdout


def test_the_command_writes_what_the_indexer_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = write(tmp_path, PAGES), tmp_path / "ru.jsonl"
    assert wikipedia.main(["--dump", str(path), "--out", str(out), "--shortest", "30"]) == 0
    assert capsys.readouterr().out == f"1 articles → {out}\n"
    (read,) = corpus.read(out).documents
    assert (read.id, read.title, read.metadata) == ("ruwiki:1", "Чай", {"source": "ruwiki"})
    given = ["--dump", str(path), "--out", str(out), "--shortest", "0", "--most", "2"]
    assert wikipedia.main(given) == 0
    assert len(corpus.read(out).documents) == 2
    assert [found.name for found in tmp_path.iterdir() if found.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "either --dump or --hub"),
        (["--dump", "a", "--hub", "b"], "either --dump or --hub"),
        (["--dump", "absent.xml"], "no file absent.xml"),
        (["--dump", "dump.xml.bz2", "--most", "0"], "at least 1"),
        (["--dump", "dump.xml.bz2", "--shortest", "100000"], "holds no article"),
        (["--dump", "dump.xml.bz2", "--out", "absent/a.jsonl"], "cannot be written"),
        (
            ["--hub", "20231101.xx", "--repo", "./absent"],
            "cannot be read from the Hugging Face Hub",
        ),
    ],
)
def test_what_is_refused_leaves_no_file(
    argv: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, PAGES)
    assert wikipedia.main(["--out", "a.jsonl", *argv]) == 2
    err = capsys.readouterr().err
    assert told in err and "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump.xml.bz2"]


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """Return a folder laid out as wikimedia/wikipedia is: a card with parts, parquet files."""
    import pyarrow
    from pyarrow import parquet

    folder = tmp_path / "wikipedia"
    card = ["---", "configs:"]
    for part in ("20231101.ru", "20231101.en"):
        (folder / part).mkdir(parents=True)
        card += [f"- config_name: {part}", "  data_files:", "  - split: train"]
        card += [f"    path: {part}/*"]
        rows = {
            "id": ["7", "8", "9"],
            "url": [f"https://{part[-2:]}.wikipedia.org/wiki/{n}" for n in range(3)],
            "title": ["Чай", "Пусто", "Tea & <b>"],
            "text": ["Чай — напиток.", "", f"In {part}."],
        }
        parquet.write_table(pyarrow.table(rows), folder / part / "train-00000-of-00001.parquet")
    (folder / "README.md").write_text("\n".join([*card, "---", ""]))
    return folder


def test_the_hub_is_read_as_a_stream(hub: Path, tmp_path: Path) -> None:
    found = list(hub_wikipedia.articles("20231101.en", str(hub)))
    assert [(one.id, one.title, one.text) for one in found] == [
        ("enwiki:7", "Чай", "Чай — напиток."),
        ("enwiki:9", "Tea & <b>", "In 20231101.en."),
    ]
    assert found[0].metadata == {"source": "enwiki", "url": "https://en.wikipedia.org/wiki/0"}
    out = tmp_path / "ru.jsonl"
    given = ["--hub", "20231101.ru", "--repo", str(hub), "--out", str(out), "--shortest", "0"]
    assert wikipedia.main([*given, "--most", "1"]) == 0
    rows = [json.loads(row) for row in out.read_text().splitlines()]
    assert [row["id"] for row in rows] == ["ruwiki:7"]
