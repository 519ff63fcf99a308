"""What a network says of each part alone, and the way back from its words."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.encoder import FaceEncoder
from edema_desk.learning.lobes import PART_COUNT
from edema_desk.learning.response import part_response, unmixed

PLAN = InputPlan(size_px=64)


class SeesTop(FaceEncoder):
    """Its first part answers to any change of the upper third, its last to the lower third."""

    def __init__(self, faces: Tensor) -> None:
        super().__init__(PART_COUNT)
        self._faces = faces

    def forward(self, images: Tensor) -> Tensor:
        changed = (images - images.mean(dim=(2, 3), keepdim=True)).abs().mean(dim=1)
        return torch.stack([changed[:, :21].mean((1, 2)), changed[:, 43:].mean((1, 2))], dim=1)

    def part_kg(self, embedding: Tensor) -> Tensor:
        parts = torch.zeros(len(embedding), PART_COUNT)
        parts[:, 0], parts[:, 5] = embedding[:, 0], embedding[:, 1]
        return parts


def faces() -> Tensor:
    coarse = torch.rand(2, 3, 12, 12, generator=torch.Generator().manual_seed(1))
    return torch.nn.functional.interpolate(coarse, size=(64, 64), mode="bilinear")


def test_a_part_answers_to_what_moves_there() -> None:
    images = faces()
    response = part_response(SeesTop(images), PLAN, images)
    assert response.shape == (PART_COUNT, PART_COUNT)
    upper_lids, jaw = 0, 3
    assert abs(response[0, upper_lids]) > 10 * abs(response[5, upper_lids])
    assert abs(response[5, jaw]) > 10 * abs(response[0, jaw])
    assert np.array_equal(response, part_response(SeesTop(images), PLAN, images))


@given(st.integers(0, 5), st.floats(-3, 3))
def test_words_are_turned_back_into_parts(part: int, kg: float) -> None:
    rng = np.random.default_rng(part)
    response = 0.3 * np.eye(PART_COUNT) + 0.1 * rng.uniform(0.5, 1.0, (PART_COUNT, PART_COUNT))
    held = np.zeros(PART_COUNT)
    held[part] = kg
    back = unmixed(response @ held, response)
    assert back[part] == pytest.approx(kg, rel=0.1, abs=1e-6)
    assert np.abs(np.delete(back, part)).max() <= 0.1 * abs(kg) + 1e-6


def test_a_part_nobody_hears_stays_silent() -> None:
    response = np.diag([0.3, 0.3, 0.3, 0.3, 0.3, 1e-6])
    back = unmixed(np.full(PART_COUNT, 0.01), response)
    assert abs(back[5]) < 1e-4
