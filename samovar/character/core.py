"""Answer one message of a conversation in character, true to the facts beside it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from threading import Event
from time import perf_counter

from samovar import catalog
from samovar import language as languages
from samovar.character import ready
from samovar.character.drafts import ANEW, Asked, Ensemble, Others, further, growing
from samovar.character.exchange import WHOLE, Exchange, Reply, Steps
from samovar.character.grounding.dependence import context
from samovar.character.grounding.questions import asks, polar, seeks, subject, talks
from samovar.character.grounding.voice import OUTSIDE, first_person
from samovar.character.persona import Character
from samovar.character.speech.address import addressed
from samovar.character.speech.role import again, strange
from samovar.phrases import Phrase
from samovar.records import Claim, Cost, Fact, Turn

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
    if steps.words and (own := ready.reply(ensemble, asked, seed)):
        replies: tuple[Reply, ...] = (own,)
    elif steps.check and ensemble.base is not None and not asked.facts and _seeks(asked):
        replies = (_refusal(ensemble, steps, asked),)
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
    """Return what to draw replies for."""
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
    return found(ensemble, asked) if steps.retrieval else asked


def found(ensemble: Ensemble, asked: Asked) -> Asked:
    """Return `asked` with the facts that its message is about.

    What the question takes for granted is not judged by itself: on the development questions the
    judge told false premises from true ones hardly better than chance (area under the curve .60).
    """
    if ensemble.base is None or ensemble.encoder is None:
        return asked
    said = languages.detect_or_english(asked.message)
    message = ensemble.base.people.resolved(asked.message, asked.history, said)
    facts = ensemble.base.nearest(
        ensemble.encoder,
        _question(message, asked.character),
        talk=context(asked.message, asked.history),
        asks=asks(asked.message, said),
        said=asked.message,
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
    if steps.words and not asked.seed:  # another reply is a draft
        sound = tuple(one for one in replies if _sound(one, asked))
        said = ready.instead(ensemble, asked, next(iter(sound), None))
        if said is not None:
            return (said, *sound)
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
    sound = [one for one in replies if _sound(one, asked)]
    if not sound:
        if wrong is None or talks(asked.message, asked.language):
            return (_refusal(ensemble, steps, asked),)
        return (_corrected(ensemble, steps, wrong, asked),)
    if ensemble.judge is not None and _seeks(asked) and not sound[0].count("supported"):
        refusal = _refusal(ensemble, steps, asked)
        return (refusal, *sound) if sound[0].claims else tuple(sound)
    return tuple(sound)


def _judged(
    ensemble: Ensemble, asked: Asked, steps: Steps, drafts: Sequence[str]
) -> tuple[Reply, ...]:
    """Return the drafts that differ, with their claims and style."""
    texts = [text for text in dict.fromkeys(drafts) if text]
    claims = (
        ensemble.judge.claims(
            texts, asked.language, _question(asked.message, asked.character), asked.facts
        )
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
            - ROLE * _strange(reply, asked)
            + (reply.style or 0.0)
        )

    return tuple(sorted(replies, key=rank, reverse=True))


def _wrong(reply: Reply) -> Fact | None:
    """Return the fact that the reply contradicts first, if the character could say it."""
    facts = (claim.fact for claim in reply.claims if claim.verdict == "contradicted")
    return next((fact for fact in facts if fact and not OUTSIDE.search(fact.text)), None)


def _enough(ensemble: Ensemble, reply: Reply, asked: Asked) -> bool:
    """Tell whether no other reply need be drawn."""
    names = len(ensemble.speakers.names) if ensemble.speakers is not None else 0
    like_him = reply.style is None or reply.style * names >= LIKE_HIM
    return like_him and _answers(reply, asked)


def _answers(reply: Reply, asked: Asked) -> bool:
    """Tell whether the reply holds up and, where a fact is asked for, rests on one."""
    return _sound(reply, asked) and bool(reply.count("supported") or not _seeks(asked))


def _sound(reply: Reply, asked: Asked) -> bool:
    return bool(reply.text) and not reply.count("contradicted") and not _strange(reply, asked)


def _strange(reply: Reply, asked: Asked) -> bool:
    return strange(reply.text, (*(turn.text for turn in asked.history), asked.message))


def _seeks(asked: Asked) -> bool:
    return seeks(asked.message, languages.detect_or_english(asked.message))


def _question(message: str, character: Character) -> str:
    """Return `message` with the character's name for "you", as the facts call him."""
    said = languages.detect_or_english(message)
    return addressed(subject(message, said), character.name.say(said), said)


def _refusal(ensemble: Ensemble, steps: Steps, asked: Asked) -> Reply:
    """Return what the character says when he does not know, or to a remark that left him speechless.

    Another seed says it in other words, and he does not repeat himself while he has others.
    """
    if steps.words and (said := ready.deflection(ensemble, asked)):
        return said
    own = asked.character
    listed = own.refusals if _seeks(asked) else own.asides or own.refusals
    lines = [one.say(asked.visitors) for one in listed or REFUSALS]
    fresh = [line for line in lines if not again(line, asked.told)] or lines
    return Reply(fresh[(asked.seed + len(asked.message)) % len(fresh)], written=True)


def _corrected(ensemble: Ensemble, steps: Steps, wrong: Fact, asked: Asked) -> Reply:
    """Return a fact instead of the drafts, all of which got `wrong` wrong.

    It is the fact nearest to the question; where the answer is yes or no, or no other is nearer, it is
    `wrong` itself, with a no. It is said in the first person where the language allows to turn it.
    """
    nearest = asked.facts[0] if asked.facts else wrong
    denied = nearest.id == wrong.id or polar(asked.message, asked.language)
    fact = wrong if denied else nearest
    if steps.words and (own := ready.saying(ensemble, asked, fact)):
        return own
    told = fact.said(asked.language)
    if asked.language == "en":
        told = first_person(told, asked.character.called)
    text = CORRECTION.say(asked.language, fact=told) if denied else told
    return Reply(text, (Claim(told, "supported", fact),), written=True)
