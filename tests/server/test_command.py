"""`samovar serve` as a process with the shipped model: it answers, drains when it is told to end, and goes."""

import json
import os
import signal
import subprocess
import sys
import time

import httpx
import pytest
from service.serving import free_port

from samovar.command.cli import main
from samovar.settings import ROOT

NUMBERS = {"type": "array", "items": {"type": "integer"}, "minItems": 2000}
ENDLESS = {
    "model": "smollm2-135m-instruct",
    "messages": [{"role": "user", "content": "Count."}],
    "stream": True,
    "max_tokens": 8000,
    "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": NUMBERS}},
}


def test_a_running_process_drains_and_ends_in_order(tmp_path):
    port = free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("GRADIO_")}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "samovar", "serve", "--port", str(port), "--log"],
            cwd=ROOT,
            env=env | {"SAMOVAR_DRAIN": "1", "HF_HUB_OFFLINE": "1"},
            stderr=log,
        )
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=200, trust_env=False
        ) as http:
            until = time.monotonic() + 100
            while True:
                try:
                    assert http.get("/healthz").json()["status"] == "ok"
                    break
                except httpx.TransportError:
                    assert time.monotonic() < until and process.poll() is None
                    time.sleep(0.1)
            with http.stream("POST", "/v1/chat/completions", json=ENDLESS) as reply:
                lines = (line for line in reply.iter_lines() if line.startswith("data: {"))
                assert json.loads(next(lines).removeprefix("data: "))["choices"]
                process.send_signal(signal.SIGTERM)
                while http.get("/healthz").json()["status"] == "ok":
                    time.sleep(0.01)
                *_, last = lines
            assert "being stopped" in json.loads(last.removeprefix("data: "))["error"]["message"]
        assert process.wait(60) == 0
    finally:
        process.kill()
    noted = (tmp_path / "log").read_text(errors="replace")
    assert f"Serving at http://127.0.0.1:{port}/v1" in noted
    assert "127.0.0.1 POST '/v1/chat/completions' 200" in noted
    assert "Traceback" not in noted


@pytest.mark.parametrize("wrong", [["--port", "x"], ["house"]])
def test_a_wrong_flag_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["serve", *wrong])
    assert ended.value.code == 2
    assert "samovar serve" in capsys.readouterr().err


def test_the_help_names_the_command(capsys):
    assert main(["--help"]) == 0
    assert "samovar serve" in capsys.readouterr().out
