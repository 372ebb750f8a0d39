"""What a tool gives to the page: widgets, a handler and a card. The page does all the wiring.

A tab stays thin this way: `draw()` makes the inputs, `answer` turns their values into a card.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """Offer a result as a file: `name` is its full name, `text` its content, or `data` if it is no text."""

    name: str
    text: str = ""
    data: bytes = b""
    head: str | None = None
    """Of a file that follows edits: what stands before the records of the edited texts (`Judged`)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold one state of the result card."""

    body: Markup
    cost: Cost | None = None
    downloads: tuple[Download, ...] = ()
    memory: Any = None
    """Kept for this visitor's next request (a conversation); JSON-ready."""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """New values of inputs that are named in `Tab.filled`; all others stay as they are."""


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
    sets: Mapping[str, Any] = field(default_factory=dict)
    """Values that other inputs get when a file was read."""


@dataclass(frozen=True, slots=True)
class Act:
    """Describe what a button inside a result does; `html.act` draws the button."""

    answer: Callable[..., Shown | Iterator[Shown]]
    """Gets the visit, `at` (the number that the button carries), `memory` and the inputs."""
    seconds: Seconds = 0
    """GPU seconds; 0: it asks no model and only shows the result otherwise."""


@dataclass(frozen=True, slots=True)
class Form:
    """Describe a form that opens from a text, filled; what is edited in it goes back into the text."""

    source: str
    """Name of the tool's text box."""
    block: Any
    """Accordion that opens."""
    fields: Sequence[Any]
    """Text boxes; the tool does not get them, the text is all that counts."""
    lines: Sequence[tuple[str, str]]
    """(label, what stands between parts) of each field, as it is written into the text; a field holds a
    part a line, and one without a label is written as it is."""
    read: Callable[[str, Sequence[str]], Sequence[str] | None]
    """Gets the text and what the fields hold; returns what they should hold, None where it says the same."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold what is found of a text inside a result, as it stands now."""

    body: Markup
    clean: bool = False
    """Whether `html.tally` counts it."""
    records: Mapping[str, str] = field(default_factory=dict)
    """Name of a download → what stands there for this text; without any the file leaves it out."""


@dataclass(frozen=True, slots=True)
class Also:
    """Describe a second button, which answers with some inputs set otherwise."""

    label: Phrase
    sets: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edits:
    """Describe texts inside a result that a visitor edits in place and sees judged as he types."""

    judge: Callable[..., Judged]
    """Gets the visit, the text and what `html.editor` and `html.editable` were given."""
    seconds: Seconds = 0
    """GPU seconds of judging one text."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Describe a tool that goes on from what it showed, as a conversation does.

    What is kept lies in the visitor's browser and outlives a reload: it is checked like any input.
    The functions get the visit and as keywords `memory` and the inputs.
    """

    resume: Callable[..., Shown]
    """Shows what was kept last, when the page opens."""
    recall: Callable[..., Shown]
    """Shows what is kept for these inputs: when a link holds them or one in `reopened` changes."""
    anew: Callable[..., Shown]
    """Begins from nothing."""
    load: Callable[..., Shown]
    """Goes on from a file that was downloaded before: gets its bytes as the keyword `data`."""
    acts: Mapping[str, Act] = field(default_factory=dict)
    reopened: tuple[str, ...] = ()


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
    live: bool = False
    """Whether it answers by itself as soon as its visitor pauses; it begins empty."""
    also: Also | None = None
    stoppable: bool = False
    remembers: Memory | None = None
    below: bool = False
    """Whether the inputs stand below the result, as in a chat; the newest line stays in view."""
    above: Any = None
    """Layout block of inputs that stands above the result even so."""
    last: Any = None
    """Layout block of inputs that stands behind the buttons."""
    samples: tuple[Mapping[str, Any], ...] = ()
    """Input values that a visitor can choose instead of typing; each is a button."""
    titles: tuple[Phrase, ...] = ()
    """Of the samples; without them a button bears the first text of its sample."""
    filled: tuple[str, ...] = ()
    """Inputs that a result may give other values (`Shown.inputs`)."""
    cleared: tuple[str, ...] = ()
    """Text boxes among `filled` that are emptied when they are sent, as a chat does."""
    unlinked: tuple[str, ...] = ()
    """Inputs that no link carries: what a visitor loaded for his session only."""
    uploads: tuple[Upload, ...] = ()
    form: Form | None = None
    edits: Edits | None = None
    folds: tuple[Fold, ...] = ()
    notes: tuple[Note, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)
    """Argument of the endpoint → the input that gives it, where the names differ: errors name arguments."""

    def labels(self) -> dict[str, str]:
        """Return how the page calls each argument."""
        given = {name: name for name in self.inputs} | dict(self.arguments)
        labels = {
            argument: getattr(self.inputs[name], "label", "") for argument, name in given.items()
        }
        return {argument: label for argument, label in labels.items() if label}


@dataclass(frozen=True, slots=True)
class Fold:
    """Describe something more that a tool does, folded up below it: drawn and answered as a tool.

    Its answer gets the memory of the tool around it, to read; its inputs may be those of that tool.
    """

    name: str
    title: Phrase
    draw: Callable[[], Tab]


@dataclass(frozen=True, slots=True)
class Note:
    """Hold something to read below a tool, folded up."""

    title: Phrase
    body: Markup


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

    def speaks(self, language: Language) -> Phrase:
        """Say which model here works on texts in the language, or what to do where none does."""
        ...

    def warm_up(self) -> None:
        """Load what a first answer waits for; called once, in the background, when the page starts."""
        ...
