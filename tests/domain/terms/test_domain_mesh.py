"""The crop and the pose of a mesh that is moved and turned by known amounts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.geometry import CROP_PX
from edema_desk.domain.terms.mesh import (
    ALIGNMENT_PLACES,
    ALIGNMENT_POINTS,
    MESH_POINTS,
    Mesh,
    frontal_mesh,
    mesh_crop_matrix,
    mesh_pose,
    mirror_order,
)

MOUTH, UPPER_LIDS, CHIN = (13, 14, 61, 291), (159, 386), (152, 148, 377)


def average_mesh() -> Mesh:
    mesh = np.random.default_rng(5).uniform(60, 200, (MESH_POINTS, 3))
    mesh[ALIGNMENT_POINTS] = ALIGNMENT_PLACES
    return mesh


def turned(yaw_deg: float, pitch_deg: float, roll_deg: float, size: float = 1.0) -> Mesh:
    """The average face turned, then nodded, then tilted; the nose looks along -z."""
    yaw, pitch, roll = np.radians([yaw_deg, pitch_deg, roll_deg])
    turn = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    nod = np.array(
        [[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]]
    )
    tilt = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    places: Mesh = average_mesh() @ (tilt @ nod @ turn).T * size + (640.0, 360.0, 7.0)
    return places


angles = st.floats(-45, 45)


@given(angles, angles, angles, st.floats(0.3, 6))
def test_every_turn_is_told_exactly(yaw: float, pitch: float, roll: float, size: float) -> None:
    pose = mesh_pose(turned(yaw, pitch, roll, size))
    assert (pose.yaw_deg, pose.pitch_deg, pose.roll_deg) == pytest.approx(
        (yaw, pitch, roll), abs=1e-6
    )


def nose_before_the_eyes(mesh: Mesh) -> Mesh:
    """The way from between the outer corners of the eyes to the bridge of the nose, (3,)."""
    way: Mesh = mesh[195] - mesh[[33, 263]].mean(axis=0)
    return way


def test_the_signs_are_those_of_the_words() -> None:
    calm = nose_before_the_eyes(turned(0, 0, 0))
    assert nose_before_the_eyes(turned(20, 0, 0))[0] > calm[0] + 5  # to the right of the picture
    assert nose_before_the_eyes(turned(0, 20, 0))[1] < calm[1] - 5  # lifted


@given(angles, st.floats(0.3, 6), st.floats(-900, 900))
def test_the_crop_is_laid_by_the_points_that_neither_fluid_nor_speech_moves(
    roll_deg: float, size: float, x: float
) -> None:
    mesh = turned(0, 0, roll_deg, size) + np.array([x, 0.0, 0.0])
    matrix = mesh_crop_matrix(mesh)
    landed = mesh[ALIGNMENT_POINTS, :2] @ matrix[:, :2].T + matrix[:, 2]
    assert np.allclose(landed, ALIGNMENT_PLACES[:, :2], atol=1e-6)
    moved = mesh.copy()
    moved[[*MOUTH, *UPPER_LIDS, *CHIN]] += 30.0
    assert np.array_equal(mesh_crop_matrix(moved), matrix)


@given(angles, angles, angles, st.floats(0.3, 6))
def test_a_turned_face_is_turned_back(yaw: float, pitch: float, roll: float, size: float) -> None:
    back, calm = (frontal_mesh(m) for m in (turned(yaw, pitch, roll, size), average_mesh()))
    assert np.allclose(back[:, :2], calm[:, :2], atol=1e-6)
    assert np.allclose(np.ptp(back[:, 2]), np.ptp(calm[:, 2]))


def test_mirroring_twice_is_nothing() -> None:
    order = mirror_order()
    assert np.array_equal(order[order], np.arange(MESH_POINTS))
    assert [order[i] for i in (33, 133, 61, 1, 152)] == [263, 362, 291, 1, 152]
    mirrored = ALIGNMENT_PLACES * (-1, 1, 1) + (CROP_PX, 0, 0)
    by_point = dict(zip(ALIGNMENT_POINTS.tolist(), mirrored, strict=True))
    back = np.array([by_point[int(order[i])] for i in ALIGNMENT_POINTS])
    assert np.allclose(back, ALIGNMENT_PLACES)
