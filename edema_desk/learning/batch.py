"""What one step of a training sees."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

Overlay = Callable[[Tensor, Tensor, Tensor, Tensor, torch.Generator], tuple[Tensor, Tensor, Tensor]]
"""Lays made-up swelling over a batch before it is augmented: (crops (n, 3, s, s) uint8 with their
margin, excess_kg (n,), person (n,), capture (n,), random) -> (crops, excess_kg (n,) with what was
laid over, part_kg (n, 6)). Each frame may hold another amount: what it holds is in the result."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Frames and what is known of the captures they come from.

    `images` (n, 3, size, size) normalised; `second_images`, another view of the same frames
    where an objective asks for it. `person`, `capture` and `session` (n,) are numbers, `is_pre`
    (n,) is True before dialysis. `part_kg` (n, 6) is the fluid of each part of the face, NaN
    where it is not known, None where it never is.
    """

    images: Tensor
    excess_kg: Tensor
    person: Tensor
    capture: Tensor
    session: Tensor
    is_pre: Tensor
    part_kg: Tensor | None = None
    second_images: Tensor | None = None
