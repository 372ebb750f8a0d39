"""What the API says of itself, and in which language it refuses."""

import inspect
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from gradio.context import LocalContext

from samovar.endpoints import ENDPOINTS, endpoint, example
from samovar.models.shelf import shelf
from samovar.tool import SLUGS
from samovar.ui.answering.door import Door
from samovar.ui.api import asked_language, publish


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


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    with gr.Blocks() as blocks:
        publish(SLUGS, Door(1))
    found: dict[str, Any] = blocks.get_api_info()["named_endpoints"]
    return found


def sentences(text: str) -> None:
    """Check that `text` reads like sentences, not like lines that were joined."""
    assert text[0].isupper() or text[0] == "`", text
    assert text.endswith("."), text
    for fragment in (",,", ".,", ":,", "Raises", "Args", "InputError", "  ", "\n"):
        assert fragment not in text, (fragment, text)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_endpoint_describes_itself_in_sentences(published, slug):
    told = published[f"/{ENDPOINTS[slug]}"]
    sentences(told["description"])
    assert " Returns: " in told["description"]
    parameters = inspect.signature(endpoint(slug)).parameters
    assert [one["parameter_name"] for one in told["parameters"]] == list(parameters)
    for one in told["parameters"]:
        said = one["python_type"]["description"]
        sentences(said)
        assert one["label"] == one["parameter_name"]
        default = parameters[one["parameter_name"]].default
        assert ("default" in said.lower()) == (default is not inspect.Parameter.empty), said
        if isinstance(default, str | int) and not isinstance(default, bool):
            assert str(default) in said, said


@pytest.mark.parametrize("slug", SLUGS)
def test_the_example_of_an_endpoint_is_the_shipped_one(published, slug):
    told = published[f"/{ENDPOINTS[slug]}"]
    shown = {one["parameter_name"]: one["example_input"] for one in told["parameters"]}
    given = example(slug, shelf().settings)
    assert {name: shown[name] for name in given} == given
    parameters = inspect.signature(endpoint(slug)).parameters
    rest = {name: parameters[name].default for name in shown if name not in given}
    assert {name: shown[name] for name in rest} == rest
