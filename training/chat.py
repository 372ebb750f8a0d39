"""Train an adapter of a chat model on pairs: LoRA, or prompt tuning to compare with it.

python -m training.chat training/configs/paraphrase-smollm2.yaml --data-dir DIR
accelerate launch --multi_gpu --num_processes 2 -m training.chat CONFIG --data-dir DIR

Without a GPU the second line starts two processes on the CPU; `--cpu` instead of `--multi_gpu` starts
only one, unless MPI does it.
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from samovar import catalog
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files.dequantised import dequantised
from samovar.settings import Settings
from training.corpora import sources
from training.frame import backbone, command, export
from training.frame.batches import Planned
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.chat import examples
from training.lessons.chat.conversations import (
    FORMATS,
    Lesson,
    batch,
    lessons,
    mean_loss,
    reply_loss,
    within,
)
from training.lessons.chat.examples import Pair


@dataclass(frozen=True, slots=True)
class PromptTuning:
    """Learn virtual tokens in front of the prompt, and nothing else (Lester et al. 2021)."""

    tokens: Annotated[int, Field(ge=1, le=512)] = 32
    """Lester et al. gain little beyond 20, and each one makes every prompt longer. They begin as the
    embeddings of the prompt's own words, repeated: random ones learn slower in small models."""


@dataclass(frozen=True, slots=True)
class ChatRecipe:
    """Describe one adapter of a chat model."""

    name: str
    """Of the adapter: its folder in assets/."""
    base: str
    """Id of a chat model of the catalog."""
    pairs: tuple[str, ...]
    """JSON Lines files in --data-dir, or in the repository's data."""
    format: Literal["paraphrase", "names", "plain", "character", "marketing"] = "paraphrase"
    """Prompt in which a source stands; serving uses the same function."""
    method: Literal["lora", "prompt-tuning"] = "lora"
    """LoRA ships; prompt tuning is the comparison with a few thousand weights."""
    longest: Annotated[int, Field(ge=8, le=8192)] = 192
    """Tokens of prompt and reply; longer pairs are left out: commands have some 80."""
    held_out: Annotated[int, Field(ge=1, le=100_000)] = 200
    """Pairs for the validation loss; their sources occur nowhere in training."""
    validation: str = ""
    """File of the pairs that are held out, where the data was split before; else they are taken from
    `pairs`."""
    most: Annotated[int, Field(ge=0, le=10**7)] = 0
    """Training pairs at most, chosen by hash; 0 takes all. It sets the hours on a CPU."""
    budget: Annotated[int, Field(ge=0, le=10**10)] = 0
    """Tokens to read in training, prompts and all epochs included; 0 sets no bound. 150,000 tokens of a
    1.5B model are three hours on two cores without bf16, at 14 tokens/s."""
    lora: Lora = field(default_factory=Lora)
    prompt: PromptTuning = field(default_factory=PromptTuning)
    training: Training = field(default_factory=Training)


def fit(chosen: ChatRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    listed = (*chosen.pairs, *filter(None, [chosen.validation]))
    files = {name: command.located(name, options, settings) for name in listed}
    with command.run_of(options, chosen, files) as run:
        seed = chosen.training.seed
        training, held = divided(chosen, files)
        base = catalog.model(chosen.base)
        folder = options.base or dequantised(base, settings)
        fitting, kept = (encoded(part, chosen, folder, base.context) for part in (training, held))
        read = within(fitting, chosen.budget // chosen.training.epochs, seed)
        too_long = len(training) - len(fitting)
        run.facts["pairs"] = {**counts(training, read, kept), "too_long": too_long}
        run.facts["sources"] = sources.attribution(pair.origin for pair in training)

        model = adapted(chosen, folder, run)
        run.facts["base_weights"] = backbone.kept_as(model)

        def validate(model: Any) -> dict[str, float]:
            size = chosen.training.batch
            return {"validation_loss": mean_loss(model, kept, size, run.device)}

        batches = Planned(read, lambda lesson: lesson.length, batch, chosen.training)
        train(model, batches, reply_loss, chosen.training, run, validate)

        if run.main:
            languages = sorted({pair.language for pair in training})
            own = {"base": chosen.base, "role": "chat", "format": chosen.format}
            export.adapter(run.folder / "adapter", model, {**own, "languages": languages})
    return run.folder


def divided(chosen: ChatRecipe, files: Mapping[str, Path]) -> tuple[list[Pair], list[Pair]]:
    """Return (training, held out) of the pairs in `files`.

    Raises:
        InputError: a line is no pair, or nothing would be left to train on.
    """
    seed = chosen.training.seed
    pairs = [pair for name in chosen.pairs for pair in examples.read(files[name])]
    if chosen.validation:
        held = examples.most(examples.read(files[chosen.validation]), chosen.held_out, seed)
    else:
        pairs, held = examples.split(pairs, chosen.held_out, seed)
    return examples.most(pairs, chosen.most, seed), held


def encoded(pairs: Sequence[Pair], chosen: ChatRecipe, folder: Path, context: int) -> list[Lesson]:
    """Return `pairs` as ids by the tokenizer in `folder`, those that are too long left out."""
    vocabulary = Vocabulary(folder)
    dialogue = vocabulary.dialogue(context)
    return lessons(pairs, FORMATS[chosen.format], vocabulary, dialogue, chosen.longest)


def counts(training: Sequence[Pair], read: Sequence[Lesson], kept: Sequence[Lesson]) -> Any:
    """Return how many pairs train and are held out, and of which origin those are that may train."""
    origins = Counter(pair.origin for pair in training)
    return {
        "training": len(read),
        "held_out": len(kept),
        "origins": dict(sorted(origins.items())),
    }


def adapted(chosen: ChatRecipe, folder: Path, run: Run) -> Any:
    """Return the base in `folder` under a new adapter, whose weights alone are trained."""
    from peft import LoraConfig, PromptTuningConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    base = backbone.load(AutoModelForCausalLM, folder, chosen.training, run.device)
    lora = chosen.lora
    configs: dict[str, Any] = {
        "lora": lambda: LoraConfig(
            task_type="CAUSAL_LM",
            r=lora.rank,
            lora_alpha=lora.alpha,
            lora_dropout=lora.dropout,
            target_modules=list(lora.layers),
        ),
        "prompt-tuning": lambda: PromptTuningConfig(
            task_type="CAUSAL_LM",
            num_virtual_tokens=chosen.prompt.tokens,
            prompt_tuning_init="TEXT",
            prompt_tuning_init_text=_words(chosen) or "Reply:",
            tokenizer_name_or_path=str(folder),
        ),
    }
    return get_peft_model(base, configs[chosen.method]())


def _words(chosen: ChatRecipe) -> str:
    """Return what the prompt says before the source."""
    return " ".join(turn.text for turn in FORMATS[chosen.format]("", "en"))


FOLDERS = {"lora": "adapters", "prompt-tuning": "prompts"}
"""Method → folder in assets/: the engines serve what lies in adapters."""


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.chat", __doc__).parse_args(argv)
    return command.trained(options, ChatRecipe, fit, place=lambda chosen: FOLDERS[chosen.method])


if __name__ == "__main__":
    raise SystemExit(main())
