"""Weights and optimiser state as plain arrays, and one round of training over them.

For whoever wants to train a network in several places that must not share their captures: what
goes back and forth are arrays by name, and nothing here knows of any engine that moves them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.optim import Optimizer

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.device import Group, choose_device
from edema_desk.learning.training import PretrainOptions, Training, untrained_encoder
from edema_desk.learning.training_set import TrainingSet

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round made of the arrays it was given; `captures` says how much it learned from,
    for a mean over places that counts each by its share."""

    weights: Arrays
    optimiser_state: Arrays
    loss: float
    steps: int
    captures: int


def weights_of(net: nn.Module) -> dict[str, NDArray[Any]]:
    """Copies of all weights and running means, by their names in the network."""
    return {name: _array(value) for name, value in net.state_dict().items()}


def with_weights(net: nn.Module, weights: Arrays) -> None:
    """Put weights into a network of the same kind. Raises KeyError or ValueError, before
    anything is changed, where they are of another."""
    own = net.state_dict()
    if own.keys() != weights.keys():
        raise KeyError("weights of another network")
    if any(own[name].shape != weights[name].shape for name in own):
        raise ValueError("weights of another shape")
    net.load_state_dict({name: _tensor(value) for name, value in weights.items()})


def optimiser_state_of(optimiser: Optimizer) -> dict[str, NDArray[Any]]:
    """Copies of what the optimiser remembers, as `number of the weight.name`."""
    state = optimiser.state_dict()["state"]
    return {
        f"{index}.{name}": _array(value)
        for index, kept in state.items()
        for name, value in kept.items()
    }


def with_optimiser_state(optimiser: Optimizer, state: Arrays) -> None:
    """Let the optimiser remember that; an empty state is that of one that made no step."""
    kept: dict[int, dict[str, torch.Tensor]] = {}
    for key, value in state.items():
        index, name = key.split(".", 1)
        kept.setdefault(int(index), {})[name] = _tensor(value)
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": kept, "param_groups": groups})


def first_weights(options: PretrainOptions) -> dict[str, NDArray[Any]]:
    """The network before any round."""
    return weights_of(untrained_encoder(options))


def one_round(
    weights: Arrays,
    optimiser_state: Arrays,
    data: TrainingSet,
    plan: InputPlan,
    options: PretrainOptions,
    number: int = 0,
) -> Round:
    """`options.steps` steps from the given weights, at the given rate, on one place's captures.

    The same arguments give the same arrays; each `number` draws batches of its own. Objectives
    start without memory: the queue of the contrast does not leave a place.
    Raises STUDY_TOO_SMALL, DEVICE_MISSING, and what `with_weights` raises.
    """
    encoder = untrained_encoder(options)
    with_weights(encoder, weights)
    own = replace(options, seed=options.seed + number, minutes=None, settle=False, warm_up=0.0)
    device = choose_device(options.device)
    training = Training(encoder, data, plan, own, device=device, group=Group())
    with_optimiser_state(training.optimiser, optimiser_state)
    losses: list[float] = []
    while training.done < 1.0:
        losses.append(training.advance().loss)
    return Round(
        weights_of(encoder),
        optimiser_state_of(training.optimiser),
        float(np.mean(losses)) if losses else 0.0,
        training.step,
        len(np.unique(data.capture)),
    )


def _array(value: torch.Tensor) -> NDArray[Any]:
    array: NDArray[Any] = value.detach().cpu().contiguous().numpy()
    return array.copy()


def _tensor(value: NDArray[Any]) -> torch.Tensor:
    return torch.from_numpy(np.array(value))
