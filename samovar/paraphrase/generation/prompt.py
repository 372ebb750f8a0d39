"""The prompt that an adapter of a small chat model was trained on, and the samples drawn with it."""

from __future__ import annotations

from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn

TASKS: dict[Language, str] = {
    "en": "Say the same thing in other words. Keep every detail, every name and every number.",
    "ru": "Скажи то же самое другими словами. Сохрани все подробности, имена и числа.",
}
TEMPERATURES = (0.4, 0.5, 0.7, 0.8)
"""Taken in turn by the samples of a round: careful ones that mostly survive, and bolder ones."""
TOP_P = 0.95
SAMPLES = 16
"""Of one round: a batch of the small model costs little more than one sample."""
LEAST, PER_WORD = 24, 4
"""Tokens of a reply at most: so many, or so many a word of the request."""
STOP = ("\n",)
SEED_STEP = 1000
"""Between two samples, so that neighbouring seeds of visitors share none."""
ADAPTERS = {"smollm2-135m-instruct": "paraphrase-smollm2", "gemma-3-270m": "paraphrase-gemma3"}
"""Chat model → its paraphrase adapter, when that is installed."""


def adapted(text: str, language: Language) -> tuple[Turn, ...]:
    """Return the turns to which a paraphrase adapter replies; training uses them, too.

    >>> [turn.role for turn in adapted("dim the lamp", "en")]
    ['system', 'user']
    """
    return Turn("system", TASKS[language]), Turn("user", text)


def samples(
    text: str, seed: int, language: Language, adapter: str | None, turn: int
) -> list[ChatRequest]:
    """Return SAMPLES requests for rewordings of `text`, each with its own seed and temperature.

    The next `turn` draws others.
    """
    turns = adapted(text, language)
    longest = max(LEAST, PER_WORD * len(text.split()))
    return [
        ChatRequest(
            turns,
            Sampling(
                TEMPERATURES[at % len(TEMPERATURES)],
                TOP_P,
                max_tokens=longest,
                seed=seed + SEED_STEP * (at + SAMPLES * turn),
            ),
            adapter,
            stop=STOP,
        )
        for at in range(SAMPLES)
    ]
