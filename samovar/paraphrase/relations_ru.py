"""Small Russian words that turn a meaning round, and who stands where: negation, persons, directions."""

from __future__ import annotations

import re
from functools import cache

from samovar.paraphrase.act_ru import ADVICE, IF, QUESTION, act, message
from samovar.paraphrase.lemmas import flat, lemmas, readings
from samovar.paraphrase.numbers_ru import figures
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import FUNCTION_RU, words

NEGATION = re.compile(
    r"\b(?:не|нет|нельзя|избега\w+|воздерж\w+|запре[тщ]\w+)\b|\b(?:отсутств\w+)(?= [а-я]+[аяыи]\b)"
)
WITHOUT = re.compile(r"\bбез\b(?! \d)|\bнет ни\b")
NOBODY = re.compile(r"\b(?:никогда|никто|никому|никого|ничего|ничто|никак\w*|нигде|никуда|ни)\b")
EMPTY_NEGATION = re.compile(
    r"\bне (?:забуд\w+|забыва\w+|забыть|забыл[аи]?)\b|\bне (?:с?мог\w*|с?може\w+)(?= (?:ли )?(?:бы|ты|вы)\b)"
    r"|\bне с?може(?:шь|те)\b(?= \w+ть\b)|\bне дай(?:те)? мне\b|\bни в коем случае\b"
    r"|\bне (?:меньше|менее|больше|более|позже|позднее|раньше|только)\b|\bне сложно\b|\bне могли\b"
)
"""Negations that ask for the act itself, bound an amount, or are mere politeness."""
CANCEL = re.compile(r"\b(?:отмен|удал|убер|убра|отключ|отпис|вычеркн)\w*")
UNWANTED = re.compile(r"\bне (?:нуж\w+|надо|хочу|пойду|буду|понадоб\w+|поеду)\b")
"""Empty beside an order to cancel: "такси больше не нужно, отмени"."""
RELATIONS: dict[str, re.Pattern[str]] = {
    "after": re.compile(r"\b(?:после|потом|затем|вслед|спустя)\b"),
    "before": re.compile(
        r"\b(?:перед(?! домом| окном| дверью)|прежде|до того|накануне|заранее)\b|\bдо (?:\w+ )?"
        r"(?:сна|возвр|выхо|обед|ужин|завтрак|закат|рассв|нача|прих|отъез|отправ|выле|встр|урок|раб|трен|экз)"
    ),
    "until": re.compile(r"\b(?:пока (?:\w+ ){0,2}не|до тех пор)\b"),
    "only": re.compile(r"(?<!как )\b(?:только|лишь|исключительно|единственн\w+)\b"),
    "except": re.compile(r"\b(?:кроме|исключая|исключением|помимо)\b"),
    "instead": re.compile(r"\b(?:вместо|взамен)\b"),
    "or": re.compile(r"\b(?:или|либо)\b"),
    "at least": re.compile(
        r"\b(?:не (?:меньше|менее|раньше)|минимум|хотя бы|(?<!не )больше(?= \d)|свыше|(?<!не )более(?= \d))\b"
    ),
    "at most": re.compile(
        r"\b(?:не (?:больше|более|позже|позднее|дороже)|максимум|(?<!не )меньше(?= \d)|(?<!не )менее(?= \d))\b"
    ),
    "each": re.compile(r"\b(?:кажд\w+|ежедневн\w+|еженедельн\w+|ежемесячн\w+|по (?:будням|выходным))\b"),
    "under": re.compile(r"\bпод (?!нос|вечер|утро|музык|тих|джаз)"),
    "above": re.compile(r"\bнад\b"),
    "later": re.compile(r"\b(?:позже|позднее)\b"),
    "earlier": re.compile(r"\b(?:раньше|пораньше)\b"),
    "back": re.compile(r"\bназад\b"),
}
SIDES: dict[str, frozenset[str]] = {
    "из": frozenset({"from"}),
    "от": frozenset({"from"}),
    "с": frozenset({"from"}),
    "до": frozenset({"to", "before"}),
    "к": frozenset({"to"}),
    "на": frozenset({"to"}),
    "в": frozenset({"to"}),
    "перед": frozenset({"before"}),
    "после": frozenset({"after"}),
    "под": frozenset({"under"}),
    "над": frozenset({"above"}),
    "для": frozenset({"for"}),
    "кроме": frozenset({"except"}),
    "вместо": frozenset({"instead"}),
}
"""Preposition → on which side of the act its word stands ("с" with the genitive, "в" with the accusative)."""
OPPOSED = (
    ("from", "to"),
    ("before", "after"),
    ("under", "above"),
    ("except", "with"),
    ("instead", "with"),
)
LONG = {"со": "с", "изо": "из", "ото": "от", "ко": "к", "во": "в", "надо": "над", "передо": "перед"}
CASES = {"с": {"gent", "gen2"}, "в": {"accs", "nomn"}, "на": {"accs", "nomn"}}
"""Only in these cases do the prepositions state a direction; numbers and names have none."""
CLOCK = {"в": "at", "на": "at", "к": "at", "до": "until", "с": "from", "от": "from", "после": "after"}
CLOCK |= {"через": "in", "раньше": "until", "позже": "after", "за": "in", "под": "at"}
"""Preposition → where the number behind it stands; "через 10 минут" is not "в 10 минут"."""
NUMBER = re.compile(r"\b(?P<before>[а-я]+) (?:(?:примерно|около|ровно|целых) )?(?P<number>\d[\d:.]*)")
WHEN = r"когда|во сколько|в (?:котором|какое|каком)(?: время| часу)|на (?:какое время|какой час|сколько)"
ASKED: dict[str, re.Pattern[str]] = {
    "when": re.compile(
        rf"\b(?:{WHEN}|(?<!за )как(?:ого числа|ое (?:сейчас )?время|ова? дата)|до (?:скольк\w+|\w+ часа)"
        r"|который (?:сейчас )?час|через сколько|сколько (?:сейчас )?времени)\b"
    ),
    "where": re.compile(r"\b(?:где|куда|откуда)\b"),
    "who": re.compile(r"\b(?:кто|кем|кого|кому)\b"),
    "why": re.compile(r"\b(?:почему|зачем|по какой причине|из-за чего)\b"),
    "how many": re.compile(r"\b(?<!во )(?<!до )(?<!на )(?:сколько|почем|за какое время)\b"),
}
"""Question words that may not replace each other; "какой" and "что" may stand for any."""
MODAL = frozenset("следует стоит надо нужно хочу хотим рекомендуется должно должен нужен".split())
VERBAL = ("VERB", "INFN", "GRND", "PRTS")
THIRD = frozenset("он она оно они его ее их ему ей им него нее них нему ней ним ними".split())
SECOND = frozenset("ты тебя тебе тобой вы вас вам вами твой твоя твое твои твоего твоей твою".split())
SECOND |= frozenset("ваш ваша ваше ваши вашего вашей вашу твоих ваших".split())
PLURAL = frozenset("мы нас нам нами наш наша наше наши нашего нашей нашу наших".split())
GIVEN = frozenset("перевести отправить скинуть перечислить позвонить передать послать".split())
"""Verbs that say to whom: "мне" must neither come nor go beside them."""
FIRST = frozenset("я мне меня мной мною мой моя мое мои моего моей мою моих моим моими моему".split())


def negations(text: str) -> int:
    """Return how many negations of a Russian text turn its meaning; «не забудь» does not.

    A yes-no question means the same with and without "не"; "никто не" is one negation.
    """
    low = " ".join(words(figures(message(text))))
    if CANCEL.search(low):
        low = UNWANTED.sub(" ", low)
    said = EMPTY_NEGATION.sub(" ", low)
    without = bool(WITHOUT.search(said))
    said = re.sub(r"\bнет ни\b", " ", said)
    if act(text) == Act.QUESTION and not QUESTION.search(message(text)):
        said = re.sub(r"\b(?:не|нет)\b", " ", said, count=1)
    found = len(NEGATION.findall(said))
    if not found and not without and NOBODY.search(said):
        found = 1
    return found + without


def relations(text: str) -> frozenset[str]:
    """Return the relations that a Russian text states by words such as после or только."""
    low = " ".join(words(figures(text)))
    return frozenset(name for name, pattern in RELATIONS.items() if pattern.search(low))


def new_persons(original: str, text: str) -> list[str]:
    """Return the pronouns of `text` that bring in a person of whom the original does not speak."""
    old, new = _pronouns(original), _pronouns(text)
    found = [] if old & THIRD else sorted(new & THIRD - _referring(original, text))
    personal = act(original) == Act.ADVICE or ADVICE.search(original.lower()) is not None
    if not old & SECOND and not personal:
        found += sorted(new & SECOND)
    if not old & (PLURAL | FIRST):
        found += sorted(new & PLURAL - {"нам"})
    given = GIVEN & _all_lemmas(original) & _all_lemmas(text)
    if given and ("мне" in old) != ("мне" in new):
        found.append("мне")
    return found + _turned(original, text)


def lost_speaker(original: str, text: str) -> bool:
    """Tell whether the original speaks of its speaker ("я свободен") and `text` no longer does."""
    there = words(text)
    own = any(_person(word) == "1per" or word in FIRST for word in there)
    return "я" in _pronouns(original) and not own


def moved(original: str, text: str) -> list[str]:
    """Return the words that stand in `text` on the other side of the act, and turned questions.

    >>> moved("поезд из Твери в Псков", "поезд из Пскова в Тверь")
    ['to → from пскова', 'from → to тверь']
    """
    old, new = _places(original), _places(text)
    found = []
    for word, there in new.items():
        key = next((one for one in old if lemmas(one) & lemmas(word)), None)
        if key is None:
            continue
        here = old[key]
        for first, second in (*OPPOSED, *((b, a) for a, b in OPPOSED)):
            if first in here and second in there and not here & there:
                found.append(f"{first} → {second} {word}")
    others = (_otherwise_negated, _shifted, _asked_otherwise)
    found += [one for other in others for one in other(original, text)]
    return list(dict.fromkeys(found))


def _pronouns(text: str) -> frozenset[str]:
    return frozenset(words(flat(message(text))))


def _referring(original: str, text: str) -> frozenset[str]:
    """Return the pronouns that take up a noun of `text` itself: "кефир не нужен, убери его"."""
    noun = re.compile(r"[,:.;?!] (?:.* )?(?:его|ее|их|он|она|оно|они|ней|нем|ним|ему|них)\b")
    if not noun.search(flat(text.lower())):
        return frozenset()
    return frozenset("его ее их он она оно они нем ней ним них".split())


@cache
def _all_lemmas(text: str) -> frozenset[str]:
    return frozenset().union(*(lemmas(word) for word in words(text)))


@cache
def _person(word: str) -> str:
    tag = readings(word)[0].tag
    return str(tag.person or "") if tag.POS == "VERB" and tag.mood == "indc" else ""


def _turned(original: str, text: str) -> list[str]:
    """Return verbs that another person does in `text`: "задержусь", "задержится"."""
    old = {next(iter(lemmas(w))): _person(w) for w in words(original) if _person(w)}
    return [
        word
        for word in words(text)
        for key in lemmas(word)
        if _person(word) and key in old and "1per" in {_person(word), old[key]} != {old[key]}
    ]


def _places(text: str) -> dict[str, frozenset[str]]:
    """Return on which sides of the act each content word stands, by the preposition before it."""
    found: dict[str, frozenset[str]] = {}
    sides: frozenset[str] = frozenset()
    for token in re.findall(r"[\w:.%-]*\w|[,;.]", figures(message(text))):
        word = LONG.get(token, token)
        if word in ",;.":
            sides = frozenset()
        elif word in SIDES:
            sides = frozenset({word}) if word in CASES else SIDES[word]
        elif word not in FUNCTION_RU:
            found.setdefault(token, _stated(sides, word) or frozenset({"with"}))
            if readings(word)[0].tag.POS not in ("ADJF", "PRTF", "NUMR"):
                sides = frozenset()
    return found


def _otherwise_negated(original: str, text: str) -> list[str]:
    """Return words that are negated in one text and not in the other: "без сахара", "с сахаром"."""
    old, new = _negated(original), _negated(text)
    said, says = _all_lemmas(message(original)), _all_lemmas(message(text))
    if CANCEL.search(original.lower() + text.lower()):
        return []
    turned = {w for w in old if lemmas(w) & says and not _among(w, new)}
    turned |= {w for w in new if lemmas(w) & said and not _among(w, old)}
    return [f"negation: {word}" for word in sorted(turned)] if old and new else []


def _among(word: str, others: frozenset[str]) -> bool:
    return any(lemmas(word) & lemmas(other) for other in others)


@cache
def _negated(text: str) -> frozenset[str]:
    """Return the verbs under "не" and "нельзя", and the nouns under "без" and "ни"."""
    low = EMPTY_NEGATION.sub(" ", figures(message(text)))
    found: set[str] = set()
    for clause in re.split(r"[;:.?!]|, (?!ни\b)", low):
        listed = words(clause)
        tags = [readings(word)[0].tag for word in listed]
        for at, word in enumerate(listed[:-1]):
            if word == "не" and listed[at + 1] not in MODAL and tags[at + 1].POS in VERBAL:
                found.add(listed[at + 1])
        if any(word in MODAL and "не" in listed[max(0, at - 1) : at] for at, word in enumerate(listed)):
            found |= {w for w, tag in zip(listed, tags, strict=True) if tag.POS == "INFN"}
        if "нельзя" in listed or "лучше не" in clause:
            found |= {w for w, tag in zip(listed, tags, strict=True) if tag.POS == "INFN"}
        found |= _lacking(listed)
    return frozenset(found)


def _lacking(listed: list[str]) -> set[str]:
    """Return the nouns after "без" and "ни", joined ones too: "без яиц и сахара"."""
    found, lacking = set(), False
    for word in listed:
        if word in ("без", "ни"):
            lacking = True
        elif word in ("и", "или", "а", "также"):
            continue
        elif lacking:
            cases = {str(one.tag.case) for one in readings(word)}
            lacking = bool(cases & {"gent", "gen2", "accs"})
            if lacking and readings(word)[0].tag.POS == "NOUN":
                found.add(word)
    return found


def _stated(sides: frozenset[str], word: str) -> frozenset[str]:
    """Return the sides, where "с", "в" and "на" state one only with the right case."""
    (name,) = sides if len(sides) == 1 else ("",)
    if name not in CASES:
        return sides
    cases = {str(one.tag.case) for one in readings(word) if one.tag.case}
    return SIDES[name] if not cases or cases & CASES[name] else frozenset()


def _shifted(original: str, text: str) -> list[str]:
    """Return numbers that stand behind a preposition of another kind: "до 30", "на 30"."""
    old, new = _clocks(original), _clocks(text)
    return [
        f"{old[number]} → {new[number]} {number}"
        for number in new
        if number in old and old[number] != new[number]
    ]


def _clocks(text: str) -> dict[str, str]:
    low = " ".join(words(figures(message(text))))
    return {
        match["number"].removesuffix(":00"): CLOCK[LONG.get(match["before"], match["before"])]
        for match in NUMBER.finditer(low)
        if LONG.get(match["before"], match["before"]) in CLOCK
    }


def _asked_otherwise(original: str, text: str) -> list[str]:
    """Return "when → where" for a question that asks for another thing."""
    if act(original) != Act.QUESTION or re.search(IF, message(original)):
        return []
    old, new = (
        {name for name, pattern in ASKED.items() if pattern.search(message(one))}
        for one in (original, text)
    )
    if not old or not new or old & new:
        return []
    return [f"{'/'.join(sorted(old))} → {'/'.join(sorted(new))}"]
