"""The tool as it was first thought of: its texts come from a llama.cpp server that is named by its URL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from service.llama_server import llama_server

from samovar import catalog
from samovar.models.files import weights
from samovar.settings import ROOT

MODEL = catalog.model("smollm2-135m-instruct")


def asked(url: str, *more: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """Run the command line with this server."""
    variables = {"SAMOVAR_LLAMA_URL": url, "SAMOVAR_LANGUAGE": language, "HF_HUB_OFFLINE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "samovar.marketing", "kettle-brivona", *more],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_texts_are_written_by_a_server():
    [path] = weights.find(MODEL)
    with llama_server(path, context=2048) as (url, process):
        done = asked(url, "--channel", "ad", "--n", "1", "--json")
        assert done.returncode == 0, done.stderr
        [text] = json.loads(done.stdout)
        process.kill()
    assert "Brivona" in text["text"]
    assert_checked(text)
    gone = asked(url, language="ru")
    assert gone.returncode == 2
    assert f"Чат-сервер {url} недоступен" in gone.stderr
    assert "SAMOVAR_LLAMA_URL" in gone.stderr


def assert_checked(text: dict[str, Any]) -> None:
    """Hold that the text was checked as one that this process had written."""
    assert {"number", "forbidden", "length"} <= set(text["checked"])
    assert {problem["kind"] for problem in text["problems"]} <= set(text["checked"])
