"""What a network may be trained to do, and how a mixture of it is written."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Objective(StrEnum):
    """What the training loop can ask of a network."""

    CHANGE = "change"
    """Differences of g within a person are differences of excess fluid."""
    CONTRAST = "contrast"
    """WeightSupMoCo: faces of like weight, both before or both after, lie near each other."""
    REGRESSION = "regression"
    """g is the excess itself."""
    PARTS = "parts"
    """The same as change for each part of the face, where made-up swelling says how much."""


class DeviceChoice(StrEnum):
    """Where to train."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


@dataclass(frozen=True, slots=True)
class Share:
    """One objective of a mixture; its loss counts `weight` times."""

    objective: Objective
    weight: float = 1.0


Mixture = tuple[Share, ...]

DEFAULT_MIXTURE: Mixture = (Share(Objective.CHANGE),)

_SHARE = re.compile(r"([a-z]+)(?::([0-9]+(?:\.[0-9]+)?))?")


def parse_mixture(text: str) -> Mixture:
    """`change+contrast:0.5` -> two shares. Raises ValueError for anything else."""
    shares = tuple(_parse_share(part.strip()) for part in text.split("+"))
    if len({share.objective for share in shares}) < len(shares):
        raise ValueError("the same objective twice")
    return shares


def render_mixture(mixture: Sequence[Share]) -> str:
    """What `parse_mixture` reads."""
    return "+".join(
        s.objective.value if s.weight == 1.0 else f"{s.objective.value}:{s.weight:g}"
        for s in mixture
    )


def _parse_share(text: str) -> Share:
    found = _SHARE.fullmatch(text)
    if found is None:
        raise ValueError("not an objective, or one with its weight after a colon")
    weight = float(found[2]) if found[2] else 1.0
    if not (math.isfinite(weight) and weight > 0):
        raise ValueError("a weight above nought is wanted")
    return Share(Objective(found[1]), weight)
