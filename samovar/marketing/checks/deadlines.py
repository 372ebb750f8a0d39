"""What is to happen once one orders, and when: "sign today, and we start on Monday"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.marketing.checks.claims import BREAK
from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.marketing.facts.words import family
from samovar.phrases import Language

DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
ORDERED: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:orders?|ordered|sign(?:ed)?|book(?:ed)?|buy|apply|write|call|phone|registers?)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:закаж|заказ(?!чи)|оформ|напиш|позвон|заявк|договор|подпи[шс]|запиш|оплат)\w*",
        re.IGNORECASE,
    ),
}
TIME: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:tomorrow|tonight|the same day|the (?:next|following) (?:day|morning|evening|week|month)"
        r"|next week|the week after"
        rf"|(?:on|by|before) {DAYS}|(?:by|before|for) the (?:weekend|end of \w+)|before you \w+"
        r"|within (?:\w+ ){1,3}(?:minute|hour|day|week)s?|in the morning)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:завтра|послезавтра|сегодня|на следующей неделе|в тот же день|до конца \w+"
        r"|(?:в|к|до) (?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)\w*"
        r"|к (?:вечер|утр|обед|завтрак|ужин|выходн|первому|\w+ча)\w*"
        r"|(?:через|за) (?:\w+ ){0,3}(?:минут|час|дн|день|сутк|недел)\w*)(?!\w)",
        re.IGNORECASE,
    ),
}

OURS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\bour (?:\w+ )?(?:engineers?|team|experts?|hotline|teachers?)\b", re.IGNORECASE
    ),
    "ru": re.compile(
        r"(?<!\w)наш\w* (?:инженер|преподавател|мастер|специалист|команд|бригад)\w*", re.IGNORECASE
    ),
}
"""Those who come need no order in the same sentence."""


def check(draft: Draft) -> list[Finding]:
    """Find times behind an order, in another clause, that the sheet does not name."""
    return [
        Finding("delivery", words)
        for sentence in draft.sentences
        if (words := _promised(sentence, draft.sheet))
    ]


def _promised(sentence: Sentence, sheet: Sheet) -> str:
    ordered = ORDERED[sheet.language].search(sentence.text)
    cut = BREAK.search(sentence.text, ordered.end()) if ordered else None
    ours = OURS[sheet.language].search(sentence.text)
    if not cut and not ours:
        return ""
    start = cut.end() - 1 if cut and not ours else 0
    for match in TIME[sheet.language].finditer(sentence.text, start):
        if not _told(sentence.stems_in(match.start(), match.end()), sheet):
            return match[0]
    return ""


def _told(stems: list[str], sheet: Sheet) -> bool:
    """Tell whether one fact of the sheet has all these stems: "on the same day"."""
    return bool(stems) and any(
        all(any(family(stem, other) for other in fact.sentence.known) for stem in stems)
        for fact in sheet.facts
    )
