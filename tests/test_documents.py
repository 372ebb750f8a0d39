"""What the documents say can be done: every command they name exists."""

import re

from samovar.settings import ROOT

MEASURED = re.compile(r"`python -m [^`]+` at [0-9a-f]{12}")
"""The origin of a figure names the command as it was called at that commit."""


def targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def test_documents_name_only_commands_that_exist():
    known = targets((ROOT / "Makefile").read_text())
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*.md")]:
        text = MEASURED.sub("", path.read_text(encoding="utf-8"))
        named = set(re.findall(r"`make ([a-z-]+)|^\s*make ([a-z-]+)", text, re.MULTILINE))
        for target in (first or second for first, second in named):
            assert target in known, f"{path.name}: make {target}"
        for module in set(re.findall(r"python -m ((?:samovar|eval|training)[\w.]*\w)", text)):
            file = ROOT.joinpath(*module.split("."))
            assert file.with_suffix(".py").is_file() or (file / "__main__.py").is_file(), module
