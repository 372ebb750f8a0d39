"""Measure the speed of search: encoding, and the two scripts on many passages.

`make bench` · every ratio comes from one run; the seconds are this machine's. Passages are cut from
running text of the public sets: 24 words each, every fifteen words a new one. Stores of vectors side
by side are measured by `eval.vector_speed`. The pace of a machine drifts while minutes of indexing go by:
the indexing process is therefore stopped again and again (SIGSTOP) for a turn of every engine.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from eval.metrics import retrieval
from eval.sets.retrieval_sets import SETS
from eval.sets.running_text import SOURCE, passages
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import Encoder
from samovar.models.encoders import encoding
from samovar.models.encoders.tuned import merge
from samovar.models.shelf import shelf
from samovar.search import core
from samovar.search.indexing import folder
from samovar.search.passages.collection import Collection
from samovar.settings import ROOT

SAMPLE = 1_280
"""Passages encoded by each engine in turn; the plain ones are too slow for all of them."""
QUESTIONS = 300
APART = 20.0
"""Seconds of indexing between two turns of the engines."""
PLAIN = ("float32", "bfloat16")
SETS_OF_RECALL = ("xquad_ru_both", "stackfaq")
Vectors = np.ndarray[Any, np.dtype[np.float32]]
Encode = Callable[[Sequence[str], str], Vectors]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure part by part and write the result after each, so that a stop keeps what is done."""
    parser = argparse.ArgumentParser("python -m eval.search_speed", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    texts = list(islice(passages(given.data_dir), given.passages))
    for measured in parts(texts, given.data_dir, given.repeats):
        origin = provenance.here(
            seed=0,
            wall_seconds=time.perf_counter() - began,
            data=SOURCE,
            size=len(texts),
            libraries=("openvino", "sentence-transformers", "torch", "faiss-cpu"),
        )
        print(provenance.write("search-speed", measured, origin, given.results))
    return 0


def parts(texts: Sequence[str], data: Path, repeats: int) -> Iterator[dict[str, Any]]:
    """Yield the figures after each part: encoding, then the two scripts as well."""
    measured: dict[str, Any] = {"passages": len(texts), "encoder": shelf().retriever().name}
    engines = _engines()
    sample = random.Random(0).sample(texts, min(SAMPLE, len(texts)))
    turns(engines, sample, 1)  # the first call of each allocates and compiles
    values = turns(engines, sample, repeats)
    measured["encoding"] = {"values": values, "rates": _medians(values)}
    measured["encoding"]["recall_10"] = {
        name: {one: _recall(engines[name], data, one) for one in SETS_OF_RECALL}
        for name in ("samovar", "float32")
    }
    yield measured
    with tempfile.TemporaryDirectory() as place:
        source, made = Path(place) / "passages.jsonl", Path(place) / "index"
        write(texts, source)
        seconds, beside = indexed(source, made, lambda: turns(engines, sample, 1))
        measured["scripts"] = scripts(made, texts, seconds)
    per_second = len(texts) / seconds
    pace = _medians(beside)
    measured["beside"] = {"values": beside, "rates": pace}
    measured["indexing_to_plain"] = {name: round(per_second / pace[name], 2) for name in PLAIN}
    yield measured


def write(texts: Sequence[str], path: Path) -> None:
    """Write `texts` as JSON Lines with ids."""
    with path.open("w", encoding="utf-8") as out:
        for at, text in enumerate(texts):
            out.write(json.dumps({"id": str(at), "text": text}) + "\n")


def indexed(
    source: Path, made: Path, turn: Callable[[], dict[str, list[float]]], apart: float = APART
) -> tuple[float, dict[str, list[float]]]:
    """Index the file `source` by the script, stopping it for a `turn` every `apart` seconds.

    Returns the seconds that the script itself had, its start included, and all values of the turns.

    Raises:
        RuntimeError: the script ended with an error.
    """
    command = ["-m", "samovar.search.index", "--input", str(source), "--index", str(made)]
    values: dict[str, list[float]] = defaultdict(list)
    seconds, began = 0.0, time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)
    try:
        while not _ended(process, apart):
            process.send_signal(signal.SIGSTOP)
            seconds += time.perf_counter() - began
            for name, more in turn().items():
                values[name] += more
            began = time.perf_counter()
            process.send_signal(signal.SIGCONT)
        seconds += time.perf_counter() - began
    finally:
        process.kill()
    if process.returncode:
        raise RuntimeError(f"the script ended with {process.returncode}")
    return seconds, values


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _engines() -> dict[str, Encode]:
    return {"samovar": _own(shelf().retriever())} | {name: plain(name) for name in PLAIN}


def turns(
    engines: dict[str, Encode], sample: Sequence[str], repeats: int
) -> dict[str, list[float]]:
    """Return texts per second of each engine in each of its turns, one engine after the other."""
    values: dict[str, list[float]] = {name: [] for name in engines}
    for repeat in range(repeats):
        for name, encode in engines.items():
            began = time.perf_counter()
            encode(sample, "passage")
            values[name].append(round(len(sample) / (time.perf_counter() - began), 1))
            print(f"{repeat + 1}/{repeats} {name}: {values[name][-1]} texts/s", file=sys.stderr)
    return values


def _medians(values: dict[str, list[float]]) -> dict[str, float]:
    return {name: round(statistics.median(found), 1) for name, found in values.items()}


def plain(precision: str) -> Encode:
    """Return `SentenceTransformer.encode` with the same weights, as its users call it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    model = shelf().choice("retriever").model
    source = encoding.folder(model, shelf().settings)
    body = Transformer(str(source), model_kwargs={"dtype": torch.float32})
    merge(body.auto_model, model, shelf().settings)
    body.auto_model.to(getattr(torch, precision))
    pooling = Pooling(body.get_embedding_dimension(), "mean")
    whole = SentenceTransformer(modules=[body, pooling, Normalize()], device="cpu")

    def encode(texts: Sequence[str], kind: str) -> Vectors:
        prefixed = [f"{kind}: {text}" for text in texts]
        tensor = whole.encode(prefixed, convert_to_tensor=True, show_progress_bar=False)
        return np.asarray(tensor.float().numpy())

    return encode


def scripts(made: Path, texts: Sequence[str], seconds: float) -> dict[str, Any]:
    """Ask the index in `made`, which took `seconds` to make, and return the figures."""
    encoder = shelf().retriever()
    collection = folder.load(made, encoder)
    draw = random.Random(1)
    asked = [" ".join(draw.choice(texts).split()[4:14]) for _ in range(QUESTIONS)]
    latencies = {
        mode: _latency(partial(_ask, collection, encoder, mode), asked)
        for mode in ("dense", "hybrid")
    }
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    return {
        "index_seconds": round(seconds, 1),
        "passages_per_second": round(len(texts) / seconds, 1),
        "index_mb": round(size / 1e6, 1),
        "store": collection.store.reason.say("en"),
        "query_ms": latencies,
    }


def _own(encoder: Encoder) -> Encode:
    return lambda texts, kind: encoder.encode(texts, "query" if kind == "query" else "passage")


def _ask(collection: Collection, encoder: Encoder, mode: str, text: str) -> None:
    vector = encoder.encode([text], "query")[0]
    core.search(collection, core.question(text, "en", 10, mode), vector)


def _latency(ask: Callable[[str], None], asked: Sequence[str]) -> dict[str, float]:
    """Return the median, the 95th percentile (ms) and questions per second, one after the other."""
    for text in asked[:20]:
        ask(text)
    times = []
    for text in asked:
        began = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "p50": round(float(np.median(times)), 2),
        "p95": round(float(np.quantile(times, 0.95)), 2),
        "per_second": round(1000 * len(times) / sum(times), 1),
    }


def _recall(encode: Encode, data: Path, name: str) -> float:
    """Return recall@10 on the set `name` by plain inner products."""
    retrieval_set = SETS[name](data)
    documents = encode([document.text for document in retrieval_set.documents], "passage")
    asked = encode([query.text for query in retrieval_set.queries], "query")
    ids = [document.id for document in retrieval_set.documents]
    order = np.argsort(-(asked @ documents.T), axis=1)[:, :10]
    recalls = [
        retrieval.recall([ids[at] for at in row], query.relevant, 10)
        for row, query in zip(order, retrieval_set.queries, strict=True)
    ]
    return round(float(np.mean(recalls)), 4)


if __name__ == "__main__":
    raise SystemExit(main())
