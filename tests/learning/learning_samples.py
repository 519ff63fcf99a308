"""Small made-up things to learn from: a disc whose size follows the excess, and a small network."""

from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.training_set import TrainingSet

SMALL_PLAN = InputPlan(size_px=32, box=(0, 0, 256, 256))

torch.set_num_threads(1)  # beside other processes threads wait for each other more than they work


def disc(radius: float, shade: float, side: int) -> NDArray[np.uint8]:
    """(3, side, side): a disc of `radius` (share of the side) on a ground of its person."""
    y, x = np.mgrid[:side, :side] / side - 0.5
    inside = np.clip((radius - np.hypot(x, y)) * side + 0.5, 0, 1)
    return np.stack([80 + 60 * shade + inside * tone for tone in (90, 60, 40)]).astype(np.uint8)


def disc_study(people: int = 4, sessions: int = 3, frames: int = 3, seed: int = 0) -> TrainingSet:
    """Persons of different size and shade, pre and post in each session."""
    rng = np.random.default_rng(seed)
    crops: list[NDArray[np.uint8]] = []
    capture: list[int] = []
    captures: list[tuple[int, int, float, bool]] = []
    for who in range(people):
        size, shade = rng.uniform(0.2, 0.3), rng.uniform(0, 1)
        for when in range(sessions):
            for pre in (True, False):
                excess_kg = rng.uniform(1.5, 3.0) if pre else rng.uniform(-0.2, 0.2)
                for _ in range(frames):
                    crops.append(disc(size + 0.03 * excess_kg, shade, 32))
                    capture.append(len(captures))
                captures.append((who, when, excess_kg, pre))
    person, session, excess, is_pre = (np.array(column) for column in zip(*captures, strict=True))
    return TrainingSet(
        np.stack(crops),
        0,
        np.array(capture),
        person,
        session,
        excess,
        is_pre,
    )


class SmallEncoder(nn.Module):
    """Stands in for the network: filters, running statistics and read-outs, in little."""

    def __init__(self, parts: int = 1, *, norm: bool = True) -> None:
        super().__init__()
        self.parts = parts
        self.name = "small"
        spread = nn.BatchNorm2d(8) if norm else nn.Identity()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 5, stride=2), spread, nn.ReLU(), nn.AdaptiveAvgPool2d(2)
        )
        self.read_out = nn.Linear(32, parts)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        features: torch.Tensor = self.body(images)
        return features.flatten(1)

    def change_kg(self, embedding: torch.Tensor) -> torch.Tensor:
        return self.part_kg(embedding).sum(-1)

    def part_kg(self, embedding: torch.Tensor) -> torch.Tensor:
        read: torch.Tensor = self.read_out(embedding)
        return read


def small_encoder(parts: int = 1, *, norm: bool = True) -> FaceEncoder:
    """A small network where the program has its own."""
    return cast(FaceEncoder, SmallEncoder(parts, norm=norm))
