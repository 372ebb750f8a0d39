"""What the page says about intents: the mark of a flip, and where a bot's intent flips."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from samovar import html
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.nlu.intents import NONE, SHIPPED, Guess, Guesses, Intents
from samovar.phrases import Language, Phrase

FLIP = Phrase(
    "intent flips: {old} {p} → {new} {q}",
    "намерение меняется: {old} {p} → {new} {q}",
)
NO_INTENT = Phrase("no known intent", "вне намерений")
WHERE = Phrase("Where does my bot's intent flip?", "Где меняется намерение бота?")
KEPT = Phrase(
    "Intent of the original: {intent} ({p}). None of the {n} accepted variants changes it.",
    "Намерение исходной фразы: {intent} ({p}). Ни один из принятых вариантов ({n}) его не меняет.",
)
FLIPS = Phrase(
    "Intent of the original: {intent} ({p}). It flips in {k} of the {n} accepted variants: {list}.",
    "Намерение исходной фразы: {intent} ({p}). Меняется в {k} из принятых вариантов ({n}): {list}.",
)
NO_ACCEPTED = Phrase(
    "Intent of the original: {intent} ({p}). There is no accepted variant to compare.",
    "Намерение исходной фразы: {intent} ({p}). Сравнивать не с чем: принятых вариантов нет.",
)
AMONG_REJECTED = Phrase(
    " Of the rejected ones {k} of {n} flip.", " Среди отклонённых меняется в {k} из {n}."
)
BY = Phrase(
    "Guessed by {source}: {known} intents{accuracy}. A guess is information, not a check.",
    "Определено по {source}: намерений {known}{accuracy}. Это подсказка, а не проверка.",
)
RIGHT = Phrase(
    ", right on {share} of {n:,} held-out texts", ", верно {share} из {n:,} отложенных текстов"
)
OURS = Phrase("CLINC150", "CLINC150")
UNKNOWN = Phrase(
    "The shipped intents do not fit this page's encoder; load a file with your own to see flips.",
    "Готовые намерения не подходят к здешнему кодировщику; загрузите файл со своими.",
)
LOADED = Phrase(
    "{name}: {known} intents{accuracy}. They are used until you close the page or remove the file.",
    "{name}: намерений {known}{accuracy}. Действуют, пока открыта страница или не убран файл.",
)


def flip(old: Guess, new: Guess, language: Language) -> Markup:
    """Return the mark of a variant whose intent is another one."""
    said = FLIP.say(
        language,
        old=named(old.intent, language),
        p=f"{old.probability:.2f}",
        new=named(new.intent, language),
        q=f"{new.probability:.2f}",
    )
    return html.badge(said, "accent")


def summary(answer: Answer, language: Language) -> Markup:
    """Return where the intent flips, and who says so."""
    guesses = answer.guesses
    if guesses is None:
        return html.tag("p", UNKNOWN.say(language), class_="intents quiet")
    flips = dict(answer.flips)
    accepted = [at for at, variant in enumerate(answer.result.variants) if variant.accepted]
    rejected = len(answer.result.variants) - len(accepted)
    counts = Counter(flips[at].intent for at in accepted if at in flips)
    line = (FLIPS if counts else KEPT if accepted else NO_ACCEPTED).say(
        language,
        intent=named(guesses.original.intent, language),
        p=f"{guesses.original.probability:.2f}",
        k=counts.total(),
        n=len(accepted),
        list=", ".join(f"{named(name, language)} ({k})" for name, k in counts.most_common()),
    )
    others = len(flips) - counts.total()
    if others:
        line += AMONG_REJECTED.say(language, k=others, n=rejected)
    return html.tag(
        "section",
        html.tag("h2", WHERE.say(language)),
        html.tag("p", line),
        html.tag("p", _by(guesses, language), class_="quiet"),
        class_="intents",
    )


def loaded(intents: Intents, language: Language) -> Markup:
    """Return what a visitor reads when his own file has been fitted."""
    said = LOADED.say(
        language,
        name=intents.source,
        known=len(intents.names),
        accuracy=_right(intents, language),
    )
    return html.notice(said, "hint")


def named(intent: str, language: Language) -> str:
    """Return an intent as the page says it: underscores are spaces."""
    return NO_INTENT.say(language) if intent == NONE else intent.replace("_", " ")


def _by(guesses: Guesses, language: Language) -> str:
    source = OURS.say(language) if guesses.source == SHIPPED else guesses.source
    accuracy = _right(guesses, language)
    return BY.say(language, source=source, known=guesses.known, accuracy=accuracy)


def _right(made: Intents | Guesses, language: Language) -> str:
    share = made.accuracy
    return "" if share is None else RIGHT.say(language, share=f"{share:.0%}", n=made.tested)
