"""Pose from five points, against a head turned by known angles; and the crop's similarity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.geometry import (
    CANONICAL_POINTS,
    CROP_PX,
    MOUTH_DROP,
    NOSE_DEPTH,
    NOSE_SHARE,
    Points,
    crop_matrix,
    face_size_px,
    head_pose,
    pupil_distance_px,
    similarity,
)

HEAD = np.array(
    [
        [-0.5, 0.0, 0.0],
        [0.5, 0.0, 0.0],
        [0.0, NOSE_SHARE * MOUTH_DROP, NOSE_DEPTH],
        [-0.4, MOUTH_DROP, 0.0],
        [0.4, MOUTH_DROP, 0.0],
    ]
)
"""The average head in pupil distances: x right, y down, z towards the camera."""


def seen(yaw_deg: float, pitch_deg: float, roll_deg: float, size_px: float = 120.0) -> Points:
    """The head turned, then nodded, then tilted, seen from afar."""
    yaw, pitch, roll = np.radians([yaw_deg, pitch_deg, roll_deg])
    turned = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    nodded = np.array(
        [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
    )
    tilted = np.array(
        [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
    )
    points: Points = (HEAD @ (tilted @ nodded @ turned).T)[:, :2] * size_px + (640.0, 360.0)
    return points


def placed(angle_deg: float, scale: float, x: float, y: float) -> Points:
    """The canonical points turned, scaled and moved."""
    angle = np.radians(angle_deg)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points: Points = CANONICAL_POINTS @ turn.T + (x, y)
    return points


angles = st.floats(-40, 40)


@given(angles, st.floats(20, 400))
def test_each_turn_alone_is_told_exactly(angle_deg: float, size_px: float) -> None:
    for which in range(3):
        turns = [0.0, 0.0, 0.0]
        turns[which] = angle_deg
        pose = head_pose(seen(turns[0], turns[1], turns[2], size_px))
        assert [pose.yaw_deg, pose.pitch_deg, pose.roll_deg] == pytest.approx(turns, abs=1e-6)


@given(st.floats(-20, 20), st.floats(-20, 20), st.floats(-20, 20))
def test_turns_together_are_told_within_a_few_degrees(
    yaw_deg: float, pitch_deg: float, roll_deg: float
) -> None:
    pose = head_pose(seen(yaw_deg, pitch_deg, roll_deg))
    assert pose.yaw_deg == pytest.approx(yaw_deg, abs=1.0)
    assert pose.pitch_deg == pytest.approx(pitch_deg, abs=2.0)
    assert pose.roll_deg == pytest.approx(roll_deg, abs=8.0)


def test_signs() -> None:
    assert head_pose(seen(15, 0, 0)).yaw_deg > 0
    assert seen(15, 0, 0)[2, 0] > seen(0, 0, 0)[2, 0]
    assert seen(0, 15, 0)[2, 1] < seen(0, 0, 0)[2, 1]
    assert head_pose(seen(0, 15, 0)).pitch_deg > 0
    assert seen(0, 0, 15)[1, 1] > seen(0, 0, 0)[1, 1]


def test_points_that_coincide_give_some_pose() -> None:
    pose = head_pose(np.full((5, 2), 7.0))
    assert np.isfinite([pose.yaw_deg, pose.pitch_deg, pose.roll_deg]).all()


def test_distances() -> None:
    points = seen(0, 0, 30, size_px=100)
    assert pupil_distance_px(points) == pytest.approx(100)
    assert face_size_px(points) == pytest.approx(100 * (1 + MOUTH_DROP))


@given(st.floats(-180, 180), st.floats(0.05, 20), st.floats(-5e3, 5e3), st.floats(-5e3, 5e3))
def test_the_crop_undoes_any_turn_size_and_place(
    angle_deg: float, scale: float, x: float, y: float
) -> None:
    points = placed(angle_deg, scale, x, y)
    for matrix in (crop_matrix(points), similarity(points, CANONICAL_POINTS)):
        landed = points @ matrix[:, :2].T + matrix[:, 2]
        assert np.allclose(landed, CANONICAL_POINTS, atol=1e-5)


@given(st.lists(st.floats(-8, 8), min_size=10, max_size=10))
def test_the_similarity_is_the_best_of_its_neighbours(noise: list[float]) -> None:
    """Least squares: no nearby turn, scale or shift brings the points closer."""
    source = CANONICAL_POINTS + np.array(noise).reshape(5, 2)
    weights = np.array([3.0, 1.0, 0.5, 2.0, 0.1])
    matrix = similarity(source, CANONICAL_POINTS, weights)

    def misfit(m: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        landed = source @ m[:, :2].T + m[:, 2]
        return float((weights[:, None] * (landed - CANONICAL_POINTS) ** 2).sum())

    best = misfit(matrix)
    for wrong in ([[1e-3, 0], [0, 1e-3]], [[0, -1e-3], [1e-3, 0]]):
        for sign in (1, -1):
            other = matrix.copy()
            other[:, :2] += sign * np.array(wrong)
            assert misfit(other) >= best - 1e-9
    for axis in (0, 1):
        other = matrix.copy()
        other[axis, 2] += 0.01
        assert misfit(other) >= best - 1e-9


def test_there_is_no_mirroring() -> None:
    mirrored = CANONICAL_POINTS * (-1.0, 1.0)
    assert np.linalg.det(similarity(mirrored, CANONICAL_POINTS)[:, :2]) > 0


def test_coinciding_points_have_no_similarity() -> None:
    with pytest.raises(ValueError, match="coincide"):
        similarity(np.zeros((5, 2)), CANONICAL_POINTS)


def test_the_crop_is_symmetric_and_holds_its_points() -> None:
    mirrored = CANONICAL_POINTS[[1, 0, 2, 4, 3]] * (-1.0, 1.0) + (CROP_PX, 0.0)
    assert np.array_equal(mirrored, CANONICAL_POINTS)
    assert 0 < CANONICAL_POINTS.min() < CANONICAL_POINTS.max() < CROP_PX
