"""Write a grown vocabulary into a folder.

python -m samovar.tokenizer.export --terms "kubectl, smart contract" --out FOLDER
python -m samovar.tokenizer.export --rows assets/vocabularies/kubernetes-smollm2/rows.safetensors --out FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from samovar import catalog
from samovar.command import terminal
from samovar.errors import InputError
from samovar.files.source import File
from samovar.phrases import Language, Phrase
from samovar.settings import Settings
from samovar.tokenizer.export.wish import MODEL, Told, Wish, base, export
from samovar.tokenizer.texts import corpus
from samovar.tokenizer.texts.box import typed
from samovar.tokenizer.vocabulary.initial import INITIAL

ABOUT = Phrase(
    "Write a tokenizer with new terms, their rows, and the script that applies them.",
    "Записать токенизатор с новыми терминами, их строки и скрипт, который их добавляет.",
)
TERMS = Phrase("terms, with commas or one a line", "термины через запятую или по строкам")
ROWS = Phrase("rows that were trained, in the place of terms", "обученные строки вместо терминов")
OUT = Phrase("new folder", "новая папка")
BASE = Phrase("model of the catalog: {ids}", "модель каталога: {ids}")
INITIAL_ROWS = Phrase("how the rows begin: {names}", "с чего начинаются строки: {names}")
TEXTS = Phrase(
    "text file of the domain, which similar reads", "файл с текстом предметной области для similar"
)
CASE = Phrase(
    "add the Capitalised and UPPER spellings", "добавить написания с Заглавной и ЗАГЛАВНЫМИ"
)
WHOLE = Phrase(
    "write the whole larger model, too, and prove it (needs torch)",
    "записать и всю увеличенную модель, с проверкой (нужен torch)",
)
NEITHER = Phrase("Neither terms nor rows are given.", "Не заданы ни термины, ни строки.")
GIVE = Phrase('Add --terms "A, B" or --rows FILE.', "Добавьте --terms «A, B» или --rows ФАЙЛ.")
WRITTEN = Phrase(
    "{out}: {entries} new entries, ids {first} to {last}; plain transformers gives the same ids.",
    "{out}: новых записей {entries}, номера с {first} по {last}; библиотека transformers даёт те же.",
)
PROVED = Phrase(
    "{out}: {rows} rows, {tied}; logits after loading differ by {difference:.2g} on {tokens} tokens.",
    "{out}: строк {rows}, {tied}; после загрузки логиты отличаются на {difference:.2g}, токенов {tokens}.",
)
TIED = Phrase("output layer tied", "выходной слой общий")
ALONE = Phrase(
    "Load the tokenizer from {out}: beside the model AutoTokenizer would build another one.",
    "Загружайте токенизатор из {out}: рядом с моделью AutoTokenizer построил бы другой.",
)
APART = Phrase("output layer of its own", "выходной слой отдельный")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return the exit code."""
    return terminal.run(lambda settings, out: _run(argv, settings, out))


def _run(argv: Sequence[str] | None, settings: Settings, out: IO[str]) -> int:
    language = settings.language
    parser = terminal.parser("python -m samovar.tokenizer.export", ABOUT.say(language), out)
    _add_arguments(parser, language)
    given = parser.parse_args(argv)
    terms = tuple(typed(given.terms))
    if not terms and given.rows is None:
        raise InputError(NEITHER, GIVE)
    wish = Wish(
        terms=terms,
        case=given.case,
        base=base(given.base).id,
        initial=given.initial,
        texts=tuple(_parts(given.texts)) if given.texts else (),
        rows=given.rows,
        model=given.model,
    )
    told = export(wish, given.out, settings, language)
    return terminal.write(out, _lines(told, given.out, language))


def _add_arguments(parser: terminal.Parser, language: Language) -> None:
    rows = [row.id for row in catalog.MODELS if row.role == "chat" and row.source != "hub"]
    bases, names = ", ".join(rows), ", ".join(INITIAL)
    add = parser.add_argument
    add("--terms", default="", help=TERMS.say(language))
    add("--rows", help=ROWS.say(language), type=Path, metavar="FILE")
    add("--out", type=Path, required=True, metavar="FOLDER", help=OUT.say(language))
    add("--base", default="", metavar="ID", help=BASE.say(language, ids=bases))
    add("--initial", default="mean", help=INITIAL_ROWS.say(language, names=names))
    add("--texts", help=TEXTS.say(language), type=Path, metavar="FILE")
    add("--case", action="store_true", help=CASE.say(language))
    add("--model", action="store_true", help=WHOLE.say(language))


def _parts(path: Path) -> list[str]:
    return corpus.read(File(path.name, path)).parts()


def _lines(told: Told, out: Path, language: Language) -> Iterator[str]:
    ids = told.extension.ids
    yield WRITTEN.say(language, out=out, entries=len(ids), first=ids[0], last=ids[-1])
    if (proof := told.proof) is not None:
        yield PROVED.say(
            language,
            out=out / MODEL,
            rows=proof.rows,
            tied=TIED if proof.tied else APART,
            difference=proof.difference,
            tokens=proof.tokens,
        )
        if not told.beside:
            yield ALONE.say(language, out=out)


if __name__ == "__main__":
    sys.exit(main())
