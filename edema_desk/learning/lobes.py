"""Where fluid gathers in a face, as hills on the canonical crop, of a random size and shape."""

from dataclasses import dataclass

import torch
from torch import Tensor

from edema_desk.domain.models.card import Box, InputPlan
from edema_desk.domain.terms.geometry import CANONICAL_POINTS

PUPIL_DISTANCE_MM = 63.0
PART_COUNT = 6
"""Upper lids, lower lids, cheeks, jaw, lips, nose."""
_MIDDLE = (0.0, 0.75)
"""Of the face: what is pushed outward moves away from here."""


@dataclass(frozen=True, slots=True)
class _Lobe:
    """A hill of a part at (x, y) from between the eyes, its half widths, all in pupil distances;
    one off the middle stands on both sides. `pushed`: the range of how much of its movement is
    outward from the middle of the face instead of away from its own centre."""

    part: int
    x: float
    y: float
    width: float
    height: float
    pushed: tuple[float, float] = (0.0, 0.25)


_LOBES = (
    _Lobe(0, 0.50, -0.10, 0.24, 0.09),
    _Lobe(1, 0.50, 0.17, 0.21, 0.10, (0.0, 0.5)),
    _Lobe(2, 0.72, 0.66, 0.33, 0.36, (0.0, 0.7)),
    _Lobe(2, 1.05, 0.70, 0.22, 0.45, (0.9, 1.0)),
    _Lobe(3, 0.97, 1.05, 0.25, 0.30, (0.6, 1.0)),
    _Lobe(3, 0.68, 1.50, 0.28, 0.25, (0.6, 1.0)),
    _Lobe(3, 0.00, 1.80, 0.36, 0.22, (0.6, 1.0)),
    _Lobe(4, 0.00, 1.12, 0.34, 0.15),
    _Lobe(5, 0.00, 0.62, 0.24, 0.26),
)


@dataclass(frozen=True, slots=True)
class FaceGrid:
    """Nodes over a cut of the crop: `x` (1, 1, nodes) and `y` (1, nodes, 1) in pupil distances."""

    x: Tensor
    y: Tensor
    nodes: int
    crop_px_per_mm: float

    @staticmethod
    def over(box: Box, nodes: int, plan: InputPlan) -> "FaceGrid":
        """The grid of a box of the crop whose face lies where the plan says."""
        points = torch.tensor(plan.alignment_points or CANONICAL_POINTS.tolist())
        middle = points[:2].mean(0)
        pupils_px = float((points[1] - points[0]).norm())
        left, top, right, bottom = box
        share = (torch.arange(nodes) + 0.5) / nodes
        x = (left + share * (right - left) - middle[0]) / pupils_px
        y = (top + share * (bottom - top) - middle[1]) / pupils_px
        return FaceGrid(x.view(1, 1, -1), y.view(1, -1, 1), nodes, pupils_px / PUPIL_DISTANCE_MM)


@dataclass(frozen=True, slots=True)
class LobeFields:
    """Of `people` faces: `moved` (people, 6, 2, nodes, nodes) with a largest movement of 1 in
    each part, `risen` (people, 6, nodes, nodes) with a largest height of 1."""

    moved: Tensor
    risen: Tensor


def draw_fields(grid: FaceGrid, people: int, random: torch.Generator) -> LobeFields:
    """Draw the parts of `people` faces on the device of `random`."""
    draw = _Draw(people, random)
    x, y = grid.x.to(random.device), grid.y.to(random.device)
    moved = torch.zeros(people, PART_COUNT, 2, grid.nodes, grid.nodes, device=random.device)
    risen = torch.zeros(people, PART_COUNT, grid.nodes, grid.nodes, device=random.device)
    size, slant = draw.of_parts(-0.45, 0.45).exp(), draw.of_parts(-0.3, 0.3).exp()
    across, along = draw.of_parts(0.3, 1.0), draw.of_parts(0.3, 1.0)
    aside, down = draw.of_parts(-0.06, 0.06), draw.of_parts(-0.05, 0.05)
    for lobe in _LOBES:
        part = lobe.part
        width, height = (
            lobe.width * size[part] * slant[part],
            lobe.height * size[part] / slant[part],
        )
        pushed = draw.between(*lobe.pushed)
        for side in (1.0, -1.0) if lobe.x else (0.0,):
            x0, y0 = side * (lobe.x + aside[part]), lobe.y + down[part]
            u, v = (x - x0) / width, (y - y0) / height
            hill = torch.exp(-0.5 * (u**2 + v**2))
            out = torch.stack([x0 - _MIDDLE[0], y0 - _MIDDLE[1]])
            out = out / out.norm(dim=0).clamp_min(1e-6)
            bulged = (1.65 * across[part] * u, 1.65 * along[part] * v)
            for axis in (0, 1):
                moved[:, part, axis] += hill * torch.lerp(
                    bulged[axis], out[axis].expand_as(hill), pushed.expand_as(hill)
                )
            risen[:, part] += hill
    largest = moved.norm(dim=2).amax((2, 3)).clamp_min(1e-6)
    highest = risen.amax((2, 3)).clamp_min(1e-6)
    return LobeFields(moved / largest[:, :, None, None, None], risen / highest[:, :, None, None])


class _Draw:
    """Random numbers of `people` faces."""

    def __init__(self, people: int, random: torch.Generator) -> None:
        self._people, self._random = people, random

    def between(self, low: float, high: float) -> Tensor:
        """(people, 1, 1)."""
        drawn = torch.rand(self._people, generator=self._random, device=self._random.device)
        return (low + (high - low) * drawn).view(-1, 1, 1)

    def of_parts(self, low: float, high: float) -> Tensor:
        """(6, people, 1, 1)."""
        return torch.stack([self.between(low, high) for _ in range(PART_COUNT)])
