"""Questions and the texts that answer them: SQuAD, half of XQuAD, RuBQ, TERRa, XNLI's translations.

`python -m training.corpora.questions ../shared/datasets` says how many there are of each.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.corpora import xquad
from training.corpora.files import records, tabbed, text_stream, tidy
from training.corpora.topic import Topic

SQUAD, XQUAD, RUBQ, TERRA, XNLI = "nqg_squad", "xquad", "rubq1", "terra_ru", "xnli_dev"
WINDOW = 4
"""Sentences of SQuAD that make a passage: about as long as its paragraphs, which are not given."""
LANGUAGES = ("en", "ru")
SIGNS = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "``": "“", "''": "”", "--": "–"}
GLUED = (
    (re.compile(r" ([.,:;?!%)\]”])"), r"\1"),
    (re.compile(r"([(\[“$#]) "), r"\1"),
    (re.compile(r" (n't|'(?:s|re|ve|ll|d|m)\b|')"), r"\1"),
)
"""What the tokeniser of SQuAD parted: `the duke 's ( old ) hat .`"""


def files(data: Path) -> dict[str, Path]:
    """Return every file that is read, by a name for the record of the run."""
    return {
        "squad sentences": data / SQUAD / "src-test.txt.gz",
        "squad questions": data / SQUAD / "tgt-test.txt.gz",
        **{f"xquad {lang}": data / XQUAD / f"xquad.{lang}.json" for lang in LANGUAGES},
        **{f"rubq {part}": data / RUBQ / f"RuBQ_1.0_{part}.json" for part in ("dev", "test")},
        "terra": data / TERRA / "train.jsonl.gz",
        **{f"xnli {lang}": data / XNLI / f"dev-{lang}.tsv" for lang in LANGUAGES},
    }


def topics(data: Path) -> list[Topic]:
    """Return all topics, always in the same order.

    Raises:
        InputError: a file is missing.
    """
    paths = files(data)
    return [
        *squad(paths["squad sentences"], paths["squad questions"]),
        *halved_xquad(data),
        *(topic for part in ("dev", "test") for topic in rubq(paths[f"rubq {part}"])),
        *terra(paths["terra"]),
        *xnli(paths["xnli en"], paths["xnli ru"]),
    ]


def squad(sentences: Path, questions: Path) -> Iterator[Topic]:
    """Yield passages of WINDOW sentences that follow each other, with the questions of each."""
    asked: dict[str, list[str]] = defaultdict(list)
    with text_stream(sentences) as texts, text_stream(questions) as said:
        for text, question in zip(texts, said, strict=True):
            asked[readable(text)].append(readable(question))
    order = list(asked)
    for start in range(0, len(order), WINDOW):
        window = order[start : start + WINDOW]
        held = tuple(dict.fromkeys(question for text in window for question in asked[text]))
        yield Topic(f"{SQUAD} {start // WINDOW}", " ".join(window), held, SQUAD)


def halved_xquad(data: Path) -> Iterator[Topic]:
    """Yield the paragraphs of the training half in both languages, asked in both languages."""
    halves = [list(xquad.articles(data, language, training=True)) for language in LANGUAGES]
    for pair in zip(*halves, strict=True):
        for at, paragraphs in enumerate(zip(*(one["paragraphs"] for one in pair), strict=True)):
            asked = tuple(tidy(qa["question"]) for text in paragraphs for qa in text["qas"])
            for text in paragraphs:
                yield Topic(f"{pair[0]['title']} {at}", tidy(text["context"]), asked, XQUAD)


def rubq(path: Path) -> Iterator[Topic]:
    """Yield questions with their translation, in turn from Russian and from English."""
    for at, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        pair = tidy(row["question_text"]), tidy(row["question_eng"])
        text, question = pair if at % 2 else pair[::-1]
        yield Topic(f"{RUBQ} {row['uid']}", text, (question,), RUBQ, "query")


def terra(path: Path) -> Iterator[Topic]:
    """Yield Russian texts with the statements that follow from them."""
    said: dict[str, list[str]] = defaultdict(list)
    for row in records(path):
        if row["label"] == "entailment":
            said[tidy(row["premise"])].append(tidy(row["hypothesis"]))
    for at, (text, statements) in enumerate(said.items()):
        yield Topic(f"{TERRA} {at}", text, tuple(dict.fromkeys(statements)), TERRA)


def xnli(english: Path, russian: Path) -> Iterator[Topic]:
    """Yield sentences with their translation, in turn from Russian and from English.

    The hypotheses of a premise follow it: alike in words and different in meaning.
    """
    pairs: dict[tuple[str, str], None] = {}
    for (premise, hypothesis, _), translated in zip(tabbed(english), tabbed(russian), strict=True):
        for pair in zip((premise, hypothesis), translated[:2], strict=True):
            pairs.setdefault((tidy(pair[0]), tidy(pair[1])))
    for at, pair in enumerate(pairs):
        text, translation = pair if at % 2 else pair[::-1]
        yield Topic(f"{XNLI} {at}", text, (translation,), XNLI)


def readable(text: str) -> str:
    """Return a lower-case line of tokens as a sentence; names stay in lower case.

    >>> readable("`` the duke 's hat '' -lrb- old -rrb- is n't here .")
    "“the duke's hat” (old) isn't here."
    """
    joined = " ".join(SIGNS.get(token, token) for token in text.split())
    for pattern, glued in GLUED:
        joined = pattern.sub(glued, joined)
    return joined[:1].upper() + joined[1:]


if __name__ == "__main__":
    everything = topics(Path(sys.argv[1]))
    asked_of = Counter[str]()
    for topic in everything:
        asked_of[topic.origin] += len(topic.questions)
    for name, texts in Counter(topic.origin for topic in everything).items():
        print(f"{name:<10} {texts:>5} texts {asked_of[name]:>6} questions")
