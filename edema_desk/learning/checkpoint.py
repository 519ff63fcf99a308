"""A training laid aside: network, optimiser and place, in one safetensors file."""

import json
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.optim import Optimizer

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.encoder import FaceEncoder


@dataclass(frozen=True, slots=True)
class Place:
    """How far a training has come."""

    step: int = 0
    passed_s: float = 0.0


def save_checkpoint(
    path: Path,
    identity: str,
    encoder: FaceEncoder,
    optimiser: Optimizer,
    step: int,
    passed_s: float,
) -> None:
    """Put the training in place of what was laid aside before, all of it or nothing.

    `identity` says which training it is: of what data, with what options.
    """
    tensors = {f"encoder.{name}": value for name, value in encoder.state_dict().items()}
    for index, state in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{index}.{name}": value for name, value in state.items()}
    place = json.dumps({"identity": identity, "step": step, "passed_s": passed_s})
    unfinished = path.with_name(path.name + ".new")
    try:
        contiguous = {name: value.contiguous() for name, value in tensors.items()}
        save_file(contiguous, unfinished, metadata={"place": place})
        unfinished.replace(path)
    except (OSError, SafetensorError) as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error


def load_checkpoint(path: Path, identity: str, encoder: FaceEncoder, optimiser: Optimizer) -> Place:
    """Take the training up where it was left, or from the start when the file is not there,
    not readable, or of another training."""
    if not path.exists():
        return Place()
    try:
        with safe_open(path, framework="pt") as file:
            place = json.loads((file.metadata() or {}).get("place", "{}"))
            if place.get("identity") != identity:
                return Place()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, ValueError):
        return Place()
    _restore(tensors, encoder, optimiser)
    return Place(int(place["step"]), float(place["passed_s"]))


def _restore(tensors: dict[str, Tensor], encoder: FaceEncoder, optimiser: Optimizer) -> None:
    weights: dict[str, Tensor] = {}
    states: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        owner, key = name.split(".", 1)
        if owner == "encoder":
            weights[key] = value
        else:
            index, field = key.split(".", 1)
            states.setdefault(int(index), {})[field] = value
    encoder.load_state_dict(weights)
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": states, "param_groups": groups})
