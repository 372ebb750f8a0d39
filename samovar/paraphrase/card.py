"""The result card: accepted variants, a stated shortfall, and the rejected ones with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.paraphrase.core import SURPLUS, Paraphrases
from samovar.phrases import Language, Phrase
from samovar.records import Reason, Variant

ACCEPTED = Phrase("accepted", "принято")
DRAWN = Phrase("samples drawn", "получено от модели")
REJECTED = Phrase("rejected", "отклонено")
SHORT = Phrase(
    "Asked for {n}, only {got} passed every check. Another seed, or a longer sentence, may give more.",
    "Запрошено {n}, все проверки прошли только {got}. Другое зерно или более длинная фраза может "
    "дать больше.",
)
NONE = Phrase(
    "None of the {n} candidates passed every check; the reasons are below.",
    "Ни один из {n} вариантов не прошёл всех проверок, причины указаны ниже.",
)
WHY = Phrase("Rejected, and why ({n})", "Отклонённые и причины ({n})")
HEADERS = (
    Phrase("Variant", "Вариант"),
    Phrase("Similarity", "Сходство"),
    Phrase("New n-grams", "Новых n-грамм"),
)
REASON = Phrase("Reason", "Причина")
NEEDED = Phrase("{check}: {value} (needed: {threshold})", "{check}: {value} (нужно: {threshold})")
CHECKS = {
    "unfinished": Phrase("unfinished", "не закончен"),
    "copy": Phrase("copy", "копия"),
    "length": Phrase("length", "длина"),
    "repetition": Phrase("repetition", "повтор"),
    "diversity": Phrase("diversity", "новизна"),
    "numbers": Phrase("numbers", "числа"),
    "negation": Phrase("negation", "отрицание"),
    "names and slots": Phrase("names and slots", "имена и слоты"),
    "relations": Phrase("relations", "отношения"),
    "prepositions": Phrase("prepositions", "предлоги"),
    "persons": Phrase("persons", "лица"),
    "speech act": Phrase("speech act", "тип фразы"),
    "form": Phrase("form", "форма"),
    "similarity": Phrase("similarity", "сходство"),
    "added words": Phrase("added words", "лишние слова"),
    "lost words": Phrase("lost words", "потерянные слова"),
    SURPLUS: Phrase("surplus", "сверх нужного"),
}
"""Check → its name on the page."""


def body(result: Paraphrases, language: Language) -> Markup:
    """Return the card's body."""
    accepted = result.accepted
    rejected = [variant for variant in result.variants if not variant.accepted]
    numbers = html.stats(
        (
            (f"{len(accepted)}/{result.asked}", ACCEPTED.say(language)),
            (len(rejected), REJECTED.say(language)),
            (result.drawn, DRAWN.say(language)),
        )
    )
    parts = [html.tag("p", html.plain(result.original), class_="original"), numbers]
    if accepted:
        parts.append(_accepted(accepted, language))
    if len(accepted) < result.asked:
        short = SHORT if accepted else NONE
        n = result.asked if accepted else len(rejected)
        parts.append(html.notice(short.say(language, n=n, got=len(accepted)), "hint"))
    if rejected:
        summary = WHY.say(language, n=len(rejected))
        parts.append(html.details(summary, _rejected(rejected, language), opened=not accepted))
    return html.join(parts)


def _accepted(variants: Sequence[Variant], language: Language) -> Markup:
    rows = [(html.plain(v.text), f"{v.similarity:.3f}", f"{v.pinc:.0%}") for v in variants]
    return html.table([header.say(language) for header in HEADERS], rows, numeric=(1, 2))


def _rejected(variants: Sequence[Variant], language: Language) -> Markup:
    headers = [HEADERS[0].say(language), REASON.say(language)]
    return html.table(
        headers,
        [
            (html.plain(v.text), html.join((_reason(r, language) for r in v.reasons), " "))
            for v in variants
        ],
    )


def _reason(reason: Reason, language: Language) -> Markup:
    name = CHECKS[reason.check].say(language)
    full = NEEDED.say(language, check=name, value=reason.value, threshold=reason.threshold)
    return html.badge(full, "quiet" if reason.check == SURPLUS else "bad")
