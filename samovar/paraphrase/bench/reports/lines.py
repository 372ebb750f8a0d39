"""JSON Lines: a line a text, in the order in which they were asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from samovar.paraphrase.bench.bots.base import Reply
from samovar.paraphrase.bench.reports.comparison import Finding
from samovar.paraphrase.bench.reports.report import Report
from samovar.phrases import Language
from samovar.records import to_json


def lines(report: Report) -> str:
    """Return every finding with both replies."""
    rows = (_row(finding, report.language) for finding in report.findings)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _row(finding: Finding, language: Language) -> Mapping[str, Any]:
    return {
        "intent": finding.example.intent,
        "original": finding.example.text,
        "text": finding.text,
        "verdict": finding.verdict,
        "flips": finding.flips,
        "against_suite": finding.gold,
        "reply": _reply(finding.reply),
        "original_reply": _reply(finding.expected),
        "problem": finding.problem.say(language) if finding.problem else None,
    }


def _reply(reply: Reply | None) -> Any:
    return reply and to_json(replace(reply, milliseconds=round(reply.milliseconds, 1)))
