"""Who writes a text: a chat model under its adapter, one that is shown examples, or the small one alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from samovar import catalog
from samovar.errors import InputError
from samovar.marketing import openings, prompt, texts
from samovar.marketing.checks.forms import FORMS, Form, whole
from samovar.marketing.facts.brief import CHANNELS, Brief, Channel
from samovar.marketing.shots import SHOTS
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest

TOOL = "marketing"
ADAPTERS: Mapping[str, str] = {
    "smollm2-135m-instruct": "marketing-smollm2",
    "qwen2.5-coder-1.5b-instruct": "marketing-qwen",
    "qwen2.5-7b-instruct": "marketing-7b",
}
"""Chat model → its adapter of advertising, used where it is on this machine."""
BEGUN = frozenset({"smollm2-135m-instruct"})
"""Models that without their adapter need the first words of a text and a part of the sheet."""
TIMES: Mapping[str, int] = {"smollm2-135m-instruct": 3}
"""Chat model → samples drawn for each text asked for, of which the best are kept."""
SPARE = 2
"""Samples drawn beyond those asked for by models that are not in TIMES: theirs cost seconds."""

NO_RUSSIAN = Phrase(
    "{model} does not write Russian well enough for advertising.",
    "{model} недостаточно хорошо пишет по-русски для рекламы.",
)
GET_RUSSIAN = Phrase(
    "Get a larger model with `samovar fetch qwen`, or use an English sheet.",
    "Загрузите большую модель: samovar fetch qwen, или возьмите английскую карточку.",
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Ask one chat model for texts."""

    chat: ChatModel
    data: Path
    """Folder of the shipped data, whose texts are shown as examples where there is no adapter."""
    adapter: str | None = None
    times: int = 0
    """Samples drawn for each text asked for; 0 takes what suits the model."""

    def drawn(self, n: int) -> int:
        """Return how many samples are drawn for `n` texts."""
        times = self.times or TIMES.get(self.chat.name, 0)
        return n * times if times else n + SPARE

    def requests(
        self, brief: Brief, language: Language, channel: str, tone: str, n: int, seed: int
    ) -> list[ChatRequest]:
        """Return `n` requests for a text on `channel`."""
        if self._begins(language, channel):
            return openings.requests(brief, language, channel, tone, n, seed)
        shown = self._shown(brief, language, channel)
        return prompt.requests(brief, language, channel, tone, n, seed, self.adapter, shown)

    def names(self, brief: Brief, language: Language, channel: str) -> list[str]:
        """Return the names of the products that the requests show: no text may name them."""
        if self._begins(language, channel):
            return [shot.name for shot in SHOTS[language, channel]]
        return [one.brief.name for one in self._shown(brief, language, channel)]

    def form(self, language: Language, channel: str) -> Form:
        """Return the form that its texts have to have."""
        begins = self._begins(language, channel)
        return short_form(CHANNELS[channel]) if begins else FORMS[channel]

    def _begins(self, language: Language, channel: str) -> bool:
        shots = (language, channel) in SHOTS
        return self.adapter is None and self.chat.name in BEGUN and shots

    def _shown(self, brief: Brief, language: Language, channel: str) -> list[prompt.Example]:
        return [] if self.adapter else texts.examples(self.data, language, channel, brief)


def short_form(channel: Channel) -> Form:
    """Return the form of texts that the small model begins: its e-mails and pages are shorter."""
    slogan = not channel.facts
    parts = whole(channel.least, channel.most)
    return Form(parts, channel.unit, sentences=not slogan, facts=not slogan)


def writer(models: Shelf, language: Language) -> Writer:
    """Return who writes in `language`: the larger chat model of this tool, else the profile's.

    Raises:
        InputError: no model here speaks it.
    """
    chat = models.chat_of(TOOL)
    if language not in chat.languages:
        raise InputError(NO_RUSSIAN, GET_RUSSIAN, model=catalog.title(chat.name))
    return of(chat, models)


def of(chat: ChatModel, models: Shelf) -> Writer:
    """Return the writer of `chat`, with its adapter where that is here; servers have no adapters of ours."""
    name = ADAPTERS.get(chat.name) if chat.engine != "remote" else None
    return Writer(chat, models.settings.data, models.fitting(name, chat) if name else None)
