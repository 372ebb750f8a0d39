"""How long a bot is waited for, and how often it is asked again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from samovar.paraphrase.bench.bots.base import PassingError

FIRST, LONGEST, JITTER = 0.25, 5.0, 0.25
"""Seconds before the second attempt; they double up to the longest."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Patience:
    """Limit the wait for one answer, further attempts and the pauses before them included."""

    seconds: float = 15.0
    retries: int = 2

    def asked(self, attempt: Callable[[float], Answer]) -> Answer:
        """Return what `attempt` does, which is given the seconds that are left.

        Raises:
            BotError: every attempt failed, or one that is not worth repeating.
        """
        begun = time.monotonic()
        again = Retrying(
            stop=stop_after_attempt(self.retries + 1) | stop_before_delay(self.seconds),
            wait=_pause,
            retry=retry_if_exception_type(PassingError),
            reraise=True,
        )
        return again(lambda: attempt(self.seconds - (time.monotonic() - begun)))


def _pause(state: RetryCallState) -> float:
    """Return the seconds to wait: what the bot asks for, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.values.get("pause") if isinstance(error, PassingError) else None
    return max(
        asked if isinstance(asked, float) else 0.0,
        wait_exponential_jitter(FIRST, LONGEST, jitter=JITTER)(state),
    )
