"""Rows of the real vocabulary, vectors of four dimensions that are easy to check."""

import numpy as np
import pytest
import torch
from byte_level.families import extended, loaded, source
from transformers import LlamaConfig, LlamaForCausalLM

from samovar.errors import InputError
from samovar.tokenizer.vocabulary.initial import INITIAL, initial
from samovar.tokenizer.vocabulary.similar import sparsemax

ROWS = np.random.default_rng(2).normal(0.5, 2, (49_152, 4)).astype(np.float32)
EXTENSION = extended("gpt-2", ("kubectl", "kubelet", "token"))
USED_ALIKE = [
    f"Please {verb} the {noun} on every cluster before {noun} and node restart again today."
    for verb in ("start", "stop", "check")
    for noun in ("kubelet", "server")
] * 3 + ["A quick brown fox jumps over lazy dogs while seven old cats sleep."] * 6


@pytest.mark.parametrize("name", INITIAL)
def test_each_way_gives_a_row_for_each_new_entry(name: str) -> None:
    rows = initial(name, EXTENSION, ROWS, USED_ALIKE)
    assert rows.shape == (len(EXTENSION.added), 4) and rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert np.array_equal(rows, initial(name, EXTENSION, ROWS, USED_ALIKE))


def test_the_mean_is_that_of_the_forms_own_pieces() -> None:
    for form, row in zip(EXTENSION.added, initial("mean", EXTENSION, ROWS), strict=True):
        assert row == pytest.approx(np.mean([ROWS[id] for id in form.pieces], axis=0), abs=1e-6)


def test_the_library_draws_as_transformers_does() -> None:
    """Around the mean of all rows, with a billionth of their covariance."""
    config = LlamaConfig(
        vocab_size=len(ROWS),
        hidden_size=4,
        intermediate_size=4,
        num_hidden_layers=1,
        num_attention_heads=1,
        num_key_value_heads=1,
    )
    model = LlamaForCausalLM(config)
    model.get_input_embeddings().weight.data[:] = torch.from_numpy(ROWS)
    terms = tuple(f"term{n}x" for n in range(300))
    own = initial("library", extended("gpt-2", terms), ROWS)
    model.resize_token_embeddings(len(ROWS) + len(own))
    theirs = model.get_input_embeddings().weight.detach().numpy()[-len(own) :]
    assert own.mean(axis=0) == pytest.approx(theirs.mean(axis=0), abs=1e-4)
    assert own.std(axis=0) == pytest.approx(theirs.std(axis=0), rel=0.2)


def test_random_rows_are_as_wide_as_the_matrix_and_follow_the_seed() -> None:
    terms = extended("gpt-2", tuple(f"term{n}x" for n in range(500)))
    rows = initial("random", terms, ROWS, seed=1)
    assert abs(rows.mean()) < 0.1 and rows.std() == pytest.approx(ROWS.std(), rel=0.05)
    assert not np.array_equal(rows, initial("random", terms, ROWS, seed=2))


def test_similar_mixes_words_that_are_used_alike() -> None:
    rows = initial("similar", EXTENSION, ROWS, USED_ALIKE)
    at = [form.text for form in EXTENSION.added].index(" kubelet")
    server = loaded(source("gpt-2")).encode(" server").ids[0]
    cosine = rows[at] @ ROWS[server] / np.linalg.norm(rows[at]) / np.linalg.norm(ROWS[server])
    assert cosine > 0.8


def test_what_the_texts_do_not_have_begins_as_the_mean() -> None:
    rows = initial("similar", EXTENSION, ROWS, USED_ALIKE)
    means = initial("mean", EXTENSION, ROWS)
    for at, form in enumerate(EXTENSION.added):
        assert np.array_equal(rows[at], means[at]) == (form.term == "kubectl"), form
    assert np.array_equal(initial("similar", EXTENSION, ROWS), means)


def test_sparsemax_is_the_nearest_point_of_the_simplex() -> None:
    assert sparsemax(np.array([1.0, 0.8, -1.0])) == pytest.approx([0.6, 0.4, 0])
    assert sparsemax(np.array([0.2, 0.2])) == pytest.approx([0.5, 0.5])
    scores = np.random.default_rng(3).normal(size=50)
    nearest = sparsemax(scores)
    assert nearest.min() >= 0 and nearest.sum() == pytest.approx(1)
    for other in np.random.default_rng(4).dirichlet(np.ones(50), 200):
        assert np.linalg.norm(scores - nearest) <= np.linalg.norm(scores - other)


def test_nothing_new_needs_no_rows_and_an_unknown_way_is_refused() -> None:
    assert initial("mean", extended("gpt-2", ("token",)), ROWS).shape == (0, 4)
    with pytest.raises(InputError, match="mean, library, random, similar"):
        initial("zero", EXTENSION, ROWS)
