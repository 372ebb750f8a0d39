"""README.md of an exported folder."""

from __future__ import annotations

from collections.abc import Iterator

from samovar.catalog import Model
from samovar.phrases import Language, Phrase
from samovar.tokenizer.export.rows_file import NAME, PROTOCOL, NewRows, repo, sha256

SHOWN = 200
"""Entries in the table; terms.json has all."""

TITLE = Phrase("{title} with {n} more terms", "{title} и новые термины: {n}")
LEAD = Phrase(
    "{entries} new entries of the vocabulary, ids {first} to {last}. Their rows: {origin}.",
    "Новых записей в словаре: {entries}, номера с {first} по {last}. Их строки: {origin}.",
)
APPLY = Phrase(
    "`python apply.py {repo} OUT` puts the rows into the base and writes the larger model to OUT. "
    "Needed: torch, transformers, safetensors{peft}. Another base is refused.",
    "Команда `python apply.py {repo} OUT` добавляет строки в базу и записывает увеличенную модель в "
    "OUT. Нужны torch, transformers, safetensors{peft}. Другую базу она не примет.",
)
MAKE = Phrase(
    "`python -m samovar.tokenizer.export --rows {name} --out FOLDER` makes the tokenizer and the script "
    "that applies the rows.",
    "Команда `python -m samovar.tokenizer.export --rows {name} --out FOLDER` создаёт токенизатор и "
    "скрипт, который добавляет строки.",
)
TOKENIZER = Phrase(
    "The tokenizer alone: `AutoTokenizer.from_pretrained(FOLDER)`. Texts without a term keep their ids.",
    "Только токенизатор: `AutoTokenizer.from_pretrained(ПАПКА)`. Тексты без терминов сохраняют номера.",
)
WORDS = Phrase(
    "A term is a whole word: beside a letter stands no letter, beside a digit no digit. Each has an entry "
    "with the space before it and one without.",
    "Термин — целое слово: рядом с буквой нет буквы, рядом с цифрой нет цифры. У каждого две записи: с "
    "пробелом впереди и без него.",
)
NOT_ADDED = Phrase(
    "The terms are entries of the vocabulary, no added tokens: those swallow the space before them and "
    "hide shorter terms. So do not rename terms.json to added_tokens.json.",
    "Термины — обычные записи словаря, а не added tokens: те теряют пробел перед собой и заслоняют "
    "короткие термины. Поэтому не переименовывайте terms.json в added_tokens.json.",
)
SPECIAL = Phrase(
    "Names of control tokens in a text are parsed by transformers unless `split_special_tokens=True`.",
    "Имена управляющих токенов в тексте transformers разбирает, если не задать "
    "`split_special_tokens=True`.",
)
ENGINES = Phrase("Other engines", "Другие движки")
NO_ENGINES = Phrase(
    "There is no export to GGUF or OpenVINO. llama.cpp cuts words by rules that are built into it and know "
    "no terms; openvino-tokenizers 2026.4 finds a term inside a longer word (`kubes` becomes `kube` and "
    "`s`). Both would give other ids to a text. Converted weights fit only ids that this tokenizer gave.",
    "Экспорта в GGUF и OpenVINO нет. В llama.cpp правила деления на слова встроены и терминов не знают, "
    "а openvino-tokenizers 2026.4 находит термин внутри более длинного слова (`kubes` становится `kube` "
    "и `s`). Обе программы дали бы тексту другие номера. Преобразованные веса годятся только для номеров "
    "от этого токенизатора.",
)
BASE = Phrase("Base", "База")
TERMS = Phrase("Terms", "Термины")
REST = Phrase("The other {n} stand in terms.json.", "Остальные {n} записаны в terms.json.")
FILE = Phrase("{name} has protocol {protocol}.", "Протокол файла {name}: {protocol}.")
LICENCE = Phrase("licence {licence}", "лицензия {licence}")


def card(model: Model, rows: NewRows, adapted: bool, whole: bool, language: Language) -> str:
    """Return the text; `whole` says that tokenizer and script lie beside it, `adapted` that a LoRA does."""
    return "\n".join(_lines(model, rows, adapted, whole, language)) + "\n"


def _lines(
    model: Model, rows: NewRows, adapted: bool, whole: bool, language: Language
) -> Iterator[str]:
    last = rows.first + len(rows.added) - 1
    facts = {"entries": len(rows.added), "first": rows.first, "last": last, "origin": rows.origin}
    terms = len({form.term for form in rows.added})  # others were one token already
    peft = ", peft" * adapted
    yield from ("---", f"base_model: {repo(model)}", "tags: [samovar]", "---", "")
    yield f"# {TITLE.say(language, title=model.title, n=terms)}"
    yield from ("", LEAD.say(language, **facts), "")
    if whole:
        yield APPLY.say(language, repo=repo(model), peft=peft)
        yield from ("", TOKENIZER.say(language), "", WORDS.say(language))
        yield from ("", NOT_ADDED.say(language), "", SPECIAL.say(language))
    else:
        yield MAKE.say(language, name=NAME)
    if whole:
        yield from ("", f"## {ENGINES.say(language)}", "", NO_ENGINES.say(language))
    licence = LICENCE.say(language, licence=model.licence)
    yield from ("", f"## {BASE.say(language)}", "")
    yield f"{model.id}, {model.revision}, sha256 {sha256(model)}, {licence}."
    yield FILE.say(language, name=NAME, protocol=PROTOCOL)
    yield from ("", f"## {TERMS.say(language)}", "", "| | id |", "|---|---|")
    for form in rows.added[:SHOWN]:
        shown = form.text.replace("|", "\\|").replace(" ", "·", 1 if form.text[0] == " " else 0)
        fence = "``" if "`" in shown else "`"
        yield f"| {fence}{shown}{fence} | {form.id} |"
    if len(rows.added) > SHOWN:
        yield from ("", REST.say(language, n=len(rows.added) - SHOWN))
