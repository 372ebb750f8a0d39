"""A small random Llama under the real vocabulary: tied weights, 48 rows more than tokens."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from byte_level.families import loaded
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

from samovar.catalog import PROFILES, model
from samovar.errors import ModelError
from samovar.models.files import dequantised
from samovar.models.vocabulary.merged import merge, tied
from samovar.models.vocabulary.proof import logits
from samovar.settings import Settings
from samovar.tokenizer.export import guard
from samovar.tokenizer.export.folder import Contents, write
from samovar.tokenizer.export.rows_file import NAME
from samovar.tokenizer.export.wish import new_rows
from samovar.tokenizer.extension import extend
from samovar.tokenizer.vocabulary.initial import initial

MODEL = model(PROFILES["embedded"]["chat"])
TERMS = ("kube", "kube api", "C++", "--dry-run", "юзэффект", "🍕 pie", "שלום")
TEXTS = (
    "kube apis and the kube api",
    "C++11 , (C++)\n\n--dry-run  5",
    "«юзэффект» 🍕 pie שלום",
    "no term . at all",
)
SIZE, WIDE = 49_200, 8


def small(size: int = SIZE, wide: int = WIDE, seed: int = 1) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=wide,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        tie_word_embeddings=True,
    )
    return LlamaForCausalLM(config)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    small().save_pretrained(folder)
    return folder


def contents(size: int = SIZE, terms: tuple[str, ...] = TERMS) -> Contents:
    place = dequantised.tokenizer(MODEL, Settings())
    extension = extend((place / "tokenizer.json").read_text("utf-8"), terms)
    matrix = small(size).get_input_embeddings().weight.detach().numpy()
    rows = new_rows(extension, initial("random", extension, matrix), None, "random")
    return Contents(MODEL, place, matrix, extension, rows)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    write(folder, contents(), "en")
    return folder


def applied(script: Path, *arguments: Path) -> None:
    before, sys.argv = sys.argv, [str(script), *map(str, arguments)]
    try:
        runpy.run_path(str(script))
    finally:
        sys.argv = before


def test_plain_transformers_gives_the_ids_shown_and_the_text_back(exported: Path) -> None:
    own, found = loaded(contents().extension.source), AutoTokenizer.from_pretrained(exported)
    new = set(contents().extension.ids)
    for text in TEXTS:
        ids = found(text).input_ids
        assert ids == own.encode(text).ids
        assert found.decode(ids) == text
    assert new & set(found(TEXTS[0]).input_ids) and not new & set(found(TEXTS[3]).input_ids)
    assert len(found) == 49_152 + len(new)
    assert found.apply_chat_template([{"role": "user", "content": "kube"}], tokenize=False)


def test_the_script_runs_and_makes_the_model_that_the_guard_proves(
    exported: Path, base: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, str(exported / "apply.py"), str(base), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    made = AutoModelForCausalLM.from_pretrained(tmp_path / "out")
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "out")
    assert len(made.get_input_embeddings().weight) == SIZE and tied(made)  # padded rows are kept
    held = contents()
    expected = small()
    merge(expected, held.rows.first, held.rows.embedding)
    samples = [tokenizer(text).input_ids for text in TEXTS]
    assert samples == AutoTokenizer.from_pretrained(exported)(list(TEXTS)).input_ids
    for one, two in zip(logits(made, samples), logits(expected, samples), strict=True):
        assert torch.equal(one, two)
    proof = guard.model_written(base, tmp_path / "proved", held.extension, held.rows, None)
    assert (proof.difference, proof.tied, proof.rows) == (0, True, SIZE)


def test_a_full_matrix_grows(tmp_path: Path) -> None:
    small(49_152).save_pretrained(tmp_path / "base")
    write(tmp_path / "exported", contents(49_152), "ru")
    applied(tmp_path / "exported" / "apply.py", tmp_path / "base", tmp_path / "out")
    made = AutoModelForCausalLM.from_pretrained(tmp_path / "out")
    rows = contents(49_152).rows
    assert len(made.get_input_embeddings().weight) == 49_152 + len(rows.added)
    assert np.array_equal(made.lm_head.weight[49_152:].detach(), rows.embedding)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 2}, "other rows than SmolLM2-135M-Instruct. Give HuggingFaceTB/"),
        ({"wide": 16}, r"a matrix of \(49200, 16\), no SmolLM2-135M-Instruct. Give"),
        ({"size": 40_000}, r"a matrix of \(40000, 8\)"),
    ],
)
def test_the_script_refuses_another_base(
    exported: Path, other: dict[str, int], said: str, tmp_path: Path
) -> None:
    small(**other).save_pretrained(tmp_path / "base")
    with pytest.raises(SystemExit, match=said):
        applied(exported / "apply.py", tmp_path / "base", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_lora_beside_the_rows_is_merged(base: Path, tmp_path: Path) -> None:
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(5)
    tuned = get_peft_model(
        small(), LoraConfig(r=2, target_modules=["q_proj"], init_lora_weights=False)
    )
    tuned.save_pretrained(tmp_path / "lora")
    held = contents()
    with_lora = Contents(*(getattr(held, name) for name in held.__slots__[:5]), tmp_path / "lora")
    write(tmp_path / "exported", with_lora, "en")
    applied(tmp_path / "exported" / "apply.py", base, tmp_path / "out")
    guard.model_written(base, tmp_path / "proved", held.extension, held.rows, tmp_path / "lora")
    made, proved, plain = (
        AutoModelForCausalLM.from_pretrained(folder).model.layers[0].self_attn.q_proj.weight
        for folder in (tmp_path / "out", tmp_path / "proved", base)
    )
    assert torch.equal(made, proved) and not torch.equal(made, plain)


@pytest.mark.parametrize("spoiled", ["class", "added"])
def test_the_guard_catches_a_folder_that_transformers_reads_otherwise(
    spoiled: str, exported: Path, tmp_path: Path
) -> None:
    """A class of one model rebuilds the cut of words; added_tokens.json makes terms added tokens."""
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((exported / name).read_bytes())
    if spoiled == "class":
        config = json.loads((tmp_path / "tokenizer_config.json").read_text())
        (tmp_path / "tokenizer_config.json").write_text(
            json.dumps({**config, "tokenizer_class": "Qwen2Tokenizer"})
        )
    else:
        (tmp_path / "added_tokens.json").write_bytes((exported / "terms.json").read_bytes())
    guard.require_same_ids(exported, contents().extension)
    assert not guard.has_same_ids(tmp_path, contents().extension)
    with pytest.raises(ModelError, match="PreTrainedTokenizerFast"):
        guard.require_same_ids(tmp_path, contents().extension)


def test_the_card_names_base_terms_and_command(exported: Path) -> None:
    card = (exported / "README.md").read_text("utf-8")
    assert "# SmolLM2-135M-Instruct with 7 more terms" in card
    assert "`python apply.py HuggingFaceTB/SmolLM2-135M-Instruct OUT`" in card
    assert "| `·kube api` | 49154 |" in card and MODEL.files[0].sha256 in card
    assert json.loads((exported / "terms.json").read_text())[" kube api"] == 49154
    assert (exported / NAME).stat().st_size < 20_000
