"""One process of a group: the gradients it ends up with, printed by its first process.

    python -m tests.learning.gradients_of_a_group

under torchrun's variables, or with none of them alone on the batches of two processes.
"""

import json
import os
import sys
from dataclasses import fields
from typing import Any

import torch

from edema_desk.domain.models.objectives import DeviceChoice, parse_mixture
from edema_desk.learning.batch import Batch
from edema_desk.learning.batch_maker import BatchMaker
from edema_desk.learning.batches import BatchShape
from edema_desk.learning.device import Group, choose_device, process_group
from edema_desk.learning.objectives import Learner
from edema_desk.learning.training import PretrainOptions, Training
from tests.learning.learning_samples import SMALL_PLAN, disc_study, small_encoder

OPTIONS = PretrainOptions(
    steps=1,
    seed=2,
    objectives=parse_mixture("change+contrast"),
    batch=BatchShape(people=2, captures=2, frames=2),
    weight_decay=0.0,
    device=DeviceChoice.CPU,
)


def together(group: Group, device: torch.device) -> dict[str, torch.Tensor]:
    """Gradients after one step of a training in this group."""
    torch.manual_seed(OPTIONS.seed)
    training = Training(
        small_encoder(norm=False), disc_study(), SMALL_PLAN, OPTIONS, device=device, group=group
    )
    training.advance()
    queued = {"queue": training.learner.get_submodule("objectives.contrast").get_buffer("capture")}
    return gradients(training.learner) | queued


def alone(device: torch.device) -> dict[str, torch.Tensor]:
    """The same of both batches as one."""
    torch.manual_seed(OPTIONS.seed)
    learner = Learner(small_encoder(norm=False), OPTIONS.objectives)
    maker = BatchMaker(
        disc_study(), SMALL_PLAN, OPTIONS.batch, OPTIONS.seed, device, two_views=True
    )
    one, two = maker.batch(0), maker.batch(1)
    parts = [(f.name, getattr(one, f.name), getattr(two, f.name)) for f in fields(Batch)]
    both: dict[str, Any] = {k: None if a is None else torch.cat([a, b]) for k, a, b in parts}
    whole = Batch(**both)
    learner(whole).backward()
    learner.after_step()
    queued = {"queue": learner.get_submodule("objectives.contrast").get_buffer("capture")}
    return gradients(learner) | queued


def gradients(learner: Learner) -> dict[str, torch.Tensor]:
    return {n: p.grad for n, p in learner.named_parameters() if p.grad is not None}


def main() -> None:
    torch.set_num_threads(1)
    device = choose_device(OPTIONS.device)
    with process_group(device) as group:
        found = together(group, device) if "WORLD_SIZE" in os.environ else alone(device)
        if group.rank == 0:
            sys.stdout.write(json.dumps({name: value.tolist() for name, value in found.items()}))


if __name__ == "__main__":
    main()
