"""The speech acts of short user texts, the same in every language."""

from __future__ import annotations

from enum import Enum


class Act(Enum):
    """Name the speech acts of short user texts."""

    COMMAND = "command"
    WISH = "wish"
    PLAN = "plan"
    QUESTION = "question"
    ADVICE = "advice"
    STATEMENT = "statement"
