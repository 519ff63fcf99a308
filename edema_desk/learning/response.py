"""What a network says of swelling in one part alone, and what it must have seen to say so.

A network that learned from faces whose parts mostly swell together says a little of every part when
one of them swells: its best guess, and a poor witness of where. On a face at hand it can be asked
what it would say of each part alone; solving for that turns its words back into places.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.crops import normalise, widened
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.lobes import PART_COUNT, FaceGrid, draw_fields
from edema_desk.learning.overlay import MM_PER_KG, shifted

TRIED_MM = 3.0
SHAPES = 4
NODES = 32
STEADYING = 0.002
"""Keeps parts that the network hardly answers to from being blown up; about 2 % of the square of
what it says of a part it sees well."""

Floats = NDArray[np.float64]


def part_response(encoder: FaceEncoder, plan: InputPlan, images: Tensor) -> Floats:
    """What the network says of a kilogram in each part alone, on faces `images` (n, 3, size, size),
    0 to 1: (parts, parts), the answer of row i to swelling in column j. Always the same draws."""
    random = torch.Generator().manual_seed(0)
    grid = FaceGrid.over(widened(plan, 0), NODES, plan)
    fields = draw_fields(grid, SHAPES, random)
    left, _, right, _ = plan.box
    px_per_mm = grid.crop_px_per_mm * plan.size_px / (right - left)
    size = (plan.size_px, plan.size_px)
    answers = torch.zeros(PART_COUNT, PART_COUNT, dtype=torch.float64)
    with torch.inference_mode():
        for image in images:
            dry = _said(encoder, plan, image[None])
            for part in range(PART_COUNT):
                wide = functional.interpolate(fields.moved[:, part], size=size, mode="bilinear")
                moved = shifted(
                    image.expand(SHAPES, *image.shape).contiguous(),
                    wide * (TRIED_MM * px_per_mm * 2.0 / plan.size_px),
                )
                answers[:, part] += (_said(encoder, plan, moved) - dry).mean(dim=0)
    return np.asarray((answers / (len(images) * TRIED_MM / MM_PER_KG)).numpy(), np.float64)


def unmixed(said_kg: Floats, response: Floats) -> Floats:
    """The kilograms in each part (parts,) that would make the network say `said_kg` (parts,)."""
    square = response.T @ response + STEADYING * np.eye(len(response))
    return np.asarray(np.linalg.solve(square, response.T @ said_kg), np.float64)


def _said(encoder: FaceEncoder, plan: InputPlan, images: Tensor) -> Tensor:
    return encoder.part_kg(encoder(normalise(images.clamp(0.0, 1.0).clone(), plan))).double()
