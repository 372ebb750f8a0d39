from dataclasses import replace
from pathlib import Path

import pytest

from samovar.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.from_env({}), cache=tmp_path, offline=True)
