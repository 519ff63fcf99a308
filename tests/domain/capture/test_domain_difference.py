"""Light is taken out of a difference, and what is on the skin stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edema_desk.domain.capture.difference import blurred, brightness, difference_map, face_share

SIDE = 128
PLACES = (np.arange(SIDE) + 0.5) / SIDE


def skin(seed: int = 1) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Something like a face in grey: smooth, with grain."""
    rng = np.random.default_rng(seed)
    return 0.35 + 0.1 * blurred(rng.normal(0, 1, (SIDE, SIDE)), 6.0) * 6


def patch(sigma: float = 0.04) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    across = np.exp(-0.5 * ((PLACES - 0.5) / sigma) ** 2)
    return np.outer(across, across)


def test_the_same_face_differs_nowhere() -> None:
    assert np.abs(difference_map(skin(), skin())).max() == pytest.approx(0.0, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    gain=st.floats(0.6, 1.6),
    across=st.floats(-0.25, 0.25),
    down=st.floats(-0.25, 0.25),
)
def test_brighter_light_and_light_from_one_side_are_no_change(
    gain: float, across: float, down: float
) -> None:
    light = gain * (1 + across * (PLACES[None, :] - 0.5)) * (1 + down * (PLACES[:, None] - 0.5))
    seen = difference_map(skin(), skin() * light)
    middle = slice(SIDE // 5, -SIDE // 5)
    assert np.abs(seen[middle, middle]).max() < 0.02


def test_a_spot_that_got_brighter_is_shown_there_and_nearly_as_much() -> None:
    before = np.full((SIDE, SIDE), 0.4)
    seen = difference_map(before, before * (1 + 0.2 * patch()))
    row, place = divmod(int(seen.argmax()), SIDE)
    assert {row, place} <= {63, 64}
    assert 0.13 < seen.max() < 0.2
    assert abs(seen[10, 10]) < 0.02


def test_turned_round_the_signs_change() -> None:
    before, after = np.full((SIDE, SIDE), 0.4), 0.4 * (1 + 0.2 * patch())
    forth, back = difference_map(before, after), difference_map(after, before)
    assert np.allclose(np.log1p(forth), -np.log1p(back))


def test_brightness_is_linear_light() -> None:
    colours = np.array([[[0, 0, 0], [255, 255, 255], [255, 0, 0]]], np.uint8)
    assert brightness(colours)[0] == pytest.approx([0.0, 1.0, 0.2126])


def test_a_blur_keeps_what_is_flat() -> None:
    assert np.allclose(blurred(np.full((32, 32), 0.7), 9.0), 0.7)


def test_the_oval_holds_eyes_and_mouth_and_no_corner() -> None:
    share = face_share(256)
    for x, y in ((94, 104), (162, 104), (100, 178), (156, 178), (128, 146)):
        assert share[y, x] == 1.0
    assert share[0, 0] == share[255, 0] == share[0, 255] == 0.0
