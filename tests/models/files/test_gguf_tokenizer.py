"""The tokenizer read from a GGUF beside the rules of its makers, and beside llama.cpp, which has them built in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from byte_level.families import CUTS, source
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from samovar import catalog
from samovar.models.chat.llamacpp.server import LlamaServer
from samovar.models.files import dequantised, gguf_tokenizer, weights
from samovar.settings import Settings

SMOLLM2 = catalog.model("smollm2-135m-instruct")
TEXTS = (
    "In 2024, 3 of 12 pods failed after 1,500.75 ms (99.9 %).",
    "Kubernetes v1.31.2\n\n\n4 nodes\n  5 pods\n\t6 containers",
    "total:      42\r\n\r\n7   8    9",
    "replicas:  3   # was  10",
    "Rev.2b, port 8080->80, 0x1F, 1e-5, 2^10, k8s, sha256",
    "В 2024 году  12 узлов, ١٢٣ и ４５ ½ Ⅷ",
    "1\n2\n\n3  \n  4 ",
    "no digit at all,  but  two  spaces",
)


@pytest.fixture(scope="module")
def folder(settings: Settings) -> Path:
    return dequantised.tokenizer(SMOLLM2, settings)


@pytest.fixture(scope="module")
def llama(settings: Settings) -> Iterator[LlamaServer]:
    yield LlamaServer(weights.joined(SMOLLM2, settings), (), settings.threads)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_with_digits_have_the_ids_that_llama_cpp_gives(
    text: str, folder: Path, llama: LlamaServer
) -> None:
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text).ids
    assert ids == llama.encode(text, special=False)
    assert AutoTokenizer.from_pretrained(folder)(text).input_ids == ids


def test_spaces_before_a_number_are_one_token(folder: Path) -> None:
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json")).encode("a  12\n\n3").tokens
    assert tokens == ["a", "ĠĠ", "1", "2", "ĊĊ", "3"]


def test_the_rules_are_those_of_the_published_tokenizer(folder: Path) -> None:
    read = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    assert read["pre_tokenizer"] == CUTS["smollm2"] and read["normalizer"] is None


def test_qwens_letters_with_marks_are_composed() -> None:
    lost = Tokenizer.from_str(source("qwen"))
    assert lost.encode("cafe\u0301").ids != lost.encode("caf\u00e9").ids
    gguf_tokenizer.LOST["qwen2"](lost)
    assert lost.encode("cafe\u0301").ids == lost.encode("caf\u00e9").ids
