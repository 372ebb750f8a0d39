"""The card "Try a model": a chat model of this machine, with or without an adapter, answers a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import gradio as gr
from markupsafe import Markup

from samovar import catalog, checks, html
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.engines import elsewhere
from samovar.models.files import adapters
from samovar.models.pick import installed
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Cost, Sampling, Turn
from samovar.settings import Settings
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Try a model", "Попробуйте модель")
ABOUT = Phrase(
    "One prompt, one reply, nothing around it. An adapter (after the +) was trained on the prompts of its "
    "tool and may say odd things to others.",
    "Один запрос, один ответ, и больше ничего. Адаптер (после знака +) обучен на запросах своего "
    "инструмента и на другие может отвечать странно.",
)
EMPTY = Phrase("The reply appears here.", "Здесь появится ответ.")
MODEL = Phrase("Model", "Модель")
PROMPT = Phrase("Prompt", "Запрос")
TOKENS = Phrase("Tokens at most", "Не больше токенов")
TOKENS_HELP = Phrase(
    "A token is a short word or a piece of one.", "Токен — короткое слово или его часть."
)
SEED = Phrase("Seed", "Номер варианта")
SEED_HELP = Phrase("Another number, another reply.", "Другое число — другой ответ.")
RUN = Phrase("Ask", "Спросить")
WITH = Phrase("{model} + {adapter}", "{model} + {adapter}")
SPED = Phrase(
    "{tokens} tokens, {rate} tokens/s, first word after {first} s",
    "токенов: {tokens}, {rate} токенов/с, первое слово через {first} с",
)
SILENT = Phrase("The model said nothing.", "Модель ничего не сказала.")
SAMPLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "Explain in two sentences why the sky is blue.",
        "Write a friendly reminder to water the plants.",
    ),
    "ru": (
        "Объясни в двух предложениях, почему небо голубое.",
        "Напиши дружеское напоминание полить цветы.",
    ),
}
TITLES = (
    Phrase("Why the sky is blue", "Почему небо голубое"),
    Phrase("A reminder to water the plants", "Напоминание полить цветы"),
)
"""Of the samples."""
LIMIT = 4000
LEAST, MOST, USUAL = 16, 512, 128
SEEDS = 2**31 - 1
SECONDS = 30
"""GPU seconds of a reply on ZeroGPU: estimated, not measured."""
BETWEEN = "+"
"""In the value of a choice, before the adapter."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Name a chat model of this machine and an adapter that fits it."""

    model: Model
    adapter: str = ""

    @property
    def value(self) -> str:
        """Return what links and the list's choice hold."""
        return f"{self.model.id}{BETWEEN}{self.adapter}" if self.adapter else self.model.id

    @property
    def label(self) -> Phrase:
        """Return what a visitor reads."""
        if not self.adapter:
            return Phrase(self.model.title, self.model.title)
        return WITH.filled(model=self.model.title, adapter=self.adapter)


def candidates(models: Shelf) -> tuple[Candidate, ...]:
    """Return the chat models that need no download, each followed by its adapters."""
    first = models.choice("chat")
    if elsewhere(first.engine):
        return (Candidate(first.model),)
    here = [row for row in catalog.MODELS if row.id == first.model.id or _here(row, models)]
    return tuple(
        Candidate(row, name) for row in here for name in ("", *_fitting(row, models.settings))
    )


def head(language: Language) -> Markup:
    """Return what stands above the card."""
    return html.tag("h2", TITLE.say(language), class_="page-title") + html.tag(
        "p", ABOUT.say(language), class_="lead"
    )


def empty(language: Language) -> Markup:
    """Return the card before anything was asked."""
    return html.notice(EMPTY.say(language), "empty")


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    known = candidates(shelf())
    choices = [(one.label.say(language), one.value) for one in known]
    best = max(known, key=lambda one: (not one.adapter, one.model.size_mb))
    model = gr.Dropdown(choices, value=best.value, label=MODEL.say(language))
    prompt = gr.Textbox(label=PROMPT.say(language), lines=4)
    with gr.Row():
        tokens = gr.Slider(
            LEAST,
            MOST,
            value=USUAL,
            step=16,
            label=TOKENS.say(language),
            info=TOKENS_HELP.say(language),
            min_width=240,
        )
        seed = gr.Number(
            0,
            label=SEED.say(language),
            info=SEED_HELP.say(language),
            min_width=120,
        )
    return Tab(
        inputs={"prompt": prompt, "model": model, "tokens": tokens, "seed": seed},
        answer=answer,
        run=RUN,
        seconds=SECONDS,
        stoppable=True,
        samples=tuple({"prompt": sample} for sample in SAMPLES[language]),
        titles=TITLES,
    )


def answer(visit: Visit, prompt: str, model: str, tokens: int, seed: int) -> Iterator[Shown]:
    """Yield the card while the reply grows.

    Raises:
        InputError: an argument breaks a rule.
        ModelError: the model finds no memory, or cannot be loaded.
    """
    said = checks.text(prompt, LIMIT, "prompt")
    known = {one.value: one for one in candidates(shelf())}
    chosen = known[checks.choice(model, tuple(known), "model")]
    drawn = Sampling(
        temperature=0.4,
        top_p=0.9,
        top_k=40,
        repetition_penalty=1.05,
        max_tokens=checks.whole(tokens, LEAST, MOST, "tokens"),
        seed=checks.whole(seed, 0, SEEDS, "seed"),
    )
    chat = shelf().chat(chosen.model.id)
    request = ChatRequest((Turn("user", said),), drawn, chosen.adapter or None)
    began = perf_counter()
    first, text = 0.0, ""
    for piece in chat.stream(request, visit.stop):
        first = first or perf_counter() - began
        text += piece
        yield Shown(html.plain(text))
    seconds = perf_counter() - began
    cost = Cost(seconds * 1000, chosen.label.say(visit.language), chat.engine)
    if not text.strip():
        yield Shown(html.notice(SILENT.say(visit.language), "hint"), cost)
        return
    count = chat.count(text)
    sped = SPED.say(
        visit.language, tokens=count, rate=f"{count / seconds:.3g}", first=f"{first:.2g}"
    )
    yield Shown(html.plain(text) + html.tag("p", sped, class_="quiet"), cost)


def _here(row: Model, models: Shelf) -> bool:
    """Tell whether a chat model of the catalog is on this machine, and for it."""
    usable = ("pypi",) if models.settings.light else ("pypi", "file")
    return row.role == "chat" and row.source in usable and installed(row, models.settings)


def _fitting(model: Model, settings: Settings) -> Iterator[str]:
    """Yield the adapters that are made for `model` and intact."""
    for name in adapters.names(settings):
        try:
            yield adapters.find(name, model, settings).name
        except ModelError:
            continue
