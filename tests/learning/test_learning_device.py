"""Where a training runs, and that two processes learn what one with both batches would."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from edema_desk.domain.models.objectives import DeviceChoice
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.device import Group, choose_device, mixed_precision, process_group

ROOT = Path(__file__).resolve().parents[2]


def test_the_processor_where_there_is_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device(DeviceChoice.AUTO) == torch.device("cpu")
    with pytest.raises(ExpectedError) as caught:
        choose_device(DeviceChoice.CUDA)
    assert caught.value.code is ErrorCode.DEVICE_MISSING


def test_a_card_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device(DeviceChoice.AUTO) == torch.device("cuda", 0)
    assert choose_device(DeviceChoice.CPU) == torch.device("cpu")
    monkeypatch.setenv("LOCAL_RANK", "3")
    assert choose_device(DeviceChoice.CUDA) == torch.device("cuda", 3)


def test_the_processor_computes_in_full_precision() -> None:
    with mixed_precision(torch.device("cpu")):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype is torch.float32


def test_alone_there_is_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with process_group(torch.device("cpu")) as group:
        assert group == Group(0, 1)
        assert not torch.distributed.is_initialized()


def started(**variables: str) -> "subprocess.Popen[str]":
    """A process as torchrun would start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.learning.gradients_of_a_group"],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
    )


def free_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


def test_two_processes_have_the_gradients_of_one_with_both_batches() -> None:
    address = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": free_port(), "WORLD_SIZE": "2"}
    processes = [started(**address, RANK=str(rank), LOCAL_RANK=str(rank)) for rank in range(2)]
    processes.append(started())
    said = [process.communicate(timeout=240)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert said[1] == ""  # only the first process tells, and writes
    both, one = json.loads(said[0]), json.loads(said[2])
    assert both.keys() == one.keys()
    assert both["queue"] == one["queue"]
    for name in both:
        np.testing.assert_allclose(both[name], one[name], rtol=1e-4, atol=1e-6, err_msg=name)
    assert np.abs(np.array(both["encoder.body.0.weight"])).max() > 1e-4
