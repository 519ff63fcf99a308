"""The objective: differences of g within a person are differences of excess fluid."""

import torch
from torch import Tensor
from torch.nn import functional


def pairwise_change_loss(
    g_kg: Tensor, excess_kg: Tensor, person: Tensor, *, knee_kg: float = 0.5
) -> Tensor:
    """Mean smooth-L1 of (g_a - g_b) - (d_a - d_b) over all pairs (a, b) of one person.

    All arguments are (n,). What stays the same between two captures of a person - identity,
    camera, room - cancels. Errors up to `knee_kg` are squared, larger ones count linearly.
    Without a pair the loss is 0.
    """
    residual = g_kg - excess_kg
    first, second = torch.triu_indices(len(g_kg), len(g_kg), offset=1, device=g_kg.device)
    same = person[first] == person[second]
    error = residual[first[same]] - residual[second[same]]
    if len(error) == 0:
        return residual.sum() * 0.0
    return functional.smooth_l1_loss(error, torch.zeros_like(error), beta=knee_kg)
