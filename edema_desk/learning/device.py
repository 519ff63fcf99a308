"""Where a training runs: the processor unless there is a graphics card, one process or several."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import distributed

from edema_desk.domain.models.objectives import DeviceChoice
from edema_desk.errors import ErrorCode, ExpectedError


@dataclass(frozen=True, slots=True)
class Group:
    """The processes that train one network together; `rank` 0 is the one that writes files."""

    rank: int = 0
    size: int = 1


def choose_device(choice: DeviceChoice) -> torch.device:
    """The device asked for; `auto` takes the first CUDA card that is there.

    Under torchrun each process takes the card of its local rank. Raises DEVICE_MISSING.
    """
    if choice is DeviceChoice.CPU:
        return torch.device("cpu")
    if torch.cuda.is_available():
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
    if choice is DeviceChoice.CUDA:
        raise ExpectedError(ErrorCode.DEVICE_MISSING, device=choice.value)
    return torch.device("cpu")


def mixed_precision(device: torch.device) -> torch.autocast:
    """Brain floats where a card computes with them; they need no scaling of the loss."""
    able = device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.autocast(device.type, torch.bfloat16, enabled=able)


@contextmanager
def process_group(device: torch.device) -> Iterator[Group]:
    """The group that torchrun's variables describe; without them a process on its own."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield Group()
        return
    if device.type == "cuda":
        torch.cuda.set_device(device)
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Group(distributed.get_rank(), distributed.get_world_size())
    finally:
        distributed.destroy_process_group()
