"""What can be told of a reply without reading it: checks, overlap, language, repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Indel
from sacrebleu.metrics.chrf import CHRF

from eval.metrics.diversity import distinct
from eval.sets.basket import Prompt, Task
from samovar.language import detect, scripts
from samovar.paraphrase.validation.words import words
from samovar.phrases import Language

REFUSALS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(\bnot|n't|never) (\w+ )?(say|tell|state|mention|specif|give|name|provid|includ|contain|indicat)"
        r"|\bno\b [\w ]{0,40}(information|mention|detail|given|stated|specif|provided|told)"
        r"|unknown|unclear|(cannot|can't|not) be (determined|answered|found)"
    ),
    "ru": re.compile(
        r"\bне (\w+ )?(сказан|указ|упом|назван|говор|сообща|содерж|прив[ео]д|написан|извест|дает|найд)"
        r"|\bнет (\w+ ){0,2}(информаци|сведени|данных|ответа|упоминани|телефона)"
        r"|(в тексте|об этом|информации|сведений|данных|телефона)[\w ]* нет\b|неизвестно|отсутству"
    ),
}
"""Ways to say that a passage does not tell; written before a measured model's reply was read."""
WRITTEN: frozenset[Task] = frozenset({"reword", "simplify", "facts"})
"""Tasks with an instruction, a colon and a text: to repeat the instruction is not to follow it."""
CHANGED: frozenset[Task] = frozenset({"reword", "simplify"})
"""Tasks in which the reply has to differ from the text, too."""
NEAR = 0.9
"""Share of the words, in order, from which a reply is the text that was given."""
FREE: frozenset[Task] = frozenset({"format"})
"""Tasks whose replies have a language of their own, such as JSON."""
GRAM = 4
ENDLESS = 0.5
"""Share of repeated 4-grams from which a reply goes round in circles."""


def failures(prompt: Prompt, reply: str) -> list[str]:
    """Return what speaks against `reply`, such as "missing: ink|pen"; nothing when all checks pass."""
    return [f"{name}: {what}" for name, check in CHECKS.items() for what in check(prompt, reply)]


def occurs(forms: str, text: str) -> bool:
    """Tell whether one of the forms, separated by |, stands in `text` as whole words.

    >>> occurs("two hours|2 hours", "2 hours before"), occurs("кост*", "из кости"), occurs("2", "12")
    (True, True, False)
    """
    return any(re.search(_pattern(form), _plain(text)) for form in forms.split("|"))


def f1(reply: str, golds: Sequence[str]) -> float:
    """Return the best F1 of the words of `reply` and a gold answer (as in SQuAD), 0 to 1."""
    return max((_f1(words(reply), words(gold)) for gold in golds), default=0.0)


def chrf(reply: str, reference: str) -> float:
    """Return chrF2 of sacrebleu, 0 to 1."""
    return float(CHRF().sentence_score(reply, [reference]).score) / 100


def wrong_language(reply: str, language: Language) -> bool:
    """Tell whether `reply` has letters and is not in `language`, or has letters of a third script.

    >>> wrong_language("42", "ru"), wrong_language("Не знаю 答案", "ru")
    (False, True)
    """
    letters = scripts(reply)
    if not letters:
        return False
    return bool(set(letters) - {"LATIN", "CYRILLIC"}) or detect(reply) != language


def refuses(reply: str, language: Language) -> bool:
    """Tell whether `reply` says that the passage does not tell.

    >>> refuses("The text doesn't mention it.", "en"), refuses("At seven.", "en")
    (True, False)
    """
    return bool(REFUSALS[language].search(_plain(reply)))


def repeated(reply: str) -> float:
    """Return the share of 4-grams of words that stood in `reply` before, 0 to 1.

    >>> repeated("one two three four one two three four one two three four")
    0.5555555555555556
    """
    return 1 - distinct([reply], GRAM) if len(words(reply)) >= GRAM else 0.0


def golds(prompt: Prompt) -> list[str]:
    """Return the accepted answers of a question: the reference, and the forms of a single expectation."""
    forms = prompt.expected[0].split("|") if len(prompt.expected) == 1 else []
    return [prompt.reference, *(form for form in forms if not form.endswith("*"))]


def _missing(prompt: Prompt, reply: str) -> Iterator[str]:
    yield from (forms for forms in prompt.expected if not occurs(forms, reply))


def _invented(prompt: Prompt, reply: str) -> Iterator[str]:
    yield from (forms for forms in prompt.forbidden if occurs(forms, reply))


def _form(prompt: Prompt, reply: str) -> Iterator[str]:
    if prompt.pattern and not re.fullmatch(prompt.pattern, _plain(reply.strip()), re.DOTALL):
        yield prompt.pattern


def _unrefused(prompt: Prompt, reply: str) -> Iterator[str]:
    if prompt.task == "absent" and not refuses(reply, prompt.language):
        yield "the passage does not tell"


def _copied(prompt: Prompt, reply: str) -> Iterator[str]:
    instruction, _, source = prompt.prompt.partition(":")
    said, given = words(reply), words(source)
    if prompt.task in WRITTEN and _within(words(instruction), said):
        yield "the instruction"
    elif prompt.task in CHANGED and _within(given, said):
        yield "the text"
    elif prompt.task in CHANGED and Indel.normalized_similarity(said, given) >= NEAR:
        yield "nearly every word"


def _circles(prompt: Prompt, reply: str) -> Iterator[str]:
    if repeated(reply) >= ENDLESS:
        yield f"{repeated(reply):.2f}"


def _foreign(prompt: Prompt, reply: str) -> Iterator[str]:
    if prompt.task not in FREE and wrong_language(reply, prompt.language):
        yield f"not {prompt.language}"


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


CHECKS: dict[str, Callable[[Prompt, str], Iterator[str]]] = {
    "missing": _missing,
    "invented": _invented,
    "form": _form,
    "not said": _unrefused,
    "copied": _copied,
    "in circles": _circles,
    "language": _foreign,
}
"""Name → the check; it yields what it found."""


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("’", "'")


def _pattern(form: str) -> str:
    """Return the expression of one form: `thick*` is open at its end, and words are whole."""
    stem = _plain(form.removesuffix("*"))
    before = r"(?<!\w)" if stem[0].isalnum() else ""
    after = "" if form.endswith("*") or not stem[-1].isalnum() else r"(?!\w)"
    return before + re.escape(stem) + after


def _f1(reply: Sequence[str], gold: Sequence[str]) -> float:
    shared = sum((Counter(reply) & Counter(gold)).values())
    return 2 * shared / (len(reply) + len(gold)) if shared else 0.0
