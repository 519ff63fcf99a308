"""What JPEG and its relatives do to a picture, as arithmetic on tensors."""

import math

import torch
from torch import Tensor

BLOCK = 8

LUMINANCE_STEPS = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
"""Quantisation of ITU-T T.81, table K.1, for quality 50."""


def compress(images: Tensor, coarseness: Tensor) -> Tensor:
    """Round the cosine transform of 8 x 8 blocks, `coarseness` (n,) times as coarse as quality 50.

    `images` (n, 3, h, w), 0 to 1, with h and w multiples of 8. The colour channels are rounded
    alike: it stands for many codecs, it is none of them.
    """
    count, channels, height, width = images.shape
    basis = _cosines(images.device)
    blocks = images.reshape(count, channels, height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    blocks = blocks.permute(0, 1, 2, 4, 3, 5)
    steps = torch.tensor(LUMINANCE_STEPS, device=images.device) / 255.0
    step = steps * coarseness.view(-1, 1, 1, 1, 1, 1)
    kept = (basis @ blocks @ basis.T).div_(step).round_().mul_(step)
    blocks = basis.T @ kept @ basis
    return blocks.permute(0, 1, 2, 4, 3, 5).reshape(images.shape)


def _cosines(device: torch.device) -> Tensor:
    """The orthonormal 8-point cosine transform."""
    k = torch.arange(BLOCK, device=device).view(-1, 1)
    n = torch.arange(BLOCK, device=device).view(1, -1)
    basis = torch.cos(math.pi * (2 * n + 1) * k / (2 * BLOCK)) * math.sqrt(2 / BLOCK)
    basis[0] /= math.sqrt(2.0)
    return basis
