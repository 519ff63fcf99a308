"""A training laid aside: network, objectives, optimiser and place, in one safetensors file."""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning.training import Training


def save_checkpoint(path: Path, identity: str, training: Training) -> None:
    """Put the training in place of what was laid aside before, all of it or nothing.

    `identity` says which training it is: of what data, with what options.
    Raises OUTPUT_NOT_WRITABLE.
    """
    tensors = {f"learner.{name}": value for name, value in training.learner.state_dict().items()}
    for index, state in training.optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{index}.{name}": value for name, value in state.items()}
    where = {"identity": identity, "step": training.step, "passed_s": training.passed_s}
    unfinished = path.with_name(path.name + ".new")
    try:
        own = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
        save_file(own, unfinished, metadata={"place": json.dumps(where)})
        unfinished.replace(path)
    except (OSError, SafetensorError) as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error


def load_checkpoint(path: Path, identity: str, training: Training) -> None:
    """Take the training up where it was left; leave it as it is when the file is not there, not
    readable, or of another training."""
    if not path.exists():
        return
    try:
        with safe_open(path, framework="pt") as file:
            place = json.loads((file.metadata() or {}).get("place", "{}"))
            if place.get("identity") != identity:
                return
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, ValueError):
        return
    _restore(tensors, training)
    training.step, training.passed_s = int(place["step"]), float(place["passed_s"])


def _restore(tensors: dict[str, Tensor], training: Training) -> None:
    learned: dict[str, Tensor] = {}
    states: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        owner, key = name.split(".", 1)
        if owner == "learner":
            learned[key] = value
        else:
            index, state = key.split(".", 1)
            states.setdefault(int(index), {})[state] = value
    training.learner.load_state_dict(learned)
    groups = training.optimiser.state_dict()["param_groups"]
    training.optimiser.load_state_dict({"state": states, "param_groups": groups})
