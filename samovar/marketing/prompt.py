"""The prompt of the marketing task: sheet, channel with its lengths, tone; the reply is the text alone.

Training, evaluation and serving call `turns`, so that a model reads what it was trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samovar.marketing import plan
from samovar.marketing.checks.forms import FORMS, Form, message_length
from samovar.marketing.checks.forms import PARTS as PARTS
from samovar.marketing.facts.brief import TONES, Brief
from samovar.marketing.facts.sheet_text import sheet_text
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Sampling, Turn

SYSTEM = Phrase(
    "You write advertising texts. Say of the product only what its sheet says, with the same numbers, "
    "units and conditions.",
    "Ты пишешь рекламные тексты. Говори о товаре только то, что сказано в карточке, с теми же "
    "числами, единицами и условиями.",
)
TASK = Phrase(
    "Write {kind}. Tone: {tone}. Length: {length}.", "Напиши {kind}. Тон: {tone}. Длина: {length}."
)
KINDS: Mapping[str, Phrase] = {
    "post": Phrase("a social media post", "пост для соцсети"),
    "email": Phrase("an e-mail to a customer", "письмо клиенту"),
    "banner": Phrase("a banner", "баннер"),
    "sms": Phrase("a text message", "СМС"),
    "landing": Phrase("a landing page", "текст для лендинга"),
    "slogan": Phrase("a slogan", "слоган"),
    "ad": Phrase("an ad of one or two sentences", "объявление из одного-двух предложений"),
}
"""Channel → how the prompt calls it; a channel of the checks' FORMS has a row here."""
VOICES: Mapping[str, Phrase] = TONES
"""Tone → how the prompt calls it."""
UNITS = {
    "characters": Phrase("characters", "знаков"),
    "septets": Phrase("characters", "знаков"),
    "words": Phrase("words", "слов"),
}
LETTER = Phrase("a", "я")
"""An SMS of the language holds as many signs as one of this letter."""
CHARACTERS: Mapping[Language, int] = {"en": 3, "ru": 2}
"""Letters of a token, at the least: bounds a reply's tokens by the channel's length."""
WORD = 10
"""Letters of a word, at the most of usual ones."""
TEMPERATURE, TOP_P = 0.3, 0.9
"""Low: drafts differ by the part of the sheet that they tell, and at 0.6 the model begins to invent."""
SEED_STEP = 1000
"""Between two visitors' seeds, so that neighbouring ones share no sample."""


@dataclass(frozen=True, slots=True)
class Example:
    """Hold a text written for another sheet, which the prompt shows before it asks."""

    brief: Brief
    tone: str
    text: str


def turns(
    brief: Brief,
    language: Language,
    channel: str,
    tone: str,
    examples: Sequence[Example] = (),
) -> tuple[Turn, ...]:
    """Return the turns to which the text is the reply.

    `channel` is a key of KINDS and `tone` one of VOICES.
    """
    said = [Turn("system", SYSTEM.say(language))]
    for one in examples:
        said.append(Turn("user", _asked(one.brief, language, channel, one.tone)))
        said.append(Turn("assistant", one.text))
    return (*said, Turn("user", _asked(brief, language, channel, tone)))


def requests(
    brief: Brief,
    language: Language,
    channel: str,
    tone: str,
    n: int,
    seed: int,
    adapter: str | None = None,
    examples: Sequence[Example] = (),
) -> list[ChatRequest]:
    """Return `n` requests for a text, each with a seed of its own.

    Under an adapter each is given another part of the sheet, as in its training (`plan`).
    """
    most = longest(channel, language)
    asked = []
    for at in range(seed * SEED_STEP, seed * SEED_STEP + n):
        given = plan.part(brief, channel, at) if adapter else brief
        said = turns(given, language, channel, tone, examples)
        asked.append(
            ChatRequest(said, Sampling(TEMPERATURE, TOP_P, max_tokens=most, seed=at), adapter)
        )
    return asked


def longest(channel: str, language: Language) -> int:
    """Return the tokens that the longest text of `channel` may take."""
    form = FORMS[channel]
    signs = sum(part.most for part in form.parts) * (WORD if form.counted == "words" else 1)
    return signs // CHARACTERS[language] + 8


def limits(form: Form, language: Language) -> str:
    """Return the lengths of `form` as the prompt says them.

    >>> limits(FORMS["banner"], "en"), limits(FORMS["slogan"], "en")
    ('headline 1–30, text 1–90 characters', '2–8 words')
    """
    bounds = [f"{part.least}–{_most(part.most, form, language)}" for part in form.parts]
    if len(bounds) > 1:
        names = (PARTS[part.name].say(language) for part in form.parts)
        bounds = [f"{name} {bound}" for name, bound in zip(names, bounds, strict=True)]
    return f"{', '.join(bounds)} {UNITS[form.counted].say(language)}"


def _most(most: int, form: Form, language: Language) -> int:
    return message_length(LETTER.say(language))[1] if form.counted == "septets" else most


def _asked(brief: Brief, language: Language, channel: str, tone: str) -> str:
    length = limits(FORMS[channel], language)
    task = TASK.say(language, kind=KINDS[channel], tone=VOICES[tone], length=length)
    return f"{task}\n\n{sheet_text(brief, language)}"
