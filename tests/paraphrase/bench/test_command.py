"""The bench from the command line against a real local bot: exit codes, reports, going on."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import Error, Failure, JUnitXml

from samovar.files.source import File
from samovar.paraphrase.nlu import intent_file
from samovar.settings import ROOT

FLIPS = {
    ("is an umbrella needed in Oslo", "intent"),
    ("give me the weather in Rome", "slots"),
    ("rouse me at six", "intent"),
}


def test_planted_flips_are_found_and_told_to_ci(bench: Any, bot: Any) -> None:
    reports = {kind: bench.path(f"report.{kind}") for kind in ("junit", "html", "jsonl", "rasa")}
    flags = [part for kind, path in reports.items() for part in (f"--{kind}", path)]
    code, out, _ = bench.run(f"rasa:{bot.url}", *flags)
    assert code == 1
    assert "4 originals, 7 variants compared: 3 flips (43%), 3 texts not as the suite says" in out
    line = "is an umbrella needed in Oslo   (another intent: weather → alarm)"
    assert line in out and "(other slots: city=Rome → no slots)" in out

    xml = JUnitXml.fromfile(reports["junit"])
    assert (xml.tests, xml.failures, xml.errors) == (11, 3, 0)
    failed = {(c.name, r.type) for s in xml for c in s for r in c.result if isinstance(r, Failure)}
    assert failed == FLIPS
    assert {s.name: (s.tests, s.failures) for s in xml} == {"weather": (6, 2), "alarm": (5, 1)}

    rows = [json.loads(row) for row in bench.read("report.jsonl").splitlines()]
    assert len(rows) == 11
    assert {(row["text"], row["verdict"]) for row in rows if row["flips"]} == FLIPS
    assert rows[0]["reply"]["slots"] == [{"name": "city", "text": "Oslo", "role": ""}]

    page = bench.read("report.html")
    assert "rouse me at six" in page and "<dd>3</dd><dt>flips</dt>" in page
    assert not re.search(r"(src|href)=|url\(|@import", page), "it needs nothing else"

    groups = yaml.safe_load(bench.read("report.rasa"))["nlu"]
    assert [group["intent"] for group in groups] == ["weather", "alarm"]
    assert "- is it going to rain in [Oslo](city)\n" in groups[0]["examples"]
    assert len(intent_file.read(File("x.yml", bench.read("report.rasa").encode()))) == 11


def test_without_flips_the_code_is_zero(bench: Any, bot: Any) -> None:
    code, out, err = bench.run(f"rasa:{bot.url}", ready=False)
    assert (code, err) == (0, "")
    assert out.startswith("4 originals, 4 variants compared: 0 flips (0%)")
    assert bench.made[0] == ("will it rain in [Oslo](city)", 8, 0)


def test_words_of_the_channel_are_compared(bench: Any, bot: Any) -> None:
    code, out, _ = bench.run(f"rasa-rest:{bot.url}/", "--limit", "2")
    assert code == 1
    assert "other words: It is sunny. → The alarm is set." in out
    assert out.endswith("2 originals, 4 variants compared: 2 flips (50%), 0 texts not as the suite says, 0 unanswered.\n")  # fmt: skip


def test_with_gold_a_misunderstood_original_fails(bench: Any, bot: Any) -> None:
    bench.write("bot.yml", SUITE_WITH_A_WRONG_INTENT)
    bench.write(
        "variants.jsonl", '{"original": "set my alarm to six", "text": "set an alarm at six"}'
    )
    path = bench.path("r.xml")
    assert bench.run(f"rasa:{bot.url}")[0] == 0
    code, out, _ = bench.run(f"rasa:{bot.url}", "--gold", "--junit", path)
    assert code == 1 and "2 texts not as the suite says" in out
    results = [r for suite in JUnitXml.fromfile(path) for c in suite for r in c.result]
    said = "not as the suite says: weather → alarm"
    assert [(r.type, r.message) for r in results if isinstance(r, Failure)] == [("suite", said)] * 2


SUITE_WITH_A_WRONG_INTENT = """nlu:
- intent: weather
  examples: |
    - set my alarm to six
"""


def test_a_text_without_an_answer_is_counted_and_the_rest_goes_on(bench: Any, bot: Any) -> None:
    mute = bot.module.MUTE
    rows = [{"original": "set my alarm to six", "text": t} for t in (mute, "alarm at six please")]
    bench.write("variants.jsonl", "\n".join(map(json.dumps, rows)))
    path = bench.path("r.xml")
    code, out, _ = bench.run(f"rasa:{bot.url}", "--retries", "0", "--junit", path)
    assert (
        code == 2
        and "1 variants compared: 0 flips (0%), 0 texts not as the suite says, 1 un" in out
    )
    assert f"no answer  set my alarm to six  ⇒  {mute}   (The bot {bot.url}/model/parse answered 500: <html>" in out  # fmt: skip
    xml = JUnitXml.fromfile(path)
    assert (xml.errors, xml.failures) == (1, 0)
    errors = [c.name for s in xml for c in s for r in c.result if isinstance(r, Error)]
    assert errors == [mute]


@pytest.mark.parametrize("place", ["500", "html", "nothing", "minute", "no-such"])
def test_a_bot_that_answers_nothing_ends_the_run_at_once(bench: Any, bot: Any, place: str) -> None:
    path = bench.path("r.xml")
    begun = time.monotonic()
    code, out, err = bench.run(f"rasa:{bot.url}/{place}", "--timeout", "1", "--junit", path)
    assert code == 2 and time.monotonic() - begun < 4
    assert "The bot does not answer the very first text." in err and "Traceback" not in err
    assert "no answer  will it rain in Oslo" in out and "1 unanswered." in out
    assert JUnitXml.fromfile(path).errors == 2


def test_a_bot_that_ends_in_the_middle_ends_the_run(bench: Any) -> None:
    code = "print({'will it rain in Oslo': 'weather'}[input()], flush=True)"
    rows = [{"original": "will it rain in Oslo", "text": f"{n}"} for n in range(9)]
    bench.write("variants.jsonl", "\n".join(map(json.dumps, rows)))
    spec = f"command:{shlex.join([sys.executable, '-c', code])}"
    code_, out, err = bench.run(spec, "--retries", "0")
    assert code_ == 2 and out.count("no answer") == 3
    assert "The run ends here: the bot left 3 texts in a row unanswered." in err
    assert "ended with code 1 before it answered" in err


def test_answers_and_variants_so_far_are_used_again(bench: Any, bot: Any) -> None:
    spec, journal = f"rasa:{bot.url}", bench.path("so-far.jsonl")
    bot.classifier.asked.clear()
    first = bench.run(spec, "--resume", journal, "--limit", "2", ready=False)
    asked, made = bot.classifier.asked.total(), len(bench.made)
    assert (asked, made) == (4, 2)
    with Path(journal).open("a", encoding="utf-8") as file:
        file.write('{"bot": "cut o')
    second = bench.run(spec, "--resume", journal, ready=False)
    assert bot.classifier.asked.total() == 8 and len(bench.made) == 4
    assert (first[0], second[0]) == (0, 0)
    third = bench.run(spec, "--resume", journal, ready=False)
    assert third[1] == second[1] and bot.classifier.asked.total() == 8
    assert all(json.loads(line) for line in bench.read("so-far.jsonl").splitlines())
    bench.run(f"rasa:{bot.url}/flaky", "--resume", journal, "--limit", "1", ready=False)
    assert bot.classifier.asked.total() == 10, "answers of another bot are not used"


def test_requests_are_spaced_out(bench: Any, bot: Any) -> None:
    begun = time.monotonic()
    bench.run(f"rasa:{bot.url}", "--rate", "10", "--limit", "2")
    assert time.monotonic() - begun > 0.5  # six requests


def test_an_interrupted_run_says_so_and_leaves_its_results(bench: Any, bot: Any) -> None:
    code = "from samovar.paraphrase.bench.command import main; raise SystemExit(main(None))"
    files = {kind: bench.path(f"r.{kind}") for kind in ("junit", "jsonl")}
    argv = [
        *(sys.executable, "-c", code, "--bot", f"rasa:{bot.url}", "--rate", "0.3"),
        *("--suite", bench.path("bot.yml"), "--variants", bench.path("variants.jsonl")),
        *("--junit", files["junit"], "--jsonl", files["jsonl"], "--resume", bench.path("j")),
    ]
    bot.classifier.asked.clear()
    pipe = subprocess.PIPE
    running = subprocess.Popen(argv, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)
    while bot.classifier.asked.total() < 3 and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 130, err
    assert "Stopped: 1 of 4 originals were asked." in err and "goes on from there" in err
    assert "Traceback" not in err and "flip" in out
    assert 2 <= len(bench.read("r.jsonl").splitlines()) <= 4
    assert JUnitXml.fromfile(files["junit"]).errors == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (
            ["--bot", "slack:x"],
            "`slack:x` names no kind of bot. Give one of: rasa, rasa-rest, http",
        ),
        (["--bot", "rasa:localhost:5005"], "is no address of a bot"),
        (["--bot", "rasa:http://"], "http:// or https:// and a host"),
        (["--bot", "openai:http://localhost:1/v1"], "--model NAME"),
        (["--bot", "command:"], "names no command"),
        (["--bot", "command:'a"], "cannot be split"),
        (["--bot", "http://localhost/a", "--body", "{text}"], "is no JSON"),
        (["--bot", "http://localhost/a", "--body", '{"a": 1}'], "has no {text} in a string"),
        (["--bot", "http://localhost/a", "--intent", "a..b"], "The path `a..b` cannot be read"),
        (["--bot", "http://localhost/a", "--header", "x"], "`x` is no header"),
        (["--bot", "http://localhost/a", "--header", "X: é"], "`X: é` is no header"),
        (["--bot", "rasa:http://localhost:99999"], "there is no port 99999"),
        (["--bot", "fitted", "--timeout", "soon"], "`timeout` must be a number"),
        (["--bot", "fitted", "--timeout", "0"], "between 0.1 and 600"),
        (["--bot", "fitted", "--n", "11"], "between 1 and 10"),
        (["--bot", "fitted", "--rate", "nan"], "`rate` is nan"),
        (["--bot", "fitted", "--junit", "/no/such/r.xml"], "/no/such/r.xml cannot be read"),
        (["--bot", "fitted", "--suite", "/no/such.yml"], "/no/such.yml cannot be read"),
        (["--bot", "fitted", "--suite", "a.pdf"], "a.pdf is none of the kinds"),
        (["--bot", "fitted", "--variants", "/no/such.csv"], "/no/such.csv cannot be read"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_bad_input_is_refused_in_one_line(
    bench: Any, monkeypatch: Any, argv: list[str], said: str, language: str
) -> None:
    monkeypatch.setenv("SAMOVAR_LANGUAGE", language)
    code, out, err = bench.run(*argv[1:])
    assert (code, out) == (2, "") and "Traceback" not in err
    assert said in err if language == "en" else re.search("[а-я]{3}", err)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "variants.jsonl",
            '{"original": "who?", "text": "a"}',
            "{path}, line 1: this is no variant: “who?” is",
        ),
        ("variants.jsonl", '{"original": "set my alarm to six"}', "the field `text` holds no text"),
        ("variants.jsonl", "[1]", "a JSON object is expected, not [1]"),
        ("variants.jsonl", "", "there is no variant of any original"),
        ("bot.yml", "nlu: []", "holds no examples"),
        (
            "bot.yml",
            "nlu:\n- intent: a\n  examples: |\n    - a [b [c](x)](y)",
            "inside another slot",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_refused(
    bench: Any, bot: Any, name: str, content: str, said: str
) -> None:
    path = bench.write(name, content)
    code, _, err = bench.run(f"rasa:{bot.url}")
    assert code == 2 and said.format(path=path) in err


def test_a_journal_of_something_else_is_refused(bench: Any, bot: Any) -> None:
    path = bench.write("j", '{"a": 1}\n{"b": 2}\n')
    code, _, err = bench.run(f"rasa:{bot.url}", "--resume", path)
    assert code == 2 and "is none of an earlier run" in err
    assert bench.read("j") == '{"a": 1}\n{"b": 2}\n'


@pytest.mark.parametrize(("language", "said"), [("en", "exit codes:"), ("ru", "коды завершения:")])
def test_help_is_in_both_languages(language: str, said: str) -> None:
    argv = [sys.executable, "-m", "samovar.paraphrase.bench", "--help"]
    env = {"SAMOVAR_LANGUAGE": language, "PATH": ""}
    done = subprocess.run(argv, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout and "rasa-rest[:" in done.stdout and "--junit FILE" in done.stdout
