"""A result as files: JSON Lines with everything, a table of spans, columns of words and tags."""

from __future__ import annotations

import unicodedata

from samovar import html
from samovar.models.taggers.words import sentences, tags
from samovar.ner.core import Annotation
from samovar.tool import Download

NAME = "samovar-ner"


def files(result: Annotation) -> tuple[Download, ...]:
    """Return the files of a result; none when no tagger found anything."""
    rows = [
        {"tagger": f.tagger, "start": s.start, "end": s.end, "label": s.label, "text": s.text}
        for f in result.findings
        for s in f.markup.spans
    ]
    if not rows:
        return ()
    whole = {"text": result.text, "taggers": {f.tagger: f.markup for f in result.findings}}
    return (
        html.json_lines(NAME, [whole]),
        html.spreadsheet(NAME, rows),
        Download(f"{NAME}.conll", columns(result)),
    )


def columns(result: Annotation) -> str:
    r"""Return a word a line and behind it the IOB2 tag of each tagger, a blank line between sentences.

    The first line is a comment that names the columns. A file of one tagger can be loaded as gold labels.

    >>> columns(Annotation("Hi.", "en", (), ())).splitlines()
    ['# columns: word', 'Hi', '.', '']
    """
    names = [finding.tagger for finding in result.findings]
    lines = ["# columns: " + " ".join(["word", *names])]
    for words in sentences(result.text):
        tagged = [tags(words, finding.markup.spans) for finding in result.findings]
        cells = zip([word.text for word in words], *tagged, strict=True)
        lines += ["\t".join(row) for row in cells if _visible(row[0])]
        lines.append("")
    return "\n".join(lines) + "\n"


def _visible(word: str) -> bool:
    """Tell whether a word is more than a mark on the one before it, as behind an emoji."""
    return any(unicodedata.category(sign)[0] != "M" for sign in word)
