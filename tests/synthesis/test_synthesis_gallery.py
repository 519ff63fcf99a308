"""Pictures of which no number may be made: each fault is there, and only where it belongs."""

import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.gallery import Oddity, held_still, make_odd, turned
from edema_desk.synthesis.portraits import draw_portrait


@pytest.fixture(scope="module")
def two() -> tuple[Portrait, Portrait]:
    return draw_portrait(np.random.default_rng(3)), draw_portrait(np.random.default_rng(8))


def odd(two: tuple[Portrait, Portrait], oddity: Oddity, seed: int = 0) -> Image:
    return make_odd(oddity, *two, np.random.default_rng(seed))


def around(portrait: Portrait, x: float, y: float, half: int = 8) -> tuple[slice, slice]:
    """Pixels about a place of the face frame."""
    column, row = (round(float(v)) for v in portrait.frame @ (x, y, 1.0))
    return slice(row - half, row + half), slice(column - half, column + half)


@pytest.mark.parametrize("oddity", Oddity)
def test_each_is_a_picture_and_follows_its_seed(
    two: tuple[Portrait, Portrait], oddity: Oddity
) -> None:
    first, again = odd(two, oddity), odd(two, oddity)
    assert first.dtype == np.uint8
    assert first.ndim == 3
    assert np.array_equal(first, again)
    assert first.shape != two[0].image.shape or not np.array_equal(first, two[0].image)


@pytest.mark.parametrize(
    ("oddity", "covered", "free"),
    [
        (Oddity.MASK, [(0.0, 1.2), (-0.35, 1.0)], [(-0.5, 0.0), (0.5, 0.0)]),
        (Oddity.DARK_GLASSES, [(-0.5, 0.0), (0.5, 0.0)], [(0.0, 1.1), (0.4, 0.8)]),
    ],
)
def test_covers_lie_where_they_are_worn(
    two: tuple[Portrait, Portrait],
    oddity: Oddity,
    covered: list[tuple[float, float]],
    free: list[tuple[float, float]],
) -> None:
    for seed in range(4):
        difference = np.abs(odd(two, oddity, seed).astype(int) - two[0].image).mean(axis=2)
        for place in covered:
            assert difference[around(two[0], *place)].mean() > 5
        for place in free:
            assert difference[around(two[0], *place)].max() == 0


def test_a_hand_covers_part_of_the_face(two: tuple[Portrait, Portrait]) -> None:
    for seed in range(8):
        changed = (odd(two, Oddity.HAND, seed) != two[0].image).any(axis=2)
        face = changed[around(two[0], 0.0, 0.6, 100)]
        assert 0.05 < face.mean() < 0.9


def test_light_and_size(two: tuple[Portrait, Portrait]) -> None:
    plain = two[0].image.mean()
    assert odd(two, Oddity.DARK).mean() < 0.35 * plain
    assert odd(two, Oddity.OVEREXPOSED).mean() > 1.3 * plain
    height, width = two[0].image.shape[:2]
    assert odd(two, Oddity.TWO_FACES).shape[1] > 1.5 * width
    assert odd(two, Oddity.FAR_AWAY).shape[:2] == (height, width)


def test_a_turned_head_takes_the_nose_along(two: tuple[Portrait, Portrait]) -> None:
    portrait = two[0]
    pupils_px = float(portrait.frame[0, 0])
    marked = portrait.image.copy()
    marked[around(portrait, 0.0, 0.6, 4)] = (255, 0, 255)
    shown = turned(Portrait(marked, portrait.frame, portrait.layout), 30.0)
    _, columns = np.nonzero((np.abs(shown.astype(int) - (255, 0, 255)) < 40).all(axis=2))
    middle = float(portrait.frame[0, 2])
    assert float(columns.mean() - middle) / pupils_px == pytest.approx(0.6, abs=0.05)
    still = turned(portrait, 0.0)
    assert np.abs(still.astype(int) - portrait.image).mean() < 1.0


def test_a_held_picture_trembles(two: tuple[Portrait, Portrait]) -> None:
    frames = list(held_still(two[0].image, np.random.default_rng(0), frames=3))
    assert [frame.t_ms for frame in frames] == [0.0, 40.0, 80.0]
    assert all(frame.image.shape == two[0].image.shape for frame in frames)
    assert not np.array_equal(frames[0].image, frames[1].image)
