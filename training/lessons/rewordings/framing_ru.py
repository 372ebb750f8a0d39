"""The same Russian request behind other first words; see framing.py.

An order stands behind some openings as it is, behind others in the infinitive or in the past tense:
"включи свет" → "Можешь включить свет?", "Хочу, чтобы ты включил свет". A question that begins with its
question word stays as it is.
"""

from __future__ import annotations

import random
import re

from samovar.paraphrase.act import Act, act
from samovar.paraphrase.act_ru import TELLING, imperatives, ordering
from samovar.paraphrase.lemmas import readings
from samovar.paraphrase.openings import NEGATIVES_RU, openings

POLITE = re.compile(r",? ?\b(?:пожалуйста|будь(?:те)? добры?)\b,?", re.I)
QUESTION_WORD = re.compile(
    r"^(?:(?:на|в|во|с|до|от|о|по|для|у|к|за|через) )?"
    r"(?:что|кто|кому|где|куда|откуда|когда|почему|зачем|как|как(?:ой|ая|ое|ие)|сколько|скольки)\b",
    re.I,
)
FORMS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("Можешь", "Можете", "Не мог бы ты", "Не могли бы вы"), frozenset({"INFN"})),
    **dict.fromkeys(("Прошу тебя", "Прошу вас"), frozenset({"INFN"})),
    **dict.fromkeys(("Не забывай", "Не забывайте", "Старайся", "Старайтесь"), frozenset({"INFN"})),
    **dict.fromkeys(("Следует", "Рекомендуется", "Лучше"), frozenset({"INFN"})),
    **dict.fromkeys(("Не следует", "Не рекомендуется"), frozenset({"INFN"})),
    **dict.fromkeys(("Хочу, чтобы ты", "Мне нужно, чтобы ты"), frozenset({"past", "masc"})),
    **dict.fromkeys(("Хочу, чтобы вы", "Мне нужно, чтобы вы"), frozenset({"past", "plur"})),
}
"""Opening → grammemes (OpenCorpora) of the verb behind it; none stand for the imperative itself."""
FORBIDDING = {said for pairs in NEGATIVES_RU.values() for pair in pairs for said in pair}
WORD = re.compile(r"([а-яё]+(?:-[а-яё]+)*)", re.I)
LONGEST = 16


def framed(text: str, draw: random.Random) -> str | None:
    """Return `text` behind an opening of its speech act; None where that could break its grammar."""
    said = " ".join(POLITE.sub("", text).split()).rstrip(".?! ")
    kind = act(text, "ru")
    known = openings(text, kind, "ru")
    if not said or not known or len(said.split()) > LONGEST or re.search(r"[.?!;:] ", said):
        return None
    core = said[:1].lower() + said[1:]
    opening = draw.choice(known)
    if kind == Act.QUESTION:
        return f"{opening} {core}" if QUESTION_WORD.match(core) else None
    if kind == Act.STATEMENT:
        return None if re.match(TELLING, core) else f"{opening} {core}"
    if kind not in (Act.COMMAND, Act.ADVICE):
        return None
    core = core.removeprefix("не ") if opening in FORBIDDING else core
    verb, *rest = WORD.split(core, maxsplit=1)[1:]
    others = WORD.findall("".join(rest).lower())
    if not imperatives(verb) or any(ordering(word) is not None for word in others):
        return None
    known_form = FORMS.get(opening.removesuffix(" не"))
    form = inflected(verb, known_form) if known_form else verb
    return f"{opening} {form}{rest[0]}" if form else None


def inflected(verb: str, grammemes: frozenset[str]) -> str | None:
    """Return an imperative in another form; None where the dictionary has none.

    Other readings do not count, likelier ones neither: "вышли" is an order to send here, no past form.

    >>> inflected("включи", frozenset({"INFN"})), inflected("вышли", frozenset({"past", "plur"}))
    ('включить', 'выслали')
    """
    reading = next(parse for parse in readings(verb) if "impr" in parse.tag)
    other = reading.inflect(set(grammemes))
    return str(other.word) if other else None
