"""A network made one patient's own: its last block tuned, or all of it learned from scratch."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import torch
from torch import Tensor, nn

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.augment import Augment
from edema_desk.learning.batches import Batches, BatchShape
from edema_desk.learning.change import pairwise_change_loss
from edema_desk.learning.crops import normalise
from edema_desk.learning.device import Group
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.training import PretrainOptions, Training, untrained_encoder
from edema_desk.learning.training_set import TrainingSet

LAST_BLOCK = "layer4"
FLAT_WINDOW = 40
FLAT_GAIN = 0.02
_EMBEDDED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """How to tune. The defaults take some seconds on two cores for five days of a patient."""

    steps: int = 30
    learning_rate: float = 1e-4
    weight_decay: float = 0.05
    seed: int = 0
    captures: int = 8
    frames: int = 6

    @property
    def batch(self) -> BatchShape:
        """Of the one patient."""
        return BatchShape(1, self.captures, self.frames, fewest_people=1)


def unwatched(done: float) -> None:
    """For tunings that nobody waits for."""
    del done


def tune_encoder(
    encoder: FaceEncoder,
    plan: InputPlan,
    data: TrainingSet,
    options: TuneOptions,
    watch: Callable[[float], None] = unwatched,
) -> FaceEncoder:
    """A copy whose last block and read-outs learned pairwise change on one patient's captures.

    Each frame is looked at twice, as it is and augmented; what lies below the last block is
    computed once. Its running means stay those of many people. `watch` is told 0 to 1 after each
    step. Raises STUDY_TOO_SMALL without two captures.
    """
    batches = Batches(data, options.batch, options.seed)
    tuned = copy.deepcopy(encoder).eval()
    below, last = _split(tuned)
    maps = [_below(below, images) for images in _views(data, plan, options.seed)]
    own = [*last.parameters(), *tuned.read_out.parameters()]
    optimiser = torch.optim.AdamW(own, options.learning_rate, weight_decay=options.weight_decay)
    excess_kg = torch.from_numpy(data.excess_kg).float()
    person = torch.from_numpy(data.person)
    for step in range(options.steps):
        chosen = batches.batch(step)
        capture = torch.from_numpy(data.capture[chosen])
        seen = maps[step % len(maps)][torch.from_numpy(chosen)]
        optimiser.zero_grad(set_to_none=True)
        g_kg = tuned.change_kg(last(seen))
        loss = pairwise_change_loss(g_kg, excess_kg[capture], person[capture])
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        watch((step + 1) / options.steps)
    return tuned


@dataclass(frozen=True, slots=True)
class FromScratch:
    """A network that saw one patient only, after how many steps, and whether its loss was flat."""

    encoder: FaceEncoder
    steps: int
    flat: bool


def from_scratch(
    plan: InputPlan,
    data: TrainingSet,
    options: TuneOptions,
    watch: Callable[[float], None] = unwatched,
) -> FromScratch:
    """The same network from random weights on one patient's captures, at a rate that stays, until
    its loss is flat or `options.steps` are made. Raises STUDY_TOO_SMALL without two captures."""
    plain = PretrainOptions(
        steps=options.steps,
        seed=options.seed,
        batch=options.batch,
        learning_rate=options.learning_rate,
        weight_decay=options.weight_decay,
        settle=False,
    )
    encoder = untrained_encoder(plain)
    cpu = torch.device("cpu")
    training = Training(encoder, data, plan, plain, device=cpu, group=Group())
    losses: list[float] = []
    while training.done < 1.0 and not is_flat(losses):
        losses.append(training.advance().loss)
        watch(training.done)
    return FromScratch(encoder.eval(), training.step, is_flat(losses))


def is_flat(losses: Sequence[float]) -> bool:
    """Whether the last `FLAT_WINDOW` steps brought less than `FLAT_GAIN` over those before."""
    if len(losses) < 2 * FLAT_WINDOW:
        return False
    before = float(np.mean(losses[-2 * FLAT_WINDOW : -FLAT_WINDOW]))
    return float(np.mean(losses[-FLAT_WINDOW:])) > (1.0 - FLAT_GAIN) * before


def _split(encoder: FaceEncoder) -> tuple[nn.Module, nn.Module]:
    """The body below its last block, and from there to the embedding."""
    parts = list(encoder.body.named_children())
    below = [module for _, module in takewhile(lambda part: part[0] != LAST_BLOCK, parts)]
    last = [module for _, module in parts[len(below) :]]
    return nn.Sequential(*below), nn.Sequential(*last)


def _views(data: TrainingSet, plan: InputPlan, seed: int) -> tuple[Tensor, Tensor]:
    """All frames without their margin, and all augmented."""
    crops = torch.from_numpy(data.crops)
    inner = slice(data.margin_px, data.margin_px + plan.size_px)
    random = torch.Generator().manual_seed(seed)
    person = torch.from_numpy(data.person[data.capture])
    augmented = Augment(plan.size_px)(crops, person, random)
    return normalise(crops[:, :, inner, inner], plan), normalise(augmented, plan)


@torch.no_grad()
def _below(below: nn.Module, images: Tensor) -> Tensor:
    return torch.cat([below(part) for part in torch.split(images, _EMBEDDED_AT_ONCE)])
