"""Answer in words written for the character beforehand: a line to small talk, a saying about a fact."""

from __future__ import annotations

from samovar import catalog
from samovar.character.drafts import Asked, Ensemble
from samovar.character.exchange import Reply
from samovar.character.grounding.dependence import context
from samovar.character.grounding.questions import asks, seeks, talks
from samovar.character.grounding.repertoire import ABOUT, SURELY, Kind
from samovar.character.speech.role import again
from samovar.models.base import ChatModel
from samovar.records import Claim, Fact

FLUENT = 2000
"""Size of a chat model in MB from which on its drafts are better than words that fit anything."""
SHORT = 4
"""Words of a question that may be told to be half a question."""
LIKE_HIM = 0.5
"""Style from which on a draft of a smaller model is, too, if it invents nothing."""


def fluent(chat: ChatModel) -> bool:
    """Tell whether a model's drafts stand by themselves; one that the catalog does not know may be large."""
    known = next((row for row in catalog.MODELS if row.id == chat.name), None)
    return known is None or known.size_mb >= FLUENT


def reply(ensemble: Ensemble, asked: Asked, seed: int) -> Reply | None:
    """Return what needs no draft: a line, or a saying about a fact that the message is likely about.

    In a language that the model speaks badly anything else will do. None: nothing fits, or what fits was
    said before or is what the seeds before this one have given.
    """
    own = ensemble.repertoire
    if own is None or ensemble.encoder is None or fluent(ensemble.chat):
        return None
    language = asked.visitors
    likely = (asked.facts[0].likely or 0.0) if asked.facts else 0.0
    question = asks(asked.message, language)
    about = likely >= (ABOUT if question else SURELY)
    leans = question and bool(context(asked.message, asked.history))
    line = None
    if not (leans and asked.facts):
        line = own.line(ensemble.encoder, asked.message, facts=about or leans)
    if line is not None:
        left = line.replies[language][seed:]
        fresh = (text for text in left if not again(text, asked.told))
        return next((Reply(text, written=True) for text in fresh), None)
    if seed:
        return None
    said = saying(ensemble, asked) if about or (asked.facts and language != "en") else None
    return said or (deflection(ensemble, asked) if language != "en" else None)


def instead(ensemble: Ensemble, asked: Asked, draft: Reply | None) -> Reply | None:
    """Return what is said in place of `draft`, a sound one or none; None: it is good enough."""
    if ensemble.repertoire is None or fluent(ensemble.chat):
        return None
    supported = (
        (claim.fact for claim in draft.claims if claim.verdict == "supported") if draft else ()
    )
    if asked.facts and asks(asked.message, asked.visitors):
        return saying(ensemble, asked, next(filter(None, supported), None))
    if draft is None or draft.count("unknown"):
        return deflection(ensemble, asked)
    like_him = draft.style is None or draft.style >= LIKE_HIM
    return None if like_him else deflection(ensemble, asked)


def saying(ensemble: Ensemble, asked: Asked, fact: Fact | None = None) -> Reply | None:
    """Return how the character says `fact`, the best one found by default, unless he has said it before."""
    fact = fact or next(iter(asked.facts), None)
    if fact is None or ensemble.repertoire is None:
        return None
    text = ensemble.repertoire.saying(fact.id, asked.visitors)
    if not text or again(text, asked.told):
        return None
    styles = None
    if ensemble.speakers is not None and ensemble.encoder is not None and asked.visitors == "en":
        styles = ensemble.speakers.style([text], asked.character.name.en, ensemble.encoder)
    claims = (Claim(text, "supported", fact),)
    return Reply(text, claims, styles[0] if styles else None, written=True)


def deflection(ensemble: Ensemble, asked: Asked) -> Reply | None:
    """Return words that fit whatever was said, others each time; None: there are none."""
    if ensemble.repertoire is None:
        return None
    listed = ensemble.repertoire.words.deflections.get(_kind(asked), ())
    texts = [one.say(asked.visitors) for one in listed]
    fresh = [text for text in texts if not again(text, asked.told)] or texts
    place = asked.seed + len(asked.message) + len(asked.told)
    return Reply(fresh[place % len(fresh)], written=True) if fresh else None


def _kind(asked: Asked) -> Kind:
    message, language = asked.message, asked.visitors
    if talks(message, language):
        return "opinion"
    if not asks(message, language):
        return "remark"
    if context(message, asked.history) and len(message.split()) <= SHORT:
        return "unclear"
    return "unknown" if seeks(message, language) else "opinion"
