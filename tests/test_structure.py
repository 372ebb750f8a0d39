"""The rules of the house that a machine can check; each failure names file and rule."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from samovar.endpoints import ENDPOINTS, seconds
from samovar.settings import ROOT
from samovar.tool import SLUGS

TOPS = ("samovar", "training", "eval")
FILES = sorted((ROOT / "samovar").rglob("*.py"))
CHECKED = FILES + sorted(p for top in ("training", "eval") for p in (ROOT / top).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FILE_LINES, FUNCTION_LINES = 300, 40
FOLDER_FILES = 16
"""What one takes in at a glance; `__init__` and `__main__` are not counted."""
LAYERS = (
    ("phrases", "__init__"),
    ("errors", "records"),
    ("checks", "files", "language", "morphology", "schema", "tool", "html"),
    ("settings", "catalog", "zerogpu"),
    ("examples", "figures"),
    ("models",),
    ("endpoints",),
    ("command",),
    SLUGS,
    ("ui", "doctor"),
    ("hub", "server"),
    ("__main__",),
)
"""A module imports its own layer and those before it; what is below knows nothing of what is above."""
INSIDE_A_SLICE = ("core", "endpoint", "tab")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "services"}
SHADOWING_NAMES = {"datasets", "tokenizers", "evaluate", "peft", "trl", "spaces"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    """Yield every imported module, those inside functions too: `from a.b import c` gives a.b.c."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(path: Path) -> str:
    """Return the part of samovar that a file belongs to: samovar/ner/core.py → ner."""
    return path.relative_to(ROOT / "samovar").parts[0].removesuffix(".py")


def layer(name: str) -> int:
    found = [number for number, names in enumerate(LAYERS) if name in names]
    assert found, f"samovar.{name} has no layer: add it to LAYERS"
    return found[0]


def own_imports(path: Path) -> set[str]:
    """Return the parts of samovar that `path` imports (samovar.ner.core.tag → ner)."""
    dotted = {name for name in imports(path) if name.startswith("samovar.")}
    return {name.split(".")[1] for name in dotted} - {"__version__"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_from_above_to_below(path):
    for other in own_imports(path):
        assert layer(other) <= layer(part(path)), f"{name_of(path)} imports samovar.{other}"


def folder_of(dotted: str) -> str:
    """Return the folder of the module in `dotted`: samovar.ner.core.tag → samovar/ner."""
    path = ROOT.joinpath(*dotted.split("."))
    if path.with_suffix(".py").is_file():
        return name_of(path.parent)
    return name_of(path) if path.is_dir() else folder_of(dotted.rpartition(".")[0])


def folder_graph() -> dict[str, dict[str, str]]:
    """Return folder → folder it imports from → one file that does."""
    graph: dict[str, dict[str, str]] = {}
    for path in (path for path in CHECKED if path.stem != "__main__"):  # entries hand over
        own = name_of(path.parent)
        for dotted in imports(path):
            if dotted.split(".")[0] in TOPS and folder_of(dotted) != own:
                graph.setdefault(own, {})[folder_of(dotted)] = f"{name_of(path)}: {dotted}"
    return graph


def test_no_circle_of_folders():
    """What a folder imports never imports it back, by whatever way; a folder's rooms are folders."""
    try:
        tuple(TopologicalSorter(folder_graph()).static_order())
    except CycleError as error:
        pytest.fail("circle of folders: " + " < ".join(error.args[1]))


def test_training_and_evaluation_point_one_way():
    """The library knows neither; evaluation may use what training reads, never the reverse."""
    for path in CHECKED:
        roots = {name.split(".")[0] for name in imports(path)}
        top = path.relative_to(ROOT).parts[0]
        assert not (top == "samovar" and roots & {"training", "eval", "data", "tests"}), name_of(
            path
        )
        assert not (top == "training" and "eval" in roots), name_of(path)


def test_a_folder_is_taken_in_at_a_glance():
    files = [*CHECKED, *TESTS]
    counts = Counter(name_of(p.parent) for p in files if not p.stem.startswith("__"))
    crowded = {folder for folder, count in counts.items() if count > FOLDER_FILES}
    assert not crowded


def test_the_page_knows_no_tool_by_name():
    for path in (ROOT / "samovar" / "ui").glob("*.py"):
        assert not own_imports(path) & set(SLUGS), name_of(path)
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        said = {node.value for node in nodes if isinstance(node, ast.Constant)}
        assert not said & set(SLUGS), name_of(path)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_tool_declares_its_gpu_seconds(slug):
    """The page wraps what they are declared of, whatever the tool (tests/test_zerogpu.py)."""
    assert 0 <= seconds(slug) <= 60
    tree = ast.parse((ROOT / "samovar" / slug / "tab.py").read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert "SECONDS" in names, "the page's handler takes no other seconds than the endpoint"


@pytest.mark.parametrize("top", ("training", "eval"))
def test_what_stands_on_top_can_be_run(top):
    for path in (ROOT / top).glob("*.py"):
        runs = '__name__ == "__main__"' in path.read_text(encoding="utf-8")
        assert runs or path.stem == "__init__", f"{name_of(path)} belongs into a room"


@pytest.mark.parametrize("top", ("training", "eval"))
def test_what_stands_on_top_stands_alone(top):
    """What two of them need lies in a room below."""
    own = {f"{top}.{path.stem}" for path in (ROOT / top).glob("*.py")} - {f"{top}.__init__"}
    for path in (ROOT / top).rglob("*.py"):
        read = {".".join(name.split(".")[:2]) for name in imports(path)}
        assert not own & read, name_of(path)


@pytest.mark.parametrize("slug", SLUGS)
def test_slices_do_not_know_each_other(slug):
    for path in (ROOT / "samovar" / slug).rglob("*.py"):
        assert not own_imports(path) & (set(SLUGS) - {slug}), name_of(path)


@pytest.mark.parametrize("slug", SLUGS)
def test_core_does_not_know_endpoint_nor_endpoint_the_tab(slug):
    for number, name in enumerate(INSIDE_A_SLICE):
        path = ROOT / "samovar" / slug / f"{name}.py"
        for above in INSIDE_A_SLICE[number + 1 :]:
            dotted = f"samovar.{slug}.{above}"
            assert not any(f"{found}.".startswith(f"{dotted}.") for found in imports(path))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_libraries_stay_in_their_place(path):
    roots = {name.split(".")[0] for name in imports(path)}
    if path.name != "tab.py" and part(path) != "ui":
        assert "gradio" not in roots
    if part(path) != "models":
        assert not roots & {"torch", "transformers", "peft"}
    if path.name != "zerogpu.py":
        assert "spaces" not in roots


def test_only_settings_reads_the_environment():
    readers = [
        name_of(path)
        for path in FILES
        if re.search(r"\bos\.(environ|getenv)|from os import .*(environ|getenv)", path.read_text())
    ]
    assert readers == ["samovar/settings.py"]


def test_every_place_knows_the_same_slugs():
    assert tuple(ENDPOINTS) == SLUGS
    for folder, suffix in (("samovar", "/endpoint.py"), ("spaces", "/app.py"), ("tests", "")):
        for slug in SLUGS:
            assert (ROOT / folder / f"{slug}{suffix}").exists(), f"{folder}/{slug}{suffix}"
    slices = {path.parent.name for path in (ROOT / "samovar").glob("*/endpoint.py")}
    examples = {path.stem for path in (ROOT / "assets" / "examples").glob("*.json")}
    homes = {path.parent.name for path in (ROOT / "spaces").glob("*/app.py")}
    assert slices == examples == homes - {"hub"} == set(SLUGS)


def test_names_are_nouns_of_the_field():
    for path in CHECKED + TESTS:
        names = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
        assert not names & (FORBIDDEN_NAMES | SHADOWING_NAMES), name_of(path)


def test_the_folder_spaces_is_no_package():
    """With __init__.py it would shadow PyPI's `spaces`, and every event on a Space would fail."""
    assert not list((ROOT / "spaces").rglob("__init__.py"))


@pytest.mark.parametrize("path", CHECKED + TESTS, ids=name_of)
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= FILE_LINES
    if path in TESTS:
        return  # a table of cases may be long
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", CHECKED, ids=name_of)
def test_a_module_only_defines_things(path):
    """At top level stand definitions and constants, no calls for their effect."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant), f"line {node.lineno} runs at import"
        else:
            assert not isinstance(node, ast.For | ast.While | ast.With | ast.Raise), (
                f"line {node.lineno}"
            )


LANGUAGE_LEFT_OUT = {
    ("samovar/settings.py", "Settings"),  # the variable SAMOVAR_LANGUAGE need not be set
    ("samovar/search/endpoint.py", "search"),  # a client of the API may leave it out
    ("samovar/ner/endpoint.py", "ner"),  # "auto": the text tells
    ("samovar/ner/endpoint.py", "checked"),
    ("samovar/marketing/endpoint.py", "marketing"),  # "auto": the reasons are in the sheet's
}
"""The public border: file and function or record whose `language` has a default."""


def with_default_language(path: Path) -> Iterator[str]:
    """Yield the functions of `path` and its records whose `language` may be left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            listed = [*node.args.posonlyargs, *node.args.args]
            optional = listed[len(listed) - len(node.args.defaults) :]
            keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            optional += [argument for argument, default in keywords if default is not None]
            if "language" in {argument.arg for argument in optional}:
                yield node.name
        elif isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and field.value is not None:
                    yield from [node.name] * (ast.unparse(field.target) == "language")


def test_no_function_has_a_default_language():
    defaults = {(name_of(p), name) for p in CHECKED for name in with_default_language(p)}
    assert defaults == LANGUAGE_LEFT_OUT


def test_importing_everything_light_starts_nothing_heavy():
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in FILES
        if part(path) not in ("models", "ui", "hub") and path.stem not in ("tab", "__main__")
    ]
    code = f"""
import importlib, sys, threading
for name in {modules!r}:
    importlib.import_module(name)
heavy = {{"torch", "transformers", "openvino", "openvino_genai", "gradio", "xllamacpp", "peft"}}
print(sorted(heavy & set(sys.modules)), threading.active_count())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[] 1\n"
    assert done.stderr == ""
