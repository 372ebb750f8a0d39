"""Lists of domain terms that ship with the project, and the rules for a visitor's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tokenizers import Tokenizer

from samovar import checks
from samovar.errors import InputError, StoreError
from samovar.phrases import Phrase
from samovar.settings import Settings

MOST = 200
LONGEST = 64

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
SPECIAL = Phrase(
    "The term `{term}` holds the control token `{token}`, which belongs to the model's format.",
    "В термине «{term}» есть управляющий токен «{token}», он принадлежит формату модели.",
)
LEAVE_OUT = Phrase("Leave it out.", "Уберите его.")
SPLIT = Phrase("Add them in several steps.", "Добавьте их в несколько приёмов.")
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


def checked(terms: object, tokenizer: Tokenizer) -> list[str]:
    """Return the terms in order, each once, inner white space as one space.

    Raises:
        InputError: no list, too many, one that is blank, too long, or holds a control token.
    """
    if terms is None:
        return []
    if not isinstance(terms, list | tuple):
        raise InputError(NOT_LIST, value=type(terms).__name__)
    if len(terms) > MOST:
        raise InputError(TOO_MANY, SPLIT, n=len(terms), limit=MOST)
    reserved = [
        token.content for token in tokenizer.get_added_tokens_decoder().values() if token.special
    ]
    return list(dict.fromkeys(_term(term, reserved) for term in terms))


def _term(value: object, reserved: list[str]) -> str:
    term = " ".join(checks.text(value, LONGEST, "terms").split())
    for token in reserved:
        if token in term:
            raise InputError(SPECIAL, LEAVE_OUT, term=term, token=token)
    return term
