"""The result card: accepted variants, a stated shortfall, and the rejected ones with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from samovar import html
from samovar.paraphrase import curve, export_card, reason_words
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.core import SURPLUS
from samovar.paraphrase.intent_words import flip, summary
from samovar.phrases import Language, Phrase
from samovar.records import Entailment, Reason, Variant

ACCEPTED = Phrase("accepted", "принято")
DRAWN = Phrase("samples drawn", "получено от модели")
REJECTED = Phrase("rejected", "отклонено")
FLIPPED = Phrase("intent flips", "меняют намерение")
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
ADAPTED = Phrase("With the adapter", "С адаптером")
BASE = Phrase("Base model", "Базовая модель")
SAME = Phrase(
    "Both columns are the same: no paraphrase adapter is installed for this language.",
    "Столбцы одинаковы: адаптер перефразирования для этого языка не установлен.",
)
VARIANT = Phrase("Variant", "Вариант")
REASON = Phrase("Reason", "Причина")
SIMILARITY = Phrase("Similarity", "Сходство")
NEW = Phrase("New n-grams", "Новых n-грамм")
FORWARD = Phrase("Original ⇒ variant", "Исходная ⇒ вариант")
BACKWARD = Phrase("Variant ⇒ original", "Вариант ⇒ исходная")
SCORE = Phrase("Score", "Оценка")
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
    "word order": Phrase("word order", "порядок слов"),
    "persons": Phrase("persons", "лица"),
    "speech act": Phrase("speech act", "тип фразы"),
    "form": Phrase("form", "форма"),
    "similarity": Phrase("similarity", "сходство"),
    "added words": Phrase("added words", "лишние слова"),
    "lost words": Phrase("lost words", "потерянные слова"),
    "language": Phrase("language", "язык"),
    "entailment": Phrase("entailment", "следование"),
    "score": Phrase("score", "оценка"),
    SURPLUS: Phrase("surplus", "сверх нужного"),
}
"""Check → its name on the page."""
Flips = Mapping[str, Markup]
"""Text of a variant → the mark that its intent is another one."""


def body(answer: Answer, language: Language) -> Markup:
    """Return the card's body."""
    parts = [html.tag("p", html.plain(answer.result.original), class_="original")]
    if answer.base is None:
        parts.append(_column(answer, language))
    else:
        parts.append(_beside(answer, answer.base, language))
    parts += [export_card.section(answer, language), summary(answer, language)]
    measured = curve.read()
    if measured:
        parts.append(curve.section(measured, language))
    return html.join(parts)


def _beside(answer: Answer, base: Answer, language: Language) -> Markup:
    """Return adapted and base model side by side, drawn with the same seed."""
    drawn = [
        html.tag(
            "section",
            html.tag("h2", title.say(language)),
            _column(side, language),
            aria_label=title.say(language),
        )
        for title, side in ((ADAPTED, answer), (BASE, base))
    ]
    same = html.notice(SAME.say(language), "hint") if answer.same else Markup()
    return html.join((same, html.tag("div", html.join(drawn), class_="beside")))


def _column(answer: Answer, language: Language) -> Markup:
    """Return counts, accepted variants, the shortfall and the rejected ones."""
    result, flips = answer.result, _flips(answer, language)
    accepted = result.accepted
    rejected = [variant for variant in result.variants if not variant.accepted]
    flipped = sum(variant.text in flips for variant in accepted)
    numbers = [
        (f"{len(accepted)}/{result.asked}", ACCEPTED.say(language)),
        (len(rejected), REJECTED.say(language)),
        (result.drawn, DRAWN.say(language)),
    ]
    if flipped:
        numbers.append((flipped, FLIPPED.say(language)))
    parts = [html.stats(numbers)]
    if accepted:
        parts.append(_accepted(accepted, flips, language))
    if len(accepted) < result.asked:
        short = SHORT if accepted else NONE
        n = result.asked if accepted else len(rejected)
        parts.append(html.notice(short.say(language, n=n, got=len(accepted)), "hint"))
    if rejected:
        why = WHY.say(language, n=len(rejected))
        parts.append(html.details(why, _rejected(rejected, flips, language), opened=not accepted))
    return html.join(parts)


def _flips(answer: Answer, language: Language) -> Flips:
    if answer.guesses is None:
        return {}
    old, variants = answer.guesses.original, answer.result.variants
    return {variants[at].text: flip(old, guess, language) for at, guess in answer.flips}


def _accepted(variants: Sequence[Variant], flips: Flips, language: Language) -> Markup:
    columns: list[Phrase] = [SIMILARITY, NEW]
    rows: list[list[object]]
    rows = [[_said(v, flips), f"{v.similarity:.3f}", f"{v.pinc:.0%}"] for v in variants]
    if any(v.forward and v.backward for v in variants):
        columns += [FORWARD, BACKWARD]
        rows = [
            [*row, _probability(v.forward), _probability(v.backward)]
            for row, v in zip(rows, variants, strict=True)
        ]
    if any(v.score is not None for v in variants):
        columns.append(SCORE)
        rows = [[*row, _score(v)] for row, v in zip(rows, variants, strict=True)]
    headers = [header.say(language) for header in (VARIANT, *columns)]
    numeric = range(1, len(headers))
    return html.tag("div", html.table(headers, rows, numeric=numeric), class_="variants")


def _rejected(variants: Sequence[Variant], flips: Flips, language: Language) -> Markup:
    headers = [VARIANT.say(language), REASON.say(language)]
    return html.table(
        headers,
        [
            (_said(v, flips), html.join((_reason(r, language) for r in v.reasons), " "))
            for v in variants
        ],
    )


def _said(variant: Variant, flips: Flips) -> Markup:
    return html.join((html.plain(variant.text), flips.get(variant.text, "")), " ")


def _probability(entailment: Entailment | None) -> str:
    return f"{entailment.entailment:.0%}" if entailment else "–"


def _score(variant: Variant) -> str:
    return "–" if variant.score is None else f"{variant.score:.2f}"


def _reason(reason: Reason, language: Language) -> Markup:
    name = CHECKS[reason.check].say(language)
    value, threshold = reason_words.said(reason, language)
    full = NEEDED.say(language, check=name, value=value, threshold=threshold)
    return html.badge(full, "quiet" if reason.check == SURPLUS else "bad")
