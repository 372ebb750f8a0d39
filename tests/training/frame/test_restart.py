"""A killed run, a run in two processes: the same weights as an undisturbed one."""

import json
import signal
import time

import pytest
import torch
from safetensors.torch import load_file

from training import chat

PATIENCE = 280
EPOCHS, STEPS = 6, 84
"""Over the pairs that are not held out: long enough that a run is killed before it ends."""


def weights(run):
    return load_file(run / "adapter" / "adapter_model.safetensors")


def curve(run):
    return [json.loads(line) for line in (run / "curves.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def whole(arguments, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "whole"
    assert chat.main(arguments(out, epochs=EPOCHS)) == 0
    return out


def killed(launch, out, step):
    """Kill the training as soon as a checkpoint of at least `step` steps is there."""
    process = launch(out, epochs=EPOCHS)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        path = out / "checkpoint.pt"
        if path.is_file() and torch.load(path, weights_only=True)["step"] >= step:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.002)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "the run ended before it was killed"
    assert not (out / "adapter").exists()


def test_a_killed_run_ends_like_an_undisturbed_one(whole, launch, arguments, tmp_path):
    """Killed at any moment after a checkpoint, with Adam's state and dropout under way."""
    torn = tmp_path / "torn"
    killed(launch, torn, 10)
    assert chat.main(arguments(torn, "--resume", epochs=EPOCHS)) == 0
    one, two = weights(whole), weights(torn)
    assert one.keys() == two.keys() and len(one) == 28
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert curve(whole) == curve(torn)
    ends = [torch.load(run / "checkpoint.pt", weights_only=True) for run in (whole, torn)]
    assert ends[0]["tally"]["tokens"] == ends[1]["tally"]["tokens"] > 0


def test_a_finished_run_is_not_trained_again(whole, arguments):
    before, cost = weights(whole), json.loads((whole / "run.json").read_text())
    assert chat.main(arguments(whole, epochs=EPOCHS)) == 0
    after = json.loads((whole / "run.json").read_text())
    assert all(torch.equal(weights(whole)[name], before[name]) for name in before)
    assert after["steps"] == cost["steps"] == STEPS
    assert curve(whole)[-1]["step"] == STEPS


def test_two_processes_share_each_batch(arguments, trained, tmp_path):
    """Equal but for rounding: each process takes half of a batch, and the halves are added up."""
    exact = {"dropout": 0.0}
    launcher = "-m accelerate.commands.launch --multi_gpu --num_processes 2 --main_process_port 0"
    single = tmp_path / "single"
    assert chat.main(arguments(single, **exact)) == 0
    pair = trained(tmp_path / "pair", prefix=tuple(launcher.split()), **exact)
    found = [json.loads((run / "run.json").read_text()) for run in (single, pair)]
    assert [run["processes"] for run in found] == [1, 2]
    one, two = weights(single), weights(pair)
    assert all(torch.allclose(one[name], two[name], atol=0.01) for name in one)
    assert max(value.abs().max() for name, value in one.items() if "lora_B" in name) > 0.1
    assert [row["step"] for row in curve(single)] == [row["step"] for row in curve(pair)]


def test_another_recipe_does_not_continue_nor_overwrite(whole, arguments, capsys):
    assert chat.main(arguments(whole, epochs=3)) == 2
    said = capsys.readouterr().err
    assert "another recipe" in said and "--fresh" in said


def test_resume_without_a_run_is_refused(arguments, tmp_path, capsys):
    assert chat.main(arguments(tmp_path / "none", "--resume")) == 2
    assert "holds no run" in capsys.readouterr().err
