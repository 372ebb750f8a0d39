"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from samovar import checks
from samovar.character.core import exchange
from samovar.character.drafts import Ensemble
from samovar.character.exchange import WHOLE, Exchange, Reply, Steps
from samovar.character.grounding import matcher as matchers
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.facts import read_facts
from samovar.character.grounding.people import FILE, read_people
from samovar.character.grounding.repertoire import Repertoire, read_words
from samovar.character.grounding.retrieval import FactBase, fact_base
from samovar.character.grounding.rules import RULES
from samovar.character.guests import guest
from samovar.character.persona import CHARACTERS, Character
from samovar.character.speech.style import load
from samovar.errors import InputError
from samovar.models.base import ChatModel, Encoder, EntailmentModel
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import Language, Phrase
from samovar.records import Role, Turn, to_json

LIMIT = 2000
TURN_LIMIT = 8000
TURNS = 200
SEEDS = 2**31 - 1
SECONDS = 20
"""GPU seconds of an answer on ZeroGPU, a reply of a few sentences: estimated, not measured."""
ADAPTERS = {"smollm2-135m-instruct": "smollm2", "qwen2.5-coder-1.5b-instruct": "qwen"}
"""Chat model → end of the name of its adapter of a character: house-qwen."""
ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant"}
"""What a visitor's history may hold; the system turn is the persona and never a visitor's."""

NOT_LIST = Phrase(
    "`history` must be a list of turns, but {value} was given.",
    "«history» должно быть списком реплик, а получено {value}.",
)
NOT_TURN = Phrase(
    "Turn {at} of `history` is not understood: {value}.",
    "Реплика {at} в «history» непонятна: {value}.",
)
WRITE_TURN = Phrase(
    'Write turns like {{"role": "user", "content": "…"}}; the role is user or assistant.',
    'Пишите реплики так: {{"role": "user", "content": "…"}}; роль — user или assistant.',
)
TOO_MANY = Phrase(
    "`history` has {count} turns; at most {limit} are accepted.",
    "В «history» реплик: {count}, а принимается не больше {limit}.",
)
SEASON = Phrase("S{n}", "сезон {n}")
EPISODE = Phrase("E{n}", "серия {n}")
DROP = Phrase("Leave out the oldest ones.", "Уберите самые старые.")


def chat(
    message: str,
    history: list[dict[str, str]] | None = None,
    character: str = "house",
    retrieval: bool = True,
    seed: int = 0,
    card: dict[str, Any] | None = None,
    check: bool = True,
) -> dict[str, Any]:
    """Talk to a character of a series, by default Dr. Gregory House, or to one of your own card.

    Args:
        message: What you say, 1 to 2,000 characters. Facts are found for Russian messages, too;
            where the chat model speaks English only, so does the reply, unless it was written
            beforehand.
        history: Earlier turns, oldest first, at most 200, each like {"role": "user", "content":
            "…"}; the role is user or assistant, a turn has at most 8,000 characters. None by
            default.
        character: Whom to talk to: house (the default) or data.
        retrieval: Whether facts about the series are looked up for the reply; true by default.
        seed: A whole number from 0 to 2147483647, 0 by default; another one gives another reply.
        card: A Tavern card, the JSON object of chara_card_v2, v3 or v1, none by default; it
            replaces the character, and its lore is looked up like facts.
        check: Whether several replies are drawn and judged by the facts, and the best one answers,
            or words written for the character beforehand; true by default. False answers with the
            first draft.

    Returns:
        `reply` is what the character answers. `facts` lists the facts that were looked up, each
        with `id`, `text`, `ru` (the same in Russian), `topic`, `season`, `episode` and `score`.
        `claims` lists what the reply claims, each with its `text`, its `verdict` and the `fact`
        beside it. `style` tells how much it sounds like the character, from 0 to 1, and `written`
        whether it was written beforehand. `alternatives` lists the other replies that were drawn.
        `milliseconds`, `model` and `engine` say what the answer took.
    """
    wanted = checks.switch(check, "check")
    steps = Steps(check=wanted, ranking=wanted, words=wanted)
    *_, last = exchanges(message, history, character, retrieval, seed, card=card, steps=steps)
    return told(last)


def told(exchange: Exchange) -> dict[str, Any]:
    """Return a finished exchange as the endpoint tells it."""
    reply = exchange.told or Reply("")
    others = [one for at, one in enumerate(exchange.replies) if at != exchange.chosen]
    return {
        "reply": reply.text,
        "facts": to_json(exchange.facts),
        "claims": to_json(reply.claims),
        "style": reply.style,
        "written": reply.written,
        "alternatives": to_json(others),
        **to_json(exchange.cost),
    }


def exchanges(
    message: object,
    history: object = None,
    character: object = "house",
    retrieval: object = True,
    seed: object = 0,
    stop: threading.Event | None = None,
    card: object = None,
    steps: Steps = WHOLE,
) -> Iterator[Exchange]:
    """Check the arguments at once and yield the growing exchange from this process's models.

    Raises:
        InputError: an argument breaks a rule.
    """
    said = checks.text(message, LIMIT, "message")
    talk = turns_of(history)
    who = character_of(character, card)
    wanted = checks.switch(retrieval, "retrieval")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    steps = replace(steps, retrieval=steps.retrieval and wanted)
    return exchange(ensemble(shelf(), who, steps), who, said, talk, steps, drawn, stop)


def ensemble(
    models: Shelf, character: Character, steps: Steps, chat: ChatModel | None = None
) -> Ensemble:
    """Return the models that play `character` in these steps, loaded; `chat` is the tool's by default.

    Raises:
        SamovarError: a model, the fact base or the weights of the style are damaged.
    """
    chat = chat or models.chat_of("character")
    adapter = _adapter(models, character, chat) if steps.adapter else None
    if not (steps.retrieval or steps.check or steps.ranking):
        return Ensemble(chat, adapter)
    encoder = models.encoder()
    base = _base(models, encoder, character) if character.facts else None
    judge = None
    if base is not None and (steps.check or steps.ranking):
        entailment = judging(models)
        judge = Judge(base, encoder, entailment, character.name) if entailment else None
    speakers = load(character.series, models.settings) if steps.ranking else None
    own = _repertoire(models, encoder, character) if steps.words else None
    return Ensemble(chat, adapter, encoder, base, judge, speakers, own)


def judging(models: Shelf) -> EntailmentModel | None:
    """Return the model that compares claims with facts: the best one on this machine that has a rule."""
    here = (models.entailment(name) for name in RULES)
    return next((one for one in here if one is not None), None)


def character_of(character: object, card: object = None) -> Character:
    """Return the character of `card` where one is given, else the row of CHARACTERS.

    Raises:
        InputError: there is no such character, or the card is none.
    """
    if card is not None:
        return guest(card).character
    return CHARACTERS[checks.choice(character, CHARACTERS, "character")]


def turns_of(history: object) -> tuple[Turn, ...]:
    """Return a visitor's history as turns; `text` is accepted for `content`.

    Raises:
        InputError: it is no list of user and assistant turns, or too long.
    """
    if history is None:
        return ()
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise InputError(NOT_LIST, WRITE_TURN, value=type(history).__name__)
    if len(history) > TURNS:
        raise InputError(TOO_MANY, DROP, count=len(history), limit=TURNS)
    return tuple(_turn(row, at) for at, row in enumerate(history, 1))


def lines(result: dict[str, Any]) -> list[str]:
    """Return the reply and the facts as terminal lines."""
    marks = [
        (place(fact.get("season"), fact.get("episode"), "en"), fact) for fact in result["facts"]
    ]
    facts = [f"  · {fact['text']}" + (f" [{mark}]" if mark else "") for mark, fact in marks]
    return [result["reply"] or "…", *facts]


def place(season: int | None, episode: int | None, language: Language) -> str:
    """Return where in the series something happens.

    >>> place(1, 21, "en"), place(3, None, "ru"), place(None, None, "en")
    ('S1 E21', 'сезон 3', '')
    """
    named = ((SEASON, season), (EPISODE, episode))
    return " ".join(phrase.say(language, n=n) for phrase, n in named if n is not None)


def _turn(row: object, at: int) -> Turn:
    if not isinstance(row, dict) or row.get("role") not in ("user", "assistant"):
        raise InputError(NOT_TURN, WRITE_TURN, at=at, value=repr(row)[:60])
    content = row.get("content", row.get("text"))
    return Turn(ROLES[row["role"]], checks.text(content, TURN_LIMIT, f"history {at}"))


def _adapter(models: Shelf, character: Character, chat: ChatModel) -> str | None:
    """Return the adapter of the character for this chat model; None: it is not on this machine."""
    short = ADAPTERS.get(chat.name)
    return models.fitting(f"{character.slug}-{short}", chat) if character.slug and short else None


def _base(models: Shelf, encoder: Encoder, character: Character) -> FactBase:
    """Return the fact base of a character.

    A file's is kept as long as the process; the vectors of a card's facts lie in the cache.
    """
    settings, facts = models.settings, character.facts
    if isinstance(facts, tuple):
        return fact_base(encoder, facts, settings.cache)
    key = (*_made(encoder), settings.data / facts)
    if key not in _bases:
        known = encoder, read_facts(settings.data / facts), settings.cache
        matcher = matchers.load(character.slug, encoder.name, settings)
        if character.words is None:
            _bases[key] = fact_base(*known, matcher=matcher)
        else:
            own = settings.data / character.words
            words, people = read_words(own), read_people(own / FILE)
            _bases[key] = fact_base(*known, words.asked, matcher, people, words.sayings)
    return _bases[key]


def _repertoire(models: Shelf, encoder: Encoder, character: Character) -> Repertoire | None:
    """Return what was written for the character, kept as long as the process; None: nothing was."""
    if character.words is None:
        return None
    folder = models.settings.data / character.words
    key = (*_made(encoder), folder)
    if key not in _repertoires:
        matcher = matchers.load(character.slug, encoder.name, models.settings)
        _repertoires[key] = Repertoire(read_words(folder), matcher)
    return _repertoires[key]


def _made(encoder: Encoder) -> tuple[str, str, str]:
    return encoder.name, encoder.engine, encoder.revision


_bases: dict[tuple[str, str, str, Path], FactBase] = {}
"""One a fact base and encoder; two threads that come first at once make the same one twice."""
_repertoires: dict[tuple[str, str, str, Path], Repertoire] = {}
"""The same of the words."""
