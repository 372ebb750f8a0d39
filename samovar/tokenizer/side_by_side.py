"""One text cut by several vocabularies, the lab's own also with the visitor's terms."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from tokenizers import Tokenizer

from samovar import catalog
from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.phrases import Phrase
from samovar.records import Cost
from samovar.tokenizer.beside import vocabularies
from samovar.tokenizer.beside.side import Beside, Side
from samovar.tokenizer.core import grown
from samovar.tokenizer.result import ENGINE, beginning, source, tokens
from samovar.tokenizer.texts.terms import checked
from samovar.tokenizer.vocabulary.embeddings import embeddings
from samovar.tokenizer.vocabulary.pieces import pieces

FEWEST, MOST = 2, 6
SHOWN = 800
"""Characters whose pieces are shown."""
UNKNOWN = ("[UNK]", "<unk>")

NOT_LIST = Phrase(
    "`tokenizers` must be a list of names, but {value} was given.",
    "«tokenizers» должно быть списком имён, а получено: {value}.",
)
NUMBER = Phrase(
    "{n} tokenizers were chosen; {fewest} to {most} are compared.",
    "Выбрано токенизаторов: {n}, а сравнивается от {fewest} до {most}.",
)
CHOOSE = Phrase("Choose among: {ids}.", "Выберите из: {ids}.")


def side_by_side(text: object, names: object, terms: object = None, case: bool = False) -> Beside:
    """Return what each of the tokenizers `names` makes of `text`, a text or a `Corpus`.

    Names are those of the catalog or owner/name on the Hub. The lab's own stands there twice when
    there are terms: without them and with them.

    Raises:
        InputError: a text, a term or a name that is not accepted, or too few or too many names.
        ModelError: a tokenizer is not here and cannot be downloaded.
        StoreError: the cache cannot be written.
    """
    corpus = source(text)
    vocabulary = embeddings()
    wanted = tuple(checked(terms, vocabulary.tokenizer))
    loaded = [(name, vocabularies.loaded(name, shelf().settings)) for name in _names(names)]
    began = perf_counter()
    sides: list[Side] = []
    parts, start = corpus.parts(), beginning(corpus)[:SHOWN]
    for name, tokenizer in loaded:
        sides.append(_side(name, tokenizer, parts, start, wanted))
        if name == vocabulary.model.id and wanted:
            larger = grown(vocabulary, wanted, case)
            sides.append(_side(name, larger.tokenizer, parts, start, wanted, grown=True))
    cost = Cost((perf_counter() - began) * 1000, _titles(sides), ENGINE)
    return Beside(
        tuple(sides), wanted, len(corpus.text), len(corpus.text.split()), cost, corpus.name
    )


def _names(names: object) -> list[str]:
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise InputError(NOT_LIST, value=type(names).__name__)
    listed = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not FEWEST <= len(listed) <= MOST:
        ids = ", ".join(vocabularies.here(shelf().settings))
        raise InputError(NUMBER, CHOOSE, n=len(listed), fewest=FEWEST, most=MOST, ids=ids)
    return listed


def _side(
    name: str,
    tokenizer: Tokenizer,
    parts: Sequence[str],
    start: str,
    terms: Sequence[str],
    grown: bool = False,
) -> Side:
    encodings = tokenizer.encode_batch_fast(list(parts), add_special_tokens=False)
    unknown = {tokenizer.token_to_id(sign) for sign in UNKNOWN} - {None}
    lost = sum(id in unknown for encoding in encodings for id in encoding.ids) if unknown else 0
    return Side(
        name,
        catalog.title(name),
        tokenizer.get_vocab_size(),
        sum(len(encoding.ids) for encoding in encodings),
        lost,
        tuple(pieces(tokenizer, start)),
        tuple(tokens([f" {term}"], tokenizer) for term in terms),
        grown,
    )


def _titles(sides: Sequence[Side]) -> str:
    return ", ".join(dict.fromkeys(side.title for side in sides))
