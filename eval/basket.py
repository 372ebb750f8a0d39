"""What an adapter changes: a basket of everyday prompts, answered by its base with and without it.

`python -m eval.basket [--model ID --adapter NAME]` asks every prompt of data/prompts/basket.jsonl
twice, greedily and by the engine that serves, and writes eval/results/basket-<model>.json: every
reply, and by task and language the share of passed checks, chrF and F1 with paired intervals. The
Models page shows the replies side by side.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from eval.metrics import replies, sides
from eval.sets.basket import FILE, Prompt, Task, basket
from eval.tables import basket_table
from samovar import catalog
from samovar.errors import SamovarError
from samovar.figures import provenance
from samovar.figures.basket import PREFIX, Basket, Case, Reply
from samovar.figures.results import RESULTS
from samovar.models.base import ChatModel
from samovar.models.files import adapters
from samovar.models.shelf import shelf
from samovar.records import ChatRequest, Completion, Sampling, Turn, to_json
from samovar.settings import ROOT

MODEL, ADAPTER = "qwen2.5-coder-1.5b-instruct", "assistant-qwen"
SEED = 0
LIMITS: dict[Task, int] = {
    "answer": 40,
    "absent": 40,
    "reword": 64,
    "simplify": 72,
    "facts": 96,
    "open": 112,
    "persona": 80,
    "format": 64,
}
"""New tokens at most: a good reply needs half; two cores write some fifteen a second."""
ENGINES = {"llamacpp": "xllamacpp", "openvino": "openvino-genai", "transformers": "transformers"}
"""Engine → its library."""


def main(argv: Sequence[str] | None = None) -> int:
    """Ask both sides, write the result and print its table; return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.basket", description=__doc__)
    parser.add_argument("--model", default=MODEL, help="id of a chat model in the catalog")
    parser.add_argument("--adapter", default=ADAPTER, help="name of an adapter of that model")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    prompts, began = basket(), time.perf_counter()
    try:
        model = catalog.model(given.model)
        adapters.find(given.adapter, model, shelf().settings)  # before minutes of work
        chat = shelf().chat(model.id)
        asked = {"base": None, "adapter": given.adapter}
        told = {side: ask(chat, prompts, adapter) for side, adapter in asked.items()}
    except SamovarError as error:
        print(error.say("en"), file=sys.stderr)
        return 1
    found = result(chat, model.title, given.adapter, prompts, told)
    library = ENGINES.get(chat.engine)
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data=str(FILE.relative_to(ROOT)),
        size=len(prompts),
        libraries=("sacrebleu", "py3langid", *filter(None, [library])),
    )
    path = provenance.write(PREFIX + model.id, to_json(found), origin, given.results)
    print(*basket_table.basket(to_json(found)), "", path, sep="\n")
    shelf().close()
    return 0


def ask(
    chat: ChatModel, prompts: Sequence[Prompt], adapter: str | None
) -> tuple[list[Completion], float]:
    """Return the replies to all `prompts`, asked in one batch, and its seconds."""
    requests = [
        ChatRequest(
            (Turn("user", one.prompt),),
            Sampling(max_tokens=LIMITS[one.task], seed=SEED),
            adapter,
        )
        for one in prompts
    ]
    warm = ChatRequest((Turn("user", "Hello"),), Sampling(max_tokens=1), adapter)
    chat.complete([warm])  # loads the adapter
    print(f"{len(requests)} prompts, {adapter or 'no adapter'} …", file=sys.stderr, flush=True)
    began = time.perf_counter()
    answered = chat.complete(requests)
    return answered, round(time.perf_counter() - began, 1)


def result(
    chat: ChatModel,
    title: str,
    adapter: str,
    prompts: Sequence[Prompt],
    told: dict[str, tuple[list[Completion], float]],
) -> Basket:
    """Return the replies of both sides with their figures."""
    pairs = zip(prompts, told["base"][0], told["adapter"][0], strict=True)
    cases = tuple(
        Case(one.id, one.language, one.task, one.prompt, measured(one, base), measured(one, tuned))
        for one, base, tuned in pairs
    )
    return Basket(
        model=chat.name,
        title=title,
        engine=chat.engine,
        adapter=adapter,
        seconds={side: seconds for side, (_, seconds) in told.items()},
        rows=sides.rows(cases),
        sides=sides.sides(cases),
        cases=cases,
    )


def measured(prompt: Prompt, completion: Completion) -> Reply:
    """Return the reply with what can be told of it."""
    text = completion.text.strip()
    foreign = replies.wrong_language(text, prompt.language)
    return Reply(
        text=text,
        cut=completion.finish == "length",
        tokens=completion.tokens,
        failed=tuple(replies.failures(prompt, text)),
        chrf=round(replies.chrf(text, prompt.reference), 4) if prompt.reference else None,
        f1=round(replies.f1(text, replies.golds(prompt)), 4) if prompt.task == "answer" else None,
        wrong_language=None if prompt.task in replies.FREE else foreign,
        repeated=round(replies.repeated(text), 4),
    )


if __name__ == "__main__":
    raise SystemExit(main())
