"""How many paraphrases of the shipped basket's commands pass every check, and how long they take.

`python -m eval.paraphrase` takes the first command of each of the twenty intents and the second
one of the first intent, 21 in all, and writes `eval/results/paraphrase.json` with every accepted
variant, so that a reader can judge the meaning. The checks are the tool's own: acceptance is not
a judgement of quality.
"""

from __future__ import annotations

import json
import statistics
import time

from eval import provenance
from samovar.models.shelf import shelf
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.endpoint import paraphrases

WANTED = 8
ENOUGH = 4
SEED = 0


def commands() -> list[str]:
    """Return the measured commands of the basket."""
    path = shelf().settings.data / "basket" / "commands-en.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    first = {row["intent"]: row["text"] for row in reversed(rows)}
    second = next(row["text"] for row in rows[1:] if row["intent"] == rows[0]["intent"])
    return [*[*first.values()][::-1], second]


def main() -> None:
    """Measure and write the result."""
    paraphrases("It is late.", 1, SEED)  # loads the models: not part of an answer's time
    begun = time.perf_counter()
    asked = commands()
    answers = [paraphrases(text, WANTED, SEED) for text in asked]
    counts = [len(answer.accepted) for answer in answers]
    seconds = [answer.cost.milliseconds / 1000 for answer in answers]
    measured = {
        "wanted": WANTED,
        "commands_with_four_or_more": sum(count >= ENOUGH for count in counts),
        "accepted_per_command": round(statistics.mean(counts), 2),
        "mean_pinc": round(
            statistics.mean(v.pinc for answer in answers for v in answer.accepted), 3
        ),
        "seconds_median": round(statistics.median(seconds), 2),
        "seconds_most": round(max(seconds), 2),
        "commands": [_row(answer) for answer in answers],
    }
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data="data/basket/commands-en.jsonl",
        size=len(asked),
        libraries=("openvino-genai", "spacy", "text2num"),
    )
    print(provenance.write("paraphrase", measured, origin))
    print({name: value for name, value in measured.items() if name != "commands"})


def _row(answer: Paraphrases) -> dict[str, object]:
    return {
        "text": answer.original,
        "accepted": [variant.text for variant in answer.accepted],
        "seconds": round(answer.cost.milliseconds / 1000, 2),
    }


if __name__ == "__main__":
    main()
