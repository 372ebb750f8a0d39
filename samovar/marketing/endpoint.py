"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from samovar import checks
from samovar.errors import InputError
from samovar.marketing.channels import TITLES, VOICES, tones
from samovar.marketing.checks.checker import Checker
from samovar.marketing.checks.forms import FORMS, Form
from samovar.marketing.checks.judge import MODEL, Judge
from samovar.marketing.checks.kinds import told
from samovar.marketing.checks.larger.joint import FILE, thresholds
from samovar.marketing.checks.larger.model import Larger
from samovar.marketing.core import Campaign, write
from samovar.marketing.facts.admission import admitted, sufficient
from samovar.marketing.facts.brief import Brief, parsed, products
from samovar.marketing.facts.reading import Sheet
from samovar.marketing.writers import writer
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import LANGUAGES, Language
from samovar.records import Copy, to_json

AUTO = "auto"
LIMIT, TEXT = 4_000, 20_000
"""Characters of a sheet, and of a text that is checked."""
MOST = 8
SEEDS = 2**31 - 1
SECONDS = 25
"""GPU seconds of an answer on ZeroGPU, its texts in one batch: estimated, not measured."""


def marketing(
    sheet: str,
    channel: str = "post",
    tone: str = "plain",
    n: int = 3,
    seed: int = 0,
    language: str = AUTO,
) -> list[dict[str, Any]]:
    """Write n advertising texts for a product and check each against the product sheet.

    Args:
        sheet: The product sheet, 1 to 4,000 characters: free text, or lines such as `Name: …`,
            `Audience: …`, `Facts: …`, `Benefits: …; …`, `Price: …`, `Forbidden: …; …`. The id of a
            shipped product will do, too, such as tp-pulsewatch.
        channel: Where the texts will stand: post (the default), email, banner, sms, landing, slogan
            or ad.
        tone: How they sound: plain (the default), friendly, expert or bold; all gives at least one
            of each.
        n: How many texts are wanted, a whole number from 1 to 8; 3 by default.
        seed: A whole number from 0 to 2147483647, 0 by default; another one gives other texts.
        language: The language of the reasons: auto (that of the sheet, the default), en or ru.

    Returns:
        A list of texts, those with fewest problems first. `text` is the text, and `tone` its tone.
        `problems` lists what is wrong with it, each with its `kind`, the `words` of the text, the
        `reason` in a sentence and the `fact` of the sheet that it is about. `checked` names the
        kinds of problems that were looked for.
    """
    spoken = checks.choice(language, (AUTO, *LANGUAGES), "language")
    own = next((each for each in LANGUAGES if each == spoken), None)
    *_, last = campaign(sheet, channel, tone, n, seed)
    texts: list[dict[str, Any]] = to_json([_told(copy, own) for copy in last.texts])
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
    where = checks.choice(channel, TITLES, "channel")
    voice = checks.choice(tone, VOICES, "tone")
    wanted = checks.whole(n, 1, MOST, "n")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    brief, own = _read(said)
    sufficient(brief)
    voices = tones(voice, wanted)
    yield from write(
        writer(shelf(), own), checker(own), brief, own, where, voices, drawn, _others(brief), stop
    )


def edited(text: object, sheet: object, channel: object, tone: object) -> tuple[Copy, Form]:
    """Check a text that a visitor wrote or edited, as the texts of `channel` are checked.

    Raises:
        InputError: an argument breaks a rule, or the sheet's language has no model here.
    """
    said = checks.text(text, TEXT, "text")
    where = checks.choice(channel, TITLES, "channel")
    voice = checks.choice(tone, VOICES, "tone")
    brief, own = _read(checks.text(sheet, LIMIT, "sheet"))
    form = _form(own, where)
    checks_of = _kept_checker(own)
    found = checks_of.check(said, _facts(brief, own), form, _others(brief))
    return Copy(said, found.problems, found.checked, voice), form


def prepare(brief: Brief, language: Language) -> None:
    """Load what writes and checks texts for such sheets, where a model here speaks their language."""
    with suppress(InputError):
        admitted(brief, brief.said)
        writer(shelf(), language)
        _facts(brief, language)


def checker(language: Language) -> Checker:
    """Return the checks of texts in `language`, with the models of this process."""
    models = shelf()
    data = models.settings.data / "marketing"
    return Checker(models.parser(language), language, data, _judge(models, language, data / FILE))


def _judge(models: Shelf, language: Language, file: Path) -> Judge | None:
    """Return the judge of this machine, with the larger one where it is here and was measured."""
    model = models.entailment(MODEL)
    if model is None:
        return None
    chosen = thresholds(file)[language]
    larger = Larger.found(models) if chosen.joint else None
    return Judge(model, models.encoder(), chosen.alone, larger, chosen.joint)


def shipped() -> dict[str, Brief]:
    """Return the product sheets that ship with the app, by id."""
    return products(shelf().settings.data / "products" / "products.jsonl")


def _told(copy: Copy, language: Language | None) -> Copy:
    """Return `copy` with its reasons in `language`; None leaves them in the sheet's."""
    if language is None:
        return copy
    return replace(copy, problems=tuple(told(one, language) for one in copy.problems))


def _read(said: str) -> tuple[Brief, Language]:
    """Return the sheet with this id, or the one that a visitor wrote, and its language."""
    known = shipped()
    brief = known.get(said.strip()) or parsed(said)
    return brief, admitted(brief, said)


def _form(language: Language, channel: str) -> Form:
    """Return the form of edited texts; where nobody writes a language, one may edit all the same."""
    try:
        return writer(shelf(), language).form(language, channel)
    except InputError:
        return FORMS[channel]


def _others(brief: Brief) -> list[str]:
    return [product.name for product in shipped().values() if product.name != brief.name]


@cache
def _kept_checker(language: Language) -> Checker:
    return checker(language)


@lru_cache(16)
def _facts(brief: Brief, language: Language) -> Sheet:
    """Return the facts of a sheet, which is read once while its texts are edited."""
    return _kept_checker(language).sheet(brief)


def lines(result: list[dict[str, Any]]) -> list[str]:
    """Return the texts, each followed by its problems."""
    said = []
    for at, copy in enumerate(result, 1):
        said.append(f"{at}. {copy['text']}")
        said += [f"   ! {p['kind']}: {p['words']} ({p['reason']})" for p in copy["problems"]]
    return said
