"""Articles of WikiText-2 as running text: without headings, unknown words and signs set apart.

" = Title = "                     a heading
"the <unk> of 1 @,@ 000 men , who"  a word that was rare, and signs with spaces around them
"""

from __future__ import annotations

import re
from pathlib import Path

from training.corpora.files import text_stream, tidy

FILES = ("valid.txt.gz", "test.txt.gz")
HEADING = re.compile(r"\s*=.*=\s*")
UNKNOWN = "<unk>"
SENTENCE = re.compile(r"(?<= [.!?]) (?=[A-Z\"])")
BETWEEN = re.compile(r" @([-,.])@ ")
BEFORE = re.compile(r" ([,.;:!?%)\]])")
AFTER = re.compile(r"([(\[$£€]) ")
QUOTED = re.compile(r"\" ([^\"]*?) \"")
CLITIC = re.compile(r" ('(?:s|re|ve|ll|d|m|t)\b|n't\b)")
SHORTEST = 40
"""Letters of a run of sentences: below are crumbs left between two unknown words."""


def read(path: Path) -> list[str]:
    """Return runs of sentences without an unknown word, none across two paragraphs, in order.

    Raises:
        InputError: there is no such file.
    """
    with text_stream(path) as lines:
        paragraphs = [line for line in lines if line.strip() and not HEADING.fullmatch(line)]
    return [run for paragraph in paragraphs for run in runs(paragraph) if len(run) >= SHORTEST]


def runs(paragraph: str) -> list[str]:
    r"""Return the longest runs of whole sentences that hold no unknown word.

    >>> runs(' It is 1 @,@ 000 years old . The <unk> came . " Yes , " he said . ')
    ['It is 1,000 years old.', '"Yes," he said.']
    """
    found: list[list[str]] = [[]]
    for sentence in SENTENCE.split(tidy(paragraph)):
        if UNKNOWN in sentence:
            found.append([])
        else:
            found[-1].append(sentence)
    return [joined(" ".join(run)) for run in found if run]


def joined(text: str) -> str:
    r"""Return `text` with its signs where they belong.

    >>> joined('a three @-@ part play ( 1 @,@ 000 lines ) , the king \'s " last " .')
    'a three-part play (1,000 lines), the king\'s "last".'
    """
    text = BETWEEN.sub(r"\1", text)
    text = QUOTED.sub(r'"\1"', text)
    text = AFTER.sub(r"\1", BEFORE.sub(r"\1", text))
    return CLITIC.sub(r"\1", text)
