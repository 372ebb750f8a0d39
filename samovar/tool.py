"""What a tool gives to the page: widgets, a handler and a card. The page does all the wiring.

A tab stays thin this way: `draw()` makes the inputs, `answer` turns their values into a card.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from markupsafe import Markup

from samovar.phrases import Language, Phrase
from samovar.records import Cost

Progress = Callable[[int, int], None]
"""Called with (done, total) while something long runs."""
Seconds = int | Callable[..., int]
"""GPU seconds that a call may take on ZeroGPU: a number, or a function of the call's own arguments.

What is declared counts against the visitor's quota before anything runs, and includes the seconds in
which a fresh process gets its models (`samovar/zerogpu.py`). 0: the call uses no GPU.
"""
SLUGS = ("paraphrase", "search", "ner", "tokenizer", "character", "marketing")


def _unseen(done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Hold what one request knows of its visitor."""

    language: Language
    stop: threading.Event = field(default_factory=threading.Event)
    """Set when the visitor presses Stop."""
    progress: Progress = _unseen

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process without the stop signal, which nobody could set from here."""
        return partial(Visit, self.language, progress=self.progress), ()


@dataclass(frozen=True, slots=True)
class Download:
    """Offer a result as a file: `name` is its full name, `text` its content."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold one state of the result card."""

    body: Markup
    cost: Cost | None = None
    downloads: tuple[Download, ...] = ()
    memory: Any = None
    """Kept for this visitor's next request (a conversation); JSON-ready."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Describe a drawn file box: what a visitor loads there is kept for his session only."""

    held: Any
    """State that keeps it; one of the tool's inputs."""
    file: Any
    told: Any
    """HTML that says what was loaded, or what is wrong with it."""
    read: Callable[[Any, Progress], tuple[Any, str]]
    """Gets what the file box holds; returns what is kept and the note on it."""
    seconds: Seconds = 0
    """GPU seconds of reading it; unless 0 it takes a model, and one file is read at a time."""


@dataclass(frozen=True, slots=True)
class Tab:
    """Describe a drawn tool.

    `answer(visit, **inputs)` returns one `Shown` or yields several, the last being the result. On
    ZeroGPU it runs in another process: its inputs and what it shows are what pickle can carry.
    A tool with `remembers` gets its last `Shown.memory` as the keyword `memory`.
    """

    inputs: Mapping[str, Any]
    """Name in links and in the answered example → Gradio widget."""
    answer: Callable[..., Shown | Iterator[Shown]]
    run: Phrase
    """Label of the main button."""
    seconds: Seconds
    """GPU seconds of `answer`; a function gets the visit and the inputs, as `answer` does."""
    enter: str = ""
    """Name of the one-line input whose Enter key runs the tool."""
    stoppable: bool = False
    remembers: bool = False
    samples: tuple[Mapping[str, Any], ...] = ()
    """Input values that a visitor can choose instead of typing; each is a button."""
    cleared: tuple[str, ...] = ()
    """Inputs emptied once they are answered, as a chat does."""
    unlinked: tuple[str, ...] = ()
    """Inputs that no link carries: what a visitor loaded for his session only."""
    uploads: tuple[Upload, ...] = ()


class ToolModule(Protocol):
    """Name what every `samovar/<slug>/tab.py` offers."""

    TITLE: Phrase
    LEAD: Phrase
    """One sentence: what the tool does for a visitor."""

    def draw(self, language: Language) -> Tab:
        """Draw the input widgets in the current Gradio context."""
        ...

    def example(self, language: Language) -> Shown:
        """Return the answered example that ships with the app (its inputs are samples[0])."""
        ...

    def warm_up(self) -> None:
        """Load what a first answer waits for; called once, in the background, when the page starts."""
        ...
