from __future__ import annotations

import pytest

from samovar import catalog
from samovar.models.base import Encoder
from samovar.models.encoders.openvino import OpenVinoEncoder
from samovar.settings import Settings


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    return OpenVinoEncoder(catalog.model("all-minilm-l6-v2"), Settings.from_env())
