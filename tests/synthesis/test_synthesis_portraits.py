"""Drawn portraits are found by the detector, differ from each other and can swell."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from facenet_pytorch import MTCNN

from edema_desk.synthesis.cohort import REGIONS, capture_generator, draw_cohort, generator
from edema_desk.synthesis.filming import Portrait, seat
from edema_desk.synthesis.identity import draw_identity
from edema_desk.synthesis.layout import from_pixels
from edema_desk.synthesis.portraits import draw_portrait
from edema_desk.synthesis.sitting import FilmStyle, StillFace
from edema_desk.synthesis.swelling import SwellingStyle, shade, swell

PEOPLE = 6


@pytest.fixture(scope="module")
def portraits() -> list[Portrait]:
    """Some people that never were."""
    return [draw_portrait(generator(77, k)) for k in range(PEOPLE)]


@pytest.fixture(scope="module")
def detector() -> Iterator[Any]:
    """The detector that the program's own stands on, in one thread: two cores may be busy."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield MTCNN(keep_all=True, min_face_size=60, device="cpu")
    torch.set_num_threads(threads)


def test_the_detector_finds_one_face_in_99_of_100_frames(
    portraits: list[Portrait], detector: Any
) -> None:
    style = FilmStyle(seconds=3.4, fps=5.0)
    frames = []
    for portrait, capture in zip(portraits, draw_cohort(PEOPLE, 1, 77)[::2], strict=True):
        take = StillFace("drawn", (portrait,), style).take(capture, capture_generator(77, capture))
        frames += [frame.image for frame in take.frames]
    assert len(frames) == 102
    _, likely = detector.detect(frames)
    found = [p is not None and p[0] is not None and (p > 0.9).sum() == 1 for p in likely]
    assert sum(found) >= 0.99 * len(frames)


def test_the_points_are_where_the_detector_sees_them(
    portraits: list[Portrait], detector: Any
) -> None:
    _, _, seen = detector.detect([p.image for p in portraits], landmarks=True)
    off = []
    for portrait, points in zip(portraits, seen, strict=True):
        off.append(from_pixels(portrait.frame, points[0]) - portrait.layout.five())
    assert np.abs(np.mean(off, axis=0)).max() < 0.10  # pupil distances
    assert np.hypot(*np.moveaxis(np.array(off), -1, 0)).max() < 0.25


def test_no_two_are_alike_and_the_same_seed_draws_the_same(portraits: list[Portrait]) -> None:
    assert np.array_equal(draw_portrait(generator(77, 0)).image, portraits[0].image)
    for k, one in enumerate(portraits):
        for other in portraits[k + 1 :]:
            assert cv2.absdiff(one.image, other.image).mean() > 4


def test_people_are_of_every_kind() -> None:
    drawn = [draw_identity(generator(3, k)) for k in range(200)]
    lightness = np.array([np.mean(one.skin) for one in drawn])
    assert lightness.min() < 0.35
    assert lightness.max() > 0.75
    assert len({one.style for one in drawn}) == 4
    assert 0.1 < np.mean([one.stubble > 0 for one in drawn]) < 0.9


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_can_swell_and_shows_it(portraits: list[Portrait], region: str) -> None:
    """The picture changes most where the region lies, by motion and by light."""
    portrait = portraits[0]
    sitter = seat(portrait, SwellingStyle())
    swollen = swell(sitter.regions, 2.5 * (np.array(REGIONS) == region))
    layout = portrait.layout
    where = {
        "upper_lids": layout.at(20),
        "lower_lids": layout.at(45),
        "cheeks": layout.at(110) * 0.5 + layout.at(87) * 0.5,
        "jaw": layout.at(127),
        "lips": layout.at(106),
        "nose": layout.at(62),
    }[region]
    moved = np.hypot(swollen.backward[..., 0], swollen.backward[..., 1])
    lit = np.abs(shade(swollen, (0.1, -0.4)) - 1)
    for change in (moved, lit):
        row, column = np.unravel_index(int(change.argmax()), change.shape)
        nearest = min(
            np.hypot(column / 40 - 2.2 - side * where[0], row / 40 - 1.8 - where[1])
            for side in (-1, 1)
        )
        assert nearest < 0.6, (row, column)
    assert lit.max() > 0.02


def test_the_points_lie_in_the_picture(portraits: list[Portrait]) -> None:
    for portrait in portraits:
        points = portrait.layout.points
        frame = portrait.frame
        pixels = points[np.isfinite(points[:, 0])] @ frame[:, :2].T + frame[:, 2]
        height, width = portrait.image.shape[:2]
        assert (pixels > 0).all()
        assert (pixels < (width, height)).all()
