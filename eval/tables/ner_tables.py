"""The tables of named entities in README and report, drawn from eval/results/ner.json and prompts.json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eval.tables import ner_runs

TAGGERS = {
    "crf": "CRF, trained here",
    "spacy-own": "spaCy pipeline, trained here",
    "spacy": "spaCy en_core_web_sm",
    "natasha": "Natasha",
    "e5": "e5-small + LoRA, trained here",
    "llm-tuned": "SmolLM2-135M + LoRA, schema",
    "llm": "SmolLM2-135M, few-shot, schema",
    "llm-zero": "SmolLM2-135M, zero-shot, schema",
}
MAIN = {"en": "conll", "ru": "factrueval"}
"""Corpus whose times and intervals are shown."""
Origin = Callable[[dict[str, Any]], str]


def table(result: dict[str, Any], language: str, origin: Origin) -> list[str]:
    """Return strict F1 by tagger and corpus, with the cost of each tagger."""
    corpora = {n: c for n, c in result["corpora"].items() if c["language"] == language}
    first = MAIN[language]
    if first not in corpora:
        return ["Not measured yet."]
    heads = [f"{one['title']} ({one['texts']:,})" for one in corpora.values()]
    lines = [
        f"| strict F1 | {' | '.join(heads)} | ms a text | MB on disk | MB in memory |",
        "|---|" + "---:|" * (len(corpora) + 3),
    ]
    for name, title in TAGGERS.items():
        cells = {key: one["taggers"].get(name) for key, one in corpora.items()}
        if not any(cells.values()):
            continue
        figures = [_figure(cell, key == first) for key, cell in cells.items()]
        memory = result["memory"].get(language, {}).get(name)
        lines.append(
            f"| {title} | {' | '.join(figures)} | {_costs(cells[first])} "
            f"| {'' if memory is None else f'{memory:.0f}'} |"
        )
    asked = _asked(result, corpora, language)
    said = f"In brackets the texts of a corpus and the 95 % interval.{asked} The runs of each row:"
    return [*lines, "", said, "", *ner_runs.runs(result, language, TAGGERS, origin)]


def _asked(result: dict[str, Any], corpora: dict[str, Any], language: str) -> str:
    """Return what must be known of the times and of the chat model's rows."""
    counts = {
        cell["texts"]
        for corpus in corpora.values()
        for name, cell in corpus["taggers"].items()
        if name.startswith("llm")
    }
    asked = f" The chat model is asked at most {max(counts)} texts of each." if counts else ""
    pace = result.get("pace", {}).get(language)
    if pace:
        asked += (
            f" On a text of {pace['words']} words the first of the page's {len(pace['taggers'])} taggers "
            f"answers after {pace['first'] * 1000:.0f} ms, the last one after {pace['all']:.1f} s."
        )
    if result.get("load", 0) > result.get("cores", 1) + 1:
        asked += (
            f" Other work used the machine (load {result['load']} on {result['cores']} cores): the "
            "times are far too long."
        )
    return asked


def rules(result: dict[str, Any]) -> list[str]:
    """Return the four rules, the labels, and what language models get wrong, on the main corpora."""
    lines = [
        "| corpus | tagger | texts | strict | borders | partial | type | PER | LOC | ORG | MISC "
        "| invented names | unreadable replies |",
        "|---|---|" + "---:|" * 11,
    ]
    for name in (*MAIN.values(), "shipped-en", "shipped-ru"):
        corpus = result["corpora"].get(name, {"taggers": {}})
        for tagger, title in TAGGERS.items():
            cell = corpus["taggers"].get(tagger)
            if cell:
                lines.append(f"| {corpus['title']} | {title} | {_row(cell)} |")
    return lines


def natasha(result: dict[str, Any]) -> list[str]:
    """Return Natasha's own figures beside those published."""
    figures = result["natasha"]
    lines = ["| Natasha, F1 of words | documents | PER | LOC | ORG |", "|---|---:|---:|---:|---:|"]
    published = figures["published"]
    cells = " | ".join(f"{published[label]:.3f}" for label in ("PER", "LOC", "ORG"))
    lines.append(f"| published (whole corpus) | 254 | {cells} |")
    titles = {"both": "here, devset + testset_a", "devset": "devset", "testset_a": "testset_a"}
    for name, title in titles.items():
        part = figures["parts"][name]
        values = (
            f"{part[label][0]:.3f} ({part[label][1]:.3f} to {part[label][2]:.3f})"
            for label in ("PER", "LOC", "ORG")
        )
        lines.append(f"| {title} | {part['texts']} | {' | '.join(values)} |")
    return lines


def schemes(result: dict[str, Any]) -> list[str]:
    """Return the labels of each corpus that become a label of the page."""
    lines = ["| corpus | PER | LOC | ORG | MISC |", "|---|---|---|---|---|"]
    for name, scheme in result["schemes"].items():
        own = (
            ", ".join(one for one, label in scheme.items() if label == wanted)
            for wanted in ("PER", "LOC", "ORG", "MISC")
        )
        lines.append(f"| {name} | {' | '.join(own)} |")
    return lines


def prompts(result: dict[str, Any], origin: Origin) -> list[str]:
    """Return the comparison of prompts."""
    lines = [
        "| form | examples | strict F1 (95 %) | precision | recall | invented names | unreadable replies "
        "| ms a text |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, row in result["forms"].items():
        strict = row["rules"]["strict"]
        form, _, zero = name.partition("-")
        lines.append(
            f"| {form} | {'no' if zero else 'yes'} "
            f"| {strict['f1']:.3f} ({strict['low']:.3f} to {strict['high']:.3f}) "
            f"| {strict['precision']:.3f} | {strict['recall']:.3f} | {row['invented']:.0%} "
            f"| {row['unparsed']:.0%} | {row['milliseconds']:.0f} |"
        )
    return [
        *lines,
        "",
        f"{result['texts']} texts of {result['corpus']}. {origin(result['origin'])}",
    ]


def distillation(result: dict[str, Any], origin: Origin) -> list[str]:
    """Return F1 against the number of labelled texts, with and without the teacher's labels."""
    lines = [
        "| labelled sentences | student trained on these alone | student, distilled | its training texts |",
        "|---:|---:|---:|---:|",
    ]
    for point in result["points"]:
        alone, both = (_interval(point[name]) for name in ("alone", "distilled"))
        texts = point["distilled"]["texts_learnt"]
        lines.append(f"| {point['labelled']:,} | {alone} | {both} | {texts:,} |")
    race = result["side_by_side"]
    said = (
        f"Teacher: {result['teacher_title']}, {_interval(result['teacher'])}. Side by side, median of a "
        f"text: teacher {race['teacher_ms']:.2f} ms, student {race['student_ms']:.2f} ms, "
        f"{race['times']:.1f} times as fast."
    )
    return [*lines, "", f"{said} {origin(result['origin'])}"]


def _interval(strict: dict[str, Any]) -> str:
    return f"{strict['f1']:.3f} ({strict['low']:.3f} to {strict['high']:.3f})"


def _figure(cell: dict[str, Any] | None, whole: bool) -> str:
    if cell is None:
        return ""
    strict = cell["rules"]["strict"]
    if not whole:
        return f"{strict['f1']:.3f}"
    return f"**{strict['f1']:.3f}** ({strict['low']:.3f} to {strict['high']:.3f})"


def _costs(cell: dict[str, Any] | None) -> str:
    return f"{cell['milliseconds']:.1f} | {cell['disk_mb']:.0f}" if cell else " | "


def _row(cell: dict[str, Any]) -> str:
    rules = " | ".join(f"{rule['f1']:.3f}" for rule in cell["rules"].values())
    labels = " | ".join(
        f"{cell['labels'][name]['f1']:.3f}" if name in cell["labels"] else ""
        for name in ("PER", "LOC", "ORG", "MISC")
    )
    return f"{cell['texts']} | {rules} | {labels} | {cell['invented']:.1%} | {cell['unparsed']:.1%}"
