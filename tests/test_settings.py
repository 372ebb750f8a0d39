from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.settings import ROOT, Settings


def test_an_empty_environment_gives_the_defaults():
    assert Settings.from_env({}) == Settings()
    assert Settings().data == ROOT / "data"


@pytest.mark.parametrize(
    "variable, value, field, expected",
    [
        ("SAMOVAR_PROFILE", "gpu", "profile", "gpu"),
        ("SAMOVAR_LANGUAGE", "ru", "language", "ru"),
        ("HF_HUB_OFFLINE", "1", "offline", True),
        ("HF_HUB_OFFLINE", "true", "offline", True),
        ("HF_HUB_OFFLINE", "0", "offline", False),
        ("HF_HUB_OFFLINE", "", "offline", False),
        ("SAMOVAR_CACHE", "/tmp/x", "cache", Path("/tmp/x")),
        ("SAMOVAR_CACHE", "", "cache", Settings().cache),
        ("SAMOVAR_ASSETS", "/tmp/a", "assets", Path("/tmp/a")),
        ("SAMOVAR_CHAT_ENGINE", "llamacpp", "chat_engine", "llamacpp"),
        ("SAMOVAR_CHAT_URL", "http://host:8000/v1", "chat_url", "http://host:8000/v1"),
        ("SAMOVAR_LLAMA_URL", "http://host:8080", "llama_url", "http://host:8080"),
        ("SAMOVAR_THREADS", "3", "threads", 3),
        ("SAMOVAR_QUEUE", " 5 ", "queue", 5),
        ("SAMOVAR_QUEUE", "", "queue", 32),
        ("SAMOVAR_RUNNING", "4", "running", 4),
        ("SAMOVAR_CLIENT_LIMIT", "2", "client_limit", 2),
        ("SAMOVAR_KEYS", " one,two ,", "keys", ("one", "two")),
        ("SAMOVAR_KEYS", "", "keys", ()),
        ("SAMOVAR_DRAIN", "0", "drain", 0),
        ("GRADIO_SERVER_NAME", "0.0.0.0", "host", "0.0.0.0"),
        ("GRADIO_SERVER_PORT", "9000", "port", 9000),
        ("SPACE_ID", "me/samovar", "space", "me/samovar"),
        ("SPACE_ID", "me/samovar", "host", "0.0.0.0"),
    ],
)
def test_a_variable_sets_its_field(variable, value, field, expected):
    assert getattr(Settings.from_env({variable: value}), field) == expected


@pytest.mark.parametrize(
    "variable, value, said",
    [
        (
            "SAMOVAR_PROFILE",
            "tpu",
            'SAMOVAR_PROFILE` has no value "tpu". Choose one of: auto, embedded',
        ),
        ("SAMOVAR_LANGUAGE", "de", 'SAMOVAR_LANGUAGE` has no value "de". Choose one of: en, ru'),
        ("GRADIO_SERVER_PORT", "http", 'GRADIO_SERVER_PORT` must be a whole number, but "http"'),
        ("GRADIO_SERVER_PORT", "99999", "must lie between 0 and 65535"),
        ("SAMOVAR_QUEUE", "0", "must lie between 1 and 10000"),
        ("SAMOVAR_THREADS", "-1", "must lie between 0 and 1024"),
        ("SAMOVAR_THREADS", "--1", "must be a whole number"),
        ("SAMOVAR_THREADS", "²", "must be a whole number"),
    ],
)
def test_a_bad_value_is_refused_by_its_variable_name(variable, value, said):
    with pytest.raises(InputError) as caught:
        Settings.from_env({variable: value})
    assert said in str(caught.value)


def test_the_key_is_never_shown():
    for name in ("SAMOVAR_CHAT_KEY", "SAMOVAR_KEYS"):
        assert "s3cret" not in repr(Settings.from_env({name: "s3cret"}))
