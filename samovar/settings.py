"""Settings of one process, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from samovar import checks
from samovar.phrases import LANGUAGES, Language

ROOT = Path(__file__).resolve().parent.parent
PROFILES = ("auto", "embedded", "cpu", "gpu")


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting; the field's docstring names the environment variable."""

    profile: str = "auto"
    """SAMOVAR_PROFILE: auto, embedded, cpu or gpu (the columns of the catalog)."""
    language: Language = "en"
    """SAMOVAR_LANGUAGE: en or ru, for the command line and as the page's first language.

    It has a default, as every setting: nobody has to set a variable in order to start.
    """
    light: bool = False
    """SAMOVAR_LIGHT: only the small models of the profile `embedded` answer, whatever was fetched."""
    offline: bool = False
    """HF_HUB_OFFLINE: never ask the Hugging Face Hub."""
    cache: Path = field(default_factory=lambda: user_cache_path("samovar", appauthor=False))
    """SAMOVAR_CACHE: converted models and the shipped search index."""
    data: Path = ROOT / "data"
    """SAMOVAR_DATA: the texts that ship with the project."""
    assets: Path = ROOT / "assets"
    """SAMOVAR_ASSETS: adapters and answered examples."""
    chat_engine: str = ""
    """SAMOVAR_CHAT_ENGINE: openvino, llamacpp or transformers; empty lets pick() decide."""
    encoder_engine: str = ""
    """SAMOVAR_ENCODER_ENGINE: openvino or sentence-transformers; empty lets pick() decide."""
    chat_url: str = ""
    """SAMOVAR_CHAT_URL: base URL of an OpenAI-compatible server, such as http://host:8000/v1."""
    chat_model: str = ""
    """SAMOVAR_CHAT_MODEL: the model's name at that server."""
    chat_key: str = field(default="", repr=False)
    """SAMOVAR_CHAT_KEY: the key sent to that server."""
    llama_url: str = ""
    """SAMOVAR_LLAMA_URL: base URL of a llama.cpp server, such as http://host:8080 (it gets the same key)."""
    milvus_token: str = field(default="", repr=False)
    """SAMOVAR_MILVUS_TOKEN: the token (or user:password) sent to a Milvus server."""
    threads: int = 0
    """SAMOVAR_THREADS: CPU threads of an engine; 0 takes all cores."""
    pipelines: int = 4
    """SAMOVAR_PIPELINES: merged adapters kept loaded at once, least recently used out first."""
    queue: int = 32
    """SAMOVAR_QUEUE: requests that may wait before the page or the server says that it is busy."""
    running: int = 8
    """SAMOVAR_RUNNING: requests that the server answers at once; on two cores more gain hardly anything."""
    client_limit: int = 16
    """SAMOVAR_CLIENT_LIMIT: requests that one client of the server may have running and waiting."""
    keys: tuple[str, ...] = field(default=(), repr=False)
    """SAMOVAR_KEYS: the keys that the server accepts, with commas between them; none: it asks for no key.

    A client is a key where there are keys, else an address.
    """
    drain: int = 30
    """SAMOVAR_DRAIN: seconds that running requests of the server have to finish when it is stopped."""
    host: str = "127.0.0.1"
    """GRADIO_SERVER_NAME"""
    port: int = 7860
    """GRADIO_SERVER_PORT"""
    space: str = ""
    """SPACE_ID: set on a Hugging Face Space."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the variables of `environ`, by default those of the process.

        Raises:
            InputError: a variable has a value that is not understood.
        """
        env = os.environ if environ is None else environ
        plain = cls()
        space = env.get("SPACE_ID", "")
        return cls(
            profile=checks.choice(env.get("SAMOVAR_PROFILE", "auto"), PROFILES, "SAMOVAR_PROFILE"),
            language=_language(env.get("SAMOVAR_LANGUAGE", "en")),
            light=_on(env, "SAMOVAR_LIGHT"),
            offline=_on(env, "HF_HUB_OFFLINE"),
            cache=Path(env["SAMOVAR_CACHE"]) if env.get("SAMOVAR_CACHE") else plain.cache,
            data=Path(env.get("SAMOVAR_DATA") or plain.data),
            assets=Path(env.get("SAMOVAR_ASSETS") or plain.assets),
            chat_engine=env.get("SAMOVAR_CHAT_ENGINE", ""),
            encoder_engine=env.get("SAMOVAR_ENCODER_ENGINE", ""),
            chat_url=env.get("SAMOVAR_CHAT_URL", ""),
            chat_model=env.get("SAMOVAR_CHAT_MODEL", ""),
            chat_key=env.get("SAMOVAR_CHAT_KEY", ""),
            llama_url=env.get("SAMOVAR_LLAMA_URL", ""),
            milvus_token=env.get("SAMOVAR_MILVUS_TOKEN", ""),
            threads=_number(env, "SAMOVAR_THREADS", plain.threads, 0, 1024),
            pipelines=_number(env, "SAMOVAR_PIPELINES", plain.pipelines, 1, 64),
            queue=_number(env, "SAMOVAR_QUEUE", plain.queue, 1, 10_000),
            running=_number(env, "SAMOVAR_RUNNING", plain.running, 1, 256),
            client_limit=_number(env, "SAMOVAR_CLIENT_LIMIT", plain.client_limit, 1, 10_000),
            keys=tuple(
                key for part in env.get("SAMOVAR_KEYS", "").split(",") if (key := part.strip())
            ),
            drain=_number(env, "SAMOVAR_DRAIN", plain.drain, 0, 3600),
            host=env.get("GRADIO_SERVER_NAME") or ("0.0.0.0" if space else plain.host),
            port=_number(env, "GRADIO_SERVER_PORT", plain.port, 0, 65535),
            space=space,
        )


@contextmanager
def variables(**values: str) -> Iterator[None]:
    """Set variables of this process for as long as a library reads them, unless they are set already."""
    new = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(new)
    try:
        yield
    finally:
        for name in new:
            os.environ.pop(name, None)


def _on(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").upper() in ("1", "ON", "YES", "TRUE")


def _language(value: str) -> Language:
    checks.choice(value, LANGUAGES, "SAMOVAR_LANGUAGE")
    return "ru" if value == "ru" else "en"


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = env.get(name, "").strip()
    value: object = int(raw) if re.fullmatch(r"-?[0-9]{1,9}", raw) else raw
    return checks.whole(value, low, high, name) if raw else default
