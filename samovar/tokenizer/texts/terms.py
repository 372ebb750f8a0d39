"""Lists of domain terms that ship with the project, and the rules for a visitor's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from tokenizers import Tokenizer

from samovar import checks
from samovar.errors import InputError, StoreError
from samovar.phrases import Phrase
from samovar.settings import Settings

MOST = 200
"""Of a request: the larger vocabulary is loaded anew for each list."""
LONGEST = 64
SHOWN = 30
"""Characters of a refused term that are repeated."""
WIDEST = 10_000
"""Characters of a term with all its white space, of which only single spaces are kept."""

LISTS: Mapping[str, Phrase] = {
    "kubernetes": Phrase("Kubernetes", "Kubernetes"),
    "ethereum": Phrase("Ethereum", "Ethereum"),
    "medicine": Phrase("Medicine", "Медицина (en)"),
    "finance": Phrase("Finance", "Финансы (en)"),
    "react-ru": Phrase("React, in Russian", "React"),
}
"""Name of a file in data/terms → its title."""

NOT_LIST = Phrase(
    "`terms` must be a list of texts, but {value} was given.",
    "«terms» должно быть списком строк, а получено: {value}.",
)
TOO_MANY = Phrase(
    "There are {n} terms; at most {limit} are accepted.",
    "Терминов {n}, а принимается не больше {limit}.",
)
BLANK = Phrase("Term {at} is empty.", "Термин {at} пуст.")
LONG = Phrase(
    "The term `{start}…` has {length:,} characters; at most {limit} are accepted.",
    "В термине «{start}…» {length:,} знаков, а принимается не больше {limit}.",
)
SHORTEN = Phrase(
    "Shorten it or split it into several.", "Сократите его или разделите на несколько."
)
SPECIAL = Phrase(
    "The term `{term}` holds the control token `{token}`, which belongs to the model's format.",
    "В термине «{term}» есть управляющий токен «{token}», он принадлежит формату модели.",
)
INVISIBLE = Phrase(
    "A term must hold a letter, a digit or a sign, but {value} holds none.",
    "В термине должна быть буква, цифра или знак, а в {value} их нет.",
)
LEAVE_OUT = Phrase("Leave it out.", "Уберите его.")
FEWER = Phrase(
    "Keep those that stand most often in your texts.", "Оставьте самые частые в ваших текстах."
)
NO_FILE = Phrase("The shipped file {path} is missing.", "Нет файла {path} из поставки.")
REINSTALL = Phrase("Get the project's folder `data` again.", "Восстановите папку data проекта.")


@dataclass(frozen=True, slots=True)
class TermList:
    """Hold a shipped list with a text that uses its terms."""

    name: str
    terms: tuple[str, ...]
    sample: str


def shipped(name: str, settings: Settings) -> TermList:
    """Return the list `name`.

    Raises:
        InputError: there is no such list.
        StoreError: its files are missing.
    """
    checks.choice(name, tuple(LISTS), "list")
    folder = settings.data / "terms"
    try:
        terms = (folder / f"{name}.txt").read_text("utf-8").splitlines()
        sample = (folder / f"{name}.md").read_text("utf-8").strip()
    except OSError as error:
        raise StoreError(NO_FILE, REINSTALL, path=f"terms/{name}") from error
    return TermList(name, tuple(term.strip() for term in terms if term.strip()), sample)


def checked(terms: object, tokenizer: Tokenizer, most: int = MOST) -> list[str]:
    """Return the terms in order, each once, inner white space as one space.

    Marks at the edges that no one sees (of direction, of width nought) are dropped: with them a term
    pasted from a page would match nothing.

    Raises:
        InputError: no list, more than `most`, one that is blank, too long, or holds a control token.
            Terms are counted from 1.
    """
    if terms is None:
        return []
    if not isinstance(terms, list | tuple):
        raise InputError(NOT_LIST, value=type(terms).__name__)
    if len(terms) > most:
        raise InputError(TOO_MANY, FEWER, n=len(terms), limit=most)
    reserved = [token.content for token in tokenizer.get_added_tokens_decoder().values()]
    return list(dict.fromkeys(_term(term, at, reserved) for at, term in enumerate(terms, 1)))


def _term(value: object, at: int, reserved: list[str]) -> str:
    if isinstance(value, str) and not value.strip():
        raise InputError(BLANK, LEAVE_OUT, at=at)
    term = " ".join(checks.text(value, WIDEST, "terms").split())
    if len(term) > LONGEST:
        raise InputError(LONG, SHORTEN, start=term[:SHOWN], length=len(term), limit=LONGEST)
    seen = [at for at, char in enumerate(term) if unicodedata.category(char)[0] in "LNPSM"]
    if all(unicodedata.category(term[at])[0] == "M" for at in seen):
        raise InputError(INVISIBLE, LEAVE_OUT, value=ascii(term))
    term = term[seen[0] : seen[-1] + 1]
    for token in reserved:
        if token in term:
            raise InputError(SPECIAL, LEAVE_OUT, term=term, token=token)
    return term
