"""What is installed: every library that is imported is asked for, and the lock holds what was tested."""

import ast
import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from samovar.settings import ROOT

APP, DEV, SEARCH = (f"requirements{part}.txt" for part in ("", "-dev", "-search"))
OWN = ("samovar", "eval", "training")
OPTIONAL = {"samovar/search": SEARCH, "eval": DEV}
"""Folder → it may also import what stands in this file."""


def rows_of(name: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line]


def names(file: str) -> set[str]:
    return {canonicalize_name(row.name) for row in rows_of(file)}


def imported(path: Path) -> Iterator[str]:
    """Yield the first part of every imported module, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_every_imported_library_is_required():
    homes = importlib.metadata.packages_distributions()
    missing = set()
    for path in (path for top in OWN for path in (ROOT / top).rglob("*.py")):
        known = names(APP)
        for folder, file in OPTIONAL.items():
            known |= names(file) if ROOT / folder in path.parents else set()
        for root in set(imported(path)) - set(sys.stdlib_module_names) - set(OWN):
            if not {canonicalize_name(name) for name in homes.get(root, [])} & known:
                missing.add(f"{path.relative_to(ROOT)} imports {root}")
    assert not missing


def test_every_requirement_has_a_lower_bound():
    for file in (APP, DEV, SEARCH):
        for row in rows_of(file):
            assert ">=" in str(row.specifier), f"{file}: {row}"


def test_the_lock_holds_a_tested_version_of_every_requirement():
    locked = rows_of("requirements.lock")
    for row in (row for file in (APP, DEV, SEARCH) for row in rows_of(file)):
        same = [at for at in locked if canonicalize_name(at.name) == canonicalize_name(row.name)]
        assert same, f"{row.name} is not in requirements.lock: make lock"
        for at in same:
            assert row.specifier.contains(str(at.specifier).removeprefix("==")), f"{row}: {at}"
