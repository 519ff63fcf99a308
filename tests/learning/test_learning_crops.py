"""From a stored crop to the network's input, the same in training and at use."""

import io
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from edema_desk.domain.models.card import InputPlan
from edema_desk.learning.crops import cut_crops, decode_crops, normalise, widened


def as_jpeg(pixels: np.ndarray, kind: str = "jpeg") -> bytes:
    file = io.BytesIO()
    Picture.fromarray(pixels).save(file, kind, quality=95)
    return file.getvalue()


def test_decoded_channels_are_red_green_blue() -> None:
    pixels = np.zeros((256, 256, 3), np.uint8)
    pixels[:] = (200, 100, 50)
    pixels[128:] = (50, 100, 200)
    crops = decode_crops([as_jpeg(pixels)] * 2)
    assert crops.shape == (2, 3, 256, 256)
    assert np.abs(crops[0, :, 10, 10].numpy().astype(int) - (200, 100, 50)).max() <= 3
    assert np.abs(crops[1, :, 200, 10].numpy().astype(int) - (50, 100, 200)).max() <= 3


def test_what_is_no_canonical_crop_is_refused() -> None:
    with pytest.raises(ValueError, match="canonical"):
        decode_crops([as_jpeg(np.zeros((64, 64, 3), np.uint8))])
    with pytest.raises(OSError, match="cannot identify"):
        decode_crops([as_jpeg(np.zeros((256, 256, 3), np.uint8), "png")])


def test_the_box_of_the_card_is_cut() -> None:
    crops = torch.zeros(1, 3, 256, 256, dtype=torch.uint8)
    crops[:, :, 62:222, 48:208] = 255
    plan = InputPlan(size_px=80)
    assert bool((cut_crops(crops, plan) == 255).all())
    wider = cut_crops(crops, plan, margin_px=5)
    assert wider.shape == (1, 3, 90, 90)
    assert bool((wider[:, :, 6:84, 6:84] == 255).all())
    assert bool((wider[:, :, :4] == 0).all())
    assert bool((wider[:, :, :, 86:] == 0).all())


@given(st.integers(32, 256), st.integers(0, 16))
def test_the_margin_shows_more_at_the_same_scale(size_px: int, margin_px: int) -> None:
    plan = InputPlan(size_px=size_px)
    left, top, right, bottom = widened(plan, margin_px)
    assert (right - left) / (size_px + 2 * margin_px) == pytest.approx(160 / size_px, rel=0.03)
    assert (left + right, top + bottom) == (48 + 208, 62 + 222)


def test_a_margin_beyond_the_crop_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        cut_crops(torch.zeros(1, 3, 256, 256, dtype=torch.uint8), InputPlan(), margin_px=60)


def test_normalised_by_the_card() -> None:
    plan = replace(InputPlan(), mean=(0.0, 0.5, 1.0), std=(1.0, 0.5, 0.25))
    images = torch.full((1, 3, 4, 4), 255, dtype=torch.uint8)
    values = normalise(images, plan)[0, :, 0, 0]
    assert values.tolist() == pytest.approx([1.0, 1.0, 0.0])
    assert torch.equal(normalise(images.float() / 255.0, plan), normalise(images, plan))
