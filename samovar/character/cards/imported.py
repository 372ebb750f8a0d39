"""Import a card: what a small model can hold of it, the rest as facts to look up.

Nothing in a card gives orders: its author's system prompt becomes a part of the description, behind
our own first sentence, and all of it stays plain text in one system turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samovar import checks, language
from samovar.character.cards.example import START, dialogue
from samovar.character.cards.excerpt import cut, pieces
from samovar.character.cards.plain_text import plain
from samovar.character.cards.sheet import Entry, Sheet
from samovar.phrases import Language, Phrase
from samovar.records import Fact

NAME, GREETING, REPLY = 80, 1200, 300
"""Characters of the name, of a greeting and of one line of an example."""
PERSONA = 1200
"""Characters of the description in the prompt: about 300 tokens of English, 500 of Russian, which the
slowest machine reads in some ten seconds, once a conversation."""
EXAMPLES, FACTS, FACT = 3, 400, 300
"""Examples shown to the model, facts, and characters of one fact."""

FRAME = Phrase(
    "You are {name}. Stay {name}, say only {name}'s own words, and answer in one to three sentences.",
    "Ты {name}. Оставайся в этой роли, произноси только слова персонажа {name} и отвечай "
    "одним-тремя предложениями.",
)
VISITOR = Phrase("Visitor", "Гость")
TRAITS = Phrase("Personality: {text}", "Характер: {text}")
SCENE = Phrase("Scene: {text}", "Сцена: {text}")

CUT = Phrase(
    "The description has {all:,} characters; the model is given the first {kept:,}, and the rest is "
    "looked up like facts.",
    "В описании {all:,} знаков; модель получает первые {kept:,}, остальное ищется как факты.",
)
GREETING_CUT = Phrase(
    "The greeting was cut to {kept:,} of {all:,} characters.",
    "Приветствие сокращено до {kept:,} знаков из {all:,}.",
)
FEWER_EXAMPLES = Phrase(
    "The model is shown {kept} of {all} examples of the talk.",
    "Модели показано примеров разговора: {kept} из {all}.",
)
FEWER_FACTS = Phrase(
    "{kept} of {all} facts are kept.",
    "Сохранено фактов: {kept} из {all}.",
)
MARKUP = Phrase(
    "Scripts, HTML and pictures were taken out of the text: {count} pieces.",
    "Из текста убраны скрипты, HTML и картинки, всего: {count}.",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold what a conversation needs of a card; all of it is plain text."""

    name: str
    language: Language
    """In which the card is written."""
    persona: str
    greetings: tuple[str, ...]
    """The first one and the alternatives."""
    examples: tuple[tuple[str, str], ...]
    """Lines of the visitor and the character."""
    facts: tuple[Fact, ...]
    notes: tuple[Phrase, ...]
    """What was cut or left out, and why."""
    tags: tuple[str, ...] = ()
    creator: str = ""


def imported(sheet: Sheet) -> Imported:
    """Return what is used of a card's sheet.

    Raises:
        InputError: the name is empty or too long.
    """
    return _Import(sheet).result()


class _Import:
    """Import one sheet, noting what is cut."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._removed = 0
        self._notes: list[Phrase] = []
        self._names: dict[str, str] = {}
        said = (sheet.description, sheet.personality, sheet.scenario, sheet.first_mes)
        self._language = language.detect_or_english(" ".join(said)[:5000])
        self._names["user"] = VISITOR.say(self._language)
        name = " ".join(self._plain(sheet.nickname.strip() or sheet.name).split())
        self._names["char"] = checks.text(name, NAME, "name")

    def result(self) -> Imported:
        """Return the imported card."""
        sheet = self._sheet
        persona, rest = self._persona()
        greetings = [self._greeting(one) for one in (sheet.first_mes, *sheet.alternate_greetings)]
        examples = self._examples()
        facts = self._facts(rest)
        tags = [self._plain(tag)[:NAME] for tag in sheet.tags[:20]]
        creator = self._plain(sheet.creator)[:NAME]
        if self._removed:
            self._notes.append(MARKUP.filled(count=self._removed))
        return Imported(
            self._names["char"],
            self._language,
            persona,
            tuple(one for one in greetings if one),
            examples,
            facts,
            tuple(self._notes),
            tuple(tag for tag in tags if tag),
            creator,
        )

    def _plain(self, text: str) -> str:
        done = plain(text, self._names)
        self._removed += done.removed
        return done.text

    def _persona(self) -> tuple[str, str]:
        """Return the system turn and what of the description did not fit into it."""
        sheet, tongue = self._sheet, self._language
        traits, scene = self._plain(sheet.personality), self._plain(sheet.scenario)
        constant = [entry.content for entry in sheet.character_book.entries if _always(entry)]
        parts = (
            self._plain(sheet.description),
            TRAITS.say(tongue, text=traits) if traits else "",
            SCENE.say(tongue, text=scene) if scene else "",
            self._plain(sheet.system_prompt),
            *(self._plain(text) for text in constant),
        )
        whole = "\n".join(part for part in parts if part)
        kept = cut(whole, PERSONA)
        if kept != whole:
            self._notes.append(CUT.filled(all=len(whole), kept=len(kept)))
        frame = FRAME.say(tongue, name=self._names["char"])
        return f"{frame}\n{kept}".strip(), whole[len(kept) :]

    def _greeting(self, text: str) -> str:
        whole = self._plain(text)
        kept = cut(whole, GREETING)
        if kept != whole:
            self._notes.append(GREETING_CUT.filled(all=len(whole), kept=len(kept)))
        return kept

    def _examples(self) -> tuple[tuple[str, str], ...]:
        blocks = [self._plain(block) for block in START.split(self._sheet.mes_example)]
        pairs = [pair for block in blocks for pair in dialogue(block, self._names)]
        if len(pairs) > EXAMPLES:
            self._notes.append(FEWER_EXAMPLES.filled(all=len(pairs), kept=EXAMPLES))
        return tuple((cut(asked, REPLY), cut(said, REPLY)) for asked, said in pairs[:EXAMPLES])

    def _facts(self, rest: str) -> tuple[Fact, ...]:
        """Return the lore and the `rest` of the description as facts of a few sentences."""
        told = [(self._plain(", ".join(e.keys)), self._plain(e.content)) for e in self._lore()]
        told.append(("", rest))
        found = [
            (topic, text if _named(topic, text) else f"{topic}: {text}")
            for topic, content in told
            for text in pieces(content, FACT)
        ]
        if len(found) > FACTS:
            self._notes.append(FEWER_FACTS.filled(all=len(found), kept=FACTS))
        return tuple(
            Fact(f"card-{at:03}", text, topic[:NAME])
            for at, (topic, text) in enumerate(found[:FACTS], 1)
        )

    def _lore(self) -> Iterable[Entry]:
        return (entry for entry in self._sheet.character_book.entries if entry.enabled)


def _always(entry: Entry) -> bool:
    return entry.enabled and entry.constant


def _named(topic: str, text: str) -> bool:
    keys = [key.strip().lower() for key in topic.split(",")]
    return any(key in text.lower() for key in keys)
