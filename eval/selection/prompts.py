"""Which way of asking a chat model for names works best? With and without examples, JSON or marks.

`python -m eval.selection.prompts --data-dir ../shared/datasets` asks the untuned model of the profile for the
names in texts of CoNLL's *training* part, in every form of samovar/ner/tagging/forms.py, and writes
eval/results/prompts.json. The form of the page was chosen here, not on texts that score.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.sets.annotated_texts import sample
from samovar.figures import provenance
from samovar.models.shelf import shelf
from samovar.ner.score import score
from samovar.ner.tagging.forms import FORMS
from samovar.ner.tagging.labels import NAMES
from samovar.ner.tagging.llm import LlmTagger
from samovar.records import to_json
from training.entities import corpora

ASKED = 100
CORPUS = corpora.TRAINING["conll"]


def main(argv: Sequence[str] | None = None) -> None:
    """Ask in every form and write the result."""
    parser = argparse.ArgumentParser("python -m eval.selection.prompts", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=ASKED)
    options = parser.parse_args(argv)
    begun = time.perf_counter()
    texts = sample(corpora.texts(CORPUS, options.data_dir), options.texts)
    forms: dict[str, Any] = {}
    for name, form in FORMS.items():
        model = LlmTagger(shelf().chat(), form=form)
        markups = model.tag([annotated.text for annotated in texts], "en")
        forms[name] = to_json(score("llm", texts, markups, NAMES))
        print(name, forms[name]["rules"]["strict"], flush=True)
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - begun,
        data=CORPUS.title,
        size=len(texts),
        libraries=("openvino-genai",),
    )
    measured = {"corpus": CORPUS.title, "texts": len(texts), "forms": forms}
    print(provenance.write("prompts", measured, origin))


if __name__ == "__main__":
    main()
