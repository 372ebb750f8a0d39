"""Answer one message of a conversation in character, true to the facts beside it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from threading import Event
from time import perf_counter

from samovar import catalog
from samovar import language as languages
from samovar.character.drafts import ANEW, Asked, Ensemble, Others, further, growing
from samovar.character.exchange import WHOLE, Exchange, Reply, Steps
from samovar.character.grounding.dependence import context
from samovar.character.grounding.questions import asks, seeks
from samovar.character.grounding.voice import first_person
from samovar.character.persona import Character
from samovar.character.speech.address import addressed
from samovar.phrases import Phrase
from samovar.records import Claim, Cost, Fact, Turn

OUT_OF_ROLE = re.compile(
    r"\b(?:language model|computer program|as an? (?:[\w-]+ )?ai\b|an ai (?:assistant|model)"
    r"|i(?:'m| am) an ai\b|virtual assistant|(?:unable|not able) to (?:provide|assist)|chatbot|openai"
    r"|alibaba|qwen|языков\w+ модел\w+|искусственн\w+ интеллект\w*|компьютерн\w+ программ\w+"
    r"|виртуальн\w+ помощник\w*|нейросет\w+)",
    re.IGNORECASE,
)
"""What a model says of itself, not the character."""
REFUSALS = (
    Phrase("I don't know.", "Я не знаю."),
    Phrase("I can't tell you that.", "Этого я вам сказать не могу."),
)
"""Of a character that has none of his own."""
CORRECTION = Phrase("No. {fact}", "Нет. {fact}")
SUPPORT, CONTRADICTION, INVENTION, ROLE = 0.5, 1.5, 0.3, 3.0
"""What a supported claim adds to a reply's rank, and a contradicted one, an unknown one where a fact was
asked for, and a line out of the role take off; style adds 0 to 1."""

LIKE_HIM = 1.0
"""Style, in times of a mere guess among the speakers, from which a first draft is taken without looking for
one more like him."""


def exchange(
    ensemble: Ensemble,
    character: Character,
    message: str,
    history: Sequence[Turn] = (),
    steps: Steps = WHOLE,
    seed: int = 0,
    stop: Event | None = None,
) -> Iterator[Exchange]:
    """Yield the growing exchange: facts first, then the first draft, last the checked reply.

    The last one has the cost, and every reply that was drawn and holds up, the best first; a first draft
    that leaves nothing to be wished for stays alone. When `stop` is set what is there stays, unchecked.

    Raises:
        ModelError: the engine refuses or is closed.
    """
    start = perf_counter()
    asked = _asked(ensemble, character, message, history, steps, seed, stop or Event())
    growth = Exchange(message, facts=asked.facts)
    yield growth
    if steps.check and ensemble.base is not None and not asked.facts and _seeks(asked):
        replies: tuple[Reply, ...] = (_refusal(asked),)
    else:
        replies = yield from _drawn(ensemble, asked, steps, growth)
    spent = (perf_counter() - start) * 1000
    cost = Cost(spent, catalog.title(ensemble.chat.name), ensemble.chat.engine)
    yield replace(growth, replies=replies, cost=cost)


def _asked(
    ensemble: Ensemble,
    character: Character,
    message: str,
    history: Sequence[Turn],
    steps: Steps,
    seed: int,
    stop: Event,
) -> Asked:
    """Return what to draw replies for, with the facts found.

    What the question takes for granted is not judged by itself: on the development questions the
    judge told false premises from true ones hardly better than chance (area under the curve .60).
    """
    language = ensemble.language(character, message)
    adapter = ensemble.adapter if steps.adapter else None
    asked = Asked(
        character,
        message,
        history,
        language,
        adapter=adapter,
        seed=seed * ensemble.drawing.most,
        stop=stop,
    )
    if not steps.retrieval or ensemble.base is None or ensemble.encoder is None:
        return asked
    wanted = asks(message, languages.detect_or_english(message))
    facts = ensemble.base.nearest(
        ensemble.encoder, _question(asked), talk=context(message, history), asks=wanted
    )
    return replace(asked, facts=facts)


def _drawn(
    ensemble: Ensemble, asked: Asked, steps: Steps, growth: Exchange
) -> Generator[Exchange, None, tuple[Reply, ...]]:
    """Yield the exchange while the first draft grows, and return the replies, the best first."""
    drawing = ensemble.drawing
    numbers = range(1, drawing.most) if steps.ranking else ()
    with Others(ensemble.chat, asked, numbers) as others:
        text = ""
        try:
            for text in growing(ensemble.chat, asked):
                yield replace(growth, replies=(Reply(text),))
                if drawing.ahead:
                    others.begin()  # now that the prompt has been read once
        except GeneratorExit:
            asked.stop.set()  # nobody waits for the others
            raise
        if asked.stop.is_set() or not (steps.check or steps.ranking):
            return (Reply(text),)
        return _chosen(ensemble, asked, steps, text, others)


def _chosen(
    ensemble: Ensemble, asked: Asked, steps: Steps, text: str, others: Others
) -> tuple[Reply, ...]:
    """Return the replies that hold up, the best first; there is always one.

    The others are drawn and judged only where the first one may be bettered; where it is contradicted
    and they are not begun yet, those that know the fact are drawn instead.
    """
    replies = _judged(ensemble, asked, steps, [text])
    if steps.check and replies and _enough(ensemble, replies[0], asked):
        return replies
    if not steps.check or ensemble.drawing.ahead or not any(map(_wrong, replies)):
        more = [one for one in others.texts() if one != text]
        replies = _ranked((*replies, *_judged(ensemble, asked, steps, more)), asked)
    return _checked(ensemble, asked, steps, replies) if steps.check else replies


def _checked(
    ensemble: Ensemble, asked: Asked, steps: Steps, replies: tuple[Reply, ...]
) -> tuple[Reply, ...]:
    """Return of `replies` those that hold up, the best first; where none answers, new ones are drawn."""
    wrong = _wrong(replies[0]) if replies else None
    if wrong is not None and not any(_answers(one, asked) for one in replies):
        again = replace(
            asked,
            facts=(wrong, *(fact for fact in asked.facts if fact.id != wrong.id))[:3],
            corrected=wrong,
            seed=asked.seed + ensemble.drawing.most,
        )
        anew = further(ensemble.chat, again, range(ANEW if steps.ranking else 1))
        replies = _ranked((*replies, *_judged(ensemble, asked, steps, anew)), asked)
    sound = [one for one in replies if _sound(one)]
    if not sound:
        return (_corrected(wrong, asked) if wrong is not None else _refusal(asked),)
    if ensemble.judge is not None and _seeks(asked) and not sound[0].count("supported"):
        return (_refusal(asked), *sound) if sound[0].claims else tuple(sound)
    return tuple(sound)


def _judged(
    ensemble: Ensemble, asked: Asked, steps: Steps, drafts: Sequence[str]
) -> tuple[Reply, ...]:
    """Return the drafts that differ, with their claims and style."""
    texts = [text for text in dict.fromkeys(drafts) if text]
    claims = (
        ensemble.judge.claims(texts, asked.language, _question(asked), asked.facts)
        if ensemble.judge is not None
        else [()] * len(texts)
    )
    styles: Sequence[float | None] = [None] * len(texts)
    if ensemble.speakers is not None and ensemble.encoder is not None and asked.language == "en":
        name = asked.character.name.en
        styles = ensemble.speakers.style(texts, name, ensemble.encoder) or styles
    return tuple(map(Reply, texts, claims, styles))


def _ranked(replies: Sequence[Reply], asked: Asked) -> tuple[Reply, ...]:
    """Return `replies`, the best first; of equal ones the one that was drawn first."""
    invention = INVENTION if _seeks(asked) else 0.0

    def rank(reply: Reply) -> float:
        return (
            SUPPORT * min(2, reply.count("supported"))
            - CONTRADICTION * reply.count("contradicted")
            - invention * reply.count("unknown")
            - ROLE * _strange(reply)
            + (reply.style or 0.0)
        )

    return tuple(sorted(replies, key=rank, reverse=True))


def _wrong(reply: Reply) -> Fact | None:
    """Return the fact that the reply contradicts first."""
    facts = (claim.fact for claim in reply.claims if claim.verdict == "contradicted")
    return next(facts, None)


def _enough(ensemble: Ensemble, reply: Reply, asked: Asked) -> bool:
    """Tell whether no other reply need be drawn."""
    names = len(ensemble.speakers.names) if ensemble.speakers is not None else 0
    like_him = reply.style is None or reply.style * names >= LIKE_HIM
    return like_him and _answers(reply, asked)


def _answers(reply: Reply, asked: Asked) -> bool:
    """Tell whether the reply holds up and, where a fact is asked for, rests on one."""
    return _sound(reply) and bool(reply.count("supported") or not _seeks(asked))


def _sound(reply: Reply) -> bool:
    return bool(reply.text) and not reply.count("contradicted") and not _strange(reply)


def _strange(reply: Reply) -> bool:
    return bool(OUT_OF_ROLE.search(reply.text))


def _seeks(asked: Asked) -> bool:
    return seeks(asked.message, languages.detect_or_english(asked.message))


def _question(asked: Asked) -> str:
    """Return the message with the character's name for "you", as the facts call him."""
    said = languages.detect_or_english(asked.message)
    return addressed(asked.message, asked.character.name.say(said), said)


def _refusal(asked: Asked) -> Reply:
    """Return what the character says when he does not know; another seed says it in other words."""
    said = asked.character.refusals or REFUSALS
    number = asked.seed + len(asked.message)
    return Reply(said[number % len(said)].say(asked.language))


def _corrected(fact: Fact, asked: Asked) -> Reply:
    """Return the fact itself, in the first person where the language allows to turn it."""
    told = fact.said(asked.language)
    if asked.language == "en":
        told = first_person(told, asked.character.called)
    claim = Claim(told, "supported", fact)
    return Reply(CORRECTION.say(asked.language, fact=told), (claim,))
