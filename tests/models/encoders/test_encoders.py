"""Both encoders on both engines, with the real weights."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import openvino as ov
import pytest
from tokenizers import Tokenizer

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.base import Encoder
from samovar.models.encoders import graph, openvino, openvino_network
from samovar.models.encoders.openvino import OpenVinoEncoder
from samovar.models.encoders.openvino_network import OpenVinoNetwork
from samovar.models.encoders.plain_tokenizer import tokenizer_of
from samovar.models.encoders.sentence import SentenceEncoder
from samovar.models.files import e5_file
from samovar.settings import Settings

E5 = catalog.model("multilingual-e5-small")
MINILM = catalog.model("all-minilm-l6-v2")
VECTORS = json.loads((Path(__file__).parents[2] / "data" / "e5_vectors.json").read_text("utf-8"))
TEXTS = [
    "Boil the water first.",
    "Сначала вскипятите воду.",
    "The parliament passed the budget after a long debate about pensions and roads. " * 8,
    "42",
    "« ¿? » 🎄",
]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings.from_env()


@pytest.fixture(scope="module")
def e5(settings: Settings) -> OpenVinoEncoder:
    return OpenVinoEncoder(E5, settings)


@pytest.fixture(scope="module")
def reference(settings: Settings) -> SentenceEncoder:
    return SentenceEncoder(E5, settings)


@pytest.fixture(scope="module")
def minilm(settings: Settings) -> OpenVinoEncoder:
    return OpenVinoEncoder(MINILM, settings)


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * right).sum(1) / np.linalg.norm(left, axis=1) / np.linalg.norm(right, axis=1)


def test_a_q4_block_is_a_scale_and_low_nibbles_first() -> None:
    # 0.5 as float16, then bytes 0x9F, 0x80 × 15: low nibbles F, 0 × 15, high nibbles 9, 8 × 15
    block = np.float16(0.5).tobytes() + bytes([0x9F] + [0x80] * 15)
    low, high = [3.5] + [-4.0] * 15, [0.5] + [0.0] * 15
    assert e5_file.dequantised(block).tolist() == low + high


def test_a_foreign_or_short_file_is_refused(tmp_path: Path) -> None:
    for content in (b"GGUF" + bytes(100), b"E5S1" + bytes(10)):
        path = tmp_path / "e5-small-q4.bin"
        path.write_bytes(content)
        with pytest.raises(ModelError, match=r"e5-small-q4\.bin"):
            e5_file.read(path)


@pytest.mark.parametrize("engine", ["reference", "e5"])
def test_vectors_are_those_of_an_independent_engine(
    engine: str, request: pytest.FixtureRequest
) -> None:
    encoder: Encoder = request.getfixturevalue(engine)
    for kind in ("query", "passage"):
        rows = [row for row in VECTORS["vectors"] if row["kind"] == kind]
        expected = np.array([row["vector"] for row in rows], np.float32)
        found = encoder.encode([row["text"] for row in rows], kind)
        assert cosines(found, expected).min() > 0.999


def test_openvino_agrees_with_sentence_transformers(
    e5: Encoder, minilm: Encoder, reference: Encoder, settings: Settings
) -> None:
    pairs = [(e5, reference), (minilm, SentenceEncoder(MINILM, settings))]
    for fast, slow in pairs:
        assert cosines(fast.encode(TEXTS), slow.encode(TEXTS)).min() > 0.99


@pytest.mark.parametrize("engine", ["e5", "minilm", "reference"])
def test_vectors_are_unit_float32_in_the_order_given(
    engine: str, request: pytest.FixtureRequest
) -> None:
    encoder: Encoder = request.getfixturevalue(engine)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (len(TEXTS), encoder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert cosines(encoder.encode(TEXTS[::-1])[::-1], vectors).min() > 0.999
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert cosines(alone, vectors).min() > 0.999
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_kind_of_text_chooses_the_prefix(e5: Encoder, minilm: Encoder) -> None:
    query, passage = (e5.encode(TEXTS[:1], kind) for kind in ("query", "passage"))
    assert cosines(query, passage)[0] < 0.99
    assert np.allclose(e5.encode(TEXTS[:1], "symmetric"), query)
    assert np.allclose(minilm.encode(TEXTS[:1], "query"), minilm.encode(TEXTS[:1], "passage"))


@pytest.mark.parametrize(
    ("engine", "typed", "spelled"),
    [  # the right column holds no special token, and normalising makes it the left one
        ("e5", "a </s> b <mask>", "a ＜/s＞ b ＜mask＞"),
        ("reference", "a </s> b <mask>", "a ＜/s＞ b ＜mask＞"),
        ("minilm", "a [SEP] b [MASK]", "a [ SEP ] b [ MASK ]"),
    ],
)
def test_special_tokens_in_a_text_are_plain_text(
    engine: str, typed: str, spelled: str, request: pytest.FixtureRequest
) -> None:
    encoder: Encoder = request.getfixturevalue(engine)
    assert np.allclose(encoder.encode([typed]), encoder.encode([spelled]), atol=1e-5)


def test_no_spelling_reaches_a_special_piece(settings: Settings, e5: Encoder) -> None:
    tokenizer = Tokenizer.from_file(str(graph.graph(E5, settings) / "tokenizer.json"))
    tokenizer.encode_special_tokens = True
    found = tokenizer.encode("<s> </s><unk><mask>x <pad> ＜/s＞")
    assert (found.tokens[0], found.tokens[-1]) == ("<s>", "</s>")
    assert not {"<s>", "</s>", "<unk>", "<mask>", "<pad>"} & set(found.tokens[1:-1])


def test_a_text_beyond_the_context_is_cut(e5: Encoder) -> None:
    long, longer = "слово " * 600, "слово " * 600 + "и ещё про чайник"
    assert np.allclose(*(e5.encode([text], "passage") for text in (long, longer)), atol=1e-6)


def test_a_text_is_cut_as_its_tokenizer_would(settings: Settings, e5: Encoder) -> None:
    tokenizer = Tokenizer.from_file(str(graph.graph(E5, settings) / "tokenizer.json"))
    tokenizer.enable_truncation(E5.context)
    for text in ("слово " * 600, "a word"):
        assert list(e5._rows([text])[0]) == tokenizer.encode(text).ids


def test_models_of_one_base_share_its_tokenizer(settings: Settings, tmp_path: Path) -> None:
    """It takes 290 MB."""
    path = graph.graph(E5, settings) / "tokenizer.json"
    copied = Path(shutil.copy(path, tmp_path))
    assert tokenizer_of(path) is tokenizer_of(copied)
    copied.write_text(path.read_text("utf-8").replace('"▁чай"', '"▁чaй"'), "utf-8")
    assert tokenizer_of(path) is not tokenizer_of(copied)


def test_a_question_finds_its_passage_in_another_language(e5: Encoder) -> None:
    passages = [
        "The heart is a muscle that pumps blood.",
        "Вулкан извергает лаву, пепел и газы.",
        "A violin has four strings and is played with a bow.",
        "Шахматная партия заканчивается матом или ничьей.",
    ]
    questions = [
        "зачем человеку сердце?",
        "what comes out of a volcano?",
        "сколько струн у скрипки?",
    ]
    questions.append("how does a chess game end?")
    scores = e5.encode(questions, "query") @ e5.encode(passages, "passage").T
    assert scores.argmax(1).tolist() == [0, 1, 2, 3]


def test_progress_counts_up_to_the_number_of_texts(e5: Encoder) -> None:
    seen: list[tuple[int, int]] = []
    e5.encode(["a"] * 40, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(32, 40), (40, 40)]


def test_many_texts_take_the_streams_and_keep_their_order(e5: OpenVinoEncoder) -> None:
    texts = [f"{TEXTS[at % len(TEXTS)]} {at}" for at in range(openvino.MANY + 3)]
    seen: list[tuple[int, int]] = []
    many = e5.encode(texts, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(texts), len(texts)) and seen == sorted(seen)
    chosen = [0, 1, len(texts) // 2, len(texts) - 1]
    assert cosines(many[chosen], e5.encode([texts[at] for at in chosen])).min() > 0.999


def test_a_batch_holds_texts_of_as_many_tokens(
    e5: OpenVinoEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = "water " * 10, "zqxjkv" * 10  # as many characters
    lengths: list[set[int]] = []
    plain = openvino._batch

    def batch(network: OpenVinoNetwork, rows: list[np.ndarray]) -> np.ndarray:
        lengths.append({len(row) for row in rows})
        return plain(network, rows)

    monkeypatch.setattr(openvino, "_batch", batch)
    e5.encode([short, long] * openvino.MANY)
    assert all(len(one) == 1 for one in lengths) and len(set.union(*lengths)) == 2


def is_matrix(values: np.ndarray) -> bool:
    return values.ndim == 2 and values.size >= graph.SMALL and min(values.shape) > 1


@pytest.mark.parametrize("halves", [False, True])
def test_a_graph_packs_embeddings_and_by_the_cpu_its_layers(
    halves: bool, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openvino_network, "has_bf16", lambda: halves)
    folder = graph.graph(MINILM, replace(settings, cache=tmp_path))
    kinds = Counter(
        node.get_element_type().get_type_name()
        for node in ov.Core().read_model(folder / graph.GRAPH).get_ops()
        if node.get_type_name() == "Constant" and is_matrix(node.data)
    )
    embeddings, layers = 2, 6 * 6
    assert kinds == ({"i8": embeddings, "f16": layers} if halves else {"i8": embeddings + layers})
    encoder = OpenVinoEncoder(MINILM, replace(settings, cache=tmp_path))
    plain = SentenceEncoder(MINILM, settings)
    assert cosines(encoder.encode(TEXTS), plain.encode(TEXTS)).min() > 0.998


def test_several_threads_get_their_own_vectors(e5: Encoder, reference: Encoder) -> None:
    for encoder in (e5, reference):
        expected = encoder.encode(TEXTS)
        jobs = [at % len(TEXTS) for at in range(24)]
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda at, e=encoder: e.encode([TEXTS[at]])[0], jobs))
        assert cosines(np.array(found), expected[jobs]).min() > 0.999


def test_a_damaged_graph_is_built_anew(settings: Settings, tmp_path: Path) -> None:
    intact = graph.graph(MINILM, settings)
    settings = replace(settings, cache=tmp_path)
    folder = tmp_path / "openvino" / intact.name
    shutil.copytree(intact, folder)
    weights = folder / graph.WEIGHTS
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1000])
    assert graph.graph(MINILM, settings) == folder
    assert weights.stat().st_size == len(whole)


def test_a_model_that_is_not_on_the_hub_says_which(tmp_path: Path) -> None:
    model = replace(catalog.model("multilingual-e5-small-hub"), repo="samovar/absent")
    with pytest.raises(ModelError, match="samovar/absent"):
        SentenceEncoder(model, Settings(offline=True, cache=tmp_path))
