"""A small random Llama with tied weights and padded rows grows by two ids."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from samovar.errors import ModelError
from samovar.models.vocabulary.merged import merge, tied
from samovar.models.vocabulary.proof import Witness, logits, prove, witness

ROWS, USED, WIDE = 40, 37, 16
SAMPLES = ((1, 2, 37, 5), (38, 3, 4))


def small(bound: bool = True) -> LlamaForCausalLM:
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=ROWS,
        hidden_size=WIDE,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        tie_word_embeddings=bound,
    )
    return LlamaForCausalLM(config)


def rows(count: int = 2, wide: int = WIDE) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(count, wide)).astype(np.float32)


def grown(count: int = 2, bound: bool = True) -> tuple[LlamaForCausalLM, Witness]:
    model = small(bound)
    base = witness(model)
    merge(model, USED, rows(count), None if bound else rows(count))
    return model, base


def test_unused_rows_are_filled_first_and_the_proof_holds(tmp_path: Path) -> None:
    model, base = grown()
    proof = prove(model, base, USED, SAMPLES, tmp_path)
    assert (proof.rows, proof.tied, proof.difference, proof.tokens) == (ROWS, True, 0, 7)
    assert np.array_equal(model.get_input_embeddings().weight[USED : USED + 2].detach(), rows())


def test_a_full_matrix_grows_and_stays_tied(tmp_path: Path) -> None:
    model, base = grown(5)
    assert (
        prove(model, base, USED, ((41, 40, 1),), tmp_path).rows
        == USED + 5
        == model.config.vocab_size
    )
    assert np.array_equal(model.lm_head.weight[USED:].detach(), rows(5))


def test_old_texts_have_the_old_logits() -> None:
    model, _ = grown(5)
    (old,), (new,) = logits(small(), ((1, 2, 3),)), logits(model, ((1, 2, 3),))
    assert torch.equal(old[:, :USED], new[:, :USED])


def test_an_untied_head_takes_rows_of_its_own(tmp_path: Path) -> None:
    model, base = grown(5, bound=False)
    assert not prove(model, base, USED, ((41, 1),), tmp_path).tied
    with pytest.raises(ModelError, match="matrix of its own"):
        merge(small(bound=False), USED, rows())


def test_the_guard_catches_an_untied_head(tmp_path: Path) -> None:
    model, base = grown()
    model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.detach().clone())
    assert not tied(model)
    with pytest.raises(ModelError, match=r"they are two.*tie_weights") as caught:
        prove(model, base, USED, SAMPLES, tmp_path)
    assert "после слияния" in caught.value.say("ru")


def test_the_guard_catches_a_head_that_comes_apart_in_the_file(tmp_path: Path) -> None:
    model, base = grown()
    model.config.tie_word_embeddings = False
    with pytest.raises(ModelError, match="once loaded they are two"):
        prove(model, base, USED, SAMPLES, tmp_path)


@pytest.mark.parametrize("size", [USED + 2, USED + 1])
def test_the_guard_catches_a_shrunk_matrix(size: int, tmp_path: Path) -> None:
    """39 rows hold every id, yet the base has 40."""
    model, base = grown()
    model.resize_token_embeddings(size)
    with pytest.raises(ModelError, match=rf"has {size} rows; it must have at least {ROWS}"):
        prove(model, base, USED, SAMPLES, tmp_path)


def test_the_guard_catches_rows_missing_for_the_new_ids(tmp_path: Path) -> None:
    model = small()
    with pytest.raises(ModelError, match="at least 42"):
        prove(model, witness(model), USED, ((41, 1),), tmp_path)


def test_the_guard_catches_a_lost_row_unless_it_was_trained(tmp_path: Path) -> None:
    model, base = grown()
    with torch.no_grad():
        model.get_input_embeddings().weight[11] += 0.01
    with pytest.raises(
        ModelError, match="1 rows of the base are changed, the first is that of id 11"
    ):
        prove(model, base, USED, SAMPLES, tmp_path)
    assert prove(model, base, USED, SAMPLES, tmp_path, trained=True).difference == 0


def test_the_guard_catches_weights_that_the_file_does_not_hold(tmp_path: Path) -> None:
    model, base = grown()
    part = model.model.layers[0].self_attn.q_proj
    part.register_forward_hook(lambda layer, given, found: found * 1.5)
    with pytest.raises(ModelError, match="logits differ"):
        prove(model, base, USED, SAMPLES, tmp_path)


@pytest.mark.parametrize(
    ("first", "new", "said"),
    [(USED, rows(2, WIDE + 1), "17 dimensions"), (ROWS + 1, rows(), "first new id is 41")],
)
def test_rows_of_another_model_are_refused(first: int, new: np.ndarray, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        merge(small(), first, new)
