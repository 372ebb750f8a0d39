"""Mode rerank without network: offered where the adapter is, refused where it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pair_adapter
import pytest

from samovar.errors import ModelError
from samovar.models.shelf import Shelf
from samovar.search import answer, encyclopedia, endpoint, index, query, tab
from samovar.search.passages.assembly import titled
from samovar.search.ranking import question, reranking
from samovar.settings import ROOT, Settings

NAME = "rerank-e5"
MINILM = ["--encoder", "all-minilm-l6-v2"]


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the shipped adapters with a random one for the reranker."""
    folder = tmp_path_factory.mktemp("assets")
    (folder / "adapters").mkdir()
    for path in (ROOT / "assets" / "adapters").iterdir():
        if path.name != NAME:
            (folder / "adapters" / path.name).symlink_to(path)
    pair_adapter.put(folder, NAME, 1, {"labels": ["relevance"]})
    return folder


@pytest.fixture(scope="module")
def models(assets: Path) -> Shelf:
    """Return the models of a page that has the adapter, each loaded once."""
    return Shelf(replace(Settings.from_env(), assets=assets, profile="embedded"))


@pytest.fixture
def shelf(models: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Let the page and the endpoint use these models."""
    for module in (answer, encyclopedia, tab):
        monkeypatch.setattr(module, "shelf", lambda: models)
    return models


def modes() -> list[str]:
    """Return the modes that the page offers."""
    with gr.Blocks():
        return [value for _, value in tab.draw("en").inputs["mode"].choices]


def test_the_small_print_names_all_that_read_the_question(shelf: Shelf) -> None:
    costs = {mode: answer.answered("tea", 2, "en", mode=mode).cost for mode in question.MODES}
    titles = [shelf.choice(role).model.title for role in ("retriever", "reranker")]
    assert costs["bm25"].model == "BM25"
    assert costs["dense"].model == costs["hybrid"].model == titles[0]
    assert costs["rerank"].model == " + ".join(titles)


def test_the_endpoint_reads_the_best_thirty(shelf: Shelf) -> None:
    asked = "How do bees tell each other where flowers are?"
    joined = {hit["id"]: hit for hit in endpoint.search(asked, 40)}
    found = endpoint.search(asked, 40, mode="rerank")
    assert [hit["rank"] for hit in found] == [*range(1, 41)]
    assert [hit["rerank_rank"] for hit in found] == [*range(1, 31), *[None] * 10]
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    read = sorted(found[: reranking.READ], key=lambda hit: hit["fused_rank"])
    assert [hit["fused_rank"] for hit in read] == [*range(1, 31)]
    said = shelf.reranker().score(asked, [titled(hit["title"], hit["text"]) for hit in read])
    spread = encyclopedia.encyclopedia().offsets.spread
    for hit, point in zip(read, said.tolist(), strict=True):
        expected = joined[hit["id"]]["score"] + reranking.WEIGHTS[NAME] * spread * point
        assert hit["score"] == pytest.approx(expected, abs=2e-3)


def test_the_page_offers_the_mode_only_with_the_adapter(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert modes() == ["hybrid", "dense", "bm25", "rerank"]
    bare = Shelf(replace(shelf.settings, assets=tmp_path))
    monkeypatch.setattr(tab, "shelf", lambda: bare)
    assert modes() == ["hybrid", "dense", "bm25"]


def test_the_endpoint_says_what_is_missing(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Shelf(replace(shelf.settings, assets=tmp_path))
    collection = encyclopedia.encyclopedia()
    monkeypatch.setattr(encyclopedia, "shelf", lambda: bare)
    monkeypatch.setattr(encyclopedia, "encyclopedia", lambda progress=None: collection)
    with pytest.raises(ModelError, match="there is no adapter `rerank-e5`"):
        endpoint.search("tea", mode="rerank")


def test_the_command_line_reranks(
    assets: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    texts = {"tea": "Tea is hot.", "moon": "The moon is far.", "bow": "A violin has a bow."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text)
    folder = str(tmp_path / "index")
    monkeypatch.setenv("SAMOVAR_PROFILE", "embedded")
    assert index.main(["--input", str(tmp_path), "--index", folder, *MINILM]) == 0
    given = ["--index", folder, *MINILM, "a hot drink", "--mode", "rerank", "--json"]
    capsys.readouterr()
    monkeypatch.setenv("SAMOVAR_ASSETS", str(assets))
    assert query.main(given) == 0
    found = json.loads(capsys.readouterr().out)["hits"]
    assert {hit["id"].removesuffix(".txt") for hit in found} == set(texts)
    assert [hit["rerank_rank"] for hit in found] == [1, 2, 3]
    monkeypatch.setenv("SAMOVAR_ASSETS", str(tmp_path))
    assert query.main(given) == 2
    assert "there is no adapter `rerank-e5`" in capsys.readouterr().err
