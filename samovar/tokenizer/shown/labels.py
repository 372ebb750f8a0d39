"""What stands on the widgets of the page."""

from __future__ import annotations

from samovar.phrases import Phrase

TEXT = Phrase("Text", "Текст")
TEXT_HINT = Phrase(
    "Type or paste a text: it is cut as you type.", "Введите или вставьте текст, он режется сразу."
)
FILE = Phrase("A text file instead", "Взять текст из файла")
FILE_HELP = Phrase(
    "txt, md, html, docx, pdf, jsonl, csv or tsv, at most {size} MB. It is counted whole, kept for this "
    "session only and never stored.",
    "txt, md, html, docx, pdf, jsonl, csv или tsv, не больше {size} МБ. Файл считается целиком, действует "
    "только в этом сеансе и не сохраняется.",
)
LOADED = Phrase(
    "{name}: {characters:,} characters, {words:,} words. It is counted in place of the text above until "
    "you remove it.",
    "{name}: знаков {characters:,}, слов {words:,}. Считается он, а не текст выше, пока вы его не "
    "уберёте.",
)
TERMS = Phrase(
    "Your terms, one a line or with commas", "Ваши термины: через запятую или по строкам"
)
TERMS_HINT = Phrase("kubectl, smart contract", "ререндер, виртуальный DOM")
LIST = Phrase("Insert a ready list", "Вставить готовый список")
NO_LIST = Phrase("none", "нет")
CASE = Phrase("Also Capitalised and UPPER", "Также С Заглавной и ПРОПИСНЫМИ")
FOUND = Phrase("Found in your text: tick what to add", "Найдено в тексте: отметьте, что добавить")
FOUND_HELP = Phrase(
    "How often × into how many pieces; the first ones would save most",
    "Сколько раз × на сколько кусочков; первые сэкономят больше всего",
)
PRICE = Phrase("Price of a million tokens", "Цена миллиона токенов")
IDS = Phrase("Ids below the pieces", "Номера под кусочками")
RUN = Phrase("Compare", "Сравнить")
SAMPLE = Phrase("Sample: {title}", "Пример: {title}")
BESIDE = Phrase("Several tokenizers side by side", "Несколько токенизаторов рядом")
BEGUN = Phrase("Where the new vectors begin", "С чего начинаются новые векторы")
SHOW = Phrase("Show", "Показать")
HERE = Phrase("Tokenizers on this machine", "Токенизаторы на этой машине")
HUB = Phrase("Others, from the Hugging Face Hub", "Другие, с Hugging Face Hub")
HUB_HELP = Phrase(
    "owner/name, several with commas; only tokenizer.json is fetched",
    "владелец/имя, несколько через запятую; загружается только tokenizer.json",
)
INITIAL_ROWS = Phrase("The vectors of your terms begin as", "Векторы ваших терминов начинаются как")
TAKE = Phrase("Take the vocabulary home", "Забрать словарь себе")
TAKE_HELP = Phrase(
    "A folder for plain transformers: tokenizer, new rows and the script that puts them into the base.",
    "Папка для обычной библиотеки transformers: токенизатор, новые строки и скрипт, который "
    "добавляет их в базу.",
)
MAKE = Phrase("Make the folder", "Создать папку")
CONTINUED = Phrase(
    "Base and trained model continue a sentence", "База и обученная модель продолжают фразу"
)
SENTENCE = Phrase(
    "Beginning of a sentence about Kubernetes", "Начало английской фразы о Kubernetes"
)
WRITE = Phrase("Continue", "Продолжить")
SENTENCES = (
    "To drain a node safely, run kubectl",
    "When a kubelet stops reporting to the kube-apiserver,",
    "A sidecar container shares with its pod",
)
