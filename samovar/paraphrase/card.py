"""The result card: accepted variants, a stated shortfall, and the rejected ones with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from samovar import html
from samovar.paraphrase import export_card
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.core import SURPLUS
from samovar.paraphrase.intent_words import flip, summary
from samovar.paraphrase.validation import curve, reason_words
from samovar.paraphrase.validation.styles import STYLES
from samovar.phrases import Language, Phrase
from samovar.records import Reason, Variant

ACCEPTED = Phrase("accepted", "принято")
DRAWN = Phrase("samples drawn", "получено от модели")
REJECTED = Phrase("rejected", "отклонено")
REWORDED = Phrase("of the accepted reword", "из принятых сказаны иначе")
FLIPPED = Phrase("intent flips", "меняют намерение")
SHORT = Phrase(
    "Asked for {n}, only {got} passed every check. Another seed, or a longer sentence, may give more.",
    "Запрошено {n}, все проверки прошли только {got}. Больше может дать другой номер варианта или "
    "более длинная фраза.",
)
NONE = Phrase(
    "None of the {n} candidates passed every check; the reasons are below.",
    "Ни один из {n} вариантов не прошёл всех проверок, причины указаны ниже.",
)
STOPPED = Phrase(
    "The run ended after {seconds} s before every variant was there: it was stopped, or its time was over.",
    "Через {seconds} с работа прервана, когда ещё не все варианты были готовы: её остановили или вышло "
    "время.",
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
HOW = Phrase("Said otherwise", "Что изменено")
SCORE = Phrase("Same meaning", "Тот же смысл")
TERMS = Phrase(
    "New n-grams: how many runs of one to four words the command does not have. Similarity: how near both "
    "are as embeddings, lists of numbers that stand for the meaning; 1 is the same. Same meaning: how sure "
    "the models that check are that both ask for the same.",
    "Новых n-грамм: сколько цепочек из одного–четырёх слов нет в команде. Сходство: насколько близки "
    "эмбеддинги, ряды чисел, которыми записан смысл; 1 — одинаковые. Тот же смысл: насколько проверяющие "
    "модели уверены, что просят об одном.",
)
NEEDED = Phrase("{check}: {value} (needed: {threshold})", "{check}: {value} (нужно: {threshold})")
CHECKS = {
    "unfinished": Phrase("unfinished", "не закончен"),
    "copy": Phrase("copy", "копия"),
    "length": Phrase("length", "длина"),
    "repetition": Phrase("repetition", "повтор"),
    "spelling": Phrase("spelling", "нет такого слова"),
    "diversity": Phrase("diversity", "новизна"),
    "language": Phrase("language", "язык"),
    "names and slots": Phrase("names and slots", "имена и слоты"),
    "literal": Phrase("kept as it stands", "дословно"),
    "number": Phrase("numbers", "числа"),
    "unit": Phrase("unit", "единица"),
    "bound": Phrase("limit", "предел"),
    "name": Phrase("names", "имена"),
    "roles": Phrase("who does what", "кто что делает"),
    "clauses": Phrase("what belongs to what", "что к чему относится"),
    "condition": Phrase("condition", "условие"),
    "order": Phrase("order", "порядок"),
    "polarity": Phrase("negation", "отрицание"),
    "owner": Phrase("owner", "чьё"),
    "direction": Phrase("direction", "направление"),
    "quantifier": Phrase("only, all, except", "только, все, кроме"),
    "choice": Phrase("and, or", "и, или"),
    "plural": Phrase("one or several", "один или несколько"),
    "act": Phrase("kind of request", "вид просьбы"),
    "lost": Phrase("lost", "потеряно"),
    "added": Phrase("added", "добавлено"),
    "lost words": Phrase("lost words", "потерянные слова"),
    "added words": Phrase("added words", "лишние слова"),
    "meaning": Phrase("meaning", "смысл"),
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
        (sum(variant.new_core for variant in accepted), REWORDED.say(language)),
    ]
    if flipped:
        numbers.append((flipped, FLIPPED.say(language)))
    parts = [html.stats(numbers)]
    if accepted:
        parts.append(_accepted(accepted, flips, language))
    if result.stopped:
        parts.append(
            html.notice(
                STOPPED.say(language, seconds=round(result.cost.milliseconds / 1000)), "hint"
            )
        )
    elif len(accepted) < result.asked:
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
    headers = [header.say(language) for header in (VARIANT, HOW, NEW, SIMILARITY, SCORE)]
    rows = [
        (
            _said(one, flips),
            ", ".join(said.say(language) for style, said in STYLES.items() if style in one.styles),
            f"{one.pinc:.0%}",
            f"{one.similarity:.3f}",
            f"{one.score:.0%}",
        )
        for one in variants
    ]
    table = html.tag("div", html.table(headers, rows, numeric=(2, 3, 4)), class_="variants")
    return table + html.tag("p", TERMS.say(language), class_="quiet check-words")


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


def _reason(reason: Reason, language: Language) -> Markup:
    name = CHECKS[reason.check].say(language)
    value, threshold = reason_words.said(reason, language)
    full = NEEDED.say(language, check=name, value=value, threshold=threshold)
    return html.badge(full, "quiet" if reason.check == SURPLUS else "bad")
