"""One training: network, objectives, optimiser, and how far they are."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from edema_desk.domain.models.card import InputPlan
from edema_desk.domain.models.objectives import DEFAULT_MIXTURE, DeviceChoice, Mixture
from edema_desk.learning.batch import Overlay
from edema_desk.learning.batch_maker import BatchMaker
from edema_desk.learning.batches import BatchShape
from edema_desk.learning.device import Group
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.lobes import PART_COUNT
from edema_desk.learning.objectives import Learner, needs_two_views, tells_parts
from edema_desk.learning.training_set import TrainingSet


@dataclass(frozen=True, slots=True)
class PretrainOptions:
    """How to train. With `minutes` the time decides when it is done, and a second run ends
    elsewhere; with `steps` alone the same seed gives the same network on the same machine.

    `warm_up` is the share of the training in which the learning rate rises; then it settles down
    to nothing, or stays where it is.
    """

    steps: int = 3000
    minutes: float | None = None
    seed: int = 0
    objectives: Mixture = DEFAULT_MIXTURE
    batch: BatchShape = field(default_factory=BatchShape)
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    warm_up: float = 0.03
    settle: bool = True
    device: DeviceChoice = DeviceChoice.AUTO
    checkpoint_every_s: float = 60.0


@dataclass(frozen=True, slots=True)
class TrainingState:
    """Where a training stands: `done` goes from 0 to 1, `loss` is that of the last step."""

    step: int
    done: float
    loss: float


Watcher = Callable[[TrainingState], None]
"""Called after each step. Whatever it raises, ExpectedError(CANCELLED) for one, ends training
after a checkpoint."""


def untrained_encoder(options: PretrainOptions) -> FaceEncoder:
    """The network that the objectives ask for, with the random weights of the seed."""
    torch.manual_seed(options.seed)
    return FaceEncoder(PART_COUNT if tells_parts(options.objectives) else 1)


class Training:
    """Makes one step after the other; `step` and `passed_s` may be set to go on from there."""

    def __init__(
        self,
        encoder: FaceEncoder,
        data: TrainingSet,
        plan: InputPlan,
        options: PretrainOptions,
        *,
        device: torch.device,
        group: Group,
        overlay: Overlay | None = None,
    ) -> None:
        self.step, self.passed_s = 0, 0.0
        self._options, self._group = options, group
        self.learner = Learner(encoder, options.objectives)
        self.learner.to(device).to(memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(
            [p for p in self.learner.parameters() if p.requires_grad],
            options.learning_rate,
            weight_decay=options.weight_decay,
        )
        self._together: nn.Module = self.learner
        if group.size > 1:
            # a network may have read-outs that no objective asks
            self._together = DistributedDataParallel(self.learner, find_unused_parameters=True)
        self._maker = BatchMaker(
            data,
            plan,
            options.batch,
            options.seed,
            device,
            overlay=overlay,
            two_views=needs_two_views(options.objectives),
        )

    @property
    def done(self) -> float:
        """0 to 1, by time when there is a limit to it."""
        if self._options.minutes is not None:
            return min(1.0, self.passed_s / (self._options.minutes * 60.0))
        return min(1.0, self.step / self._options.steps) if self._options.steps else 1.0

    def advance(self) -> TrainingState:
        """One step, for which every process of the group draws a batch of its own."""
        began_s = time.monotonic()
        self.learner.train()
        for settings in self.optimiser.param_groups:
            settings["lr"] = self._options.learning_rate * self._pace()
        batch = self._maker.batch(self.step * self._group.size + self._group.rank)
        self.optimiser.zero_grad(set_to_none=True)
        loss = self._together(batch)
        loss.backward()
        self.optimiser.step()
        self.learner.after_step()
        value = float(loss.detach())
        if not math.isfinite(value):
            raise FloatingPointError(f"the loss of step {self.step} is not a number")
        self.step += 1
        self.passed_s += time.monotonic() - began_s
        return TrainingState(self.step, self.done, value)

    def _pace(self) -> float:
        """Share of the learning rate: a short rise, then half a cosine down to nothing."""
        warm_up = self._options.warm_up
        if self.done < warm_up:
            return max(self.done / warm_up, 0.01)
        if not self._options.settle:
            return 1.0
        return 0.5 * (1.0 + math.cos(math.pi * (self.done - warm_up) / (1.0 - warm_up)))
