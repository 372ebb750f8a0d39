"""What speaks for and against a reply: its claims with their verdicts, and the facts it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from samovar.character.endpoint import place
from samovar.character.exchange import Claim, Reply, Verdict
from samovar.html import badge, details, join, plain, tag
from samovar.phrases import Language, Phrase
from samovar.records import Fact

FACTS = Phrase("Facts looked up", "Найденные факты")
VERDICTS: Mapping[Verdict, tuple[str, str, Phrase]] = {
    "supported": ("✓", "good", Phrase("supported", "подтверждено")),
    "contradicted": ("✗", "bad", Phrase("contradicted", "противоречит фактам")),
    "unknown": ("?", "quiet", Phrase("unknown", "неизвестно")),
}
"""Verdict → sign, kind of badge and word: colour is never the only sign."""
CLAIMS = Phrase("Claims checked: {count}", "Проверено утверждений: {count}")
NO_FACT = Phrase("no fact speaks about it", "об этом фактов нет")
WRITTEN = Phrase("Written beforehand", "Написано заранее")
STYLE = Phrase("Sounds like {name}: {percent}\u00a0%", "Похоже на героя ({name}): {percent}\u00a0%")


def claims(reply: Reply, name: str, language: Language) -> Markup | None:
    """Return the claims of a reply, which open below it, how much it sounds like `name`, and who wrote it."""
    told = [WRITTEN.say(language)] if reply.written else []
    if reply.style is not None:
        told.append(STYLE.say(language, name=name, percent=f"{reply.style * 100:.0f}"))
    style = tag("p", " · ".join(told), class_="style") if told else None
    if not reply.claims:
        return style
    counts = [
        badge(f"{sign} {reply.count(verdict)} {word.say(language)}", kind)
        for verdict, (sign, kind, word) in VERDICTS.items()
        if reply.count(verdict)
    ]
    head = join([CLAIMS.say(language, count=len(reply.claims)), *counts], " ")
    rows = join(_claim(claim, language) for claim in reply.claims)
    return tag("div", details(head, tag("ul", rows)), style, class_="claims")


def _claim(claim: Claim, language: Language) -> Markup:
    sign, kind, word = VERDICTS[claim.verdict]
    fact = tag("p", *_fact(claim.fact, language)) if claim.fact else tag("p", NO_FACT.say(language))
    return tag("li", badge(f"{sign} {word.say(language)}", kind), plain(claim.text), fact)


def facts(found: Sequence[Fact], language: Language) -> Markup | None:
    """Return the facts beside a reply."""
    if not found:
        return None
    rows = [tag("li", *_fact(fact, language)) for fact in found]
    return tag(
        "aside", tag("b", FACTS.say(language), class_="who"), tag("ul", join(rows)), class_="facts"
    )


def _fact(fact: Fact, language: Language) -> tuple[Markup | None, Markup]:
    mark = place(fact.season, fact.episode, language)
    return badge(mark, "accent") if mark else None, plain(fact.said(language))
