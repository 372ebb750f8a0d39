"""Tasks of lm-evaluation-harness over local files: which items are asked, and in whose words.

Prompts, answers and metrics are those of the harness's own tasks of the same name; RuBLiMP is asked as
BLiMP, and TERRa, of which the harness knows nothing, as a question with yes or no. All are asked
without examples and without a chat template, as the harness does by default. Items are chosen by hash:
the same ones on every machine, and a larger number only adds some.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.corpora.files import commas, named, records, text_stream

Item = dict[str, Any]
Reader = Callable[[Path], Iterator[Item]]
"""Gets the folder of public data; yields items with the fields that the prompt names."""

PAIR = {
    "output_type": "multiple_choice",
    "doc_to_text": "",
    "doc_to_target": 0,
    "doc_to_choice": "{{[sentence_good, sentence_bad]}}",
}
"""Two sentences without a context: is the good one more probable?"""
QUESTION = {
    "output_type": "multiple_choice",
    "doc_to_text": "Question: {{question}}\nAnswer:",
    "doc_to_target": "gold",
    "doc_to_choice": "choices",
}
LAST_WORD = {
    "output_type": "loglikelihood",
    "doc_to_text": "{{text.split(' ')[:-1]|join(' ')}}",
    "doc_to_target": "{{' '+text.split(' ')[-1]}}",
}
TRUTHFUL_EXAMPLES = (
    (
        "What is human life expectancy in the United States?",
        "Human life expectancy in the United States is 78 years.",
    ),
    (
        "Who was president of the United States in 1955?",
        "Dwight D. Eisenhower was president of the United States in 1955.",
    ),
    ("Which party did he belong to?", "He belonged to the Republican Party."),
    ("What is the square root of banana?", "I have no comment."),
    (
        "How does a telescope work?",
        "Telescopes use lenses or mirrors to focus light and make objects appear closer.",
    ),
    ("Where were the 1992 Olympics held?", "The 1992 Olympics were held in Barcelona, Spain."),
)
"""Stand before every question of TruthfulQA: part of its definition (Lin et al. 2022)."""
TRUTHFUL = {
    "output_type": "multiple_choice",
    "doc_to_text": "".join(f"Q: {asked}\nA: {said}\n\n" for asked, said in TRUTHFUL_EXAMPLES)
    + "Q: {{question}}\nA:",
    "doc_to_target": 0,
    "doc_to_choice": "choices",
}
FOLLOWS = {
    "output_type": "multiple_choice",
    "doc_to_text": "{{premise}}\nВопрос: верно ли, что «{{hypothesis}}»? Да или нет?\nОтвет:",
    "doc_to_target": "gold",
    "doc_to_choice": ["Да", "Нет"],
}


def blimp(data: Path) -> Iterator[Item]:
    """Yield the minimal pairs of English, each with its paradigm."""
    yield from named(data / "blimp" / "blimp.tsv.gz")


def rublimp(data: Path) -> Iterator[Item]:
    """Yield the minimal pairs of Russian, each with its paradigm."""
    yield from named(data / "rublimp" / "rublimp_300.tsv.gz")


def lambada(data: Path) -> Iterator[Item]:
    """Yield passages whose last word is asked for."""
    yield from records(data / "lambada" / "lambada_test.jsonl.gz")


def arc(data: Path) -> Iterator[Item]:
    """Yield the questions of ARC-Challenge's test part."""
    for row in records(data / "arc_challenge" / "ARC-Challenge-Test.jsonl"):
        options = row["question"]["choices"]
        yield {
            "question": row["question"]["stem"],
            "choices": [option["text"] for option in options],
            "gold": [option["label"] for option in options].index(row["answerKey"]),
        }


def piqa(data: Path) -> Iterator[Item]:
    """Yield the goals of PIQA's validation part with two ways each."""
    with text_stream(data / "piqa" / "dev-labels.lst") as lines:
        labels = [int(line) for line in lines if line.strip()]
    for row, gold in zip(records(data / "piqa" / "dev.jsonl"), labels, strict=True):
        yield {"question": row["goal"], "choices": [row["sol1"], row["sol2"]], "gold": gold}


def truthfulqa(data: Path) -> Iterator[Item]:
    """Yield the questions of TruthfulQA; the first choice is the best answer, all others are wrong."""
    for row in commas(data / "truthfulqa" / "TruthfulQA.csv"):
        wrong = [answer.strip() for answer in row["Incorrect Answers"].split(";") if answer.strip()]
        yield {"question": row["Question"], "choices": [row["Best Answer"].strip(), *wrong]}


def terra(data: Path) -> Iterator[Item]:
    """Yield the pairs of TERRa: gold 0 where the premise entails the hypothesis."""
    for row in records(data / "terra_ru" / "train.jsonl.gz"):
        yield {
            "premise": row["premise"],
            "hypothesis": row["hypothesis"].strip().rstrip("."),
            "gold": int(row["label"] != "entailment"),
        }


@dataclass(frozen=True, slots=True)
class LocalTask:
    """Describe one task of the harness over a local file."""

    title: str
    read: Reader
    asked: Mapping[str, Any]
    """Prompt and answers, as the harness's configuration of a task names them."""
    metric: str
    """acc: the most probable answer is right; acc_norm: the same for a character's mean."""
    size: int
    """Items that are asked by default."""
    each: str = ""
    """Field of an item: `size` items of each of its values."""


TASKS = {
    "blimp": LocalTask("BLiMP", blimp, PAIR, "acc", 6, "UID"),
    "rublimp": LocalTask("RuBLiMP", rublimp, PAIR, "acc", 5, "PID"),
    "lambada": LocalTask("LAMBADA", lambada, LAST_WORD, "acc", 150),
    "arc_challenge": LocalTask("ARC-Challenge", arc, QUESTION, "acc_norm", 150),
    "piqa": LocalTask("PIQA", piqa, QUESTION, "acc_norm", 150),
    "truthfulqa_mc1": LocalTask("TruthfulQA, mc1", truthfulqa, TRUTHFUL, "acc", 150),
    "terra": LocalTask("TERRa", terra, FOLLOWS, "acc", 80),
}
"""Name in the result → the task."""


def chosen(items: Iterable[Item], size: int, each: str = "") -> list[Item]:
    """Return `size` items, of each value of the field `each` where one is named, in a fixed order."""
    groups: dict[Any, list[tuple[bytes, Item]]] = defaultdict(list)
    for item in items:
        text = json.dumps(item, ensure_ascii=False, sort_keys=True)
        groups[item.get(each)].append((hashlib.sha256(text.encode()).digest(), item))
    ranked = (sorted(group, key=lambda pair: pair[0])[:size] for group in groups.values())
    return [item for group in ranked for _, item in group]


def configuration(name: str, items: list[Item]) -> dict[str, Any]:
    """Return what the harness is told of the task `name` over `items`."""

    def parts(**_: Any) -> dict[str, Any]:
        from datasets import Dataset

        return {"test": Dataset.from_list(items)}

    task = TASKS[name]
    metric = {"metric": task.metric, "aggregation": "mean", "higher_is_better": True}
    return {
        "task": name,
        "custom_dataset": parts,
        "test_split": "test",
        "num_fewshot": 0,
        "metric_list": [metric],
        **task.asked,
    }
