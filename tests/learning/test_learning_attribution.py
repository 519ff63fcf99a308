"""Maps of where a change came from: exact where the network's weights are known."""

import io

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image as Picture
from torch import Tensor

from edema_desk.domain.models.card import InputPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.learning import attribution
from edema_desk.learning.attribution import (
    FACE_PX,
    GRAIN_PX,
    attribute_capture,
    attribute_change,
    part_areas,
)
from edema_desk.learning.embed import embed_crops
from edema_desk.learning.encoder import FaceEncoder

PLAN = InputPlan(size_px=64, box=(0, 0, 256, 256))
KG_FROM_RED = 0.01


class RedOnTheLeft(FaceEncoder):
    """g is the sum of red in the left half of the input, times a factor."""

    def forward(self, images: Tensor) -> Tensor:
        return images[:, 0, :, :32].flatten(1)

    def part_kg(self, embedding: Tensor) -> Tensor:
        return KG_FROM_RED * embedding.sum(dim=1, keepdim=True)


class WithParts(RedOnTheLeft):
    """The lower lids see red, the jaw its opposite; the others see nothing."""

    def part_kg(self, embedding: Tensor) -> Tensor:
        return super().part_kg(embedding) * torch.tensor([0.0, 2.0, 0.0, -1.0, 0.0, 0.0])


def jpeg(pixels: NDArray[np.float64]) -> bytes:
    file = io.BytesIO()
    picture = Picture.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    picture.save(file, "jpeg", quality=100, subsampling=0)
    return file.getvalue()


def face(*spots: tuple[int, int], light: float = 0.0) -> list[bytes]:
    """Grey crops with red spots of 16 px across."""
    y, x = np.mgrid[:256, :256]
    pixels = np.full((256, 256, 3), 100.0 + light)
    for at_x, at_y in spots:
        pixels[..., 0] += 90 * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / (2 * 8.0**2))
    return [jpeg(pixels)] * 2


def near(kg: NDArray[np.float32], at_x: int, at_y: int) -> float:
    """What lies within two grains and a spot of a place."""
    y, x = np.mgrid[:256, :256]
    return float(kg[np.hypot(x - at_x, y - at_y) < 3 * np.hypot(GRAIN_PX, 8.0)].sum())


def g_of(encoder: FaceEncoder, crops: list[bytes]) -> float:
    return embed_crops(encoder, PLAN, crops).score.g_kg


def test_only_what_the_network_looks_at_is_named() -> None:
    """A spot to the left counts, one to the right does not; nothing else is named."""
    net = RedOnTheLeft()
    before, after = face(), face((64, 120), (200, 120))
    kg = attribute_change(net, PLAN, before, after)
    assert kg.shape == (256, 256)
    assert kg.dtype == np.float32
    gained = g_of(net, after) - g_of(net, before)
    assert near(kg, 64, 120) > 0.7 * gained > 0
    assert abs(near(kg, 200, 120)) < 0.01 * gained
    positive = np.clip(kg, 0, None)
    assert near(positive, 64, 120) > 0.9 * positive.sum()


def test_the_way_back_is_negative() -> None:
    net = RedOnTheLeft()
    before, after = face(), face((64, 120))
    there = attribute_change(net, PLAN, before, after)
    back = attribute_change(net, PLAN, after, before)
    assert np.allclose(there, -back, atol=1e-4 * np.abs(there).max())


def test_light_is_not_named() -> None:
    net = RedOnTheLeft()
    brighter = attribute_change(net, PLAN, face(), face(light=40))
    spot = attribute_change(net, PLAN, face(), face((64, 120)))
    assert np.abs(brighter).sum() < 0.02 * np.abs(spot).sum()


def test_one_capture_alone() -> None:
    """Its spots stand out from its own blurred self."""
    kg = attribute_capture(RedOnTheLeft(), PLAN, face((64, 120)))
    row, column = np.unravel_index(int(kg.argmax()), kg.shape)
    assert np.hypot(row - 120, column - 64) < 3


def test_parts_are_drawn_where_they_lie_and_as_much_as_they_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a network that says of each part what it holds."""
    monkeypatch.setattr(attribution, "part_response", lambda *asked: np.eye(6))
    net = WithParts()
    before, after = face(), face((64, 120))
    kg = attribute_change(net, PLAN, before, after)
    areas = part_areas().numpy()
    gained = g_of(net, after) - g_of(net, before)
    assert kg.sum() == pytest.approx(gained, rel=0.01)
    positive, negative = np.clip(kg, 0, None), np.clip(-kg, 0, None)
    assert positive[areas[1] > 0.001].sum() > 0.99 * positive.sum()
    assert negative[areas[3] > 0.001].sum() > 0.99 * negative.sum()
    assert positive.sum() == pytest.approx(2 * gained, rel=0.1)


def test_areas_of_the_parts() -> None:
    areas = part_areas()
    assert areas.shape == (6, 256, 256)
    assert 0 <= float(areas.min()) <= float(areas.max()) <= 1
    y = torch.arange(256).view(-1, 1)
    upper, lower, cheeks, jaw, lips, nose = (float((a * y).sum() / a.sum()) for a in areas)
    assert upper < lower < nose < lips < jaw
    assert lower < cheeks < jaw
    mirrored = (areas - areas.flip(2)).abs().sum(dim=(1, 2)) / areas.sum(dim=(1, 2))
    assert float(mirrored.max()) < 0.1
    assert int((areas > 0).sum(dim=(1, 2)).max()) <= 0.2 * FACE_PX


def test_a_real_network_adds_up_and_keeps_no_gradients() -> None:
    torch.manual_seed(0)
    net = FaceEncoder().eval()
    before, after = face((90, 100)), face((60, 130))
    kg = attribute_change(net, PLAN, before, after)
    gained = g_of(net, after) - g_of(net, before)
    assert kg.sum() == pytest.approx(gained, rel=0.25)
    assert all(p.grad is None for p in net.parameters())
    again = attribute_change(net, PLAN, before, after)
    assert np.array_equal(kg, again)


def test_it_can_be_stopped() -> None:
    def stop() -> None:
        raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError):
        attribute_change(RedOnTheLeft(), PLAN, face(), face(), stop)
