"""The mesh lies where the face is, wherever that is, and stays there when the mouth moves."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import Points, crop_matrix
from edema_desk.domain.terms.mesh import (
    MESH_POINTS,
    Mesh,
    mesh_crop_matrix,
    mesh_pose,
    mirror_order,
)
from edema_desk.synthesis.layout import read_marked_points
from edema_desk.synthesis.sources import read_picture
from edema_desk.vision.detector import MtcnnDetector
from edema_desk.vision.face_mesh import FaceMesh


@pytest.fixture(scope="module")
def reader() -> FaceMesh:
    return FaceMesh()


@pytest.fixture(scope="module")
def points(detector: MtcnnDetector, face: Image) -> Points:
    return detector.detect(face)[0].points


def apart_px(one: Mesh, other: Mesh, points: Points) -> float:
    """Mean distance in pixels of the crop."""
    scale = float(np.hypot(*crop_matrix(points)[:, 0]))
    return scale * float(np.hypot(*(one - other)[:, :2].T).mean())


def test_the_same_picture_gives_the_same_to_the_bit(
    reader: FaceMesh, face: Image, points: Points
) -> None:
    first = reader.read(face, points)
    reader.read(face[::-1].copy(), points)
    assert first.shape == (MESH_POINTS, 3)
    assert np.array_equal(first, reader.read(face, points))
    assert np.array_equal(first, FaceMesh().read(face, points))


@pytest.mark.parametrize("scale", [0.4, 1.0, 1.7])
def test_size_and_place_of_the_face_do_not_count(
    reader: FaceMesh, face: Image, points: Points, scale: float
) -> None:
    to_room = np.array([[scale, 0.0, 31.5], [0.0, scale, 12.25]])
    grown = cv2.warpAffine(
        cv2.GaussianBlur(face, (0, 0), 0.5 / scale) if scale < 1 else face,
        to_room,
        (1000, 1200),
        borderMode=cv2.BORDER_REPLICATE,
    )
    shift = to_room[:, 2] + 0.5 - 0.5 * scale
    there = reader.read(np.asarray(grown, np.uint8), points * scale + shift)
    back = (there - (*shift, 0.0)) / scale
    assert apart_px(back, reader.read(face, points), points) < 1.0


def test_five_points_that_are_a_little_off_hardly_count(
    reader: FaceMesh, face: Image, points: Points
) -> None:
    moved = points + np.random.default_rng(2).normal(0, 4.0, (5, 2))  # 3 % of the pupil distance
    assert apart_px(reader.read(face, moved), reader.read(face, points), points) < 0.8


def test_left_and_right_are_treated_alike(reader: FaceMesh, face: Image, points: Points) -> None:
    width = face.shape[1]
    other = (width, 0.0) + points[[1, 0, 2, 4, 3]] * (-1.0, 1.0)
    mirrored = reader.read(np.ascontiguousarray(face[:, ::-1]), other)
    back = mirrored[mirror_order()] * (-1.0, 1.0, 1.0) + (width, 0.0, 0.0)
    assert apart_px(back, reader.read(face, points), points) < 0.4


def test_a_tilted_head_is_told(reader: FaceMesh, face: Image, points: Points) -> None:
    middle = points.mean(axis=0)
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), -12.0, 1.0)
    tilted = cv2.warpAffine(face, turn, face.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    upright = mesh_pose(reader.read(face, points))
    pose = mesh_pose(reader.read(np.asarray(tilted, np.uint8), points @ turn[:, :2].T + turn[:, 2]))
    assert pose.roll_deg - upright.roll_deg == pytest.approx(12.0, abs=0.5)
    assert pose.yaw_deg - upright.yaw_deg == pytest.approx(0.0, abs=1.5)


@pytest.mark.media
def test_eyes_and_mouth_of_real_faces_lie_where_people_marked_them(
    media_dir: Path, detector: MtcnnDetector, reader: FaceMesh
) -> None:
    """Corners of eyes and mouth, points 18, 22, 23, 27, 87 and 93 of the template."""
    for path in sorted((media_dir / "faces").glob("*_neutral.jpg"))[::13]:
        image, marked = read_picture(path), read_marked_points(path.with_suffix(".csv"))
        assert image is not None
        assert marked is not None
        mesh = reader.read(image, detector.detect(image)[0].points)
        wanted = marked[[18, 22, 23, 27, 87, 93]]
        off = np.hypot(*(mesh[[33, 133, 362, 263, 61, 291], :2] - wanted).T)
        assert off.mean() < 0.06 * np.hypot(*(marked[1] - marked[0]))


@pytest.mark.media
def test_the_crop_lies_where_it_lay_by_five_points(
    media_dir: Path, detector: MtcnnDetector, reader: FaceMesh
) -> None:
    shifts = []
    for path in sorted((media_dir / "faces").glob("*_neutral.jpg"))[::13]:
        image = read_picture(path)
        assert image is not None
        five = detector.detect(image)[0].points
        by_mesh, by_five = mesh_crop_matrix(reader.read(image, five)), crop_matrix(five)
        middle = np.linalg.inv(by_five[:, :2]) @ ((128.0, 128.0) - by_five[:, 2])
        shifts.append(by_mesh[:, :2] @ middle + by_mesh[:, 2] - 128.0)
    assert np.abs(np.mean(shifts, axis=0)).max() < 2.0
    assert np.abs(shifts).max() < 8.0
