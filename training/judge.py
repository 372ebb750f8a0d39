"""Train a judge of pairs, and let it label those that nobody has: the entailment model learns from it.

python -m training.judge training/configs/judge-smollm2.yaml --data-dir ../shared/datasets --export

A chat model of six times the size of the encoder knows more words and what they exclude; it is too slow
to ship, so that only what it says of more pairs does (distillation: Hinton et al. 2015).
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import spacy
import torch
from tqdm import tqdm

from samovar import catalog
from samovar.models import spacy_tagger, weights
from samovar.models.dequantised import dequantised
from samovar.models.entailment import LABELS
from samovar.models.shelf import shelf
from samovar.models.vocabulary import Vocabulary
from samovar.settings import Settings
from training import batches, command, judgements, sources
from training.corpora import nli
from training.corpora.crossed import Texts, crossed, unlabelled
from training.corpora.edited import Edit, applied, captions, drawn
from training.corpora.pair import NliPair
from training.natural_inference import CLASSES, measured, mirrored, pair_loss, parts, targets
from training.recipe import Training
from training.run import Run
from training.schema import Range
from training.trainer import train

ANSWERS = (" Yes", " Maybe", " No")
"""Words whose rows of the chat model's own output begin the head, in the order of LABELS."""
TAGGER = "en-core-web-sm"
ENCODER = "all-minilm-l6-v2"
"""Its vectors of single words go by meaning more than those of e5, which go by spelling."""
JUDGED = 64
"""Pairs a batch without gradients."""


@dataclass(frozen=True, slots=True)
class JudgeRecipe:
    """Describe one judge."""

    name: str
    """Of its folder in assets/judged."""
    base: str = "smollm2-135m-instruct"
    """The chat model that ships: 106 million weights beside the words' own, against 21 of the encoder."""
    origins: tuple[str, ...] = ("snli_cad", "sick", "xnli_dev")
    """English sets with all three labels: what is judged afterwards are captions of the first."""
    smoothing: Annotated[float, Range(0, 0.5)] = 0.05
    """Share of a label spread over all three, as in the entailment model."""
    held_out: Annotated[int, Range(1, 50)] = 6
    """Per cent of the premises that only validate: the same ones as the entailment model keeps back."""
    training: Training = field(default_factory=Training)


class Judge(torch.nn.Module):
    """Return the logits of entailment, neutral and contradiction from the last token's state."""

    def __init__(self, body: torch.nn.Module, first: torch.Tensor) -> None:
        """Put a head on `body`, a decoder without its output; `first` [3, width] are its first weights."""
        super().__init__()
        self.body = body
        self.out = torch.nn.Linear(first.shape[1], first.shape[0])
        with torch.no_grad():
            self.out.weight.copy_(first)
            self.out.bias.zero_()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Read rows that are filled up on the left."""
        states = self.body(input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.out(states[:, -1])
        return logits


class PromptBatches:
    """Give batch i of all epochs: prompts of like length and their targets."""

    def __init__(self, rows: Sequence[list[int]], aims: torch.Tensor, training: Training) -> None:
        self._rows, self._aims = rows, aims
        lengths = [len(row) for row in rows]
        self._plan = batches.plan(lengths, training.batch, training.epochs, training.seed)

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self._plan)

    def __getitem__(self, index: int) -> dict[str, torch.Tensor]:
        """Return ids and mask [pairs, tokens] and the targets [pairs, 4]."""
        chosen = self._plan[index]
        return {**filled([self._rows[at] for at in chosen]), "targets": self._aims[chosen]}


def filled(rows: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
    """Return `rows` filled up on the left: the last token is the last column."""
    width = max(map(len, rows))
    ids = torch.tensor([[*[0] * (width - len(row)), *row] for row in rows])
    mask = torch.tensor([[*[0] * (width - len(row)), *[1] * len(row)] for row in rows])
    return {"input_ids": ids, "attention_mask": mask}


def prompt(texts: Texts) -> str:
    """Return what the judge reads."""
    return f'{texts[0]}\nDoes this mean "{texts[1]}"? Yes, maybe or no:'


def fit(chosen: JudgeRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says, label the crossed pairs and return the folder of the run.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    with command.opened(options, chosen, nli.files(options.data_dir)) as run:
        labelled = run.finished and (run.folder / judgements.FILE).is_file()
        every = nli.training_pairs(options.data_dir)
        learnt, held = (_suitable(some, chosen) for some in parts(every, chosen.held_out))
        learnt += mirrored(learnt)
        edits = drawn_edits(every, chosen)
        asked = judged_pairs(every, options.data_dir, chosen.held_out, edits)
        folder = options.base or dequantised(catalog.model(chosen.base), settings)
        vocabulary = Vocabulary(folder)

        def rows(some: Sequence[Texts]) -> list[list[int]]:
            return [vocabulary.encode(prompt(texts), special=False) for texts in some]

        read, kept = (rows([(p.premise, p.hypothesis) for p in some]) for some in (learnt, held))
        run.facts["pairs"] = _counts(learnt, held, asked)
        run.facts["sources"] = sources.attribution(pair.origin for pair in learnt)
        network = judging(folder, vocabulary, run)

        def validate(model: Any) -> dict[str, float]:
            known = torch.tensor([CLASSES[pair.label] for pair in held])
            return measured(logits(model, kept, run), known, [pair.origin for pair in held])

        def loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            found = model(batch["input_ids"], batch["attention_mask"])
            return pair_loss(found, batch["targets"], chosen.smoothing)

        plan = PromptBatches(read, targets([pair.label for pair in learnt]), chosen.training)
        train(network, plan, loss, chosen.training, run, validate)
        if run.main and not labelled:
            network.eval()
            shares = torch.softmax(logits(network, rows(asked), run, "labels"), dim=-1).numpy()
            judgements.write(run.folder / judgements.FILE, asked, shares, edits)
    return run.folder


def drawn_edits(every: Sequence[NliPair], chosen: JudgeRecipe) -> list[Edit]:
    """Return edits of the captions that train, by spaCy's tags and the vectors of all-MiniLM-L6-v2."""
    folder = spacy_tagger.folder(weights.find(catalog.model(TAGGER))[0])
    tagger = spacy.load(folder, exclude=["ner", "parser", "lemmatizer"])
    learnt = captions(parts(every, chosen.held_out)[0])
    return drawn(learnt, tagger, shelf().encoder(ENCODER), chosen.training.seed)


def judged_pairs(
    every: Sequence[NliPair], data_dir: Path, percent: int, edits: Sequence[Edit]
) -> list[Texts]:
    """Return the pairs that a judge labels, without a sentence that validation or evaluation reads."""
    learnt, held = parts(every, percent)
    judged = [pair for pairs in nli.evaluation_sets(data_dir).values() for pair in pairs]
    barred = {text.lower() for pair in (*judged, *held) for text in (pair.premise, pair.hypothesis)}
    return unlabelled([*crossed(every), *applied(captions(learnt), edits)], every, barred)


def judging(folder: Path, vocabulary: Vocabulary, run: Run) -> Judge:
    """Return the base in `folder` with a head; all but the words' own vectors is trained.

    Nothing of it ships, so that it need not be small: LoRA of rank 64 was behind after as many steps.
    """
    from transformers import AutoModelForCausalLM

    kind: Any = AutoModelForCausalLM
    base = kind.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    base.model.embed_tokens.requires_grad_(False)
    own = [vocabulary.encode(word, special=False)[0] for word in ANSWERS]
    return Judge(base.model, base.lm_head.weight[own].detach()).to(run.device)


@torch.no_grad()
def logits(network: Judge, rows: Sequence[list[int]], run: Run, shown: str = "") -> torch.Tensor:
    """Return the logits of `rows` in their order, float32 [pairs, 3], under a bar that says `shown`."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    found = torch.zeros(len(rows), len(LABELS))
    for start in tqdm(range(0, len(order), JUDGED), shown, disable=not shown, mininterval=30):
        places = order[start : start + JUDGED]
        batch = filled([rows[at] for at in places])
        inputs = {name: tensor.to(run.device) for name, tensor in batch.items()}
        with torch.autocast(run.device.type, torch.bfloat16):
            found[places] = network(**inputs).float().cpu()
    return found


def _suitable(pairs: Sequence[NliPair], chosen: JudgeRecipe) -> list[NliPair]:
    return [
        pair
        for pair in pairs
        if pair.origin in chosen.origins
        and pair.language == "en"
        and CLASSES[pair.label] < len(LABELS)
    ]


def _counts(
    learnt: Sequence[NliPair], held: Sequence[NliPair], asked: Sequence[Texts]
) -> dict[str, Any]:
    origins = Counter(pair.origin for pair in learnt)
    return {
        "training": len(learnt),
        "validation": len(held),
        "judged": len(asked),
        "origins": dict(sorted(origins.items())),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Train, label, export when asked, and return the exit code."""
    options = command.arguments("training.judge", __doc__).parse_args(argv)
    return command.trained(
        options, JudgeRecipe, fit, judgements.publish, lambda chosen: judgements.FOLDER
    )


if __name__ == "__main__":
    raise SystemExit(main())
