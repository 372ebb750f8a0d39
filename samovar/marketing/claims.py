"""What is wrong with an advertising text: its form, and what the product sheet does not say.

Not covered: a wrong statement made of the sheet's own words and numbers ("18 bearings fail in 2,000
days" is caught by its units, "a bearing warns before 18 days" is not).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from samovar.marketing.brief import Brief, Channel
from samovar.marketing.words import numbers, sentences, stems
from samovar.records import Reason

ABSOLUTE = re.compile(
    r"\b(best|great|perfect\w*|guarante\w*|free|unique|revolution\w*|unbeatable|ultimate|amazing|"
    r"incredib\w*|world[- ]class|leading|leader|only|always|never|every|all|100\s?%|risk[- ]free|"
    r"award[- ]winning|certified|proven|safest|zero|most \w+|\w+iest|\w*(?:fast|cheap|strong|great|"
    r"small|larg|high|low)est|high[- ]end|eliminat\w*|completely|"
    r"лучш\w*|гарант\w*|бесплатн\w*|уникальн\w*|идеальн\w*|революц\w*|самы[йемх]\w*|единственн\w*|"
    r"всегда|никогда|кажд\w*|полностью|сертифиц\w*)\b|№\s?1|#\s?1|\bno\.\s?1\b",
    re.IGNORECASE,
)
"""Superlatives and promises. One that the sheet itself uses is allowed."""
MONEY = re.compile(
    r"[$€£₽]|\b(?:usd|eur|gbp|rub|dollars?|euros?|рубл\w*|долларов)\b", re.IGNORECASE
)
CURRENCIES = {"$": "usd", "dollar": "usd", "dollars": "usd", "долларов": "usd", "€": "eur"}
CURRENCIES |= {"euro": "eur", "euros": "eur", "£": "gbp", "₽": "rub"}
UNITS = frozenset(
    "second minut hour day week month year percent euro dollar litr gram kilogram metr kilometr mm "
    "ml gb kg cm degre decibel watt minute секунд минут час дней недель месяцев лет".split()
)
LOOSE_ENDS = re.compile(
    r"(?:\b(?:and|or|with|for|the|a|of|to|in|but|и|или|с|для|на)|[,:;\-–—])\W*$"
)
FINISHED = re.compile(r"[.!?…][\"»”)]*$|(?:Best regards|С уважением),?$")
FORMULAS = frozenset(
    stem
    for text in (
        "subject hello dear best regards reply write e mail question see work meet say good news "
        "first take price keep time move wait enough look number please present allow introduce "
        "developed guess knock psst here customer",
        "тема здравствуйте ответьте письмо вопрос уважением знакомьтесь рады представить угадайте "
        "здесь цена товар хватит ждать",
    )
    for stem in stems(text)
)
"""Words of openings and endings: a sentence of these needs no support by the sheet."""
SUPPORT = 0.6
REPEATS = 0.2


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a text with all that it is checked against."""

    text: str
    brief: Brief
    channel: Channel
    others: Sequence[str]
    """Names of other products."""
    finished: bool = True


def problems(draft: Draft) -> tuple[Reason, ...]:
    """Return the problems of `draft`, none when it passes every check."""
    return tuple(reason for check in CHECKS.values() for reason in check(draft))


def length(text: str, channel: Channel) -> int:
    """Return the length of `text` in the channel's unit."""
    return len(text.split()) if channel.unit == "words" else len(text)


def closeness(text: str, brief: Brief) -> float:
    """Return the share of neighbouring words of `text` that are neighbours in the sheet, 0 to 1.

    It ranks texts without problems: what joins words of the sheet in a new way is likelier wrong.
    """
    known = set(pairwise(stems(brief.said)))
    pairs = list(pairwise(stem for stem in stems(text) if stem not in FORMULAS))
    return sum(pair in known for pair in pairs) / len(pairs) if pairs else 0.0


def _length(draft: Draft) -> list[Reason]:
    size, row = length(draft.text, draft.channel), draft.channel
    if row.least <= size <= row.most:
        return []
    return [Reason("length", size, f"{row.least}–{row.most} {row.unit}")]


def _unfinished(draft: Draft) -> list[Reason]:
    text = draft.text.strip()
    slogan = draft.channel.unit == "words" and draft.channel.most <= 12
    ended = bool(FINISHED.search(text)) or (slogan and not LOOSE_ENDS.search(text))
    return [] if ended and draft.finished else [Reason("unfinished", f"…{text[-24:]}", "an end")]


def _name(draft: Draft) -> list[Reason]:
    name = draft.brief.name
    given = not name or name.lower() in draft.text.lower()
    return [] if given else [Reason("name", "missing", name)]


def _numbers(draft: Draft) -> list[Reason]:
    known = numbers(draft.brief.said)
    values = {value for value, _ in known}
    reasons = []
    for value, unit in dict.fromkeys(numbers(draft.text)):
        if value not in values:
            reasons.append(Reason("number", value, "not in the sheet"))
        elif unit in UNITS and (value, unit) not in known:
            units = ", ".join(sorted({u for v, u in known if v == value and u}))
            reasons.append(Reason("unit", f"{value} {unit}", units))
    return reasons


def _money(draft: Draft) -> list[Reason]:
    def currencies(text: str) -> set[str]:
        return {CURRENCIES.get(m.lower(), m.lower()[:4]) for m in MONEY.findall(text)}

    strange = sorted(currencies(draft.text) - currencies(draft.brief.said))
    return [Reason("currency", name, "not in the sheet") for name in strange]


def _claims(draft: Draft) -> list[Reason]:
    known = set(stems(draft.brief.said))
    body = re.sub(r"best (?=regards|wishes)", "", draft.text, flags=re.IGNORECASE)
    if draft.brief.name:
        body = re.sub(re.escape(draft.brief.name), "", body, flags=re.IGNORECASE)
    said = dict.fromkeys(match[0].lower() for match in ABSOLUTE.finditer(body))
    return [
        Reason("claim", claim, "not in the sheet")
        for claim in said
        if not stems(claim) or not set(stems(claim)) <= known
    ]


def _forbidden(draft: Draft) -> list[Reason]:
    """Find forbidden phrases: all their stems in one sentence, in any order, denied or not."""
    reasons = []
    in_sentences = [set(stems(sentence)) for sentence in sentences(draft.text)]
    for phrase in draft.brief.forbidden:
        banned = set(stems(phrase))
        if banned and any(banned <= said for said in in_sentences):
            reasons.append(Reason("forbidden", phrase, "the sheet forbids it"))
    return reasons


def _others(draft: Draft) -> list[Reason]:
    own, text = draft.brief.said.lower(), draft.text.lower()
    return [
        Reason("other product", name, draft.brief.name or "this product")
        for name in draft.others
        if name.lower() not in own and re.search(rf"\b{re.escape(name.lower())}\b", text)
    ]


def _unsupported(draft: Draft) -> list[Reason]:
    """Find sentences most of whose words the sheet does not have; slogans are free to play."""
    if not draft.channel.facts:
        return []
    known = set(stems(draft.brief.said)) | FORMULAS
    reasons = []
    for sentence in sentences(draft.text):
        said = set(stems(sentence))
        share = len(said & known) / len(said) if said else 1.0
        if share < SUPPORT and not sentence.endswith("?"):
            reasons.append(Reason("unsupported", sentence, f"{SUPPORT:.0%} of its words"))
    return reasons


def _repetition(draft: Draft) -> list[Reason]:
    said = [sentence.lower() for sentence in sentences(draft.text)]
    if twice := next((s for at, s in enumerate(said) if s in said[:at]), None):
        return [Reason("repetition", twice, "once")]
    words = stems(draft.text)
    grams = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    if pair := next((one for one, two in pairwise(words) if one == two), None):
        return [Reason("repetition", pair, "once")]
    share = 1 - len(set(grams)) / len(grams) if grams else 0.0
    return [Reason("repetition", f"{share:.0%}", f"≤ {REPEATS:.0%}")] if share > REPEATS else []


CHECKS: dict[str, Callable[[Draft], list[Reason]]] = {
    "length": _length,
    "unfinished": _unfinished,
    "name": _name,
    "numbers": _numbers,
    "currency": _money,
    "claims": _claims,
    "forbidden": _forbidden,
    "other products": _others,
    "unsupported": _unsupported,
    "repetition": _repetition,
}
"""Every check, in the order in which its findings are shown."""
