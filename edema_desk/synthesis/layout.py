"""Where the parts of one face lie, in a frame of its own that all fields are drawn in.

The face frame has its origin midway between the pupils, x to the right and y down the picture,
and one pupil distance (63 mm on an average adult) as its unit.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.geometry import Points

Array = NDArray[np.float64]

PUPIL_DISTANCE_MM = 63.0
TEMPLATE_POINTS = 189

# Average of the marked points used here over 103 portraits (London set, DeBruine & Jones, and
# Canada set, both CC BY 4.0), made symmetrical: left index, right index, x of the left one, y.
_PAIRS = (
    (0, 1, -0.500, 0.000),
    (18, 27, -0.693, 0.030),
    (19, 26, -0.616, -0.032),
    (20, 25, -0.501, -0.062),
    (21, 24, -0.382, -0.028),
    (22, 23, -0.267, 0.062),
    (28, 33, -0.616, 0.081),
    (29, 32, -0.503, 0.096),
    (30, 31, -0.387, 0.077),
    (34, 43, -0.762, -0.020),
    (35, 42, -0.656, -0.095),
    (36, 41, -0.521, -0.125),
    (37, 40, -0.388, -0.108),
    (38, 39, -0.284, -0.038),
    (71, 82, -0.938, -0.117),
    (72, 81, -0.846, -0.285),
    (73, 80, -0.684, -0.361),
    (74, 79, -0.485, -0.358),
    (75, 78, -0.225, -0.271),
    (76, 77, -0.216, -0.165),
    (44, 49, -0.561, 0.361),
    (45, 48, -0.385, 0.288),
    (46, 47, -0.252, 0.168),
    (54, 60, -0.115, 0.506),
    (62, 67, -0.284, 0.576),
    (63, 68, -0.283, 0.670),
    (64, 69, -0.213, 0.730),
    (87, 93, -0.395, 1.123),
    (88, 92, -0.251, 1.032),
    (89, 91, -0.116, 0.974),
    (104, 108, -0.286, 1.208),
    (105, 107, -0.158, 1.257),
    (109, 112, -1.115, 0.073),
    (110, 113, -1.111, 0.438),
    (111, 114, -1.048, 0.844),
    (125, 133, -0.992, 1.089),
    (126, 132, -0.888, 1.329),
    (127, 131, -0.653, 1.609),
    (128, 130, -0.356, 1.797),
    (55, 55, 0.0, 0.736),
    (90, 90, 0.0, 1.001),
    (96, 96, 0.0, 1.106),
    (106, 106, 0.0, 1.274),
    (129, 129, 0.0, 1.869),
    (139, 139, 0.0, -1.192),
)

PUPILS = (0, 1)
LID_CORNERS = ((18, 22), (27, 23))
UPPER_MARGINS = ((19, 20, 21), (26, 25, 24))
LOWER_MARGINS = ((28, 29, 30), (33, 32, 31))
CREASES = ((35, 36, 37), (42, 41, 40))
TROUGHS = ((44, 45, 46), (49, 48, 47))
MOUTH_CORNERS = (87, 93)
JAW = (111, 125, 126, 127, 128, 129, 130, 131, 132, 133, 114)
CHEEK_SIDES = (110, 113)
BROWS = ((72, 73, 74, 75), (81, 80, 79, 78))


@dataclass(frozen=True, slots=True)
class Layout:
    """Template points of one face in the face frame, (189, 2); NaN where this program uses none."""

    points: Array

    def at(self, *indices: int) -> Array:
        """The mean of some template points, (2,)."""
        return np.asarray(self.points[list(indices)].mean(axis=0), np.float64)

    def five(self) -> Points:
        """The five points a detector would give, (5, 2)."""
        nose = 0.25 * (self.points[54] + self.points[60]) + 0.5 * self.points[55]
        return np.stack(
            [self.points[0], self.points[1], nose, self.points[87], self.points[93]]
        ).astype(np.float64)


def average_layout() -> Layout:
    """The face that stands for one nobody has marked."""
    points = np.full((TEMPLATE_POINTS, 2), np.nan)
    for left, right, x, y in _PAIRS:
        points[left] = (x, y)
        points[right] = (-x, y)
    return Layout(points)


def face_frame(left_pupil: Array, right_pupil: Array) -> Array:
    """The (2, 3) similarity that takes the face frame to pixels, from the two pupils."""
    across = right_pupil - left_pupil
    middle = (left_pupil + right_pupil) / 2
    return np.array([[across[0], -across[1], middle[0]], [across[1], across[0], middle[1]]])


def from_pixels(frame: Array, points: Array) -> Array:
    """Points (n, 2) in pixels in the face frame."""
    inverse = np.linalg.inv(frame[:, :2])
    return np.asarray((points - frame[:, 2]) @ inverse.T, np.float64)


def layout_from_five(five: Points) -> Layout:
    """The average layout, stretched to fit five points of the face frame by an affine map."""
    average = average_layout()
    design = np.hstack([average.five(), np.ones((5, 1))])
    affine, *_ = np.linalg.lstsq(design, five, rcond=None)
    return Layout(average.points @ affine[:2] + affine[2])


def read_marked_points(path: Path) -> Array | None:
    """The 189 marked points (189, 2) of a picture in its pixels; None where they are not there."""
    try:
        marked = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2, encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    if marked.shape != (TEMPLATE_POINTS, 2) or not np.isfinite(marked).all():
        return None
    return np.asarray(marked, np.float64)


def layout_from_marked(marked: Array) -> tuple[Array, Layout]:
    """The face frame of a picture and the layout of its face, from its marked points."""
    frame = face_frame(marked[0], marked[1])
    return frame, Layout(from_pixels(frame, marked))


def layout_from_detected(five_px: Points) -> tuple[Array, Layout]:
    """The same from five detected points in pixels."""
    frame = face_frame(five_px[0], five_px[1])
    return frame, layout_from_five(from_pixels(frame, five_px))
