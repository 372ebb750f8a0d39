"""Distil the token classifier into a CRF: the teacher labels text, the student learns from its labels.

python -m training.distill_ner training/configs/distill-en.yaml --data-dir ../shared/datasets

For each number of labelled sentences two students are trained: on these alone, and on these and on
all other texts with the teacher's hard labels (their own labels, where there are any, are not looked
at). Teacher and students are then measured side by side on texts that none of them was trained on;
the figures go to eval/results/distillation.json. Source of the idea: Hinton et al. 2015; hard labels
as in Kim & Rush 2016, because a CRF has no soft targets.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Annotated, Any

import numpy as np
import pycrfsuite
from pydantic import Field

from samovar import catalog
from samovar.command import terminal
from samovar.figures import provenance
from samovar.models.shelf import shelf
from samovar.models.taggers.crf import WEIGHTS
from samovar.models.taggers.token_tagger import TokenTagger
from samovar.models.taggers.word_features import rows
from samovar.models.taggers.words import sentences, spans
from samovar.ner.annotated.gold import Annotated as Text
from samovar.ner.score import score
from samovar.ner.tagging.labels import NAMES
from samovar.phrases import Language
from samovar.records import Markup, to_json
from samovar.settings import Settings
from training.entities import corpora
from training.entities.corpora import Corpus
from training.entities.random_field import CrfTraining, trained
from training.entities.sentences import Tagged, tagged
from training.frame import command, recipe

Tag = Callable[[str], Markup]


@dataclass(frozen=True, slots=True)
class DistillRecipe:
    """Describe one distillation."""

    name: str
    """Of the folder of the run."""
    language: Language
    corpus: str
    """Key of TRAINING whose sentences are labelled, in part or all."""
    unlabelled: tuple[str, ...]
    """Keys of UNLABELLED, whose texts only the teacher labels."""
    scored: str
    """Key of SCORING that teacher and students are measured on."""
    labelled: tuple[str, ...] = ("250", "1000", "4000", "all")
    """Numbers of labelled sentences, chosen by hash."""
    teacher: str = "ner-e5"
    """Id of a token classifier of the catalog."""
    longest: Annotated[int, Field(ge=1, le=100_000)] = 12_000
    """Texts that the teacher labels of each corpus, at most."""
    training: CrfTraining = field(default_factory=CrfTraining)


def fit(chosen: DistillRecipe, options: Namespace, settings: Settings) -> dict[str, Any]:
    """Train all students and return the figures.

    Raises:
        SamovarError: data or the teacher are missing.
    """
    del settings
    folder = Path(options.out or f"runs/{chosen.name}")
    folder.mkdir(parents=True, exist_ok=True)
    gold = ranked(whole_texts(corpora.TRAINING[chosen.corpus], options.data_dir))
    others = [
        text
        for name in chosen.unlabelled
        for text in ranked(whole_texts(corpora.UNLABELLED[name], options.data_dir))[
            : chosen.longest
        ]
    ]
    known = corpora.texts(corpora.SCORING[chosen.scored], options.data_dir)

    teacher: Any = shelf().tagger(chosen.teacher)
    labelled = relabelled(teacher, [*gold, *others])
    points = []
    for size in chosen.labelled:
        count = len(gold) if size == "all" else min(int(size), len(gold))
        sides = {"alone": gold[:count], "distilled": [*gold[:count], *labelled[count:]]}
        point: dict[str, Any] = {"labelled": count}
        for name, texts in sides.items():
            path = folder / f"{name}-{count}.{WEIGHTS}"
            trained(texts, chosen.language, chosen.training, path)
            student = student_tag(path, chosen.language)
            point[name] = {**strict_figures(student, known), "texts_learnt": len(texts)}
            print(count, name, point[name]["f1"], flush=True)
        points.append(point)

    by_teacher = teacher_tag(teacher, chosen.language)
    return {
        "teacher": strict_figures(by_teacher, known),
        "points": points,
        "side_by_side": raced(by_teacher, student, known),
    }


def whole_texts(corpus: Corpus, data_dir: Path) -> list[Tagged]:
    """Return the texts of `corpus` as words and tags, none of them cut into sentences."""
    return tagged(corpora.texts(corpus, data_dir), whole=True)


def ranked(texts: Sequence[Tagged]) -> list[Tagged]:
    """Return `texts` in an order by hash, so that more labelled ones hold the fewer ones."""
    return sorted(texts, key=lambda sentence: corpora.hashed_text(sentence.text))


def relabelled(teacher: TokenTagger, texts: Sequence[Tagged]) -> list[Tagged]:
    """Return `texts` with the teacher's tags."""
    predicted = teacher.sentences([sentence.words for sentence in texts])
    return [
        Tagged(sentence.words, tuple(tags), sentence.text, sentence.language)
        for sentence, tags in zip(texts, predicted, strict=True)
    ]


def student_tag(path: Path, language: Language) -> Tag:
    """Return what tags one text with the student at `path`."""
    model: Any = pycrfsuite.Tagger()
    model.open(str(path))

    def tag(text: str) -> Markup:
        began = time.perf_counter()
        cut = sentences(text)
        names = [s for words in cut for s in spans(text, words, model.tag(rows(words, language)))]
        return Markup(tuple(names), (time.perf_counter() - began) * 1000)

    return tag


def strict_figures(tag: Tag, known: Sequence[Text]) -> dict[str, Any]:
    """Return the strict figures on `known` and the milliseconds of a text."""
    result = score("crf", known, [tag(gold.text) for gold in known], NAMES)
    return {**to_json(result.rules["strict"]), "milliseconds": result.milliseconds}


def teacher_tag(teacher: TokenTagger, language: Language) -> Tag:
    """Return what tags one text with the teacher."""
    return lambda text: teacher.tag([text], language)[0]


def raced(teacher: Tag, student: Tag, known: Sequence[Text]) -> dict[str, float]:
    """Return the medians of a text's milliseconds, teacher and student taking turns."""
    times: list[tuple[float, float]] = []
    for gold in known[:500]:
        begun = time.perf_counter()
        teacher(gold.text)
        middle = time.perf_counter()
        student(gold.text)
        times.append((middle - begun, time.perf_counter() - middle))
    slow, fast = np.median(np.array(times), axis=0) * 1000
    return {"teacher_ms": float(slow), "student_ms": float(fast), "times": float(slow / fast)}


def main(argv: Sequence[str] | None = None) -> int:
    """Distil, write the figures, and return the exit code."""
    options = command.arguments("training.distill_ner", __doc__).parse_args(argv)

    def work(settings: Settings, out: IO[str]) -> int:
        chosen = recipe.load(options.config, DistillRecipe)
        begun = time.perf_counter()
        figures = fit(chosen, options, settings)
        origin = provenance.here(
            seed=chosen.training.seed,
            wall_seconds=time.perf_counter() - begun,
            data=corpora.SCORING[chosen.scored].title,
            size=figures["points"][-1]["labelled"],
            libraries=("python-crfsuite", "openvino"),
        )
        title = catalog.model(chosen.teacher).title
        return terminal.write(
            out,
            [str(provenance.write("distillation", {"teacher_title": title, **figures}, origin))],
        )

    return terminal.run(work)


if __name__ == "__main__":
    raise SystemExit(main())
