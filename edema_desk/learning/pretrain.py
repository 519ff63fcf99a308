"""Learning g from many people: one loop that can be stopped, killed and taken up again."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from edema_desk.domain.model_card import InputPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.augment import Augment
from edema_desk.learning.batches import Batches, BatchShape
from edema_desk.learning.change import pairwise_change_loss
from edema_desk.learning.checkpoint import load_checkpoint, save_checkpoint
from edema_desk.learning.crops import normalise
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.training_set import TrainingSet


@dataclass(frozen=True, slots=True)
class PretrainOptions:
    """How to train. With `minutes` the time decides when it is done, and a second run ends
    elsewhere; with `steps` alone the same seed gives the same network on the same machine."""

    steps: int = 3000
    minutes: float | None = None
    seed: int = 0
    batch: BatchShape = field(default_factory=BatchShape)
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    warm_up: float = 0.03
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


def pretrain(
    data: TrainingSet,
    plan: InputPlan,
    options: PretrainOptions,
    watch: Watcher,
    checkpoint: Path | None = None,
) -> FaceEncoder:
    """Train a network from random weights, or go on from `checkpoint` if it is of this training.

    Raises STUDY_TOO_SMALL, or OUTPUT_NOT_WRITABLE for the checkpoint.
    """
    training = _Training(data, plan, options)
    identity = f"{options} {plan} {data.sha256()}"
    if checkpoint is not None:
        progress = load_checkpoint(checkpoint, identity, training.encoder, training.optimiser)
        training.step, training.passed_s = progress.step, progress.passed_s

    def keep() -> None:
        if checkpoint is not None:
            where = training.step, training.passed_s
            save_checkpoint(checkpoint, identity, training.encoder, training.optimiser, *where)

    kept_s = training.passed_s
    try:
        while training.done < 1.0:
            watch(training.advance())
            if training.passed_s - kept_s >= options.checkpoint_every_s:
                keep()
                kept_s = training.passed_s
    except ExpectedError as error:
        if error.code is ErrorCode.CANCELLED:
            keep()
        raise
    keep()
    return training.encoder.eval()


class _Training:
    """Network, optimiser and how far they are."""

    def __init__(self, data: TrainingSet, plan: InputPlan, options: PretrainOptions) -> None:
        torch.manual_seed(options.seed)
        self.encoder = FaceEncoder()
        self.encoder.to(memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(
            self.encoder.parameters(), options.learning_rate, weight_decay=options.weight_decay
        )
        self.step, self.passed_s = 0, 0.0
        self._data, self._plan, self._options = data, plan, options
        self._batches = Batches(data, options.batch, options.seed)
        self._augment = Augment(plan.size_px)
        self._excess_kg = torch.from_numpy(data.excess_kg).float()
        self._person = torch.from_numpy(data.person)

    @property
    def done(self) -> float:
        """0 to 1, by time when there is a limit to it."""
        if self._options.minutes is not None:
            return min(1.0, self.passed_s / (self._options.minutes * 60.0))
        return min(1.0, self.step / self._options.steps) if self._options.steps else 1.0

    def advance(self) -> TrainingState:
        """One step."""
        began_s = time.monotonic()
        self.encoder.train()
        for group in self.optimiser.param_groups:
            group["lr"] = self._options.learning_rate * self._pace()
        images, excess_kg, person = self._batch()
        self.optimiser.zero_grad(set_to_none=True)
        g_kg = self.encoder.change_kg(self.encoder(images))
        loss = pairwise_change_loss(g_kg, excess_kg, person)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
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
        return 0.5 * (1.0 + math.cos(math.pi * (self.done - warm_up) / (1.0 - warm_up)))

    def _batch(self) -> tuple[Tensor, Tensor, Tensor]:
        chosen = self._batches.batch(self.step)
        crops = torch.from_numpy(self._data.crops[chosen])
        capture = torch.from_numpy(self._data.capture[chosen])
        person = self._person[capture]
        random = torch.Generator().manual_seed(self._options.seed * 1_000_003 + self.step)
        images = self._augment(crops, person, random)
        return normalise(images, self._plan), self._excess_kg[capture], person
