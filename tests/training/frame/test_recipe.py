"""Recipes are read strictly: every mistake is named together with the way out."""

from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from samovar.errors import InputError, SamovarError, StoreError
from samovar.settings import ROOT
from training.chat import FOLDERS, ChatRecipe
from training.frame import recipe
from training.lessons.chat.conversations import FORMATS

GOOD = "name: tea\nbase: smollm2-135m-instruct\npairs: [a.jsonl]\n"
CONFIGS = sorted(
    path
    for kind in ("paraphrase-*.yaml", "assistant-*.yaml")
    for path in (ROOT / "training" / "configs").glob(kind)
)


def read(folder: Path, text: str) -> ChatRecipe:
    path = folder / "recipe.yaml"
    path.write_text(text, encoding="utf-8")
    return recipe.load(path, ChatRecipe)


def test_what_is_not_named_has_its_default(tmp_path):
    found = read(tmp_path, GOOD + "training:\n  learning_rate: 2e-4\n  epochs: 3\n")
    assert (found.training.learning_rate, found.training.epochs) == (0.0002, 3)
    assert found.pairs == ("a.jsonl",) and found.lora == recipe.Lora()


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("trainig: {}", "no key `trainig`. Did you mean `training`?"),
        ("training: {learning_rat: 1}", "`training.learning_rat`. Did you mean `training.learning_rate`?"),
        ("epochs: 3", "no key `epochs`. Did you mean `training.epochs`?"),
        ("rnk: 3", "Did you mean `lora.rank`?"),
        ("qqqq: 3", "no key `qqqq`. Known keys: name, base, pairs"),
        ("lora: {rank: 0}", "`lora.rank` is 0; it must be at least 1. Correct this value."),
        ("lora: {rank: 2.5}", "`lora.rank` must be a whole number, but 2.5"),
        ("lora: {rank: true}", "`lora.rank` must be a whole number, but True"),
        ("lora: 16", "`lora` must be a section of keys, but 16"),
        ("lora: {layers: q_proj}", "`lora.layers` must be a list, but 'q_proj'"),
        ("lora: {layers: [1]}", "`lora.layers[0]` must be a text, but 1"),
        ("training: {learning_rate: fast}", "`training.learning_rate` must be a number, but 'fast'"),
        ("training: {learning_rate: .nan}", "`training.learning_rate` must be a number, but nan"),
        ("training: {warmup: 1.5}", "`training.warmup` is 1.5; it must be at most 1"),
        ("training: {schedule: cosin}", "Choose one of: cosine, linear, constant"),
        ("method: qlora", "Choose one of: lora, prompt-tuning"),
        ("lora: {rank: 257}", "`lora.rank` is 257; it must be at most 256"),
        ("name: cup", "`name` stands twice"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_the_way_out(tmp_path, mistake, said):
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD + mistake)
    assert said in str(caught.value)


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(InputError, match="The key `base` is missing"):
        read(tmp_path, "name: tea\npairs: [a.jsonl]\n")


@pytest.mark.parametrize("text", ["name: [", "\x00", "a: b: c"])
def test_what_is_no_yaml_is_refused(tmp_path, text):
    with pytest.raises(StoreError, match=r"recipe\.yaml cannot be read"):
        read(tmp_path, text)


@pytest.mark.parametrize("text", ["", "- a\n", "tea"])
def test_yaml_that_is_no_mapping_is_refused(tmp_path, text):
    with pytest.raises(SamovarError, match="section of keys"):
        read(tmp_path, text)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_shipped_recipes_are_read(path):
    assert recipe.load(path, ChatRecipe).name == path.stem


def test_every_choice_has_a_row():
    hints = get_type_hints(ChatRecipe)
    assert set(get_args(hints["format"])) == set(FORMATS)
    assert set(get_args(hints["method"])) == set(FOLDERS)
    assert len(CONFIGS) >= 5


@pytest.mark.parametrize("kind", [recipe.Lora, recipe.Training, ChatRecipe])
def test_every_value_is_explained(kind):
    """Each field but a nested section has a docstring below it."""
    import ast
    import inspect

    [body] = ast.parse(inspect.getsource(kind)).body
    for line, below in zip(body.body[1:], [*body.body[2:], None], strict=True):
        if isinstance(line, ast.AnnAssign) and "default_factory" not in ast.unparse(line):
            assert isinstance(below, ast.Expr), ast.unparse(line)
