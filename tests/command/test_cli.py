"""The command line of the tools, on real models where a case needs an answer."""

import argparse
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import partial

import pytest

from samovar import endpoints
from samovar.command import cli, flags, terminal
from samovar.errors import InputError
from samovar.settings import ROOT
from samovar.tool import SLUGS

RUN = [sys.executable, "-m", "samovar"]


def sample(
    text: str,
    n: int = 8,
    retrieval: bool = True,
    tags: list[str] | None = None,
    filters: dict[str, str] | None = None,
    sheet: Mapping[str, object] | None = None,
    mode: str = "hybrid",
) -> None:
    """Stand for an endpoint with a parameter of every kind."""


def parsed(*argv):
    parser = argparse.ArgumentParser()
    assert flags.add(parser, sample) == "text"
    return vars(parser.parse_args(argv))


@pytest.mark.parametrize(
    "argv, expected",
    [
        (["hi"], {"text": "hi"}),
        ([], {}),
        (["--n", "5"], {"n": 5}),
        (["--n", "x"], {"n": "x"}),
        (["--n=--1"], {"n": "--1"}),
        (["--no-retrieval"], {"retrieval": False}),
        (["--retrieval"], {"retrieval": True}),
        (["--tags", "a, b"], {"tags": ["a", "b"]}),
        (["--tags", "a", "--tags", "b,c"], {"tags": ["a", "b", "c"]}),
        (["--tags", '["a, b", "c"]'], {"tags": ["a, b", "c"]}),
        (["--filters", "year=1957"], {"filters": {"year": "1957"}}),
        (["--filter", "a=b=c", "--filter", "d="], {"filters": {"a": "b=c", "d": ""}}),
        (["--sheet", '{"price": 5}'], {"sheet": {"price": 5}}),
        (["--mode", "dense", "a b"], {"text": "a b", "mode": "dense"}),
        (["--", "--n"], {"text": "--n"}),
    ],
)
def test_flags_follow_the_signature(argv, expected):
    assert parsed(*argv) == expected


def test_a_field_without_a_value_is_refused():
    with pytest.raises(InputError, match="`year` is neither FIELD=VALUE nor a JSON object"):
        parsed("--filters", "year")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_tool_explains_itself(slug, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.tool(slug, ["--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "--input FILE" in out
    for name in endpoints.names(slug)[1:]:
        assert f"--{name}" in out


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "x" * 100_001])
def test_every_tool_refuses_a_bad_text_in_one_line(slug, text, capsys):
    assert cli.tool(slug, [text]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_errors_are_in_the_language_of_the_settings(capsys, monkeypatch):
    monkeypatch.setenv("SAMOVAR_LANGUAGE", "ru")
    assert cli.tool("search", ["звёзды", "--k", "x"]) == 2
    assert (
        capsys.readouterr().err
        == 'Значение «k» должно быть целым числом, а получено "x". Введите целое число от 1 до 100.\n'
    )


def test_a_bad_setting_is_told(capsys, monkeypatch):
    monkeypatch.setenv("SAMOVAR_PROFILE", "tpu")
    assert cli.main(["doctor"]) == 2
    assert "SAMOVAR_PROFILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv, said",
    [
        (["nosuch"], "There is no command `nosuch`. The commands are: paraphrase, search"),
        (["search"], "`query` is missing. The arguments are: query, k,"),
        (["search", "stars", "--input", "x"], "Give either a text or --input, not both."),
        (["search", "--input", "/no/such/file"], "/no/such/file cannot be read: No such file"),
        (["search", "--input", "/"], "/ cannot be read: Is a directory."),
    ],
)
def test_a_wrong_command_line_is_refused(argv, said, capsys):
    assert cli.main(argv) == 2
    printed = capsys.readouterr()
    assert (printed.out, said in printed.err) == ("", True)


def test_help_and_version(capsys):
    assert cli.main([]) == 0
    assert "samovar doctor" in capsys.readouterr().out
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == "0.1.0\n"


GOOD = '{"query": "Who discovered penicillin?", "k": 2}'
LINES = [
    GOOD.encode(),
    b"not json",
    b"[1]",
    b'{"query": "stars", "colour": "red"}',
    b'{"k": 3}',
    b'{"query": "stars", "k": "three"}',
    b"",
    b"\xff\xfe",
    b'{"query": "\\ud800"}',
    b"[" * 5000,
    '{"query": "Кто открыл пенициллин?"}'.encode(),
]
SAID = {
    2: "The line is not JSON",
    3: "must be a JSON object of arguments, but it is list",
    4: "`colour` is not an argument of search. The arguments are: query, k,",
    5: "`query` is missing",
    6: '`k` must be a whole number, but "three"',
    7: "The line is not JSON",
    8: "The line is not UTF-8",
    9: "control character U+D800",
    10: "The line is not JSON",
}


def test_a_batch_answers_every_line_in_its_place(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(LINES) + b"\n")
    command = [sys.executable, "-m", "samovar.search", "--json", "--k", "1", "--input", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(LINES)
    assert [hit["rank"] for hit in results[0]] == [1, 2]  # its own k comes before the flag's
    assert len(results[-1]) == 1
    for number, said in SAID.items():
        assert results[number - 1].keys() == {"error", "line"}
        assert said in results[number - 1]["error"]
        assert results[number - 1]["line"] == number
    assert f"{len(SAID)} of {len(LINES)} lines were not answered." in done.stderr
    assert f"{len(LINES)}/{len(LINES)}" in done.stderr  # the progress bar


def test_a_batch_from_stdin_gives_what_single_calls_give():
    one = subprocess.run(
        [*RUN, "search", "penicillin", "--k", "1", "--filter", "language=en", "--json"],
        capture_output=True,
        cwd=ROOT,
    )
    many = subprocess.run(
        [*RUN, "search", "--input", "-"],
        input=b'{"query": "penicillin", "k": 1, "filters": {"language": "en"}}\n',
        capture_output=True,
        cwd=ROOT,
    )
    assert json.loads(one.stdout)[0]["title"] == "Penicillin"
    assert one.stdout == many.stdout


def test_an_internal_error_costs_one_line_only(tmp_path, monkeypatch, capsys):
    def call(slug, arguments):
        if arguments["query"] == "bad":
            raise ZeroDivisionError
        return [arguments["query"]]

    monkeypatch.setattr(endpoints, "call", call)
    file = tmp_path / "q.jsonl"
    file.write_text('{"query": "a"}\n{"query": "bad"}\n{"query": "b"}\n')
    assert cli.tool("search", ["--input", str(file)]) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first, third) == (["a"], ["b"])
    assert second["line"] == 2
    assert "ZeroDivisionError" in second["error"]


def test_stdout_holds_results_only_even_when_c_code_prints():
    code = """
import ctypes, sys
from samovar.command import terminal
def command(settings, out):
    print("python noise")
    ctypes.CDLL(None).puts(b"c noise")
    ctypes.CDLL(None).fflush(None)
    return terminal.write(out, ["result \\ud800 \\u0416"])
raise SystemExit(terminal.run(command))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    assert done.returncode == 0
    assert done.stdout == "result \\ud800 Ж\n".encode()
    assert done.stderr.split() == [b"python", b"noise", b"c", b"noise"]


def test_a_reader_that_went_away_ends_it_quietly():
    code = """
from samovar.command import terminal
def command(settings, out):
    while True:
        terminal.write(out, ["x" * 1000])
raise SystemExit(terminal.run(command))
"""
    done = subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, cwd=ROOT)
    assert done.stdout.read(10) == b"x" * 10
    done.stdout.close()
    assert done.stderr.read() == b""
    assert done.wait(20) == terminal.CLOSED


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_it_without_a_trace():
    waiting = subprocess.Popen(
        [*RUN, "search", "--input", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # `nohup` ignores it
    )
    waiting.stdin.write(b"nonsense\n")
    waiting.stdin.flush()
    assert b"error" in waiting.stdout.readline()
    time.sleep(0.2)
    waiting.send_signal(signal.SIGINT)
    _, err = waiting.communicate(timeout=20)
    assert waiting.returncode == terminal.INTERRUPTED
    assert b"Traceback" not in err


def test_a_stream_that_is_no_file_works_too(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert terminal.run(lambda settings, out: terminal.write(out, ["a", "b"])) == 0
    assert stream.getvalue() == "a\nb\n"
