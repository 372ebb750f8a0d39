"""Turn a conversation into token ids by the model's own chat template, safely.

The template is rendered with a marker in place of every turn's text. What stands between the
markers was written by the model's makers and may hold special tokens; what replaces them was
written by a visitor and never does: `<|im_end|>` typed by a visitor becomes ordinary tokens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial

from jinja2 import TemplateError

from samovar.errors import ModelError
from samovar.models.chat.template import PLAIN_TEMPLATE, alternating, compiled
from samovar.phrases import Phrase
from samovar.records import ChatRequest, Turn

Encode = Callable[[str, bool], list[int]]
"""Called with (text, parse special tokens?); adds no token of its own, such as BOS."""

PLAIN_STOP = ("\nTask:", "\nUser:", "\nAssistant:")
"""A base model does not end its turn but begins the next one: stop there."""
PLAIN_ROLE = re.compile(r"(?m)^(?=(Task|User|Assistant):)")
MARK = re.compile("\ue000([0-9]+)\ue001")
FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a template may raise on purpose, or because its makers never saw such a conversation."""
SHORTEST = 32
"""Tokens of the last turn that are kept when the system turn alone fills the context."""

REFUSED = Phrase(
    "The model's chat template refuses this conversation: {why}.",
    "Шаблон диалога этой модели не принимает такой разговор: {why}.",
)
BEGIN_ANEW = Phrase("Begin a new conversation.", "Начните новый разговор.")


class Dialogue:
    """Render requests for one model. All engines that run here share it."""

    def __init__(
        self, encode: Encode, template: str, bos: str = "", eos: str = "", context: int = 8192
    ) -> None:
        """Compile `template` (Jinja; empty means PLAIN_TEMPLATE) in a sandbox.

        Raises:
            ModelError: it is no valid Jinja.
        """
        self.context = context
        self.plain = not template
        self.stop = PLAIN_STOP if self.plain else ()
        """Strings at which an engine must end a reply, besides those of the request."""
        self._encode = encode
        self._tokens = {"bos_token": bos, "eos_token": eos}
        try:
            self._template = compiled(template or PLAIN_TEMPLATE)
        except TemplateError as error:
            raise ModelError(REFUSED, why=str(error)) from error

    def ids(self, request: ChatRequest) -> list[int]:
        """Return the prompt as token ids, ending where the reply (after its prefix) begins.

        A conversation that does not fit loses its oldest turns after the system turn; at last the
        front of the last turn is cut. Room for `max_tokens` stays free, up to half of the context.

        Raises:
            ModelError: the template refuses the conversation, even with alternating turns.
        """
        turns = request.turns or (Turn("user", ""),)
        budget = self.context - min(request.sampling.max_tokens, self.context // 2)
        texts = _Texts(self._encode, [self._text(turn) for turn in turns], request.prefix)
        head = next((i for i, turn in enumerate(turns) if turn.role != "system"), len(turns))
        starts = _starts(turns, head)
        fits = partial(self._fits, turns, texts, head, budget)
        first = bisect_left(starts, True, key=fits, hi=len(starts) - 1)
        kept = [*range(head), *range(starts[first], len(turns))]
        parts = texts.parts(self._rendered(turns, kept))
        return _cut(parts, head, len(turns) - 1, budget)

    def room(self, prompt: Sequence[int], request: ChatRequest) -> int:
        """Return how many tokens may be generated after `prompt`: max_tokens, or what is left."""
        return max(1, min(request.sampling.max_tokens, self.context - len(prompt)))

    def _text(self, turn: Turn) -> str:
        return PLAIN_ROLE.sub(" ", turn.text) if self.plain else turn.text

    def _fits(
        self, turns: Sequence[Turn], texts: _Texts, head: int, budget: int, start: int
    ) -> bool:
        kept = [*range(head), *range(start, len(turns))]
        if texts.least(kept) > budget:
            return False
        return sum(len(ids) for _, ids in texts.parts(self._rendered(turns, kept))) <= budget

    def _rendered(self, turns: Sequence[Turn], kept: Sequence[int]) -> str:
        messages = [{"role": turns[i].role, "content": f"\ue000{i}\ue001"} for i in kept]
        for shape in (messages, alternating(messages)):
            try:
                return self._template.render(
                    messages=shape, add_generation_prompt=True, **self._tokens
                )
            except FAULTS as error:
                refusal: Exception = error
        raise ModelError(REFUSED, BEGIN_ANEW, why=str(refusal)) from refusal


Part = tuple[int, list[int]]
"""(number of the turn, its ids); the number is -1 for the template and the reply's prefix."""


class _Texts:
    """Encode the turns of one conversation, each once."""

    def __init__(self, encode: Encode, texts: Sequence[str], prefix: str) -> None:
        self._encode = encode
        self._texts = texts
        self._prefix = prefix
        self._ids: dict[tuple[str, int], list[int]] = {}
        self._template: dict[str, list[int]] = {}

    def least(self, kept: Sequence[int]) -> int:
        """Return a lower bound of the tokens of these turns (a token is at most 100 characters)."""
        return sum(len(self._texts[i]) for i in kept) // 100

    def parts(self, rendered: str) -> list[Part]:
        """Return the ids between and at the markers; spaces before a marker go to its text.

        "User: " + "Hello" is encoded as "User:" + " Hello", as these words stand in ordinary text.
        """
        pieces = MARK.split(rendered)
        encoded: list[Part] = []
        for at in range(0, len(pieces), 2):
            bare = pieces[at].rstrip(" ")
            space = pieces[at][len(bare) :]
            encoded.append((-1, self._of_template(bare)))
            if at + 1 < len(pieces):
                encoded.append((int(pieces[at + 1]), self._of_turn(space, int(pieces[at + 1]))))
            else:
                encoded.append((-1, self._encode(space + self._prefix, False)))
        return encoded

    def _of_template(self, text: str) -> list[int]:
        if text not in self._template:
            self._template[text] = self._encode(text, True) if text else []
        return self._template[text]

    def _of_turn(self, space: str, turn: int) -> list[int]:
        if (space, turn) not in self._ids:
            text = space + self._texts[turn]
            self._ids[space, turn] = self._encode(text, False) if text else []
        return self._ids[space, turn]


def _starts(turns: Sequence[Turn], head: int) -> list[int]:
    """Return where a shortened conversation may begin: never with a reply to a dropped turn."""
    inner = [i for i in range(head + 1, len(turns) - 1) if turns[i].role != "assistant"]
    return sorted({head, *inner, len(turns) - 1} if head < len(turns) else {head})


def _cut(parts: Sequence[Part], head: int, last: int, budget: int) -> list[int]:
    over = sum(len(ids) for _, ids in parts) - budget
    kept = {turn: ids for turn, ids in parts if turn >= 0}
    if over > 0 and last in kept:
        length = len(kept[last])
        cut = min(over, max(0, length - SHORTEST))
        kept[last] = kept[last][cut:]
        over -= cut
    for turn in reversed(range(head)):
        if over > 0 and turn != last and turn in kept:
            cut = min(over, len(kept[turn]))
            kept[turn] = kept[turn][: len(kept[turn]) - cut]
            over -= cut
    ids = [token for turn, part in parts for token in (kept[turn] if turn >= 0 else part)]
    return ids[-budget:]  # a prefix longer than the context is cut as well
