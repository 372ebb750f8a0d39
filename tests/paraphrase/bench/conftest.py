"""The local bot over real HTTP, a suite, and ready variants with planted flips."""

from __future__ import annotations

import importlib.util
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn

from samovar.paraphrase.bench import command

HERE = Path(__file__).parent
SUITE = """version: "3.1"
nlu:
- intent: weather
  examples: |
    - will it rain in [Oslo](city)
    - what is the weather like in [Rome](city)
- intent: alarm
  examples: |
    - set my alarm to six
    - set an alarm for seven
"""
VARIANTS = {
    "will it rain in Oslo": ["is it going to rain in Oslo", "is an umbrella needed in Oslo"],
    "what is the weather like in Rome": [
        "how is the weather in Rome",
        "give me the weather in Rome",
    ],
    "set my alarm to six": ["rouse me at six", "alarm at six please"],
    "set an alarm for seven": ["put on an alarm for seven"],
}


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    found = sys.modules[f"bench_{name}"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@dataclass
class LocalBot:
    url: str
    classifier: Any
    tries: Any
    module: ModuleType


@pytest.fixture(scope="session")
def bot() -> Iterator[LocalBot]:
    local = module("local_bot")
    classifier = local.Classifier()
    api = local.api(classifier)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(api, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    yield LocalBot(url, classifier, api.state.tries, local)
    server.should_exit = True
    thread.join(10)


@dataclass
class Bench:
    """Run the bench in a folder of its own; `made` is what its generator was asked for."""

    folder: Path
    capsys: Any
    made: list[tuple[str, int, int]]

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.path(name)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def make(self, text: str, n: int, seed: int) -> Sequence[str]:
        self.made.append((text, n, seed))
        return [f"please {text.split('](')[0].replace('[', '')}"]

    def run(self, spec: str, *more: str, ready: bool = True) -> tuple[int, str, str]:
        suite = ["--suite", self.path("bot.yml"), "--bot", spec]
        variants = ["--variants", self.path("variants.jsonl")] if ready else []
        code = command.main(self.make, [*suite, *variants, *more])
        said = self.capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def bench(tmp_path: Path, capsys: Any) -> Bench:
    made = Bench(tmp_path, capsys, [])
    made.write("bot.yml", SUITE)
    rows = [{"original": o, "variants": v} for o, v in VARIANTS.items()]
    lines = [{"original": r["original"], "text": t} for r in rows for t in r["variants"]]
    made.write("variants.jsonl", "\n".join(map(json.dumps, lines)))
    return made
