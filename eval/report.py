"""Write the tables of `eval/results/*.json` between the markers of the documents.

    <!-- table: speed -->
    (replaced)
    <!-- /table -->

`make report` writes README and all of docs/; `python -m eval.report --check` only tells whether a table
is out of date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.character import (
    conversations_table,
    curves,
    material,
    training_tables,
    transcripts_table,
)
from eval.character import table as character_table
from eval.marketing import table as marketing_table
from eval.selection import character_facts, claims_table, sampling_table
from eval.service.table import service
from eval.tables import (
    backbones_table,
    basket_table,
    chat_engines_table,
    harness_table,
    instructions_table,
    ner_tables,
    paraphrase_tables,
    speed_table,
    tools_table,
    validator_tables,
)
from eval.tables.origin import origin
from eval.tables.search import exact, quality, rerank, speed
from eval.vocabulary import table as vocabulary_table
from samovar.figures.results import RESULTS
from samovar.settings import ROOT

DOCUMENTS = ("README*.md", "docs/*.md")
MARKED = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- /table -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """Hold what draws one table, and the names of the results that it is given."""

    draw: Callable[..., list[str]]
    results: tuple[str, ...]

    def lines(self, results: Path) -> list[str]:
        """Return the lines of the table; none where a result is missing."""
        paths = [results / f"{name}.json" for name in self.results]
        if not all(path.is_file() for path in paths):
            return []
        return self.draw(*(json.loads(path.read_text(encoding="utf-8")) for path in paths))


def _and_origin(draw: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Return what draws a table with the origin of its numbers below, a paragraph a result."""
    return lambda *results: [
        *draw(*results),
        *"\n\n".join(origin(one["origin"]) for one in results).split("\n"),
    ]


def _ner(draw: Callable[..., list[str]], *arguments: str) -> Callable[..., list[str]]:
    return lambda result: draw(result, *arguments, origin)


SMALL, LARGER = "smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"
TALKS = "character-conversations"
CHARACTER = {
    "character-material": Table(material.material, ("character-material",)),
    "transcripts": Table(
        _and_origin(transcripts_table.transcripts), ("transcripts-house", "transcripts-data")
    ),
    "character-perplexity": Table(
        _and_origin(training_tables.perplexity), (f"character-perplexity-house-{SMALL}",)
    ),
    "character-perplexity-larger": Table(
        _and_origin(training_tables.perplexity), (f"character-perplexity-house-{LARGER}",)
    ),
    "character-perplexity-data": Table(
        _and_origin(training_tables.perplexity), (f"character-perplexity-data-{SMALL}",)
    ),
    "character-curves": Table(_and_origin(curves.table), ("character-curves",)),
    "speakers-house": Table(_and_origin(training_tables.speakers), ("speakers-house",)),
    "speakers-data": Table(_and_origin(training_tables.speakers), ("speakers-data",)),
    "character-facts": Table(_and_origin(character_facts.table), ("character-facts-test",)),
    "character-sampling": Table(_and_origin(sampling_table.sampling), ("character-sampling",)),
    "character-steps": Table(_and_origin(character_table.steps), (f"character-{SMALL}",)),
    "character-steps-larger": Table(_and_origin(character_table.steps), (f"character-{LARGER}",)),
    "character-replies": Table(character_table.replies, (f"character-{SMALL}",)),
    "character-replies-larger": Table(character_table.replies, (f"character-{LARGER}",)),
    TALKS: Table(_and_origin(conversations_table.share), (TALKS,)),
    **{
        f"{TALKS}-{language}": Table(draw, (TALKS,))
        for language, draw in conversations_table.LISTS.items()
    },
}
VOCABULARY = "tokenizer-kubernetes"
TABLES = {
    "tools": Table(tools_table.tools("en"), tools_table.RESULTS),
    "tools-ru": Table(tools_table.tools("ru"), tools_table.RESULTS),
    "speed": Table(speed_table.speed, ("speed",)),
    "memory": Table(speed_table.memory, ("memory",)),
    "service": Table(_and_origin(service), ("service",)),
    "chat-pace": Table(_and_origin(chat_engines_table.pace), ("chat-pace",)),
    "chat-weights": Table(_and_origin(chat_engines_table.weights), ("chat-weights",)),
    "paraphrase-en": Table(paraphrase_tables.paraphrase, ("paraphrase-en",)),
    "paraphrase-ru": Table(paraphrase_tables.paraphrase, ("paraphrase-ru",)),
    "human-evaluation-en": Table(paraphrase_tables.human_evaluation, ("human-evaluation-en",)),
    "human-evaluation-ru": Table(paraphrase_tables.human_evaluation, ("human-evaluation-ru",)),
    "basket": Table(_and_origin(basket_table.basket), ("basket-qwen2.5-coder-1.5b-instruct",)),
    "instructions": Table(
        _and_origin(instructions_table.instructions), ("instructions-qwen2.5-coder-1.5b-instruct",)
    ),
    "backbones": Table(_and_origin(backbones_table.backbones), ("backbones",)),
    "harness": Table(_and_origin(harness_table.harness), ("harness-qwen2.5-coder-1.5b-instruct",)),
    "entailment": Table(validator_tables.entailment, ("entailment",)),
    "validator": Table(validator_tables.validator, ("validator",)),
    "validator-kinds": Table(validator_tables.validator_kinds, ("validator",)),
    "intents": Table(validator_tables.intents, ("intents",)),
    "claims": Table(_and_origin(claims_table.claims), ("claims",)),
    **CHARACTER,
    "marketing-en": Table(_and_origin(marketing_table.texts), ("marketing-en",)),
    "marketing-ru": Table(_and_origin(marketing_table.texts), ("marketing-ru",)),
    "marketing-checks": Table(_and_origin(marketing_table.checks), ("marketing-checks",)),
    "marketing-experiments": Table(
        _and_origin(marketing_table.experiments), ("marketing-experiments",)
    ),
    "search": Table(_and_origin(quality.search), ("search",)),
    "search-short": Table(_and_origin(quality.short), ("search",)),
    "search-exact": Table(_and_origin(exact.search_exact), ("search-exact",)),
    "no-match": Table(_and_origin(exact.no_match), ("no-match",)),
    "search-speed": Table(_and_origin(speed.search_speed), ("search-speed",)),
    "vector-speed": Table(_and_origin(speed.vector_speed), ("vector-speed",)),
    "rerank-weight": Table(_and_origin(rerank.rerank_weight), ("rerank-weight",)),
    "tokenizer-material": Table(vocabulary_table.material, (VOCABULARY,)),
    "tokenizer-costs": Table(vocabulary_table.costs, (VOCABULARY,)),
    "tokenizer-picture": Table(vocabulary_table.picture(VOCABULARY), (VOCABULARY,)),
    "tokenizer-stages": Table(_and_origin(vocabulary_table.stages), (VOCABULARY,)),
    "tokenizer-starts": Table(vocabulary_table.compared, (VOCABULARY,)),
    "tokenizer-samples": Table(vocabulary_table.samples, (VOCABULARY,)),
    "ner-en": Table(_ner(ner_tables.table, "en"), ("ner",)),
    "ner-ru": Table(_ner(ner_tables.table, "ru"), ("ner",)),
    "ner-rules": Table(ner_tables.rules, ("ner",)),
    "ner-natasha": Table(ner_tables.natasha, ("ner",)),
    "ner-schemes": Table(ner_tables.schemes, ("ner",)),
    "distillation": Table(_ner(ner_tables.distillation), ("distillation",)),
    "prompts": Table(_ner(ner_tables.prompts), ("prompts",)),
}


def documents() -> list[Path]:
    """Return the files whose tables are written."""
    return sorted(path for pattern in DOCUMENTS for path in ROOT.glob(pattern))


def filled(text: str, results: Path = RESULTS) -> str:
    """Return `text` with every marked table drawn again; one without a result is left alone.

    Raises:
        KeyError: a marker names a table that nothing draws.
    """

    def drawn(match: re.Match[str]) -> str:
        lines = TABLES[match[2]].lines(results)
        return match[1] + "\n".join(lines) + "\n" + match[3] if lines else match[0]

    return MARKED.sub(drawn, text)


def main(argv: Sequence[str] | None = None) -> int:
    """Write or check every document and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.report", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when outdated")
    check = parser.parse_args(argv).check
    outdated = 0
    for path in documents():
        text = path.read_text(encoding="utf-8")
        new = filled(text)
        if new == text:
            continue
        outdated += 1
        print(f"{path.relative_to(ROOT)}: {'outdated' if check else 'written'}", file=sys.stderr)
        if not check:
            path.write_text(new, encoding="utf-8")
    return 1 if check and outdated else 0


if __name__ == "__main__":
    raise SystemExit(main())
