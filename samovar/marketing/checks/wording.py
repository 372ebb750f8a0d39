"""How a text is written: its lengths, an end, the product's name, other products, repetition, copying."""

from __future__ import annotations

import re

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.reading import Sheet
from samovar.marketing.facts.words import family, stems

LOOSE_ENDS = re.compile(
    r"(?:\b(?:and|or|with|for|the|a|of|to|in|but|и|или|с|для|на)|[,:;\-–—])\W*$"
)
FINISHED = re.compile(r"[.!?…][\"»”)]*\W*$|(?:Best regards|С уважением),?$")
DOUBLED = re.compile(r"(?<!\w)([^\W\d_]{2,})\s+\1(?!\w)", re.IGNORECASE)
REPEATS = 0.2
"""Share of triples of words said again from which a text repeats itself."""
COPIED = 8
"""Neighbouring words of an ad to learn from that no text may have."""


def length(draft: Draft) -> list[Finding]:
    """Find parts that are too short or too long, as the channel counts them."""
    return [
        Finding("length", str(size), f"{part.name} {part.least}–{most}")
        for part, size, most in draft.form.lengths(draft.text)
        if not part.least <= size <= most
    ]


def unfinished(draft: Draft) -> list[Finding]:
    """Find a text that breaks off."""
    text = draft.text.strip()
    ended = bool(FINISHED.search(text)) if draft.form.sentences else not LOOSE_ENDS.search(text)
    return [] if ended and draft.finished else [Finding("unfinished", f"…{text[-24:]}")]


def name(draft: Draft) -> list[Finding]:
    """Find a text that does not name the product; one word of its name is enough."""
    spoken = frozenset(stems(draft.text))
    given = not draft.sheet.brief.name or _named(draft.sheet, spoken)
    return [] if given else [Finding("name", "", draft.sheet.brief.name)]


def _named(sheet: Sheet, spoken: frozenset[str]) -> bool:
    own = frozenset(stems(sheet.brief.name)) - set(stems(sheet.brief.category))
    return not own or any(family(stem, other) for stem in own for other in spoken)


def other_product(draft: Draft) -> list[Finding]:
    """Find names of other products."""
    own, text = draft.sheet.brief.said.lower(), draft.text.lower()
    return [
        Finding("other_product", other, draft.sheet.brief.name)
        for other in draft.others
        if other.lower() not in own and re.search(rf"(?<!\w){re.escape(other.lower())}(?!\w)", text)
    ]


def repetition(draft: Draft) -> list[Finding]:
    """Find sentences said twice, words doubled, and texts that go round in circles."""
    said = [sentence.text.lower() for sentence in draft.sentences]
    if twice := next((one for at, one in enumerate(said) if one in said[:at]), None):
        return [Finding("repetition", twice)]
    if doubled := DOUBLED.search(draft.text):
        return [Finding("repetition", doubled[0])]
    words = stems(draft.text)
    grams = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    share = 1 - len(set(grams)) / len(grams) if grams else 0.0
    return [Finding("repetition", f"{share:.0%}")] if share > REPEATS else []


def copied(draft: Draft) -> list[Finding]:
    """Find runs of words of the ads that models learn from, written for other sheets."""
    words = [word.lower() for word in re.findall(r"\w+", draft.text)]
    runs = (tuple(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1))
    run = next((one for one in runs if hash(one) in draft.ads), None)
    return [Finding("copied", " ".join(run))] if run else []


def runs_of(text: str) -> frozenset[int]:
    """Return the hashes of the runs of words of an ad."""
    words = [word.lower() for word in re.findall(r"\w+", text)]
    return frozenset(hash(tuple(words[at : at + COPIED])) for at in range(len(words) - COPIED + 1))
