"""What opens and closes in a face: lids slide over eyes, lips part over a dark mouth."""

from dataclasses import dataclass

import numpy as np

from edema_desk.synthesis.field import Array, Field
from edema_desk.synthesis.layout import (
    LID_CORNERS,
    LOWER_MARGINS,
    MOUTH_CORNERS,
    UPPER_MARGINS,
    Layout,
)

_LID_SKIN = 0.17
"""Height of the skin above the margin that is drawn down, in pupil distances."""
_WIDEST_MOUTH = 0.34
"""Gap between the lips of a mouth wide open, in pupil distances."""


@dataclass(frozen=True, slots=True)
class Lips:
    """The mouth in the face frame: `seam` is the parabola where the lips meet over x - middle,
    `half` half its width, `chin` how far below the seam the jaw ends."""

    middle: Array
    seam: Array
    half: float
    chin: float


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


def lips(layout: Layout) -> Lips:
    """The mouth of a face."""
    left, right = (layout.at(corner) for corner in MOUTH_CORNERS)
    middle = layout.at(96)
    through = np.stack([left, middle, right])
    seam = np.polyfit(through[:, 0] - middle[0], through[:, 1], 2)
    half = float(right[0] - left[0]) / 2
    return Lips(middle, seam, half, float(layout.at(129)[1] - middle[1]))


def part_lips(mouth: Lips, places: Field, opened: float) -> tuple[Field, Field]:
    """Where each place (…, 2) takes its skin from when the lips are `opened`, 0 to 1, and how
    much it lies within the mouth, 0 to 1. The lower lip and the chin go down."""
    gap = np.float32(opened * _WIDEST_MOUTH)
    x = places[..., 0] - np.float32(mouth.middle[0])
    seam = np.polyval(mouth.seam, np.clip(x, -mouth.half, mouth.half)).astype(np.float32)
    below = places[..., 1] - seam
    round_shape = np.sqrt(np.clip(1 - (x / np.float32(mouth.half)) ** 2, 0.0, None))
    beside = np.exp(-0.5 * (x / np.float32(2.0 * mouth.half)) ** 4)
    far = np.clip(1.6 - below / np.float32(mouth.chin), 0.0, 1.0)
    drop = gap * np.clip(round_shape + 0.35 * beside * np.clip(below / 0.2, 0, 1), 0, 1) * far
    came = np.clip(below, 0.0, drop)
    within = np.clip(np.minimum(below, drop - below) / 0.03, 0.0, 1.0)
    moved = np.dstack([places[..., 0], places[..., 1] - came])
    return moved.astype(np.float32), np.asarray(within, np.float32)


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
