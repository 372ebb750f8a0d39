"""Measure the speed of search: encoding, the two scripts on many passages, and stores of vectors.

`make bench` · every ratio comes from one run; the seconds are this machine's. Passages are cut from
running text of the public sets: 24 words each, every fifteen words a new one.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from eval import provenance, retrieval, vector_speed
from eval.retrieval_sets import SETS
from eval.running_text import passages
from samovar.models import encoding
from samovar.models.base import Encoder
from samovar.models.shelf import shelf
from samovar.models.tuned_encoder import merge
from samovar.search import core, folder, index
from samovar.search.collection import Collection

SAMPLE = 640
"""Passages encoded by each engine in turn; the plain ones are too slow for all of them."""
QUESTIONS = 300
PLAIN = ("float32", "bfloat16")
SETS_OF_RECALL = ("xquad_ru_both", "stackfaq")
Vectors = np.ndarray[Any, np.dtype[np.float32]]
Encode = Callable[[Sequence[str], str], Vectors]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure part by part and write the result after each, so that a stop keeps what is done."""
    parser = argparse.ArgumentParser("python -m eval.search_speed", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument(
        "--vectors", default="1000,10000,100000", help="sizes of stores, such as 100000,1000000"
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--results", type=Path, default=provenance.RESULTS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    texts = list(islice(passages(given.data_dir), given.passages))
    others = [name for name in vector_speed.OTHERS if importlib.util.find_spec(name)]
    sizes = [int(size) for size in given.vectors.split(",")]
    for measured in parts(texts, given.data_dir, given.repeats, sizes):
        origin = provenance.here(
            seed=0,
            wall_seconds=time.perf_counter() - began,
            data="running text of wikipedia_en_subset, bbc_news and wikitext2",
            size=len(texts),
            libraries=("openvino", "sentence-transformers", "torch", "faiss-cpu", *others),
        )
        print(provenance.write("search-speed", measured, origin, given.results))
    vector_speed.draw(measured["stores"])
    return 0


def parts(
    texts: Sequence[str], data: Path, repeats: int, sizes: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Yield the figures after each part: encoding, the two scripts, and every store of each size."""
    measured: dict[str, Any] = {"passages": len(texts), "encoder": shelf().retriever().name}
    engines = _engines()
    sample = random.Random(0).sample(texts, min(SAMPLE, len(texts)))
    values = turns(engines, sample, repeats)
    measured["encoding"] = {"values": values, "rates": _rates(values)}
    measured["encoding"]["recall_10"] = {
        name: {one: _recall(engines[name], data, one) for one in SETS_OF_RECALL}
        for name in ("samovar", "float32")
    }
    yield measured
    with tempfile.TemporaryDirectory() as place:
        found, vectors = scripts(texts, Path(place))
    for name, more in turns(engines, sample, repeats).items():  # machines change their pace
        values[name] += more
    rates = measured["encoding"]["rates"] = _rates(values)
    per_second = found["passages_per_second"]
    measured["scripts"] = found
    measured["indexing_to_plain"] = {name: round(per_second / rates[name], 2) for name in PLAIN}
    measured["stores"] = []
    yield measured
    for row in vector_speed.measure(vectors, sizes):
        measured["stores"].append(row)
        yield measured


def _engines() -> dict[str, Encode]:
    return {"samovar": _own(shelf().retriever())} | {name: plain(name) for name in PLAIN}


def turns(
    engines: dict[str, Encode], sample: Sequence[str], repeats: int
) -> dict[str, list[float]]:
    """Return texts per second of each engine in each of its turns, one engine after the other."""
    values: dict[str, list[float]] = {name: [] for name in engines}
    for encode in engines.values():
        encode(sample, "passage")  # the first call of each allocates and compiles
    for repeat in range(repeats):
        for name, encode in engines.items():
            began = time.perf_counter()
            encode(sample, "passage")
            values[name].append(round(len(sample) / (time.perf_counter() - began), 1))
            print(f"{repeat + 1}/{repeats} {name}: {values[name][-1]} texts/s", file=sys.stderr)
    return values


def _rates(values: dict[str, list[float]]) -> dict[str, float]:
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
        found = whole.encode(prefixed, convert_to_tensor=True, show_progress_bar=False)
        return np.asarray(found.float().numpy())

    return encode


def scripts(texts: Sequence[str], place: Path) -> tuple[dict[str, Any], Vectors]:
    """Index `texts` by the script and ask the index; return the figures and all vectors."""
    source, made = place / "passages.jsonl", place / "index"
    with source.open("w", encoding="utf-8") as out:
        for at, text in enumerate(texts):
            out.write(json.dumps({"id": str(at), "text": text}) + "\n")
    began = time.perf_counter()
    code = index.main(["--input", str(source), "--index", str(made)])
    seconds = time.perf_counter() - began
    if code:
        raise RuntimeError(f"the script ended with {code}")
    encoder = shelf().retriever()
    collection = folder.load(made, encoder)
    draw = random.Random(1)
    asked = [" ".join(draw.choice(texts).split()[4:14]) for _ in range(QUESTIONS)]
    found = {
        mode: _latency(partial(_ask, collection, encoder, mode), asked)
        for mode in ("dense", "hybrid")
    }
    keys = [passage.key for passage in collection.passages]
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    figures = {
        "index_seconds": round(seconds, 1),
        "passages_per_second": round(len(texts) / seconds, 1),
        "index_mb": round(size / 1e6, 1),
        "store": collection.store.reason.say("en"),
        "query_ms": found,
    }
    return figures, np.asarray(collection.store.vectors(keys))


def _own(encoder: Encoder) -> Encode:
    return lambda texts, kind: encoder.encode(texts, "query" if kind == "query" else "passage")


def _ask(collection: Collection, encoder: Encoder, mode: str, text: str) -> None:
    vector = encoder.encode([text], "query")[0]
    core.search(collection, core.question(text, 10, mode), vector)


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
    found = SETS[name](data)
    documents = encode([one.text for one in found.documents], "passage")
    asked = encode([one.text for one in found.queries], "query")
    ids = [one.id for one in found.documents]
    order = np.argsort(-(asked @ documents.T), axis=1)[:, :10]
    shares = [
        retrieval.recall([ids[at] for at in row], query.relevant, 10)
        for row, query in zip(order, found.queries, strict=True)
    ]
    return round(float(np.mean(shares)), 4)


if __name__ == "__main__":
    raise SystemExit(main())
