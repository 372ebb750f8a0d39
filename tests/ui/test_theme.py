"""The style sheets: one page holds them all, so none may lay out what another one named."""

import re
from collections import defaultdict

from samovar.ui import theme


def owners():
    """Return each class → the sheets with a rule that names this class alone."""
    found = defaultdict(set)
    for path in theme.sheets():
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for rule in re.findall(r"([^{}]+)\{", text):
            for selector in rule.split(","):
                names = set(re.findall(r"\.([a-z][\w-]*)", selector))
                if len(names) == 1:
                    found[names.pop()].add(f"{path.parent.name}/{path.name}")
    return found


def test_no_style_sheet_lays_out_a_class_of_another():
    assert {"tools", "acts"} <= owners().keys()
    assert {name: sheets for name, sheets in owners().items() if len(sheets) > 1} == {}
