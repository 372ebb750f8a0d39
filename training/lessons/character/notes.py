"""Facts beside a talk, for a share of what is learned.

Serving puts facts in front of the message, so the adapter has to know prompts with and without them. A line
of a series was not written for our facts: where it has nothing to do with them, it would teach to ignore
them. So a talk gets notes only where a fact shares rare words with the reply itself, and the facts alone
make further talks, whose reply is one of the notes.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from samovar.character.grounding.voice import OUTSIDE, first_person
from samovar.character.persona import Character
from samovar.records import Fact

MOST = 3
LEAST = 0.45
"""Cosine of weighted words of a reply and a fact, from which on the fact belongs to it. At 0.2 four of
five replies of a series have such a fact, at 0.45 one of fifteen: below, the words meet by chance."""
AGAIN = 2
"""Talks made of each fact, with other words of the message and other notes beside it."""
PRODUCTION = frozenset({"series", "cast", "production", "episodes", "saga"})
"""Topics of which the character himself knows nothing."""
ASKING = (
    "What about {word}?",
    "Tell me about {word}.",
    "What do you know about {word}?",
    "{word}. What is there to say?",
    "Do you remember anything about {word}?",
)
WORD = re.compile(r"[A-Za-z][A-Za-z'-]{3,}")


class Notes:
    """Find the facts that belong to a reply, by the words that they share."""

    def __init__(self, facts: Sequence[Fact], called: Sequence[str]) -> None:
        """Weigh the words of `facts`; those in `called`, the character's names, do not count."""
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

        names = {word.lower() for name in called for word in name.split()}
        self._facts = list(facts)
        self._weighing = TfidfVectorizer(
            stop_words=list(ENGLISH_STOP_WORDS | names),
            sublinear_tf=True,
            token_pattern=r"[a-z]{3,}",
        )
        self._rows = self._weighing.fit_transform([fact.text for fact in facts])

    def of(self, replies: Sequence[str]) -> list[tuple[Fact, ...]]:
        """Return up to MOST facts of each reply, the nearest first; mostly there is none."""
        close = (self._weighing.transform(replies) @ self._rows.T).toarray()
        found = []
        for row in close:
            best = np.argsort(-row, kind="stable")[:MOST]
            found.append(tuple(self._facts[at] for at in best if row[at] >= LEAST))
        return found


def retold(
    facts: Sequence[Fact], character: Character
) -> Iterator[tuple[str, str, tuple[Fact, ...]]]:
    """Yield (message, reply, notes): the reply is one of the notes, as the character says it.

    The others are of the same topic, so that only the message tells which one is meant.
    """
    counts = Counter(word.lower() for fact in facts for word in set(WORD.findall(fact.text)))
    names = {word.lower() for name in character.called for word in name.split()}
    known = [
        fact for fact in facts if fact.topic not in PRODUCTION and not OUTSIDE.search(fact.text)
    ]
    for fact in known:
        words = {word for word in WORD.findall(fact.text) if word.lower() not in names}
        reply = first_person(fact.text, character.called)
        if not words or any(
            re.search(rf"\b{re.escape(name)}\b", reply) for name in character.called
        ):
            continue  # he would speak of himself as of another
        draw = random.Random(hashlib.sha256(fact.id.encode()).hexdigest())
        rarest = sorted(words, key=lambda word: (counts[word.lower()], word))[:AGAIN]
        others = [other for other in known if other.topic == fact.topic and other is not fact]
        for word in rarest:
            notes = [fact, *draw.sample(others, min(len(others), draw.randrange(MOST)))]
            draw.shuffle(notes)
            yield draw.choice(ASKING).format(word=word), reply, tuple(notes)
