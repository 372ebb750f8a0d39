"""JUnit's XML, as CI servers read it: a suite an intent, a case a text."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from samovar.paraphrase.bench.bots.base import UNSEEN
from samovar.paraphrase.bench.reports.comparison import Finding, described
from samovar.paraphrase.bench.reports.report import Report
from samovar.phrases import Language, Phrase

FLIP = Phrase("{kind}: {old} → {new}", "{kind}: {old} → {new}")
MISS = Phrase("not as the suite says: {old} → {new}", "не как в наборе: {old} → {new}")
KINDS = {
    "intent": Phrase("another intent", "другое намерение"),
    "slots": Phrase("other slots", "другие слоты"),
    "words": Phrase("other words", "другие слова бота"),
}
ORIGINAL = Phrase("Original: {text}", "Исходная: {text}")
VARIANT = Phrase("Variant: {text}", "Вариант: {text}")
ENDED = "run"


def junit(report: Report) -> str:
    """Return the report; flips are failures, texts without an answer errors."""
    xml = JUnitXml(_plain(f"samovar: {report.suite} → {report.bot}"))
    for intent, findings in report.by_intent().items():
        suite = TestSuite(_plain(intent))
        suite.add_testcases([_case(finding, report) for finding in findings])
        xml.add_testsuite(suite)
    if report.ended:
        case = TestCase(ENDED, _plain(report.suite))
        case.result = [Error(_plain(report.ended.say(report.language)), ENDED)]
        suite = TestSuite(ENDED)
        suite.add_testcase(case)
        xml.add_testsuite(suite)
    written, untyped = BytesIO(), cast(Any, xml)
    untyped.update_statistics()
    untyped.write(written, pretty=True)
    return written.getvalue().decode("utf-8")


def reason(finding: Finding, language: Language) -> str:
    """Return what failed, in one line: what was expected and what came."""
    if finding.reply is None:
        return finding.problem.say(language) if finding.problem else ""
    if finding.flips and finding.expected:
        return FLIP.say(
            language,
            kind=KINDS[finding.verdict],
            old=described(finding.expected, finding.verdict),
            new=described(finding.reply, finding.verdict),
        )
    wanted = finding.example.intent
    return MISS.say(language, old=wanted, new=described(finding.reply, finding.gold))


def _case(finding: Finding, report: Report) -> TestCase:
    intent, language = finding.example.intent, report.language
    reply = finding.reply
    seconds = round(reply.milliseconds / 1000, 3) if reply else 0.0
    name = _plain(finding.text or finding.example.text)
    case = TestCase(name, _plain(f"{report.suite}.{intent}"), seconds)
    said = _plain(reason(finding, language))
    if finding.verdict == "no variants":
        case.result = [Skipped(said)]
    elif reply is None:
        case.result = [Error(said, "unanswered")]
    elif report.fails(finding):
        kind = finding.verdict if finding.flips else "suite"
        failure = Failure(said, kind)
        texts = (
            ORIGINAL.say(language, text=finding.example.text),
            VARIANT.say(language, text=finding.text),
        )
        failure.text = "\n".join((*map(_plain, texts), said))
        case.result = [failure]
    return case


def _plain(text: str) -> str:
    """Return `text` without what XML cannot hold."""
    return UNSEEN.sub("\ufffd", text)
