"""How fast a chat model answers: one chat, several at once, the first word, the reading of a prompt."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from samovar.models.base import ChatModel
from samovar.records import ChatRequest, Sampling, Turn

CHATS = 8
SUBJECTS = (
    "a lighthouse keeper who collects clocks",
    "a baker in a town without roads",
    "two sisters who build a bridge",
    "a postman who reads the stars",
    "a gardener and a very old apple tree",
    "a train that is always late",
    "a violin found in a river",
    "a school on an island of sheep",
)
"""One chat each; long answers, so that nearly every reply has all its tokens."""
QUESTION = "Write a long story, with many details, about {subject}. This is version {version}."
COPY = "Repeat this text word for word:\nIn version {version}, {text}"
TEXT = (
    "the old harbour of the town was built by Dutch engineers. It has two piers, a lighthouse of "
    "white stone and a market where fishermen sell their catch every morning except Sunday. "
    "In winter the boats lie on the beach, and their owners mend nets in the sheds behind the church."
)
LONG = 8
"""Times that TEXT stands in the prompt whose reading is timed: about 400 tokens."""
UNSEEN = 1000
"""Makes a question new to the prefix cache."""


def question(number: int, repeat: int) -> str:
    """Return what chat `number` asks; its end differs in every repeat."""
    return QUESTION.format(subject=SUBJECTS[number % len(SUBJECTS)], version=repeat + 2)


def together(chat: ChatModel, chats: int, repeat: int, tokens: int) -> float:
    """Return the tokens per second of so many chats at once, each with `tokens` new tokens."""
    return _rate(chat, [_request(question(number, repeat), tokens) for number in range(chats)])


def copying(chat: ChatModel, chats: int, repeat: int, tokens: int) -> float:
    """Return the tokens per second of so many chats at once whose replies repeat their prompts."""
    asked = [COPY.format(version=f"{repeat + 2}.{number}", text=TEXT) for number in range(chats)]
    return _rate(chat, [_request(text, tokens) for text in asked])


def first(chat: ChatModel, repeat: int, tokens: int) -> float:
    """Return the seconds to the first piece of a reply of a warm chat."""
    began = time.perf_counter()
    pieces = iter(chat.stream(_request(question(0, repeat + UNSEEN), tokens)))
    next(pieces)
    seconds = time.perf_counter() - began
    list(pieces)  # the next case must not share the machine with the rest of this reply
    return seconds


def reading(chat: ChatModel, repeat: int) -> float:
    """Return the tokens per second at which a long prompt is read, one written token included."""
    asked = _request(COPY.format(version=repeat + UNSEEN, text=" ".join([TEXT] * LONG)), 1)
    began = time.perf_counter()
    [reply] = chat.complete([asked])
    return reply.prompt_tokens / (time.perf_counter() - began)


def _rate(chat: ChatModel, requests: list[ChatRequest]) -> float:
    with ThreadPoolExecutor(len(requests)) as visitors:
        began = time.perf_counter()
        replies = list(visitors.map(lambda request: chat.complete([request])[0], requests))
        seconds = time.perf_counter() - began
    return sum(reply.tokens for reply in replies) / seconds


def _request(text: str, tokens: int) -> ChatRequest:
    return ChatRequest((Turn("user", text),), Sampling(max_tokens=tokens))
