"""Write what the shipped weights reach beside them and into their cards.

`python -m eval.cards` takes the figures from `eval/results`; it measures nothing. The card of the
entailment model is written by `eval.entailment`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from samovar.character.grounding.verdicts import VERDICTS
from samovar.figures.results import RESULTS
from samovar.hub.card import card as adapter_card
from samovar.phrases import LANGUAGES
from samovar.settings import Settings
from training.entities.tagger_folder import card as tagger_card

Figures = dict[str, Any]
KINDS = {"crf": "A conditional random field", "spacy": "A spaCy pipeline"}
"""First words of the card of what is no adapter, by the beginning of its folder's name."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Say which result holds the figures of the weights in a folder, and how to take them from it."""

    result: str
    figures: Callable[[Mapping[str, Any]], Figures]


def names(result: Mapping[str, Any], tagger: str, languages: Sequence[str]) -> Figures:
    """Return the strict figures of one tagger by corpus of the `languages`."""
    figures = {}
    for name, corpus in result["corpora"].items():
        cell = corpus["taggers"].get(tagger)
        if cell and corpus["language"] in languages:
            strict = cell["rules"]["strict"]
            figures[name] = {
                "texts": cell["texts"],
                **{key: strict[key] for key in ("precision", "recall", "f1", "low", "high")},
            }
    return figures


def variants(result: Mapping[str, Any], row: str) -> Figures:
    """Return the figures of one maker of paraphrases, {} where it was not measured."""
    made = result["rows"].get(row)
    return {"commands": result["origin"]["size"], **made["figures"]} if made else {}


def errors(result: Mapping[str, Any], row: str) -> Figures:
    """Return by set of pairs what the validator gets wrong with the small verifier or with both."""
    return {
        name: {
            "pairs": rows[row]["pairs"],
            **{key: rows[row][key]["value"] for key in ("wrong_accepted", "right_refused")},
            **{key: rows[row][key] for key in ("accuracy", "average_precision")},
        }
        for name, rows in result["sets"].items()
    }


def ranking(result: Mapping[str, Any], row: str) -> Figures:
    """Return recall@1 and nDCG@10 of one ranking by set, with the questions they are of."""
    figures = {}
    for name, measured in result["sets"].items():
        if row in measured["rows"]:
            asked = measured.get("sampled", measured) if row == "rerank" else measured
            means = {key: measured["rows"][row][key]["value"] for key in ("recall_1", "ndcg_10")}
            figures[name] = {"questions": asked["queries"], **means}
    return figures


def held_out(result: Mapping[str, Any]) -> Figures:
    """Return the score on held-out instructions by task and language, with and without the adapter."""
    return {
        f"{row['task']} {row['language']}": {
            **{key: row[key] for key in ("size", "base", "adapter")},
            **{key: row["compared"]["difference"][key] for key in ("low", "high")},
        }
        for row in result["rows"]
    }


def verdicts(result: Mapping[str, Any], row: str) -> Figures:
    """Return by group of claims how often one judge is right, and of each verdict both kinds of errors."""
    return {
        group: {
            "claims": told["claims"],
            "right": told["right"]["value"],
            **{
                f"{verdict} {error}": told[verdict][error]["value"]
                for verdict in VERDICTS
                for error in ("missed", "wrongly")
            },
        }
        for group, told in result["judges"].get(row, {}).get("given", {}).items()
    }


def faults(result: Mapping[str, Any]) -> Figures:
    """Return by language how many faulty statements the checks find, and how many right ones they flag."""
    return {
        language: {
            "faulty": told["faults"],
            "found": told["found"]["value"],
            "right": told["right"],
            "flagged": told["flagged"]["value"],
        }
        for language, told in result.items()
        if language in LANGUAGES
    }


def decided(result: Mapping[str, Any], row: str) -> Figures:
    """Return by language what the checks find and flag with the judges of adverts that `row` names."""
    return {
        language: {
            "statements": result[language]["statements"],
            "asked": told["asked"],
            "area_under_curve": told["area_under_curve"],
            **{key: told[key]["value"] for key in ("right", "found", "flagged")},
        }
        for language in LANGUAGES
        if (told := result.get(language, {}).get("judges", {}).get(row))
    }


def foretold(result: Mapping[str, Any], row: str) -> Figures:
    """Return how well an adapter foretells held-out lines of a character, and what it changes."""
    rows = result["rows"]
    if row not in rows:
        return {}
    return {
        "talks": result["talks"],
        "replies": rows[row]["replies"],
        "perplexity": rows[row]["perplexity"]["value"],
        "perplexity of the prompted base": rows["base"]["perplexity"]["value"],
        "change": rows[row]["change"],
    }


WEIGHTS = {
    "taggers/crf-en": Reached("ner", partial(names, tagger="crf", languages=["en"])),
    "taggers/crf-ru": Reached("ner", partial(names, tagger="crf", languages=["ru"])),
    "taggers/spacy-en": Reached("ner", partial(names, tagger="spacy-own", languages=["en"])),
    "taggers/spacy-ru": Reached("ner", partial(names, tagger="spacy-own", languages=["ru"])),
    "adapters/ner-e5": Reached("ner", partial(names, tagger="e5", languages=LANGUAGES)),
    "adapters/ner-smollm2": Reached("ner", partial(names, tagger="llm-tuned", languages=LANGUAGES)),
    "adapters/paraphrase-smollm2": Reached("paraphrase-en", partial(variants, row="tool")),
    "adapters/paraphrase-gemma3": Reached("paraphrase-ru", partial(variants, row="tool")),
    "adapters/verifier-e5": Reached("validator", partial(errors, row="small")),
    "adapters/claims-e5": Reached("claims", partial(verdicts, row="claims-e5")),
    "adapters/adverts-e5": Reached("marketing-statements", faults),
    "adapters/adverts-qwen": Reached("marketing-judges", partial(decided, row="served")),
    "adapters/requests-qwen": Reached("validator", partial(errors, row="both")),
    "adapters/assistant-qwen": Reached("instructions-qwen2.5-coder-1.5b-instruct", held_out),
    "adapters/house-smollm2": Reached(
        "character-perplexity-house-smollm2-135m-instruct", partial(foretold, row="house-smollm2")
    ),
    "adapters/house-qwen": Reached(
        "character-perplexity-house-qwen2.5-coder-1.5b-instruct",
        partial(foretold, row="house-qwen"),
    ),
    "adapters/data-smollm2": Reached(
        "character-perplexity-data-smollm2-135m-instruct", partial(foretold, row="data-smollm2")
    ),
    "adapters/search-e5": Reached("search", partial(ranking, row="tuned")),
    "adapters/rerank-e5": Reached("search", partial(ranking, row="rerank")),
}
"""Folder in assets → where its figures stand."""


def write(assets: Path, results: Path = RESULTS) -> list[Path]:
    """Write results.json and the card of all that is there and measured; return the folders."""
    written = []
    for place, reached in WEIGHTS.items():
        folder, result = assets / place, results / f"{reached.result}.json"
        if not (folder / "run.json").is_file() or not result.is_file():
            continue
        figures = reached.figures(json.loads(result.read_text(encoding="utf-8")))
        if not figures:
            continue
        text = json.dumps(figures, indent=1) + "\n"
        (folder / "results.json").write_text(text, encoding="utf-8")
        kind = KINDS.get(folder.name.partition("-")[0])
        said = tagger_card(folder, kind) if kind else adapter_card(folder)
        (folder / "README.md").write_text(said, encoding="utf-8")
        written.append(folder)
    return written


def main() -> None:
    """Write all cards."""
    for folder in write(Settings.from_env().assets):
        print(folder.name)


if __name__ == "__main__":
    main()
