"""Words of a text: tokens, content words, stems, n-grams and the overlap of two texts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import Stemmer
from rapidfuzz.distance import Indel

from samovar.phrases import Language

WORD = re.compile(r"[^\W_]+(?:['’.:\-][^\W_]+)*|%", re.UNICODE)
FUNCTION_EN = frozenset(
    """a an the this that these those some any of to in on at by for from with into onto about as and or
    but so if then than too also just only very really quite there here it its it's is are was were be
    been being am do does did done has have had having will would shall should can could may might must
    i i'm i'd i'll i've me my mine we we're us our you your you're yours he she they them his her their
    who what when where which how why whether please kindly go ahead let's ok okay hey hi thanks thank
    no not don't doesn't didn't isn't aren't wasn't weren't won't can't cannot couldn't shouldn't
    wouldn't hasn't haven't hadn't needn't mustn't never without out up down off over back away while
    during after before until till yet still now via per avoid avoiding""".split()
)
FUNCTION_RU = frozenset(
    """и в во на с со к ко о об от до из за по под над при для без не ни бы же ли а но или что чтобы как
    где когда какой какая какие кто это этот эта эти тот та те мне меня мной мой моя мои моё ты тебя
    тебе твой вы вас вам ваш я мы нас нам наш он она оно они его её их ему ей им у уже ещё еще
    пожалуйста будь будьте добры давай давайте можешь можете можно нужно надо хочу хотел хотела""".split()
)
FUNCTION: dict[Language, frozenset[str]] = {"en": FUNCTION_EN, "ru": FUNCTION_RU}
STEMMERS: dict[Language, str] = {"en": "english", "ru": "russian"}


def words(text: str) -> list[str]:
    """Return the lower-case words of `text`; 6:30, e-mail and don't are one word each."""
    return [word.replace("’", "'").lower() for word in WORD.findall(text)]


def content(text: str, language: Language) -> list[str]:
    """Return the words that carry the message, without repetitions."""
    skipped = FUNCTION[language]
    found = (word.removesuffix("'s") for word in words(text))
    return list(dict.fromkeys(word for word in found if word not in skipped))


@cache
def stem(word: str, language: Language) -> str:
    """Return the Snowball stem of `word`."""
    stemmer = Stemmer.Stemmer(STEMMERS[language])
    return str(stemmer.stemWord(word))


def pinc(original: str, variant: str, longest: int = 4) -> float:
    """Return the share of the variant's n-grams (1 to `longest`) that the original lacks, 0 to 1.

    Source: PINC, Chen & Dolan 2011, https://aclanthology.org/P11-1020/.
    """
    old, new = words(original), words(variant)
    parts = []
    for size in range(1, longest + 1):
        grams = _grams(new, size)
        if grams:
            parts.append(1 - len(grams & _grams(old, size)) / len(grams))
    return sum(parts) / len(parts) if parts else 0.0


CONTRACTIONS = (
    ("n't", " not"),
    ("'s", " is"),
    ("'re", " are"),
    ("'ll", " will"),
    ("'d", " would"),
    ("'ve", " have"),
    ("'m", " am"),
)


def likeness(first: str, second: str) -> float:
    """Return how alike two texts are as sequences of words, 0 to 1; case and signs do not count."""
    return float(Indel.normalized_similarity(_long(first), _long(second)))


def _long(text: str) -> list[str]:
    said = " ".join(words(text))
    for short, full in CONTRACTIONS:
        said = said.replace(short, full)
    return said.split()


def repeats(text: str, size: int = 3) -> bool:
    """Tell whether a run of `size` words, or one word of four letters or more, comes again."""
    listed = words(text)
    grams = Counter(tuple(listed[at : at + size]) for at in range(len(listed) - size + 1))
    long_words = Counter(stem(word, "en") for word in listed if len(word) > 3)
    return any(n > 1 for n in (*grams.values(), *long_words.values()))


def _grams(listed: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(listed[at : at + size]) for at in range(len(listed) - size + 1)}
