"""The 468 points of a face: where the crop lies by them, and how the head is turned.

The points are those of MediaPipe's face mesh (Kartynnik et al., CVPR Workshop on Computer
Vision for AR/VR 2019), in its order.
"""

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.geometry import HeadPose, similarity

Mesh = NDArray[np.float64]
"""(468, 3): x to the right, y down, in pixels of the picture, and z away from the camera in the
same unit, from a zero that means nothing."""

MESH_POINTS = 468

ALIGNMENT = "32 points of the upper face mesh"
"""How crops are laid. A model reads only crops laid as those it learned from."""

_MIDLINE = (0, 1, 2, 4, 5, 6, *range(8, 20), 94, 151, 152, 164, 168, 175, 195, 197, 199, 200)

# Mean of 103 calm faces from the front (London set, DeBruine & Jones, and Canada set, both
# CC BY 4.0), made symmetrical: left index, right index, off the middle, down and away, in
# pixels of the crop.
_PAIRS = (
    (33, 263, 49.27, 104.92, 11.83),
    (133, 362, 18.91, 106.07, 5.91),
    (103, 332, 54.57, 57.60, 14.95),
    (67, 297, 38.26, 50.70, 3.05),
    (68, 298, 60.26, 74.55, 14.82),
    (108, 337, 18.11, 63.28, -8.63),
    (143, 372, 68.05, 110.56, 27.67),
    (111, 340, 62.09, 118.72, 17.66),
    (117, 346, 57.59, 123.43, 11.43),
    (119, 348, 36.27, 124.62, 2.00),
    (198, 420, 15.14, 131.02, -16.84),
    (236, 456, 10.63, 126.10, -22.18),
)
_MIDDLE = (
    (10, 46.83, -5.56),
    (151, 63.62, -10.12),
    (9, 81.01, -13.58),
    (8, 90.48, -12.40),
    (168, 98.70, -12.21),
    (6, 107.01, -17.23),
    (197, 114.54, -22.98),
    (195, 121.54, -29.24),
)

ALIGNMENT_POINTS: NDArray[np.int64] = np.array(
    [left for left, *_ in _PAIRS] + [right for _, right, *_ in _PAIRS] + [i for i, *_ in _MIDDLE]
)
"""Which points lay the crop (32,): corners of the eyes, socket rims, bridge and root of the
nose, forehead. Neither lids nor brows, outline or mouth, which fluid and speech move."""

ALIGNMENT_PLACES: Mesh = np.array(
    [(128 - x, y, z) for _, _, x, y, z in _PAIRS]
    + [(128 + x, y, z) for _, _, x, y, z in _PAIRS]
    + [(128, y, z) for _, y, z in _MIDDLE]
)
"""Where they lie in the crop of an average face, (32, 3); its five points then lie at
`geometry.CANONICAL_POINTS`."""


def mirror_order() -> NDArray[np.int64]:
    """For each point, the one that takes its place when the picture is mirrored, (468,).

    Points of the left side are numbered before those of the right, both in the same order.
    """
    order = np.arange(MESH_POINTS)
    sides = np.setdiff1d(order, _MIDLINE)
    left, right = np.split(sides, 2)
    order[left], order[right] = right, left
    return order


def mesh_crop_matrix(mesh: Mesh) -> NDArray[np.float64]:
    """The (2, 3) similarity from the picture to the canonical crop of a face."""
    return similarity(mesh[ALIGNMENT_POINTS, :2], ALIGNMENT_PLACES[:, :2])


def mesh_pose(mesh: Mesh) -> HeadPose:
    """How the head is turned against the average calm face.

    Signs as of `geometry.head_pose`. Least squares after Kabsch, Acta Cryst. A32 (1976) 922-923,
    over the points that lay the crop. From person to person pitch is off by 5 degrees (standard
    deviation, how each held the head included); a smile adds 3.
    """
    turn = _turn(mesh)
    return HeadPose(
        yaw_deg=float(np.degrees(np.arctan2(turn[2, 0], turn[2, 2]))),
        pitch_deg=float(np.degrees(np.arcsin(np.clip(-turn[2, 1], -1.0, 1.0)))),
        roll_deg=float(np.degrees(np.arctan2(-turn[0, 1], turn[1, 1]))),
    )


def frontal_mesh(mesh: Mesh) -> Mesh:
    """The face turned back to the camera and laid in the crop, in its pixels."""
    upright = mesh @ _turn(mesh)
    matrix = mesh_crop_matrix(upright)
    places = upright[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    return np.hstack([places, upright[:, 2:] * np.hypot(matrix[0, 0], matrix[1, 0])])


def _turn(mesh: Mesh) -> NDArray[np.float64]:
    """The rotation (3, 3) from the average face to this one."""
    own, average = mesh[ALIGNMENT_POINTS], ALIGNMENT_PLACES
    left, _, right = np.linalg.svd((average - average.mean(axis=0)).T @ (own - own.mean(axis=0)))
    proper = np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    return np.asarray((left @ proper @ right).T, np.float64)
