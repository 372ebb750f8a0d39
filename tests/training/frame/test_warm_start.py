"""Where a run begins: another adapter, and what that was trained on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.settings import ROOT, Settings
from training.frame import warm_start


def test_a_start_that_names_no_sources_is_refused(tmp_path: Path):
    settings = replace(Settings.from_env(), assets=ROOT / "assets")
    found = warm_start.starting_adapter("entailment-e5", settings)
    assert warm_start.sources(found)
    with pytest.raises(InputError, match=r"run\.json names no sources"):
        warm_start.sources(replace(found, path=tmp_path))
