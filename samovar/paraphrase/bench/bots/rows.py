"""The kinds of bots, a row each: `KIND:PLACE` on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.paraphrase.bench.bots.base import Bot
from samovar.paraphrase.bench.bots.exchange import Exchange
from samovar.paraphrase.bench.bots.fitted import Fitted
from samovar.paraphrase.bench.bots.openai import COMPLETIONS, OpenAi
from samovar.paraphrase.bench.bots.patience import Patience
from samovar.paraphrase.bench.bots.process import Process
from samovar.paraphrase.bench.bots.rasa import CHANNEL, PARSE, Channel, Nlu
from samovar.paraphrase.bench.bots.template import BODY, INTENT, Template
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.intents import Intents
from samovar.phrases import Phrase

UNKNOWN = Phrase("`{value}` names no kind of bot.", "«{value}» не называет вида бота.")
KINDS = Phrase("Give one of: {kinds}.", "Укажите одно из: {kinds}.")
RASA = "http://localhost:5005"
CHAT = "http://localhost:8000/v1"


@dataclass(frozen=True, slots=True)
class Options:
    """Hold what the kinds of bots need besides their place."""

    patience: Patience
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = BODY
    intent: str = INTENT
    slots: str = ""
    model: str = ""
    suite: str = ""
    """Name of the suite's file."""
    examples: Sequence[Example] = ()

    def exchange(self, url: str, path: str = "") -> Exchange:
        """Return a connection to this address."""
        return Exchange(url, path, self.patience, self.headers)

    def intents(self) -> list[str]:
        """Return the intents of the suite, each once."""
        return list(dict.fromkeys(example.intent for example in self.examples))


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one kind of bot."""

    form: str
    about: Phrase
    make: Callable[[str, Options], Bot]
    """Gets what follows the kind and its colon."""


def _rasa(place: str, options: Options) -> Bot:
    return Nlu(options.exchange(place or RASA, PARSE))


def _rasa_rest(place: str, options: Options) -> Bot:
    return Channel(options.exchange(place or RASA, CHANNEL))


def _http(place: str, options: Options) -> Bot:
    exchange = options.exchange(f"http:{place}")
    return Template(exchange, options.body, options.intent, options.slots)


def _https(place: str, options: Options) -> Bot:
    exchange = options.exchange(f"https:{place}")
    return Template(exchange, options.body, options.intent, options.slots)


def _openai(place: str, options: Options) -> Bot:
    settings = shelf().settings
    key = {"Authorization": f"Bearer {settings.chat_key}"} if settings.chat_key else {}
    url = place or settings.chat_url or CHAT
    exchange = Exchange(url, COMPLETIONS, options.patience, {**key, **options.headers})
    return OpenAi(exchange, options.model or settings.chat_model, options.intents())


def _command(place: str, options: Options) -> Bot:
    return Process(place, options.patience)


def _fitted(place: str, options: Options) -> Bot:
    encoder = shelf().encoder()
    return Fitted(Intents.from_examples(options.suite, options.examples, encoder), encoder)


BOTS: Mapping[str, Row] = {
    "rasa": Row(
        f"rasa[:{RASA}]",
        Phrase("Rasa's NLU: intent and entities", "NLU Rasa: намерение и сущности"),
        _rasa,
    ),
    "rasa-rest": Row(
        f"rasa-rest[:{RASA}]",
        Phrase(
            "Rasa's REST channel: its words are compared", "канал REST: сравниваются слова бота"
        ),
        _rasa_rest,
    ),
    "http": Row(
        "http://HOST/PATH",
        Phrase(
            "any bot by JSON, see --body and --intent", "любой бот по JSON, см. --body и --intent"
        ),
        _http,
    ),
    "https": Row("https://HOST/PATH", Phrase("the same over TLS", "то же по TLS"), _https),
    "openai": Row(
        f"openai[:{CHAT}]",
        Phrase(
            "a chat model asked for an intent, see --model",
            "чат-модель, у которой спрашивают намерение, см. --model",
        ),
        _openai,
    ),
    "command": Row(
        "'command:python bot.py'",
        Phrase(
            "a text a line in, an intent or JSON a line out",
            "строка с текстом на входе, намерение или JSON строкой на выходе",
        ),
        _command,
    ),
    "fitted": Row(
        "fitted",
        Phrase(
            "the classifier of this project, fitted to the suite",
            "классификатор проекта, обученный на самом наборе",
        ),
        _fitted,
    ),
}


def bot(spec: str, options: Options) -> Bot:
    """Return the bot that `spec` names, `KIND:PLACE`; nothing is asked yet.

    Raises:
        InputError: no such kind, or its place or an option is wrong.
    """
    kind, _, place = spec.strip().partition(":")
    if kind not in BOTS:
        raise InputError(UNKNOWN, KINDS, value=spec[:60], kinds=", ".join(BOTS))
    return BOTS[kind].make(place, options)
