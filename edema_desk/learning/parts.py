"""The objective of the parts of the face: each tells its own share of the change."""

import torch
from torch import Tensor
from torch.nn import functional


def parts_change_loss(
    part_kg: Tensor, known_kg: Tensor, person: Tensor, *, knee_kg: float = 0.2
) -> Tensor:
    """Mean smooth-L1 of differences within a person, over pairs of frames and parts.

    `part_kg` and `known_kg` are (n, parts), NaN in `known_kg` where it is not known: such a part
    makes no pair. Errors up to `knee_kg` are squared. Without a pair the loss is 0.
    """
    known = torch.isfinite(known_kg)
    residual = part_kg - torch.where(known, known_kg, 0.0)
    first, second = torch.triu_indices(len(person), len(person), offset=1, device=person.device)
    same = person[first] == person[second]
    first, second = first[same], second[same]
    error = (residual[first] - residual[second])[known[first] & known[second]]
    if len(error) == 0:
        return part_kg.sum() * 0.0
    return functional.smooth_l1_loss(error, torch.zeros_like(error), beta=knee_kg)
