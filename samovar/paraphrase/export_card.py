"""The part of the card that holds the variants as training data for Rasa, to be copied."""

from __future__ import annotations

import base64

from markupsafe import Markup

from samovar import html
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.export import NAME, UNNAMED, intent_name, rasa
from samovar.phrases import Language, Phrase

ACCEPTED = Phrase(
    "For Rasa: the original and {n} accepted variants",
    "Для Rasa: исходная фраза и принятые варианты ({n})",
)
ALL = Phrase(
    "For Rasa: all {n} variants, the rejected ones too",
    "Для Rasa: все варианты ({n}), в том числе отклонённые",
)
COPY = Phrase("Copy", "Скопировать")
COPIED = Phrase("Copied", "Скопировано")
CHOOSE = Phrase(
    "The intent is called {name}: name yours under “Your bot's intents”.",
    "Намерение названо {name}: впишите своё в разделе «Намерения вашего бота».",
)


def section(answer: Answer, language: Language) -> Markup:
    """Return the accepted variants and, apart from them, all variants as Rasa's NLU data."""
    accepted, variants = len(answer.result.accepted), len(answer.result.variants)
    parts = [_block(answer, ACCEPTED.say(language, n=accepted), NAME, language, rejected=False)]
    if accepted < variants:
        said = ALL.say(language, n=variants)
        parts.append(_block(answer, said, f"{NAME}-all", language, rejected=True))
    return html.join(parts)


def _block(answer: Answer, title: str, file: str, language: Language, *, rejected: bool) -> Markup:
    intent = intent_name(answer)
    text = rasa(answer.result, intent, rejected=rejected)
    content = base64.b64encode(text.encode()).decode("ascii")
    copy = html.tag(
        "button",
        COPY.say(language),
        type="button",
        class_="foot-link",
        data_copy_text=True,
        data_done=COPIED.say(language),
    )
    href = f"data:application/octet-stream;base64,{content}"
    load = html.tag("a", "↓ YML", href=href, download=f"{file}.yml", class_="foot-link")
    hint = html.tag("p", CHOOSE.say(language, name=UNNAMED), class_="quiet")
    body = html.tag(
        "div",
        hint if intent == UNNAMED else None,
        html.tag("p", copy, " ", load),
        html.tag("pre", text, tabindex="0"),
        class_="export",
    )
    return html.details(title, body)
