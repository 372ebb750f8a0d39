from __future__ import annotations

import sys
from pathlib import Path

import pytest

from samovar import catalog
from samovar.models.base import Encoder
from samovar.models.encoders.openvino import OpenVinoEncoder
from samovar.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "files"))  # `import small_files`


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    return OpenVinoEncoder(catalog.model("all-minilm-l6-v2"), Settings.from_env())
