"""The card of an exported vocabulary: the files of the folder and how to use them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from samovar import html
from samovar.phrases import Language, Phrase
from samovar.records import Cost
from samovar.tokenizer.export.archive import Packed
from samovar.tokenizer.shown.numbers import thousands
from samovar.tool import Download, Shown

NAME = "samovar-vocabulary"
MADE = Phrase(
    "{n} new entries, ids {first} to {last}. The folder was loaded with plain transformers and gives "
    "the ids of this page.",
    "Новых записей {n}, номера с {first} по {last}. Папка загружена обычной библиотекой transformers "
    "и даёт те же номера, что эта страница.",
)
FILE, SIZE = Phrase("File", "Файл"), Phrase("Bytes", "Байт")
TOKENIZER = Phrase("Load the tokenizer", "Загрузить токенизатор")
MODEL = Phrase("Put the rows into the base: apply.py", "Добавить строки в базу: apply.py")
COMMAND = Phrase("The same on the command line", "То же в командной строке")
DOWNLOAD = Phrase("The link to the ZIP file is below.", "Ссылка на файл ZIP внизу.")
USE = f'''from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("{NAME}")'''


def card(
    ids: Sequence[int],
    packed: Packed,
    terms: Sequence[str],
    way: str,
    cost: Cost,
    language: Language,
) -> Shown:
    """Return the card with the folder as a zip; `ids` are the new ones, `way` how their rows begin."""
    rows = [[html.tag("code", name), thousands(size)] for name, size in packed.sizes.items()]
    headers = [FILE.say(language), SIZE.say(language)]
    said = MADE.say(language, n=len(ids), first=ids[0], last=ids[-1])
    wanted = shlex.quote(", ".join(terms))
    again = f"python -m samovar.tokenizer.export --terms {wanted} --initial {way} --out {NAME}"
    parts = [
        html.tag("p", said, " ", DOWNLOAD.say(language)),
        html.table(headers, rows, numeric=(1,)),
        html.tag("h3", TOKENIZER.say(language)),
        html.tag("pre", USE, class_="listed"),
        html.details(MODEL.say(language), html.tag("pre", packed.script, class_="listed")),
        html.details(COMMAND.say(language), html.tag("pre", again, class_="listed")),
    ]
    return Shown(html.join(parts), cost, (Download(f"{NAME}.zip", data=packed.data),))
