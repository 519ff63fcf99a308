"""Closing lids: the skin of the upper lid slides down over the eye, which stays where it is."""

from dataclasses import dataclass

import numpy as np

from edema_desk.synthesis.field import Array, Field
from edema_desk.synthesis.layout import LID_CORNERS, LOWER_MARGINS, UPPER_MARGINS, Layout

_LID_SKIN = 0.17
"""Height of the skin above the margin that is drawn down, in pupil distances."""


@dataclass(frozen=True, slots=True)
class EyeLids:
    """One eye in the face frame: `upper` and `lower` are parabolas of the margins over x - middle
    (highest power first), `half` half the width of the opening."""

    middle: Array
    upper: Array
    lower: Array
    half: float

    @property
    def reach(self) -> tuple[float, float]:
        """How far from the middle anything can change, x and y."""
        return self.half * 1.15, 0.34


def eye_lids(layout: Layout) -> tuple[EyeLids, EyeLids]:
    """Both eyes of a face, the one on the left of the picture first."""
    left, right = (
        _lids_of(layout.points, corners, upper, lower)
        for corners, upper, lower in zip(LID_CORNERS, UPPER_MARGINS, LOWER_MARGINS, strict=True)
    )
    return left, right


def close_lids(eye: EyeLids, places: Field, closed: float) -> Field:
    """Where each place (…, 2) of the face frame takes its skin from when the lid is `closed`."""
    x = places[..., 0] - np.float32(eye.middle[0])
    y = places[..., 1]
    upper = np.polyval(eye.upper, x).astype(np.float32)
    opening = np.maximum(np.polyval(eye.lower, x).astype(np.float32) - upper, 0.0)
    edge = np.clip((1.12 - np.abs(x) / eye.half) / 0.12, 0.0, 1.0)
    margin = upper + np.float32(closed) * opening * edge
    crease = upper - np.float32(_LID_SKIN)
    stretched = crease + (y - crease) * (upper - crease) / (margin - crease)
    covered = (y > crease) & (y < margin)
    return np.dstack([places[..., 0], np.where(covered, stretched, y)]).astype(np.float32)


def _lids_of(
    points: Array, corners: tuple[int, int], upper: tuple[int, ...], lower: tuple[int, ...]
) -> EyeLids:
    middle = points[[*corners]].mean(axis=0)
    half = float(np.abs(points[corners[0], 0] - points[corners[1], 0])) / 2
    curves = []
    for margin in (upper, lower):
        through = points[[corners[0], *margin, corners[1]]]
        curves.append(np.polyfit(through[:, 0] - middle[0], through[:, 1], 2))
    return EyeLids(middle, curves[0], curves[1], half)
