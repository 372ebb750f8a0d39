"""The two prompts of the paraphrase task: few shots for a base model, none for an adapted one.

A 135M base model follows examples better than instructions. Left free, it answers a command instead
of rewording it; given the first words of the reply ("Could you …") it mostly rewords it. So each
sample gets one opening of a table, and the shots show that very opening. A model with a paraphrase
adapter was trained on the task: it sees `adapted`, the same turns that it was trained on, and no shots.
"""

from __future__ import annotations

from samovar.paraphrase.act import Act
from samovar.paraphrase.openings import openings
from samovar.paraphrase.shots import RUSSIAN, STYLES, Shot
from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn

TASKS: dict[Language, str] = {
    "en": "Say the same thing in other words. Keep every detail, every name and every number.",
    "ru": "Скажи то же самое другими словами. Сохрани все подробности, имена и числа.",
}
TEMPERATURES = (0.3, 0.5, 0.6, 0.7, 0.8, 1.0)
"""One sample each per opening: careful ones that mostly survive, and bolder ones."""
ADAPTED_TEMPERATURES = (0.5, 0.7, 0.9, 1.1)
"""Taken in turn by the samples of an adapted model, which strays less and repeats itself more."""
ADAPTED_SAMPLES = 16
"""Of an adapted model in one round; openings take theirs, the rest begin as they like."""
STOP = ("\n",)
SEED_STEP = 1000
"""Between two samples of one prompt, so that neighbouring seeds of visitors share none."""
ADAPTERS = {"smollm2-135m-instruct": "paraphrase-smollm2", "gemma-3-270m": "paraphrase-gemma3"}
"""Chat model → its paraphrase adapter, when that is installed."""


def adapted(text: str, language: Language) -> tuple[Turn, ...]:
    """Return the turns to which a paraphrase adapter replies; training uses them, too.

    >>> [turn.role for turn in adapted("dim the lamp", "en")]
    ['system', 'user']
    """
    return Turn("system", TASKS[language]), Turn("user", text)


def samples(
    text: str, act: Act, seed: int, language: Language, adapter: str, turn: int = 0
) -> list[ChatRequest]:
    """Return one sample for `text` by `adapter` behind every opening of its act, and some behind none.

    Each has its own seed; the next `turn` draws them at other temperatures.
    """
    turns = adapted(text, language)
    begun = openings(text, act, language)
    bold = len(ADAPTED_TEMPERATURES)
    return [
        ChatRequest(
            turns,
            _sampling(
                text,
                ADAPTED_TEMPERATURES[(at + turn) % bold],
                seed + SEED_STEP * (at + ADAPTED_SAMPLES * turn),
            ),
            adapter,
            stop=STOP,
            prefix=start,
        )
        for at, start in enumerate([*begun, *[""] * (ADAPTED_SAMPLES - len(begun))])
    ]


def waves(
    text: str, act: Act, seed: int, language: Language, adapter: str | None = None
) -> tuple[list[ChatRequest], list[ChatRequest]]:
    """Return the samples for `text`, every opening at every temperature with its own seed, in two waves.

    The first holds one sample of each prompt. Engines keep its computed beginning, so that the
    second wave, with all other samples, costs no prompt again (sent at once it took twice as long).
    """
    drawn = [
        _request(
            text, style.shots, opening, temperature, seed + SEED_STEP * at + i, language, adapter
        )
        for style in (STYLES[act] if language == "en" else RUSSIAN)
        for at, opening in enumerate(style.openings)
        for i, temperature in enumerate(TEMPERATURES)
    ]
    size = len(TEMPERATURES)
    return drawn[::size], [request for at, request in enumerate(drawn) if at % size]


def _request(
    text: str,
    shots: tuple[Shot, ...],
    opening: tuple[str, str],
    temperature: float,
    seed: int,
    language: Language,
    adapter: str | None,
) -> ChatRequest:
    start, end = opening
    turns = [Turn("system", TASKS[language])]
    for shot in shots:
        said = f"{start} {shot.rewording}{end}" if start else shot.rewording
        turns += [Turn("user", shot.original), Turn("assistant", said)]
    asked = (*turns, Turn("user", text))
    return ChatRequest(asked, _sampling(text, temperature, seed), adapter, stop=STOP, prefix=start)


def _sampling(text: str, temperature: float, seed: int) -> Sampling:
    limit = 3 * len(text.split()) + 16
    return Sampling(temperature=temperature, top_p=0.95, max_tokens=limit, seed=seed)
