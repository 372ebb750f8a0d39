"""What the table of the tools says, in English and Russian."""

from __future__ import annotations

from samovar.phrases import Phrase

HEAD = Phrase(
    "| tool | model | quality | MB | ms |", "| инструмент | модель | качество | МБ | мс |"
)
PARAPHRASE = Phrase("Paraphrase, {spoken}", "Перефразирование, {spoken}")
CHECK = Phrase(
    "Paraphrase: the check alone, {spoken}", "Перефразирование: только проверка, {spoken}"
)
SEARCH = Phrase("Search, {spoken}", "Поиск, {spoken}")
RERANKED = Phrase("Search, mode `rerank`", "Поиск, режим `rerank`")
NAMES = Phrase("Names, {spoken}", "Имена, {spoken}")
UNTUNED = {
    "marketing": Phrase("Marketing", "Реклама"),
}
"""Slug → tool that runs an untuned chat model."""
SPOKEN = {"en": Phrase("English", "английский"), "ru": Phrase("Russian", "русский")}

ACCEPTED = Phrase(
    "{accepted} of {wanted} accepted a command, {core} of them with a new core ({size} commands)",
    "на команду принято {accepted} из {wanted}, из них {core} с новым ядром (команд {size})",
)
ERRORS = Phrase(
    "accepts {wrong} of the texts that ask for something else, refuses {right} of the true rewordings, "
    "{size} pairs (verifier-e5 alone: {small_wrong} and {small_right})",
    "принимает {wrong} текстов, которые просят о другом, отклоняет {right} верных перефразировок, "
    "пар {size} (только verifier-e5: {small_wrong} и {small_right})",
)
GAIN = Phrase(
    "nDCG@10 {value}, {title}, {asked} questions ({base})",
    "nDCG@10 {value}, {title}, вопросов {asked} ({base})",
)
F1 = Phrase("strict F1 {value}, {title} ({base})", "строгая F1 {value}, {title} ({base})")
INTERVAL = Phrase("{value} ({low} to {high})", "{value} ({low}–{high})")

NONE = "–"
TOKENIZER = Phrase("Tokenizer", "Токенизатор")
TERMS = Phrase("{model} + {count} Kubernetes terms", "{model} + {count} терминов Kubernetes")
SHORTER = Phrase(
    "{saved} % fewer tokens for held-out text on Kubernetes; loss a character {more} % against the same "
    "steps without the terms",
    "на {saved} % меньше токенов в отложенном тексте о Kubernetes; потери на знак {more} % против тех же "
    "шагов без терминов",
)
CHARACTER = Phrase("Character", "Персонаж")
OWN_WORDS = Phrase("{model} + LoRA + own words", "{model} + LoRA + готовые слова")
ANSWERED = Phrase(
    "right about {value} of {size} questions in two languages (with LoRA alone: {base})",
    "верно отвечает на {value} из {size} вопросов на двух языках (с одной LoRA: {base})",
)
A_REPLY = Phrase("{ms} a reply", "{ms} на реплику")
A_COMMAND = Phrase("{ms} a command", "{ms} на команду")
A_QUESTION = Phrase("{ms} a question, {passages} passages", "{ms} на вопрос, фрагментов {passages}")
A_TEXT = Phrase("{ms} a text", "{ms} на текст")
A_TEXT_READ = Phrase("{ms} a text that it reads", "{ms} на прочитанный текст")
