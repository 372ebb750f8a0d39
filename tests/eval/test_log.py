"""The log: every entry has its day, its tool and its verdict, and stands in the index."""

import re

from samovar.settings import ROOT

LOG = (ROOT / "docs" / "LOG.md").read_text(encoding="utf-8")
HEADS = re.findall(r"^## (.+)$", LOG, re.MULTILINE)
VERDICTS = ("Taken", "Not taken", "Failed", "Open")


def test_a_title_holds_day_tool_and_verdict_newest_first():
    found = [
        re.fullmatch(r"(\d{4}-\d\d-\d\d) · ([a-z ]+) · ([A-Z][a-z ]+): .+", one) for one in HEADS
    ]
    assert all(found), [one for one, match in zip(HEADS, found, strict=True) if not match]
    assert {match[3] for match in found} <= set(VERDICTS)
    days = [match[1] for match in found]
    assert days == sorted(days, reverse=True)


def test_an_entry_is_a_question_and_what_came_of_it():
    for entry in LOG.split("\n## ")[1:]:
        lines = [line for line in entry.splitlines()[1:] if line]
        starts = [line.partition(":")[0] for line in lines]
        assert starts == ["- Question", "- Did", "- Got", "- Decided"], entry.splitlines()[0]


def test_the_index_has_every_entry_under_its_tool_and_verdict():
    index, _, _ = LOG.partition("\n## ")
    rows = re.findall(r"^\| ([a-z ]+) \| ([a-z ]+) \| (\[.+) \|$", index, re.MULTILINE)
    indexed = [
        (tool, verdict, target)
        for tool, verdict, links in rows
        for target in re.findall(r"\]\(#([^)]+)\)", links)
    ]
    wanted = []
    for head in HEADS:
        _, tool, verdict = head.partition(": ")[0].split(" · ")
        anchor = re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        wanted.append((tool, verdict.lower(), anchor))
    assert sorted(indexed) == sorted(wanted) and len(set(wanted)) == len(wanted)
