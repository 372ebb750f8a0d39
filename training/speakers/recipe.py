"""Fit who of a series said a line: `python -m training.speakers CONFIG --data-dir DIR`.

The lines of the main characters become vectors of the small encoder and hashed letter n-grams; logistic
regression tells the speakers apart. The validation season chooses the features and the strength, the test
season gives the figures. Writes assets/speakers/NAME.npz, which holds no text, with a card beside it,
eval/results/speakers-NAME.json and the confusion table as a picture.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import numpy as np
from pydantic import Field

from samovar.character.speech.style import FOLDER, KIND, PROTOCOL, Array, Features, Speakers
from samovar.command.terminal import run, write
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import Encoder
from samovar.models.shelf import Shelf
from samovar.settings import ROOT, Settings
from training.corpora import transcripts
from training.corpora.sources import SOURCES, attribution
from training.frame import recipe
from training.lessons.character.lines import cleaned
from training.lessons.character.series import SERIES, Series
from training.speakers import planes
from training.speakers.confusion import draw
from training.speakers.planes import Part

PLOTS = ROOT / "assets" / "plots"
REACHED = ("lines", "accuracy", "majority", "even", "together", "character")
"""Figures that stand on the card, too."""
ENCODED = 512
"""Lines encoded at once: a run that was stopped goes on behind the last of them."""


@dataclass(frozen=True, slots=True)
class SpeakersRecipe:
    """Describe the classifier of one series."""

    name: str
    character: Literal["house", "data"]
    encoder: str = "multilingual-e5-small"
    """The one that is always there: others would make the weights useless where they are not fetched."""
    shortest: Annotated[int, Field(ge=1, le=100)] = 3
    """Words of a line: “Yes.” belongs to everybody."""
    encoded: Annotated[int, Field(ge=100, le=10**6)] = 8000
    """Training lines that the encoder reads, drawn by hash: they take most of the time. The n-grams
    alone learn from all lines."""
    held: Annotated[int, Field(ge=100, le=10**6)] = 3000
    """Lines that choose, and as many that measure, drawn by hash."""
    strengths: tuple[float, ...] = (1e-5, 3e-5, 1e-4)
    """Factors of the penalty on long planes."""
    buckets: Annotated[int, Field(ge=2**10, le=2**18)] = 2**15
    """Places of the hashed n-grams; 2**15 of seven speakers are half a megabyte."""
    scale: Annotated[float, Field(gt=0, le=100)] = 4.0
    """Weight of the vectors beside the n-grams."""


def build(options: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Fit, write weights, card, result and picture, and print the figures.

    Raises:
        SamovarError: the recipe, the transcripts or the encoder are missing.
    """
    began = time.perf_counter()
    given = recipe.load(options.config, SpeakersRecipe)
    series = SERIES[given.character]
    shelf = Shelf(settings)
    encoder = shelf.encoder(given.encoder)
    parts = divided(given, series, encoder, options)
    fitted, trials = choose(parts, given, series.speakers, encoder.name)
    found = planes.figures(fitted, parts["test"], shares(parts["training"], fitted), series.speaker)
    measured = {
        "character": series.slug,
        "seasons": {"validation": series.validation, "test": series.test},
        "lines": {name: len(part.texts) for name, part in parts.items()},
        "trials": trials,
        "test": found,
    }
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data=series.origin,
        size=sum(len(part.texts) for part in parts.values()),
        libraries=("numpy", "scikit-learn"),
    )
    path = settings.assets / FOLDER / f"{given.name}.npz"
    store(path, fitted, card(given, fitted, encoder, found, origin))
    result = provenance.write(f"speakers-{given.name}", measured, origin, options.results)
    draw(found["confusion"], options.plots / f"speakers-{given.name}.png")
    shelf.close()
    return write(out, [*told(found, trials), str(path), str(result)])


def divided(
    given: SpeakersRecipe, series: Series, encoder: Encoder, options: argparse.Namespace
) -> dict[str, Part]:
    """Return training, validation and test, their lines as vectors.

    Raises:
        InputError: the transcripts are not there.
    """
    read = transcripts.read(options.data_dir / series.origin)
    work = options.out or ROOT / "runs" / f"speakers-{given.name}"
    chosen = planes.chosen(cleaned(read, series).lines, series, given.shortest, given.held)
    return {
        name: Part(tuple(texts), labels, vectors(texts[: given.encoded], encoder, work))
        for name, (texts, labels) in chosen.items()
    }


def shares(training: Part, fitted: Speakers) -> Array:
    """Return the share of each speaker in what trains, float32 [names]."""
    counts = np.bincount(training.labels, minlength=len(fitted.names))
    return np.asarray(np.maximum(counts, 1) / max(1, int(counts.sum())), np.float32)


def vectors(texts: Sequence[str], encoder: Encoder, folder: Path) -> Array:
    """Return unit vectors [texts, dimensions]; those computed before are read from `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [np.zeros((0, encoder.dimensions), np.float32)]
    for start in range(0, len(texts), ENCODED):
        some = texts[start : start + ENCODED]
        named = "\n".join((encoder.name, encoder.revision, KIND, *some))
        path = folder / f"{hashlib.sha256(named.encode()).hexdigest()[:16]}.npy"
        if not path.is_file():
            draft = path.with_suffix(".new")
            with draft.open("wb") as file:
                np.save(file, encoder.encode(some, KIND).astype(np.float16))
            draft.replace(path)
        rows.append(np.load(path).astype(np.float32))
    return np.vstack(rows)


def choose(
    parts: Mapping[str, Part], given: SpeakersRecipe, names: tuple[str, ...], encoder: str
) -> tuple[Speakers, list[dict[str, Any]]]:
    """Return the classifier that is right most often on the validation season, and all trials."""
    whole = Features(buckets=given.buckets, scale=given.scale)
    shapes = {
        "vectors": replace(whole, buckets=0),
        "n-grams": replace(whole, vectors=False),
        "both": whole,
    }
    best, trials = None, []
    for shape, features in shapes.items():
        for strength in given.strengths:
            one = planes.stored(
                planes.fitted(parts["training"], names, encoder, features, strength)
            )
            reached = planes.accuracy(one, parts["validation"])
            trials.append(
                {"features": shape, "strength": strength, "validation": round(reached, 4)}
            )
            if best is None or reached > best[0]:
                best = (reached, one)
    assert best is not None
    return best[1], trials


def card(
    given: SpeakersRecipe,
    fitted: Speakers,
    encoder: Encoder,
    found: Mapping[str, Any],
    origin: provenance.Provenance,
) -> dict[str, Any]:
    """Return what stands beside the weights."""
    source = SERIES[given.character].origin
    return {
        "protocol": PROTOCOL,
        "names": list(fitted.names),
        "encoder": encoder.name,
        "revision": encoder.revision,
        "features": asdict(fitted.features),
        "recipe": {**asdict(given), "strengths": list(given.strengths)},
        "data": attribution([source]),
        "licence": f"planes of a linear model, no text; learned from: {SOURCES[source].licence}",
        "test": {key: found[key] for key in REACHED},
        "command": origin.command,
        "commit": origin.commit,
    }


def store(path: Path, fitted: Speakers, about: Mapping[str, Any]) -> None:
    """Write the planes as float16 and the card beside them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        arrays = (fitted.weights, fitted.bias, fitted.mean)
        weights, bias, mean = (part.astype(np.float16) for part in arrays)
        np.savez_compressed(file, weights=weights, bias=bias, mean=mean)
    text = json.dumps(about, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    draft.replace(path)


def told(found: Mapping[str, Any], trials: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the figures as lines for a terminal."""
    lines = [
        f"{row['features']}, penalty {row['strength']:g}: {row['validation']:.1%}" for row in trials
    ]
    for name, base in (
        ("accuracy", found["majority"]["accuracy"]),
        ("even", found["even"]["majority"]),
    ):
        value = found["even"]["accuracy"] if name == "even" else found["accuracy"]
        shown = f"{value['value']:.1%} [{value['low']:.1%}, {value['high']:.1%}]"
        lines.append(f"test, {name}: {shown}, majority {base:.1%}")
    for size, row in found["together"].items():
        lines.append(f"test, {size} lines together: {row['accuracy']['value']:.1%}")
    area = found["character"]["area_under_curve"]
    return [*lines, f"test, area under the curve: {area['value']:.3f}"]


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and return the exit code."""
    parser = argparse.ArgumentParser("python -m training.speakers", description=__doc__)
    parser.add_argument("config", type=Path, help="training/configs/speakers-NAME.yaml")
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the data sets")
    parser.add_argument(
        "--out", type=Path, help="folder of the vectors; default runs/speakers-NAME"
    )
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--plots", type=Path, default=PLOTS)
    options = parser.parse_args(argv)
    return run(lambda settings, out: build(options, settings, out))
