"""What making batches costs beside learning from them, in seconds of the processor."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import torch

from edema_desk.domain.models.card import InputPlan
from edema_desk.domain.models.objectives import DeviceChoice
from edema_desk.learning.batch import Overlay
from edema_desk.learning.batch_maker import BatchMaker
from edema_desk.learning.device import Group
from edema_desk.learning.overlay import swelling_overlay
from edema_desk.learning.training import PretrainOptions, Training, untrained_encoder
from edema_desk.learning.training_set import TrainingSet
from tests.benchmarks.figure import Figure

ROUNDS = 6
MARGIN_PX = 8
MOST_SHARE = 0.10
PLAN = InputPlan()
OPTIONS = PretrainOptions(steps=1000, device=DeviceChoice.CPU)
CPU = torch.device("cpu")


def measure(place: Path) -> Iterator[Figure]:
    """At 112 px and 64 faces a batch, on one thread, so that others on the machine do not
    count."""
    del place
    torch.set_num_threads(1)
    data = _faces(people=16, captures=8, frames=2)
    training = Training(untrained_encoder(OPTIONS), data, PLAN, OPTIONS, device=CPU, group=Group())
    step_s = _processor_s(lambda number: training.advance())
    making_s = _making_s(data, None)
    share = making_s / step_s
    yield Figure(
        "making a batch of 64 faces at 112 px: share of the training step",
        f"{100 * share:.1f} % ({1000 * making_s:.0f} of {1000 * step_s:.0f} ms)",
        f"<= {100 * MOST_SHARE:.0f} %",
        share <= MOST_SHARE,
    )
    more_s = _making_s(data, swelling_overlay(PLAN, MARGIN_PX)) - making_s
    yield Figure(
        "laying swelling over it: share of the step that is then longer",
        f"{100 * more_s / (step_s + more_s):.1f} % ({1000 * more_s:.0f} ms)",
    )


def _making_s(data: TrainingSet, overlay: Overlay | None) -> float:
    maker = BatchMaker(data, PLAN, OPTIONS.batch, OPTIONS.seed, CPU, overlay=overlay)
    return _processor_s(maker.batch)


def _processor_s(work: Callable[[int], object]) -> float:
    """Of one round, after one that does not count."""
    seconds = []
    for number in range(ROUNDS + 1):
        began_s = time.process_time()
        work(number)
        seconds.append(time.process_time() - began_s)
    return median(seconds[1:])


def _faces(people: int, captures: int, frames: int) -> TrainingSet:
    rng = np.random.default_rng(0)
    side = PLAN.size_px + 2 * MARGIN_PX
    person = np.repeat(np.arange(people), captures)
    before = np.arange(len(person)) % 2 == 0
    return TrainingSet(
        rng.integers(0, 255, (len(person) * frames, 3, side, side), np.uint8),
        MARGIN_PX,
        np.repeat(np.arange(len(person)), frames),
        person,
        np.arange(len(person)) // 2,
        np.where(before, 2.0, 0.0),
        before,
    )
