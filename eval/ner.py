"""What each tagger reaches on each corpus, by one scorer, and what it costs.

python -m eval.ner --data-dir ../shared/datasets                     everything (an hour on two cores)
python -m eval.ner --data-dir DIR --corpora conll,wnut --taggers crf  these cells, the others stay

Results go to eval/results/ner.json corpus by corpus: a run that was stopped loses one at most. None
of the texts has trained a tagger; CoNLL's testa, WNUT's and CrossNER's dev have chosen nothing either.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from eval.metrics import factrueval
from eval.sets.annotated_texts import SHIPPED, TITLES, sample, texts
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.ner.annotated.gold import Annotated
from samovar.ner.annotated.schemes import SCHEMES
from samovar.ner.annotated.shipped import sentences
from samovar.ner.core import annotate
from samovar.ner.score import Score, score
from samovar.ner.scoring import footprint
from samovar.ner.tagging.forms import FORMS
from samovar.ner.tagging.labels import converted
from samovar.ner.tagging.llm import LlmTagger, windows
from samovar.ner.tagging.prompt import WINDOW
from samovar.ner.tagging.taggers import ADAPTER, TAGGERS, defaults, tagger
from samovar.phrases import LANGUAGES, Language
from samovar.records import Markup, to_json
from samovar.settings import Settings
from training.entities import corpora

ASKED = 200
"""Texts of a window that the chat model is asked, the same for each of its rows: it is slow."""
WORDS, ROUNDS = 100, 5
"""Of the text that all taggers of the page answer, and how often."""
ZERO = "llm-zero"
"""The chat model without examples: a row of this table, not of the page."""
ROWS: dict[Language, tuple[str, ...]] = {
    "en": ("crf", "spacy-own", "spacy", "e5", "llm-tuned", "llm", ZERO),
    "ru": ("crf", "spacy-own", "natasha", "e5", "llm"),
}
RESULT = RESULTS / "ner.json"


def asked(known: Sequence[Annotated]) -> list[Annotated]:
    """Return the texts that the chat model is asked: ASKED, or as many documents as make up for it."""
    each = sum(len(windows(one.text, WINDOW)) for one in known) / len(known)
    return sample(known, ASKED // max(1, round(each)))


def tagger_score(name: str, known: Sequence[Annotated], labels: Sequence[str]) -> Score:
    """Return the score of the tagger `name`; the chat model gets its texts in batches."""
    language = known[0].language
    if name.startswith("llm"):
        row = "llm" if name == ZERO else name
        model = _asked(name, language)
        answers = model.tag([annotated.text for annotated in known], language)
        return score(row, known, answers, labels)
    markups: list[Markup] = []
    own = tagger(name, language)
    own.tag([known[0].text], language)  # warms up
    for annotated in known:
        (markup,) = own.tag([annotated.text], language)
        markups.append(converted(markup, TAGGERS[name].conversion))
    return score(name, known, markups, labels)


def _asked(name: str, language: Language) -> Any:
    if name == ZERO:
        return LlmTagger(shelf().chat(), form=FORMS["json-zero"])
    return tagger(name, language)


def cell(name: str, known: Sequence[Annotated], labels: Sequence[str]) -> dict[str, Any]:
    """Return what a cell of the table holds: figures, texts, and how it came about."""
    begun = time.perf_counter()
    kept = asked(known) if name.startswith("llm") else known
    figures = to_json(tagger_score(name, kept, labels))
    figures.pop("tagger")
    figures.pop("memory_mb")
    figures["texts"] = len(kept)
    figures["command"], figures["commit"] = provenance.command(), provenance.commit()
    figures["wall_seconds"] = round(time.perf_counter() - begun, 1)
    return dict(figures)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure what is asked for and write it into the result."""
    options = _options(argv)
    begun = time.perf_counter()
    before = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.is_file() else {}
    held: dict[str, Any] = {
        key: before.get(key, {}) for key in ("corpora", "memory", "natasha", "pace")
    }
    for name in options.corpora:
        known, labels = texts(name, options.data_dir)
        rows = held["corpora"].setdefault(name, {"title": TITLES[name], "taggers": {}})
        rows |= {"texts": len(known), "labels": list(labels), "language": known[0].language}
        rows["entities"] = sum(len(annotated.spans) for annotated in known)
        for row in ROWS[known[0].language]:
            if row in options.taggers and _present(row, known[0].language):
                rows["taggers"][row] = cell(row, known, labels)
                print(name, row, rows["taggers"][row]["rules"]["strict"]["f1"], flush=True)
                _write(held, begun)
    if options.pace:
        held["pace"] = {language: pace(language) for language in LANGUAGES}
        print(held["pace"], flush=True)
        _write(held, begun)
    if options.memory:
        for language in LANGUAGES:
            for row in ROWS[language]:
                if row != ZERO and _present(row, language):
                    megabytes = footprint.memory_mb(row, language)
                    held["memory"].setdefault(language, {})[row] = megabytes
                    print(row, language, megabytes, flush=True)
        _write(held, begun)
    if options.natasha:
        held["natasha"] = factrueval.natasha_figures(options.data_dir)
        _write(held, begun)


def pace(language: Language) -> dict[str, Any]:
    """Return the seconds until the first and the last tagger of the page have answered, medians."""
    words: list[str] = []
    for sentence in sentences(Settings().data, language):
        words += sentence.text.text.split()
    text = " ".join(words[:WORDS])
    firsts, lasts = [], []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        times = [time.perf_counter() - begun for _ in annotate(text, defaults(language), language)]
        firsts.append(times[0])
        lasts.append(times[-1])
    # the first round loads the models
    seconds = {"first": median(firsts[1:]), "all": median(lasts[1:])}
    return {"words": WORDS, "rounds": ROUNDS, "taggers": defaults(language), **seconds}


def _present(name: str, language: Language) -> bool:
    """Tell whether weights for `language` are here; a chat model is asked in any."""
    row = TAGGERS["llm" if name == ZERO else name]
    return row.present() and (language in row.languages or name.startswith("llm"))


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m eval.ner", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    names = (*corpora.SCORING, *SHIPPED)
    rows = tuple(dict.fromkeys(name for names in ROWS.values() for name in names))
    parser.add_argument("--corpora", type=_listed(names), default=names)
    parser.add_argument("--taggers", type=_listed(rows), default=rows)
    parser.add_argument("--no-memory", dest="memory", action="store_false")
    parser.add_argument("--no-pace", dest="pace", action="store_false")
    parser.add_argument("--no-natasha", dest="natasha", action="store_false")
    return parser.parse_args(argv)


def _listed(known: Sequence[str]) -> Any:
    def names(given: str) -> tuple[str, ...]:
        wanted = tuple(name for name in given.split(",") if name)
        unknown = [name for name in wanted if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {unknown}; known: {', '.join(known)}")
        return wanted

    return names


def _write(held: dict[str, Any], begun: float) -> None:
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - begun,
        data="parts of CoNLL-2003, WNUT-17, CrossNER, WikiNEuRal, factRuEval-2016, NEREL; data/names",
        size=sum(rows["texts"] for rows in held["corpora"].values()),
        libraries=("python-crfsuite", "spacy", "slovnet", "openvino", "openvino-genai"),
    )
    schemes = {name: dict(scheme) for name, scheme in SCHEMES.items()}
    load = {"load": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    provenance.write("ner", {**held, "schemes": schemes, "adapter": ADAPTER, **load}, origin)


if __name__ == "__main__":
    main()
