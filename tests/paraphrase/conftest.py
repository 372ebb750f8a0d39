"""A validator of told verifiers, a near encoder and the real parsers, which are fast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from told_models import THRESHOLDS, NearEncoder

from samovar.models.shelf import shelf
from samovar.paraphrase.validation.validator import Validator

Judge = Callable[..., Validator]


@pytest.fixture
def judge() -> Judge:
    """`judge(small=..., larger=...)` returns a validator of English, or of the language named."""

    def made(language="en", small=None, larger=None, thresholds=THRESHOLDS):
        parser = shelf().parser(language)
        return Validator(language, NearEncoder(), parser, thresholds, small, larger)

    return made
