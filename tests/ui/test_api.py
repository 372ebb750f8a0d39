"""The language of an API error is that of the request."""

from types import SimpleNamespace

import pytest
from gradio.context import LocalContext

from samovar.ui.api import asked_language


@pytest.mark.parametrize(
    "header, language",
    [("ru", "ru"), ("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("RU", "ru"), ("en,ru;q=0.5", "en"), ("", "en"), ("de", "en")],
)  # fmt: skip
def test_the_first_language_counts(header, language):
    token = LocalContext.request.set(SimpleNamespace(headers={"accept-language": header}))
    try:
        assert asked_language() == language
    finally:
        LocalContext.request.reset(token)


def test_outside_a_request_the_default_holds():
    assert asked_language() == "en"
    assert asked_language("ru") == "ru"
