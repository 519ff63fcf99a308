"""Where a face is and how it is lit, in shares that any picture size has."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.mesh import MESH_POINTS, Mesh
from edema_desk.vision.sights import face_place, light_reading


def mesh(brow: tuple[float, float], chin: tuple[float, float]) -> Mesh:
    points = np.zeros((MESH_POINTS, 3))
    x, y = brow
    points[[105, 334], :2] = [(x - 30.0, y), (x + 30.0, y)]
    points[152, :2] = chin
    return points


def test_centre_and_height_are_shares_of_the_picture() -> None:
    place = face_place(mesh((320, 100), (320, 340)), (480, 640))
    assert (place.x, place.y) == pytest.approx((0.5, 220 / 480))
    assert place.height == pytest.approx(0.5)


def test_a_tilted_face_is_as_high() -> None:
    place = face_place(mesh((200, 100), (344, 292)), (480, 640))
    assert place.height == pytest.approx(0.5)


@given(st.tuples(*[st.integers(20, 250)] * 3))
def test_an_even_colour_is_read_as_it_is(colour: tuple[int, int, int]) -> None:
    crop = np.full((256, 256, 3), colour, np.uint8)
    crop[:40], crop[-30:] = 255, 0  # hair and neck do not count
    light = light_reading(crop)
    red, green, blue = colour
    assert light.luminance == pytest.approx(0.299 * red + 0.587 * green + 0.114 * blue)
    assert light.red_green == pytest.approx(red / green)
    assert light.blue_green == pytest.approx(blue / green)


def test_darkness_has_ratios_all_the_same() -> None:
    light = light_reading(np.zeros((256, 256, 3), np.uint8))
    assert (light.luminance, light.red_green, light.blue_green) == (0.0, 1.0, 1.0)
