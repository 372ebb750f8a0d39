"""The files that a run can write, a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samovar.paraphrase.bench.reports.junit import junit
from samovar.paraphrase.bench.reports.lines import lines
from samovar.paraphrase.bench.reports.page import page
from samovar.paraphrase.bench.reports.rasa import rasa
from samovar.paraphrase.bench.reports.report import Report
from samovar.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one kind of file."""

    ending: str
    about: Phrase
    write: Callable[[Report], str]


FORMATS: Mapping[str, Row] = {
    "junit": Row("xml", Phrase("JUnit XML, for a CI server", "JUnit XML, для сервера CI"), junit),
    "html": Row("html", Phrase("a page to read", "страница для чтения"), page),
    "jsonl": Row("jsonl", Phrase("every text with its replies", "каждая фраза с ответами"), lines),
    "rasa": Row(
        "yml",
        Phrase("originals and variants as Rasa's NLU data", "фразы и варианты как данные NLU Rasa"),
        rasa,
    ),
}
"""Name of the flag → what it writes."""
