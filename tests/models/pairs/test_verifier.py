"""The verifier of requests on both engines, with a random adapter of the right format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pair_adapter
import pytest
from scipy.special import logit

from samovar import catalog
from samovar.doctor import examination
from samovar.errors import ModelError
from samovar.models.engines import ENGINES
from samovar.models.hardware import Hardware
from samovar.models.pairs import verifier
from samovar.models.pairs.verifier import TrainedVerifier
from samovar.models.shelf import Shelf
from samovar.settings import Settings

MODEL = catalog.model("verifier-e5")
LAPTOP = Hardware("x86_64", 2, False)
PAIRS = [
    ("dim the lamp", "Could you lower the light?"),
    ("погаси лампу", "Зажги лампу"),
    ("Boil the water. " * 60, "Boil the water, and then the milk. " * 40),
    ("a", "b"),
]


def put(assets: Path, temperature: object = 0.5, **about: object) -> Path:
    own = {"temperature": temperature, "labels": list(verifier.LABELS)} | about
    return pair_adapter.put(assets, MODEL.id, 1, own)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    assets = tmp_path_factory.mktemp("assets")
    put(assets)
    return replace(Settings.from_env({}), assets=assets, threads=2)


@pytest.fixture(scope="module")
def fast(settings: Settings) -> TrainedVerifier:
    return ENGINES["verifier", "openvino"].build(MODEL, settings)


def test_both_engines_give_the_same_numbers(fast, settings):
    reference = ENGINES["verifier", "transformers"].build(MODEL, settings)
    found = fast.probabilities(PAIRS)
    assert found.dtype == np.float64 and ((found > 0) & (found < 1)).all()
    assert np.allclose(found, reference.probabilities(PAIRS), atol=0.03)


def test_the_question_has_no_direction(fast):
    turned = [(text, source) for source, text in PAIRS]
    assert np.allclose(fast.probabilities(PAIRS), fast.probabilities(turned), atol=1e-3)


def test_the_temperature_divides_the_logit(fast, settings, tmp_path):
    put(tmp_path, 1.0)
    cold = ENGINES["verifier", "openvino"].build(MODEL, replace(settings, assets=tmp_path))
    hot = logit(fast.probabilities(PAIRS[:2]))
    assert np.allclose(hot / 2, logit(cold.probabilities(PAIRS[:2])), atol=0.02)


def test_no_pairs_have_no_probabilities(fast):
    assert fast.probabilities([]).shape == (0,)


@pytest.mark.parametrize("temperature", [None, "hot", 0, -1, 1000, float("nan")])
def test_an_odd_temperature_is_refused(settings, tmp_path, temperature):
    put(tmp_path, temperature)
    with pytest.raises(ModelError, match="temperature"):
        ENGINES["verifier", "openvino"].build(MODEL, replace(settings, assets=tmp_path))


def test_the_adapter_of_another_role_is_refused(settings, tmp_path):
    put(tmp_path, role="reranker")
    with pytest.raises(ModelError, match="role reranker, not verifier"):
        ENGINES["verifier", "openvino"].build(MODEL, replace(settings, assets=tmp_path))


def test_the_shelf_has_it_only_with_the_adapter(settings, tmp_path):
    assert Shelf(replace(settings, assets=tmp_path), LAPTOP).verifier() is None
    shelf = Shelf(settings, LAPTOP)
    assert shelf.verifier() is shelf.verifier() is not None
    assert ("openvino", MODEL.id) in shelf.loaded()


def test_a_batch_gives_what_single_calls_give_in_their_order(fast):
    single = [float(fast.probabilities([pair])[0]) for pair in PAIRS]
    found = fast.probabilities([PAIRS[at % 4] for at in range(70)])
    assert found.tolist() == pytest.approx([single[at % 4] for at in range(70)], abs=0.03)
    assert np.ptp(single) > 0.05


def test_other_labels_and_another_head_are_refused(settings, tmp_path):
    own = replace(settings, assets=tmp_path)
    put(tmp_path, labels=["relevance"])
    with pytest.raises(ModelError, match="labels"):
        ENGINES["verifier", "transformers"].build(MODEL, own)
    pair_adapter.put(tmp_path, MODEL.id, 3, {"temperature": 0.5, "labels": list(verifier.LABELS)})
    with pytest.raises(ModelError, match=r"head\.out\.weight has the shape \[3, 384\]"):
        ENGINES["verifier", "transformers"].build(MODEL, own)


def test_the_doctor_lists_it(settings, tmp_path):
    with_it, without = (
        examination.examine(one, LAPTOP) for one in (settings, replace(settings, assets=tmp_path))
    )
    states = [{row.model.id: row.state for row in found.models} for found in (with_it, without)]
    assert [found[MODEL.id] for found in states] == ["intact", "absent"]
    assert [choice.role for choice in with_it.choices] == ["chat", "encoder", "verifier"]
    assert with_it.healthy and without.healthy
