"""How many paraphrases of the shipped commands pass every check, by the adapter and by its rivals.

`python -m eval.paraphrase [--language ru]` runs each of these commands through the tool and writes
`eval/results/paraphrase-<language>.json`; rows that are not asked for stay, each with its origin. The
accepted variants of the tool itself stand there, too, so that an annotator can assess the meaning: the checks
are the tool's own, and acceptance is not a measure of quality.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Any

from tqdm import tqdm

from eval.metrics.diversity import distinct, self_bleu
from eval.sets.commands import Command, development, shipped
from eval.systems.baselines import Greedy, Lexical, Unadapted
from samovar import catalog
from samovar.figures import provenance, statistics
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.core import SURPLUS, Paraphrases, paraphrase
from samovar.paraphrase.prompt import ADAPTERS
from samovar.paraphrase.service import validation_models
from samovar.paraphrase.thresholds import LIMITS
from samovar.phrases import Language
from samovar.records import Variant

WANTED = 8
ENOUGH = 5
REJECTED = 12
"""Rejected variants of one command that --development prints."""
SEED = 0
TOOL, ADAPTED, RIVAL = "tool", "lora", "sampled"
"""What the page runs: the adapter, and the base model where that falls short; and the two rows that are
compared by a paired test: the adapter alone and the base model on its prompts."""
PROMPTED = "prompt_tuned"
Maker = Callable[[Shelf, Language], tuple[ChatModel, str | None]]
"""Gets models and language; returns a chat model and the adapter that it is asked for."""


def _base(models: Shelf, language: Language) -> ChatModel:
    return models.speaker(language)


def _adapter(chat: ChatModel) -> str:
    return ADAPTERS[chat.name]


def _lexical(models: Shelf, language: Language) -> tuple[ChatModel, str | None]:
    chat = _base(models, language)
    groups = models.settings.data / "synonyms" / f"{language}.txt"
    return Lexical(chat, groups, language), _adapter(chat)


def _rival(
    kind: Callable[[ChatModel], ChatModel], models: Shelf, language: Language
) -> tuple[ChatModel, str | None]:
    chat = _base(models, language)
    return kind(chat), _adapter(chat)


def _few_shot(models: Shelf, language: Language) -> tuple[ChatModel, str | None]:
    return _base(models, language), None


def _prompted(models: Shelf, language: Language) -> tuple[ChatModel, str | None]:
    from training.lessons.chat.prompted import PromptedChat

    chat = _base(models, language)
    model = PromptedChat(catalog.model(chat.name), models.settings, _prompts(models, chat))
    return model, _adapter(chat)


def _prompts(models: Shelf, chat: ChatModel) -> Path:
    return models.settings.assets / "prompts" / f"{_adapter(chat)}-prompt"


def _lora(models: Shelf, language: Language) -> tuple[ChatModel, str | None]:
    chat = _base(models, language)
    return chat, _adapter(chat)


ROWS: dict[str, Maker] = {
    "lexical": _lexical,
    "greedy": partial(_rival, Greedy),
    RIVAL: partial(_rival, Unadapted),
    "few_shot": _few_shot,
    ADAPTED: _lora,
    TOOL: _lora,
    PROMPTED: _prompted,
}
"""The slowest last."""


def row_figures(answers: Sequence[Paraphrases]) -> dict[str, float]:
    """Return the figures of one row; those on sets of variants are means over commands that have one.

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
        "acceptance_rate": _share([_passed(variant) for variant in drafts]),
        "self_bleu": _mean([self_bleu(texts) for texts in several]),
        "distinct_2": _mean([distinct(texts) for texts in several]),
        "pinc": _mean([variant.pinc for variant in taken]),
        "similarity": _mean([variant.similarity for variant in taken]),
        "two_way_entailment": _share([_entailed(variant) for variant in drafts]),
        "slots_kept": _share([_kept(variant) for variant in drafts]),
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
        "--development", action="store_true", help="try the development commands, write nothing"
    )
    given = parser.parse_args(argv)
    models, language = shelf(), given.language
    commands = (development if given.development else shipped)(models, language)
    begun = time.perf_counter()
    answers: dict[str, list[Paraphrases]] = {}
    asked = given.rows.split(",")
    path = RESULTS / f"paraphrase-{language}.json"
    result = kept(path, asked)
    for name in asked:
        if name == PROMPTED and not _prompts(models, _base(models, language)).is_dir():
            print(f"{name}: left out, no such weights here")
            continue
        answers[name] = _answers(name, commands, models, language)
        row = _row(name, commands, answers[name])
        print(name, row["figures"], flush=True)
        if given.development:
            _tell(answers[name])
            continue
        origin = provenance.here(
            seed=SEED,
            wall_seconds=time.perf_counter() - begun,
            data=f"data/basket/commands-{language}.jsonl",
            size=len(commands),
            libraries=("openvino-genai", "spacy", "text2num", "sacrebleu"),
        )
        rows = result["rows"] | {name: row | {"origin": asdict(origin)}}
        result |= {"rows": {key: rows[key] for key in ROWS if key in rows}, **compared(answers)}
        print(provenance.write(path.stem, result, origin))


def kept(path: Path, asked: Sequence[str]) -> dict[str, Any]:
    """Return what the result at `path` has beside the rows `asked` for: rows with their origins.

    The comparison of two rows stays when neither is asked for.
    """
    if not path.is_file():
        return {"wanted": WANTED, "rows": {}}
    before = json.loads(path.read_text(encoding="utf-8"))
    origin = before.pop("origin")
    rows = before.pop("rows")
    others = {name: {"origin": origin} | row for name, row in rows.items() if name not in asked}
    stays = before if not {ADAPTED, RIVAL} & {*asked} else {}
    return stays | {"wanted": WANTED, "rows": others}


def _answers(
    name: str, commands: Sequence[Command], models: Shelf, language: Language
) -> list[Paraphrases]:
    chat, adapter = ROWS[name](models, language)
    own = validation_models(models, language)

    def answer(text: str) -> Paraphrases:
        return paraphrase(text, WANTED, SEED, language, chat, own, None, adapter, name == TOOL)

    answer("It is late." if language == "en" else "Уже поздно.")  # loads the models
    return [answer(one.text) for one in tqdm(commands, desc=name, unit="command")]


def _tell(answers: Sequence[Paraphrases]) -> None:
    """Print what was accepted, and of commands with few variants what speaks against the others."""
    for answer in answers:
        print(
            f"{len(answer.accepted)} {answer.original}",
            *(v.text for v in answer.accepted),
            sep="\n    ",
        )
        if len(answer.accepted) < ENOUGH:
            for variant in answer.variants[len(answer.accepted) :][:REJECTED]:
                print(
                    f"  - {variant.text}",
                    *(f"{r.check}: {r.value}" for r in variant.reasons),
                    sep=" | ",
                )


def _row(name: str, commands: Sequence[Command], answers: Sequence[Paraphrases]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "figures": row_figures(answers),
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


def compared(answers: Mapping[str, Sequence[Paraphrases]]) -> dict[str, Any]:
    """Return how many times as many variants the adapter gets accepted, the test of it, and both diversities.

    More variants of one command are more alike, so that diversity is compared at equal numbers: of
    each command for which both have two or more, the first ones of the longer list.
    """
    if not {ADAPTED, RIVAL} <= answers.keys():
        return {}
    texts = [
        [[v.text for v in answer.accepted] for answer in answers[name]] for name in (ADAPTED, RIVAL)
    ]
    tuned, sampled = ([len(listed) for listed in row] for row in texts)
    test = statistics.compare(tuned, sampled, SEED)
    sizes = [min(pair) for pair in zip(tuned, sampled, strict=True)]
    equal = [
        [listed[:size] for listed, size in zip(row, sizes, strict=True) if size > 1]
        for row in texts
    ]
    return {
        "times": round(mean(tuned) / max(mean(sampled), 1e-9), 2),
        "difference": [round(test.difference.low, 2), round(test.difference.high, 2)],
        "p": round(test.p, 4),
        "equal_numbers": {
            "commands": len(equal[0]),
            "self_bleu": [_mean([self_bleu(listed) for listed in row]) for row in equal],
            "distinct_2": [_mean([distinct(listed) for listed in row]) for row in equal],
        },
    }


def _passed(variant: Variant) -> bool:
    return all(reason.check == SURPLUS for reason in variant.reasons)


def _entailed(variant: Variant) -> bool:
    both = (variant.forward, variant.backward)
    return all(one is not None and one.entailment >= LIMITS.entailment for one in both)


def _kept(variant: Variant) -> bool:
    return not any(reason.check == "names and slots" for reason in variant.reasons)


def _share(hits: Sequence[bool]) -> float:
    return round(mean(hits), 4) if hits else 0.0


def _mean(values: Sequence[float]) -> float:
    return round(mean(values), 4) if values else 0.0


if __name__ == "__main__":
    main()
