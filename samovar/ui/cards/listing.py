"""The fold-outs of the Models page: the roles, every model the catalog knows, and the profiles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from samovar import catalog, html
from samovar.catalog import Model
from samovar.catalog.row import ROLES
from samovar.errors import SamovarError
from samovar.models.files import single
from samovar.models.pick import installed
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase

RUNNING = Phrase(
    "Kinds of work: which model does each here", "Виды работы: какая модель что делает"
)
KNOWN = Phrase("Every model of the catalog", "Все модели каталога")
PROFILES = Phrase("The profiles", "Профили")
HEADERS = (
    Phrase("Work", "Работа"),
    Phrase("Model", "Модель"),
    Phrase("Revision", "Версия"),
    Phrase("Licence", "Лицензия"),
    Phrase("Languages", "Языки"),
    Phrase("MB", "МБ"),
    Phrase("Engines", "Движки"),
    Phrase("Here", "Здесь"),
)
MULTI = Phrase("many more", "и многие другие")
HERE = Phrase("installed", "установлена")
PACK = Phrase("optional: {line}", "по желанию: {line}")
HUB = Phrase("from the Hub", "с Hub")
ABSENT = Phrase("its adapter is not here", "адаптера нет")
TERMS = Phrase("terms", "условия")
PROFILE = Phrase("Profile", "Профиль")
DOES = Phrase("What it does", "Что делает")
WORK: Mapping[str, Phrase] = {
    "chat": Phrase("writes texts, word by word", "пишет тексты, слово за словом"),
    "encoder": Phrase(
        "turns a text into numbers (an embedding): texts close in meaning get close numbers",
        "переводит текст в числа (эмбеддинг): у близких по смыслу текстов они близки",
    ),
    "retriever": Phrase(
        "an encoder taught to bring a question near to its answer",
        "энкодер, который научен приближать вопрос к ответу",
    ),
    "entailment": Phrase(
        "reads two sentences: does the second follow, contradict or neither (NLI)",
        "читает два предложения: следует ли второе, противоречит или ни то ни другое (NLI)",
    ),
    "reranker": Phrase(
        "reads question and text together and puts the best first (a cross-encoder)",
        "читает вопрос и текст вместе и ставит лучшие вперёд (кросс-энкодер)",
    ),
    "verifier": Phrase(
        "reads two requests: do they ask for the same?",
        "читает две просьбы: об одном ли они?",
    ),
}
ENGINE = Phrase("Engine", "Движок")
IN_MEMORY = Phrase("in memory", "в памяти")
ON_DISK = Phrase("loads on first use", "загрузится при первом запросе")
STATE = Phrase("State", "Состояние")
COMMIT = re.compile("[0-9a-f]{40}")


def roles(language: Language) -> Markup:
    """Return a table of the roles: what each does, model, engine and whether it is loaded.

    Why each was chosen stands once for all of them, in the card of answers.
    """
    loaded = shelf().loaded()
    headers = [p.say(language) for p in (HEADERS[0], DOES, HEADERS[1], ENGINE, STATE)]
    rows = []
    for role in catalog.PROFILES["embedded"]:
        try:
            chosen = shelf().choice(role)
        except SamovarError as error:
            return html.notice(error.say(language))
        if chosen.model.base and not installed(chosen.model, shelf().settings):
            continue
        state = IN_MEMORY if (chosen.engine, chosen.model.id) in loaded else ON_DISK
        kind = "good" if state is IN_MEMORY else "quiet"
        rows.append(
            (
                ROLES[role].say(language),
                WORK[role].say(language),
                chosen.model.title,
                chosen.engine,
                html.badge(state.say(language), kind),
            )
        )
    return _folded(RUNNING, html.table(headers, rows), language)


def models(language: Language) -> Markup:
    """Return the table of every model in the catalog."""
    headers = [header.say(language) for header in HEADERS]
    rows = [_row(model, language) for model in catalog.MODELS]
    return _folded(KNOWN, html.table(headers, rows, numeric=[5]), language)


def profiles(language: Language) -> Markup:
    """Return the table of profiles: which model each role gets."""
    roles = list(catalog.PROFILES["embedded"])
    headers = [PROFILE.say(language), *(ROLES[role].say(language) for role in roles)]
    rows = [
        (name, *(catalog.model(column[role]).title for role in roles))
        for name, column in catalog.PROFILES.items()
    ]
    return _folded(PROFILES, html.table(headers, rows), language)


def _folded(title: Phrase, table: Markup, language: Language) -> Markup:
    return html.details(title.say(language), html.tag("div", table, class_="listing"))


def _row(model: Model, language: Language) -> tuple[object, ...]:
    languages = ", ".join(
        MULTI.say(language) if name == "multi" else name for name in model.languages
    )
    licence = model.licence
    if model.terms:
        link = html.tag("a", TERMS.say(language), href=model.terms, rel="noopener")
        licence = html.join((model.licence, " (", link, ")"))
    return (
        ROLES[model.role].say(language),
        model.title,
        html.tag("code", _short(model.revision), title=model.revision),
        licence,
        languages,
        model.size_mb,
        ", ".join(model.engines),
        _state(model, language),
    )


def _short(revision: str) -> str:
    """Return a commit's first 12 digits; other revisions stay whole."""
    return revision[:12] if COMMIT.fullmatch(revision) else revision


def _state(model: Model, language: Language) -> Markup:
    if installed(model, shelf().settings):
        return html.badge(HERE.say(language), "good")
    if model.base:
        return html.badge(ABSENT.say(language))
    if model.pack:
        return html.badge(PACK.say(language, line=f"make {model.pack}"))
    if model.source == "file":
        return html.badge(PACK.say(language, line=single.fetch_line(model)))
    return html.badge(HUB.say(language))
