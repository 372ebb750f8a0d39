"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from samovar import catalog, checks
from samovar.errors import ModelError
from samovar.marketing.brief import CHANNELS, TONES, Sheet, parse, read_sheets
from samovar.marketing.core import Texts, write
from samovar.models.base import ChatModel
from samovar.models.pick import installed
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json

LIMIT = 4000
MOST = 8
SEEDS = 2**31 - 1

SPEECHLESS = Phrase(
    "The sheet is in {language}, and no chat model loaded here writes it: {model} does not.",
    "Карточка написана по-{language}, а здесь нет модели, которая на нём пишет: {model} не умеет.",
)
NAMES: dict[Language, Phrase] = {
    "en": Phrase("English", "английски"),
    "ru": Phrase("Russian", "русски"),
}
WAY_OUT: dict[Language, Phrase] = {
    "ru": Phrase(
        "Run `make setup-ru` and start again, or choose an English sheet.",
        "Выполните `make setup-ru` и запустите заново или выберите английскую карточку.",
    ),
    "en": Phrase("Choose a model that writes English.", "Выберите модель, пишущую по-английски."),
}


def marketing(
    sheet: str, channel: str = "post", tone: str = "neutral", n: int = 3, seed: int = 0
) -> list[dict[str, Any]]:
    """Write advertising texts for a product and check each of them against the product sheet.

    Args:
        sheet: The product sheet (lines such as `Name: …`, `For: …`, `Facts:` with `- …` below,
            `Price: …`, `Forbidden: …`; at most 4,000 characters) or the id of a shipped one.
        channel: post, ad, slogan, email or landing.
        tone: neutral, friendly, bold, formal or playful.
        n: Number of texts, 1 to 8.
        seed: Another seed gives other texts.

    Returns:
        The texts, those with the fewest problems first: a list of
        `{text, problems: [{check, value, threshold}]}`. Fewer than n when drafts were alike.
    """
    *_, last = texts(sheet, channel, tone, n, seed)
    copies: list[dict[str, Any]] = to_json(last.copies)
    return copies


def texts(
    sheet: object,
    channel: object = "post",
    tone: object = "neutral",
    n: object = 3,
    seed: object = 0,
    stop: threading.Event | None = None,
) -> Iterator[Texts]:
    """Check the arguments at once and yield the growing texts from this process's models.

    Raises:
        InputError: an argument breaks a rule.
        ModelError: no model here writes the sheet's language.
    """
    said = checks.text(sheet, LIMIT, "sheet").strip()
    where = checks.choice(channel, CHANNELS, "channel")
    how = checks.choice(tone, TONES, "tone")
    wanted = checks.whole(n, 1, MOST, "n")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    models = shelf()
    product = sheet_of(said, models)
    chat, title = writer(models, product.language)
    return write(chat, product, where, how, wanted, drawn, stop, title)


def sheet_of(said: str, models: Shelf) -> Sheet:
    """Return the shipped sheet with the id `said`, or what the text `said` describes.

    Raises:
        InputError: the text is no sheet.
    """
    return read_sheets(models.settings.data).get(said) or parse(said)


def writer(models: Shelf, language: Language) -> tuple[ChatModel, str]:
    """Return a chat model that writes `language`, with its title: the profile's or a pack's.

    Raises:
        ModelError: there is none; the hint says how to get one.
    """
    chosen = models.choice("chat").model
    if language in chosen.languages:
        return models.chat(), chosen.title
    for row in catalog.MODELS:
        if row.role == "chat" and row.pack and language in row.languages and installed(row):
            return models.chat(row.id), row.title
    raise ModelError(SPEECHLESS, WAY_OUT[language], language=NAMES[language], model=chosen.title)


def lines(result: list[dict[str, Any]]) -> list[str]:
    """Return the texts as terminal lines, the problems below each."""
    said = []
    for at, copy in enumerate(result, 1):
        said.append(f"{at}. {copy['text']}")
        said += [f"   ! {p['check']}: {p['value']}" for p in copy["problems"]]
    return said
