"""The crop: every point in its place, whatever the picture."""

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import CANONICAL_POINTS, CROP_PX, Points, crop_matrix
from edema_desk.media.pictures import decode_jpeg
from edema_desk.vision.align import aligned_crop, encode_crop, picture_places


def points_at(scale: float, roll_deg: float, middle: tuple[float, float]) -> Points:
    angle = np.radians(roll_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points: Points = (CANONICAL_POINTS - 128) @ turn * scale + middle
    return points


def dotted(points: Points, radius: float, size: tuple[int, int] = (900, 1000)) -> Image:
    """White discs at the points, on black, drawn smoothly."""
    y, x = np.mgrid[: size[0], : size[1]] + 0.5
    picture = np.zeros(size)
    for px, py in points:
        picture = np.maximum(picture, np.clip(radius + 0.5 - np.hypot(x - px, y - py), 0, 1))
    return np.repeat((255 * picture[:, :, None]).astype(np.uint8), 3, axis=2)


@pytest.mark.parametrize("scale", [0.4, 0.8, 1.0, 1.3, 1.99, 2.01, 3.1])
@pytest.mark.parametrize("roll_deg", [0.0, -14.0])
def test_points_land_in_their_places(scale: float, roll_deg: float) -> None:
    points = points_at(scale, roll_deg, (500.3, 449.6))
    crop = aligned_crop(dotted(points, max(5 * scale, 2.0)), crop_matrix(points))[:, :, 0].astype(
        float
    )
    y, x = np.mgrid[:CROP_PX, :CROP_PX] + 0.5
    for at_x, at_y in CANONICAL_POINTS:
        near = crop * (np.hypot(x - at_x, y - at_y) < 12)
        found = np.array([(near * x).sum(), (near * y).sum()]) / near.sum()
        assert np.abs(found - (at_x, at_y)).max() < 0.3


def test_places_of_the_crop_go_back_to_the_picture() -> None:
    points = points_at(1.7, 9.0, (320.0, 240.0))
    assert np.allclose(picture_places(crop_matrix(points), CANONICAL_POINTS), points)


@pytest.mark.parametrize("scale", [1.5, 1.8, 2.6])
def test_fine_texture_of_a_near_face_does_not_alias(scale: float) -> None:
    y, x = np.mgrid[:900, :1000]
    board = np.repeat(((x + y) % 2 * 255).astype(np.uint8)[:, :, None], 3, axis=2)
    crop = aligned_crop(board, crop_matrix(points_at(scale, 5.0, (500, 450))))
    assert float(crop.std()) < 20.0  # without it 62


def test_beyond_the_picture_its_border_is_repeated() -> None:
    picture = np.full((200, 300, 3), 60, np.uint8)
    picture[:, :40] = 200
    crop = aligned_crop(picture, crop_matrix(points_at(1.0, 0.0, (40.0, 100.0))))
    assert crop.shape == (CROP_PX, CROP_PX, 3)
    assert np.all(crop[:, :120] == 200)
    assert np.all(crop[:, 136:] == 60)


@pytest.mark.parametrize("middle", [(-5000.0, 40.0), (9000.0, 9000.0)])
def test_a_face_outside_the_picture_does_no_harm(middle: tuple[float, float]) -> None:
    picture = np.full((200, 300, 3), 60, np.uint8)
    crop = aligned_crop(picture, crop_matrix(points_at(1.0, 0.0, middle)))
    assert np.all(crop == 60)


def test_a_mouth_that_opens_hardly_moves_the_eyes() -> None:
    points = points_at(2.0, 0.0, (500.0, 450.0))
    dropped = points.copy()
    dropped[3:, 1] += 20.0  # a sixth of the pupil distance
    eyes = [picture_places(crop_matrix(p), CANONICAL_POINTS[:2]) for p in (points, dropped)]
    assert np.abs(eyes[1] - eyes[0]).max() < 20.0 * 0.2


def test_a_stored_crop_is_close_to_the_drawn_one() -> None:
    rng = np.random.default_rng(0)
    rough = rng.integers(0, 256, (16, 16, 3)).astype(np.uint8)
    crop = np.asarray(
        cv2.resize(rough, (CROP_PX, CROP_PX), interpolation=cv2.INTER_CUBIC), np.uint8
    )
    data = encode_crop(crop)
    assert data.startswith(b"\xff\xd8")
    assert np.abs(decode_jpeg(data).astype(int) - crop).mean() < 2.0
    assert encode_crop(crop) == data


def test_colours_are_stored_at_full_resolution() -> None:
    crop = np.zeros((CROP_PX, CROP_PX, 3), np.uint8)
    crop[:, ::2, 0] = 200
    back = decode_jpeg(encode_crop(crop))
    assert int(back[:, ::2, 0].mean()) - int(back[:, 1::2, 0].mean()) > 150
