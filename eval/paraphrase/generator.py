"""How many paraphrases of the shipped commands are accepted, and how many of them really reword.

`python -m eval.paraphrase [--language ru]` runs the commands of the basket through the tool and its
rivals and writes `eval/results/paraphrase-<language>.json`; rows that are not asked for stay, each with its
origin. The accepted variants of the tool itself stand there, too, so that a reader can judge the meaning: the
checks are the tool's own, and acceptance is not a measure of quality.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import mean, median
from typing import Any

from tqdm import tqdm

from eval.metrics.diversity import distinct, self_bleu
from eval.sets.commands import Command, development, shipped
from eval.systems.baselines import Lexical
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase import service
from samovar.paraphrase.answer import guessed
from samovar.paraphrase.core import SURPLUS, Paraphrases, paraphrase
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.generation.writers import SmallWriter, Writer
from samovar.phrases import Language

WANTED = 8
ENOUGH = 5
REJECTED = 12
"""Rejected variants of one command that --development prints."""
SEED = 0
TOOL = "tool"
Maker = Callable[[Shelf, Language], tuple[list[Writer], Larger | None]]
"""Gets models and language; returns who writes, and the larger model that verifies."""


def _lexical(models: Shelf, language: Language) -> tuple[list[Writer], Larger | None]:
    chat = models.speaker(language)
    groups = models.settings.data / "synonyms" / f"{language}.txt"
    writer = SmallWriter(Lexical(chat, groups, language), None, 1)
    return [writer], Larger.found(models)


def _base(models: Shelf, language: Language) -> tuple[list[Writer], Larger | None]:
    return service.writers(models, language, None, base=True), Larger.found(models)


def _small(models: Shelf, language: Language) -> tuple[list[Writer], Larger | None]:
    return service.writers(models, language, None), Larger.found(models)


def _light(models: Shelf, language: Language) -> tuple[list[Writer], Larger | None]:
    return service.writers(models, language, None), None


def _tool(models: Shelf, language: Language) -> tuple[list[Writer], Larger | None]:
    larger = Larger.found(models)
    return service.writers(models, language, larger), larger


ROWS: dict[str, Maker] = {
    "lexical": _lexical,
    "base": _base,
    "small": _small,
    "light": _light,
    TOOL: _tool,
}
"""The first three are verified like the tool; `light` is the tool on a machine without the larger model."""


def row_figures(answers: Sequence[Paraphrases], flips: Sequence[int]) -> dict[str, float]:
    """Return the figures of one row; those on sets of variants are means over commands that have one.

    `flips` are the accepted variants of each command whose guessed intent is another one.

    Raises:
        ValueError: there is no answer.
    """
    chosen = [[v.text for v in answer.accepted] for answer in answers]
    drafts = [variant for answer in answers for variant in answer.variants]
    taken = [variant for answer in answers for variant in answer.accepted]
    counts = [len(texts) for texts in chosen]
    several = [texts for texts in chosen if len(texts) > 1]
    seconds = [answer.cost.milliseconds / 1000 for answer in answers]
    return {
        "accepted_per_command": round(mean(counts), 2),
        "with_five_or_more": round(mean(count >= ENOUGH for count in counts), 4),
        "new_core": _share([variant.new_core for variant in taken]),
        "acceptance_rate": _share([_passed(answer) for answer in drafts]),
        "self_bleu": _mean([self_bleu(texts) for texts in several]),
        "distinct_2": _mean([distinct(texts) for texts in several]),
        "pinc": _mean([variant.pinc for variant in taken]),
        "intent_flips": round(sum(flips) / max(1, len(taken)), 4),
        "drawn_per_command": round(mean(answer.drawn for answer in answers), 1),
        "seconds_median": round(median(seconds), 2),
        "seconds_most": round(max(seconds), 2),
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Measure the rows asked for and write the result after each, so that a stop keeps what is done."""
    parser = argparse.ArgumentParser("python -m eval.paraphrase", description=__doc__)
    parser.add_argument("--language", choices=("en", "ru"), default="en")
    parser.add_argument("--rows", default=",".join(ROWS), help="of " + ", ".join(ROWS))
    parser.add_argument(
        "--most", type=int, default=0, help="commands at most, of all intents; 0 takes all"
    )
    parser.add_argument(
        "--development", action="store_true", help="try the development commands, write nothing"
    )
    given = parser.parse_args(argv)
    models, language = shelf(), given.language
    commands = (development if given.development else shipped)(models, language)
    commands = spread(commands, given.most)
    path = RESULTS / f"paraphrase-{language}.json"
    asked = given.rows.split(",")
    result = kept(path, asked)
    for name in asked:
        begun = time.perf_counter()
        answers = _answers(name, commands, models, language)
        row = _row(name, commands, answers, models)
        print(name, row["figures"], flush=True)
        if given.development:
            _tell(answers)
            continue
        origin = provenance.here(
            seed=SEED,
            wall_seconds=time.perf_counter() - begun,
            data=f"data/basket/commands-{language}.jsonl",
            size=len(commands),
            libraries=("openvino-genai", "xllamacpp", "spacy", "slovnet", "sacrebleu"),
        )
        rows = result["rows"] | {name: row | {"origin": asdict(origin)}}
        result |= {"rows": {key: rows[key] for key in ROWS if key in rows}}
        print(provenance.write(path.stem, result, origin))


def spread(commands: Sequence[Command], most: int) -> list[Command]:
    """Return `most` of the commands at even distances, because those of one intent stand together; 0: all."""
    if not most or most >= len(commands):
        return list(commands)
    return [commands[at * len(commands) // most] for at in range(most)]


def kept(path: Path, asked: Sequence[str]) -> dict[str, Any]:
    """Return what the result at `path` has beside the rows `asked` for: rows with their origins."""
    if not path.is_file():
        return {"wanted": WANTED, "rows": {}}
    before = json.loads(path.read_text(encoding="utf-8"))
    origin = before.pop("origin")
    rows = before.pop("rows")
    others = {
        name: {"origin": origin} | row
        for name, row in rows.items()
        if name not in asked and name in ROWS
    }
    return {"wanted": WANTED, "rows": others}


def _answers(
    name: str, commands: Sequence[Command], models: Shelf, language: Language
) -> list[Paraphrases]:
    writers, larger = ROWS[name](models, language)
    own = service.validator(models, language, larger)
    model = service.named(writers)

    def answer(text: str) -> Paraphrases:
        return paraphrase(text, WANTED, SEED, language, writers, own, model)

    answer("It is late." if language == "en" else "Уже поздно.")  # loads the models
    return [answer(one.text) for one in tqdm(commands, desc=name, unit="command")]


def _tell(answers: Sequence[Paraphrases]) -> None:
    """Print what was accepted, a sign before what rewords, and what speaks against some others."""
    for answer in answers:
        print(f"{len(answer.accepted)} {answer.original} ({answer.cost.milliseconds / 1000:.1f} s)")
        for variant in answer.accepted:
            print(f"    {'*' if variant.new_core else ' '} {variant.text}   {variant.score:.2f}")
        if len(answer.accepted) < ENOUGH:
            for variant in answer.variants[len(answer.accepted) :][:REJECTED]:
                told = (f"{r.check}: {r.value}" for r in variant.reasons)
                print(f"  - {variant.text}", *told, sep=" | ")


def _row(
    name: str, commands: Sequence[Command], answers: Sequence[Paraphrases], models: Shelf
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "figures": row_figures(answers, [_flips(answer, models) for answer in answers]),
        "accepted": {
            command.id: len(answer.accepted)
            for command, answer in zip(commands, answers, strict=True)
        },
    }
    if name == TOOL:
        row["texts"] = {
            answer.original: [variant.text for variant in answer.accepted] for answer in answers
        }
    return row


def _flips(answer: Paraphrases, models: Shelf) -> int:
    """Return how many accepted variants the shipped classifier takes for another intent."""
    guesses = guessed(answer, models)
    return sum(guesses.flips(at) for at in range(len(answer.accepted))) if guesses else 0


def _passed(variant: Any) -> bool:
    return all(reason.check == SURPLUS for reason in variant.reasons)


def _share(hits: Sequence[bool]) -> float:
    return round(mean(hits), 4) if hits else 0.0


def _mean(values: Sequence[float]) -> float:
    return round(mean(values), 4) if values else 0.0


if __name__ == "__main__":
    main()
