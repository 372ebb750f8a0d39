"""What the table of the tools says, in English and Russian."""

from __future__ import annotations

from samovar.phrases import Phrase

HEAD = Phrase(
    "| tool | model | quality | MB | ms |", "| инструмент | модель | качество | МБ | мс |"
)
PARAPHRASE = Phrase("Paraphrase, {spoken}", "Перефразирование, {spoken}")
CHECK = Phrase("Paraphrase: the check alone", "Перефразирование: только проверка")
SEARCH = Phrase("Search, {spoken}", "Поиск, {spoken}")
RERANKED = Phrase("Search, mode `rerank`", "Поиск, режим `rerank`")
NAMES = Phrase("Names, {spoken}", "Имена, {spoken}")
UNTUNED = {
    "tokenizer": Phrase("Tokenizer", "Токенизатор"),
    "character": Phrase("Character", "Персонаж"),
    "marketing": Phrase("Marketing", "Реклама"),
}
"""Slug → tool that runs an untuned chat model."""
SPOKEN = {"en": Phrase("English", "английский"), "ru": Phrase("Russian", "русский")}

KEPT = Phrase(
    "{kept} of {shown} accepted variants keep the meaning ({requests} requests, human evaluation); "
    "{accepted} of {wanted} accepted a command ({base}: {plain}; {size} commands)",
    "{kept} из {shown} принятых вариантов сохраняют смысл (запросов {requests}, оценка человеком); "
    "на команду принято {accepted} из {wanted} ({base}: {plain}; команд {size})",
)
SAMPLED = Phrase("base model", "исходная модель")
GREEDY = Phrase("base model, greedy", "исходная модель, жадный выбор")
ACCURACY = Phrase(
    "accuracy {value}, MRPC val (most frequent label: {base})",
    "доля верных {value}, MRPC val (самая частая метка: {base})",
)
GAIN = Phrase(
    "nDCG@10 {value}, {title}, {asked} questions ({base})",
    "nDCG@10 {value}, {title}, вопросов {asked} ({base})",
)
F1 = Phrase("strict F1 {value}, {title} ({base})", "строгая F1 {value}, {title} ({base})")
INTERVAL = Phrase("{value} ({low} to {high})", "{value} ({low}–{high})")

NONE = "–"
A_COMMAND = Phrase("{ms} a command", "{ms} на команду")
A_QUESTION = Phrase("{ms} a question, {passages} passages", "{ms} на вопрос, фрагментов {passages}")
A_TEXT = Phrase("{ms} a text", "{ms} на текст")
A_TEXT_READ = Phrase("{ms} a text that it reads", "{ms} на прочитанный текст")
