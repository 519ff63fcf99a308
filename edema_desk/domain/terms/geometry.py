"""Where a face is by five points, and the square every model reads. `mesh` lays it exactly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Five points (5, 2) in pixels, x then y: left eye, right eye, nose, left and right corner of
the mouth, left and right as seen in the picture."""

CROP_PX = 256
"""Side of the canonical crop. Wide enough for jaw and neck; a model's card cuts its own part."""

CANONICAL_POINTS: Points = np.array(
    [[94.0, 104.0], [162.0, 104.0], [128.0, 146.0], [100.0, 178.0], [156.0, 178.0]]
)
"""Where the five points of an average face lie in the crop: 68 px between the pupils."""

CROP_WEIGHTS: NDArray[np.float64] = np.array([1.0, 1.0, 0.5, 0.25, 0.25])
"""How much each point says about where the crop lies: a mouth that talks must not move it."""


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Degrees. Yaw and roll are trustworthy from five points, pitch is a coarse guess."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


def pupil_distance_px(points: Points) -> float:
    """Distance between the eyes in pixels."""
    return float(np.hypot(*(points[1] - points[0])))


def face_size_px(points: Points) -> float:
    """Pupil distance plus the way from eyes to mouth: changes little when the head turns."""
    down = points[3:].mean(axis=0) - points[:2].mean(axis=0)
    return pupil_distance_px(points) + float(np.hypot(*down))


NOSE_DEPTH = 0.45
"""How far the tip of the nose stands before the plane of eyes and mouth, in pupil distances:
28 mm of 63 mm, as in the generic head models used for pose."""
NOSE_SHARE = 0.50
"""How far down from the eyes to the mouth the tip of the nose lies on a frontal face: the median
of 103 people looking straight at the camera."""
MOUTH_DROP = 1.10
"""How far the mouth lies below the eyes, in pupil distances: the mean of the same people."""


def head_pose(points: Points) -> HeadPose:
    """Pose from five points by the proportions of an average head.

    Positive yaw turns the nose to the right of the picture, positive pitch lifts it, positive
    roll turns the head clockwise. Yaw comes from how far the tip of the nose lies off the line
    from between the eyes to the mouth, pitch from how far down that line it lies, roll from the
    line of the eyes. Pitch is off by 8 degrees (standard deviation) from person to person, and
    a broad smile takes 7 off it.
    """
    across = points[1] - points[0]
    distance = max(float(np.hypot(*across)), 1e-6)
    roll = float(np.degrees(np.arctan2(across[1], across[0])))
    turn = np.array([[across[0], across[1]], [-across[1], across[0]]]) / distance
    upright = (points - points[:2].mean(axis=0)) @ turn.T / distance
    mouth = upright[3:].mean(axis=0)
    share = upright[2, 1] / max(float(mouth[1]), 1e-6)
    yaw = float(np.degrees(np.arctan2(upright[2, 0] - share * mouth[0], NOSE_DEPTH)))
    pitch = float(np.degrees(np.arctan2((NOSE_SHARE - share) * MOUTH_DROP, NOSE_DEPTH)))
    return HeadPose(yaw, pitch, roll)


def similarity(
    source: Points, target: Points, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The (2, 3) rotation, scale and shift that brings `source` nearest to `target`.

    Least squares after Umeyama, IEEE TPAMI 13 (1991) 376-380, without reflection; each point
    counts as its weight says. Raises ValueError when the points coincide.
    """
    share = np.ones(len(source)) if weights is None else weights
    share = (share / share.sum())[:, None]
    source_mean, target_mean = (share * source).sum(axis=0), (share * target).sum(axis=0)
    a, b = source - source_mean, target - target_mean
    norm = float((share * a**2).sum())
    if norm < 1e-9:
        raise ValueError("the points coincide")
    cosine = float((share * a * b).sum()) / norm
    sine = float((share[:, 0] * (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])).sum()) / norm
    linear = np.array([[cosine, -sine], [sine, cosine]])
    return np.hstack([linear, (target_mean - linear @ source_mean)[:, None]])


def crop_matrix(points: Points) -> NDArray[np.float64]:
    """The (2, 3) similarity from the picture to about the canonical crop of the face at `points`;
    off by 1.3 px from frame to frame of a face that talks, `mesh.mesh_crop_matrix` by 0.9."""
    return similarity(points, CANONICAL_POINTS, CROP_WEIGHTS)
