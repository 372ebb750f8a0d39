"""Rasa's NLU data: the originals and the variants that were asked, their slots marked again."""

from __future__ import annotations

from samovar.paraphrase.bench.reports.report import Report
from samovar.paraphrase.nlu.marking import marked
from samovar.paraphrase.nlu.rasa import nlu


def rasa(report: Report) -> str:
    """Return the texts grouped by the suite's intents."""
    return nlu(
        (one.example.intent, marked(one.text, one.example.slots, one.example.text))
        for one in report.findings
        if one.text
    )
