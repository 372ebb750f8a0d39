"""What a serving process does not hold: libraries that are only needed to convert, and second copies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from samovar import catalog
from samovar.models.encoders import graph
from samovar.models.encoders.openvino_network import OpenVinoNetwork
from samovar.models.files.memory import MAPS, release
from samovar.models.hardware import free_memory
from samovar.settings import ROOT, Settings

linux = pytest.mark.skipif(not MAPS.is_file(), reason="reads /proc/self")
SERVED = """
import sys
from samovar.models.shelf import shelf
{work}
assert "torch" not in sys.modules and "transformers" not in sys.modules, "imported"
"""
WORK = {
    "spacy": "shelf().tagger('en-core-web-sm').tag(['Ann Lee lives in Porto.'], 'en')",
    "natasha": "shelf().tagger('natasha').tag(['Анна живёт в Твери.'], 'ru')",
    "schema": "from samovar.models.chat import grammar; grammar.checked({'type': 'string'})",
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_torch_is_not_imported_to_serve(work: str):
    done = subprocess.run(
        [sys.executable, "-c", SERVED.format(work=work)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-800:]


def test_torch_stays_there_for_others_while_one_thread_hides_it():
    """The other thread finds its specification, this one does not."""
    code = """
import importlib.util, threading
from samovar.models.taggers.spacy_library import without_torch
found = []
def look():
    found.append(importlib.util.find_spec("torch") is not None)
with without_torch():
    other = threading.Thread(target=look)
    other.start()
    other.join()
    try:
        importlib.util.find_spec("torch")
        found.append(True)
    except ModuleNotFoundError:
        found.append(False)
look()
assert found == [True, False, True], found
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-800:]


@pytest.mark.parametrize("version", ["2", "1"])
def test_a_containers_limit_counts(tmp_path: Path, version: str):
    names = {"2": (".", "memory.max", "memory.current", "inactive_file")}
    names["1"] = ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
    folder, most, now, idle = names[version]
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / most).write_text("900000000\n")
    (tmp_path / folder / now).write_text("700000000\n")
    (tmp_path / folder / "memory.stat").write_text(f"anon 1\n{idle} 100000000\n")
    assert free_memory(tmp_path) == 300
    (tmp_path / folder / most).write_text("max\n")
    assert free_memory(tmp_path) > 300
    assert free_memory(tmp_path / "none") > 300


def resident(path: Path) -> int:
    """Return the bytes of the mapped file `path` that are in memory."""
    held, own = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, *rest = line.split(maxsplit=5)
        if "-" in name and not name.endswith(":"):
            own = rest[4:] == [str(path)]
        elif own and name == "Rss:":
            held += int(rest[0]) * 1024
    return held


@linux
def test_pages_of_a_file_are_given_back_and_read_again(tmp_path: Path):
    path = tmp_path / "weights.bin"
    values = np.arange(2_000_000, dtype=np.int64)
    values.tofile(path)
    mapped = np.memmap(path, np.int64, "r")
    assert mapped.sum() == values.sum()
    assert resident(path) > 15_000_000
    release(path)
    assert resident(path) == 0
    assert mapped.sum() == values.sum()


@linux
def test_what_was_written_into_a_mapping_is_never_lost(tmp_path: Path):
    path = tmp_path / "weights.bin"
    np.zeros(10_000, np.int64).tofile(path)
    private = np.memmap(path, np.int64, "c")
    private[:] = 7
    release(path)
    assert set(private) == {7}


@linux
def test_an_encoder_holds_its_weights_once():
    """Packed for the CPU; the file that they came from is not in memory beside them.

    A call brings pages back for the words it looks up, more or fewer as the system reads ahead.
    """
    settings = Settings.from_env()
    path = graph.graph(catalog.model("multilingual-e5-small"), settings) / graph.GRAPH
    network = OpenVinoNetwork(path, settings)
    assert resident(path.with_suffix(".bin")) < 10_000_000
    row = np.full((1, 4), 9, np.int64)
    assert network({"input_ids": row, "attention_mask": row * 0 + 1}).shape == (1, network.width)
