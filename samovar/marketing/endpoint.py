"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from samovar import checks
from samovar.errors import InputError
from samovar.marketing.checks.checker import Checker
from samovar.marketing.core import Campaign, write
from samovar.marketing.facts.brief import CHANNELS, TONES, Brief, parsed, products
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json

LIMIT = 4_000
MOST = 8
SEEDS = 2**31 - 1
SECONDS = 25
"""GPU seconds of an answer on ZeroGPU, its texts in one batch: estimated, not measured."""
NO_LANGUAGE = Phrase(
    "The sheet is written neither in English nor in Russian.",
    "Карточка написана не по-русски и не по-английски.",
)
REWRITE = Phrase(
    "Write it in English, a fact a sentence, or name a shipped product such as {id}.",
    "Напишите её по-английски, по факту в предложении, или укажите готовый товар, например {id}.",
)


def marketing(
    sheet: str, channel: str = "post", tone: str = "neutral", n: int = 3, seed: int = 0
) -> list[dict[str, Any]]:
    """Write n advertising texts for a product and check each against the product sheet.

    Args:
        sheet: The id of a shipped product, such as tp-pulsewatch, or a sheet of at most 4,000
            characters: free text, or lines such as `Name: …`, `Audience: …`, `Facts: …`,
            `Benefits: …; …`, `Price: …`, `Forbidden: …; …`.
        channel: post, email, ad, slogan or landing.
        tone: neutral, friendly, bold, formal or playful.
        n: Number of texts, 1 to 8.
        seed: Another seed gives other texts.

    Returns:
        The texts, those with fewest problems first: `[{text, problems: [{kind, words,
        reason}], checked: [kinds that were looked for]}]`.
    """
    *_, last = campaign(sheet, channel, tone, n, seed)
    texts: list[dict[str, Any]] = to_json(last.texts)
    return texts


def campaign(
    sheet: object,
    channel: object,
    tone: object,
    n: object,
    seed: object,
    stop: threading.Event | None = None,
) -> Iterator[Campaign]:
    """Check the arguments, then yield the growing campaign.

    Raises:
        InputError: an argument breaks a rule, or the sheet's language has no model here.
    """
    said = checks.text(sheet, LIMIT, "sheet")
    where = checks.choice(channel, CHANNELS, "channel")
    voice = checks.choice(tone, TONES, "tone")
    wanted = checks.whole(n, 1, MOST, "n")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    known = shipped()
    brief = known.get(said.strip()) or parsed(said)
    if brief.language is None:
        raise InputError(NO_LANGUAGE, REWRITE, id=next(iter(known)))
    others = [product.name for product in known.values() if product.name != brief.name]
    chat = shelf().chat_of("marketing")
    own = brief.language
    yield from write(chat, checker(own), brief, own, where, voice, wanted, drawn, others, stop)


def checker(language: Language) -> Checker:
    """Return the checks of texts in `language`, with the models of this process."""
    models = shelf()
    data = models.settings.data / "marketing"
    return Checker(models.parser(language), language, data, models.entailment())


def shipped() -> dict[str, Brief]:
    """Return the product sheets that ship with the app, by id."""
    return products(shelf().settings.data / "products" / "products.jsonl")


def lines(result: list[dict[str, Any]]) -> list[str]:
    """Return the texts, each followed by its problems."""
    said = []
    for at, copy in enumerate(result, 1):
        said.append(f"{at}. {copy['text']}")
        said += [f"   ! {p['kind']}: {p['words']} ({p['reason']})" for p in copy["problems"]]
    return said
