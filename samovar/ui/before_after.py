"""The card "Before and after" of the Models page: measured replies side by side, blind if wished."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from samovar import html
from samovar.figures.basket import Basket, Case, baskets
from samovar.figures.results import RESULTS
from samovar.phrases import Language, Phrase
from samovar.ui.cards import replies
from samovar.ui.cards.ballot import Ballot, Choice

TITLE = Phrase("Before and after", "До и после")
EMPTY = Phrase(
    "No comparison is measured here yet: python -m eval.basket answers the prompts and writes it.",
    "Сравнение здесь ещё не измерено: его проводит и записывает python -m eval.basket.",
)
MODEL = Phrase("Model", "Модель")
PROMPT = Phrase("Prompt", "Запрос")
BLIND = Phrase("Hide which is which", "Скрыть, где чей ответ")
BLIND_INFO = Phrase(
    "Judge the replies as A and B; the result is shown at the end.",
    "Сравнивайте ответы A и B, итог будет в конце.",
)
CHOICES: Mapping[Choice, Phrase] = {
    "a": Phrase("A is better", "Лучше A"),
    "same": Phrase("The same", "Одинаково"),
    "b": Phrase("B is better", "Лучше B"),
}
NEXT = Phrase("Next prompt", "Следующий запрос")
REVEAL = Phrase("Show the result", "Показать итог")


@dataclass(frozen=True, slots=True)
class Widgets:
    """Hold what the handlers read and write."""

    ballot: gr.State
    model: gr.Dropdown
    prompt: gr.Dropdown
    blind: gr.Checkbox
    summary: gr.HTML
    card: gr.HTML
    votes: gr.Row
    reveal: gr.Button
    tally: gr.HTML

    def shown(self) -> list[Any]:
        """Return the outputs in the order of `Showing.view`."""
        return [self.ballot, self.prompt, self.card, self.votes, self.reveal, self.tally]


@dataclass(frozen=True, slots=True)
class Showing:
    """Show the cases of one language of one basket."""

    basket: Basket
    cases: Mapping[str, Case]
    language: Language

    def choices(self) -> list[tuple[str, str]]:
        """Return (label, id) of every prompt."""
        numbered = enumerate(self.cases.items(), 1)
        return [(replies.label(case, at, self.language), id) for at, (id, case) in numbered]

    def view(self, id: str, blind: bool, ballot: Ballot) -> list[Any]:
        """Return the values of `Widgets.shown` for this state."""
        id = id if id in self.cases else next(iter(self.cases))
        hidden = blind and not ballot.revealed
        card = replies.pair(self.basket, self.cases[id], ballot if blind else None, self.language)
        tally = replies.tally(self.basket, len(self.cases), ballot, self.language)
        held = gr.Dropdown(self.choices(), value=id)
        voting = gr.Row(visible=hidden), gr.Button(visible=hidden)
        return [ballot, held, card, *voting, tally if blind or ballot.votes else ""]

    def vote(self, id: str, ballot: Ballot, choice: Choice) -> list[Any]:
        """Count `choice` and go to the next prompt; the last one reveals the result."""
        ballot = ballot.with_vote(id, choice)
        complete = len(ballot.votes) == len(self.cases)
        id = id if complete else ballot.next(list(self.cases), id)
        return self.view(id, True, replace(ballot, revealed=complete))

    def switch(self, id: str, blind: bool, ballot: Ballot) -> list[Any]:
        """Begin a new ballot, or end the one that was going on and tell its result."""
        return self.view(id, blind, Ballot() if blind else replace(ballot, revealed=True))

    def after(self, id: str, blind: bool, ballot: Ballot) -> list[Any]:
        """Go to the next prompt, where a ballot is going on to one that is not judged yet."""
        ongoing = ballot if blind and not ballot.revealed else Ballot(ballot.seed)
        return self.view(ongoing.next(list(self.cases), id), blind, ballot)

    def reveal(self, id: str, ballot: Ballot) -> list[Any]:
        """Tell the result; without a vote there is none."""
        return self.view(id, True, replace(ballot, revealed=bool(ballot.votes)))


def draw(language: Language, folder: Path = RESULTS) -> None:
    """Draw the card in the current Gradio context; `folder` holds the results."""
    showings = {one.basket.model: one for one in showings_of(language, folder)}
    with gr.Column(elem_classes="result-card before-after"):
        gr.HTML(html.tag("h2", TITLE.say(language)))
        if not showings:
            gr.HTML(html.notice(EMPTY.say(language), "empty"))
            return
        widgets, buttons = _widgets(showings, language)
    _wire(widgets, buttons, showings)


def showings_of(language: Language, folder: Path) -> list[Showing]:
    """Return the baskets that have prompts in `language`."""
    found = (
        Showing(one, {case.id: case for case in one.cases if case.language == language}, language)
        for one in baskets(folder)
    )
    return [showing for showing in found if showing.cases]


def _widgets(
    showings: Mapping[str, Showing], language: Language
) -> tuple[Widgets, dict[str, gr.Button]]:
    first = next(iter(showings.values()))
    begun = Ballot()
    titles = [(one.basket.title, model) for model, one in showings.items()]
    summary = gr.HTML(replies.summary(first.basket, language))
    id = next(iter(first.cases))
    with gr.Row(elem_classes="before-after-asked", equal_height=False):
        model = gr.Dropdown(
            titles, value=titles[0][1], label=MODEL.say(language), visible=len(titles) > 1
        )
        prompt = gr.Dropdown(first.choices(), value=id, label=PROMPT.say(language), scale=3)
        blind = gr.Checkbox(
            label=BLIND.say(language), info=BLIND_INFO.say(language), scale=2, min_width=260
        )
    card = gr.HTML(replies.pair(first.basket, first.cases[id], None, language))
    with gr.Row(elem_classes="actions", visible=False) as votes:
        buttons: dict[str, gr.Button] = {
            name: gr.Button(said.say(language), size="md") for name, said in CHOICES.items()
        }
    with gr.Row(elem_classes="actions"):
        buttons["next"] = gr.Button(NEXT.say(language), size="md")
        reveal = gr.Button(REVEAL.say(language), size="md", visible=False)
    tally = gr.HTML("")
    state = gr.State(begun)
    return Widgets(state, model, prompt, blind, summary, card, votes, reveal, tally), buttons


def _wire(
    widgets: Widgets, buttons: Mapping[str, gr.Button], showings: Mapping[str, Showing]
) -> None:
    held = [widgets.model, widgets.prompt, widgets.blind, widgets.ballot]
    quiet: dict[str, Any] = {
        "outputs": widgets.shown(),
        "api_visibility": "private",
        "queue": False,
        "show_progress": "hidden",
    }

    def on(act: Callable[[Showing, str, bool, Ballot], list[Any]]) -> Callable[..., list[Any]]:
        return lambda model, id, blind, ballot: act(showings[model], id, blind, ballot)

    def voting(choice: Choice) -> Callable[..., list[Any]]:
        return on(lambda showing, id, _, ballot: showing.vote(id, ballot, choice))

    def other(model: str, id: str, blind: bool) -> list[Any]:
        chosen = showings[model]
        summary = replies.summary(chosen.basket, chosen.language)
        return [*chosen.view(id, blind, Ballot()), summary]

    widgets.prompt.input(on(Showing.view), held, **quiet)
    widgets.blind.input(on(Showing.switch), held, **quiet)
    buttons["next"].click(on(Showing.after), held, **quiet)
    widgets.reveal.click(
        on(lambda showing, id, _, ballot: showing.reveal(id, ballot)), held, **quiet
    )
    for choice in CHOICES:
        buttons[choice].click(voting(choice), held, **quiet)
    summary = {**quiet, "outputs": [*widgets.shown(), widgets.summary]}
    widgets.model.input(other, held[:3], **summary)
