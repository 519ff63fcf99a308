"""A clip of a moving face, ready to be swollen: its frames, and its five points in each."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import ClipSource, Image
from edema_desk.domain.terms.geometry import Points, head_pose, pupil_distance_px, similarity
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import EVERY_FRAME, Sampler
from edema_desk.synthesis.field import Array
from edema_desk.synthesis.layout import Layout, face_frame, from_pixels, layout_from_five

FindPoints = Callable[[Image], Points | None]
"""The five points (5, 2) of the one face in a picture in its pixels, or None."""

LONGEST_MS = 40_000.0
FEWEST_FRAMES = 16
_LARGEST_PUPILS_PX = 128.0
_SMALLEST_PUPILS_PX = 30.0
_SMOOTH_MS = 70.0
_ROOM = (1.9, 1.9, 1.9, 2.7)
"""What is kept beside the face: left, above, right, below the eyes, in pupil distances."""


@dataclass(frozen=True, slots=True)
class Footage:
    """The frames of a clip in which one face was found, cut to where it moves.

    `frames` (n, 2, 3) take the face frame to the pixels of each image, `t_ms` (n,).
    """

    images: tuple[Image, ...]
    t_ms: Array
    frames: Array
    layout: Layout


def load_footage(source: ClipSource, find_points: FindPoints, fps: float) -> Footage | None:
    """Read a clip at no more than `fps`; None when the face is seen too seldom or too small.

    The clip counts as one from outside. Raises the errors of `open_clip_from_outside`.
    """
    images: list[Image] = []
    times: list[float] = []
    points: list[Points] = []
    sampler = Sampler(1000.0 / fps)
    with open_clip_from_outside(source, EVERY_FRAME) as clip:
        for frame in clip.frames:
            if frame.t_ms > LONGEST_MS:
                break
            if not sampler.takes(frame.t_ms):
                continue
            found = find_points(frame.image)
            if found is not None and pupil_distance_px(found) >= _SMALLEST_PUPILS_PX:
                images.append(frame.image)
                times.append(frame.t_ms)
                points.append(np.asarray(found, np.float64))
    if len(images) < FEWEST_FRAMES:
        return None
    t_ms, seen = np.array(times), np.stack(points)
    images, steady = _cut(images, smoothed(t_ms, seen))
    layout = _typical_layout(steady)
    frames = np.stack([_fit(layout.five(), five) for five in steady])
    return Footage(tuple(images), t_ms, frames, layout)


def smoothed(t_ms: Array, points: Array) -> Array:
    """Points (n, 5, 2) on the line that fits the neighbouring frames best, nearer ones more.

    A line and not a mean, which would lag where frames are missing on one side.
    """
    apart = (t_ms[None, :] - t_ms[:, None]) / _SMOOTH_MS
    near = np.exp(-0.5 * apart**2)
    weight, first, second = (
        (near * apart**power).sum(axis=1, keepdims=True) for power in (0, 1, 2)
    )
    line = near * (second - first * apart) / (weight * second - first**2 + 1e-12)
    line /= line.sum(axis=1, keepdims=True)
    return np.asarray(np.tensordot(line, points, axes=1), np.float64)


def _cut(images: list[Image], points: Array) -> tuple[list[Image], Array]:
    """The part of the picture that the face ever needs, reduced where it is large."""
    height, width = images[0].shape[:2]
    eyes = points[:, :2].mean(axis=1)
    pupils = np.array([pupil_distance_px(p) for p in points])[:, None]
    low = (eyes - pupils * _ROOM[:2]).min(axis=0)
    high = (eyes + pupils * _ROOM[2:]).max(axis=0)
    left, top = (int(v) for v in np.floor(np.maximum(low, 0)))
    right, bottom = (int(v) for v in np.ceil(np.minimum(high, (width, height))))
    scale = min(1.0, _LARGEST_PUPILS_PX / float(np.median(pupils)))
    size = tuple(2 * max(round(side * scale / 2), 8) for side in (right - left, bottom - top))
    grow = np.array(size) / (right - left, bottom - top)
    cut = [
        np.asarray(
            cv2.resize(image[top:bottom, left:right], size, interpolation=cv2.INTER_AREA), np.uint8
        )
        for image in images
    ]
    return cut, (points - (left, top) + 0.5) * grow - 0.5


def _typical_layout(points: Array) -> Layout:
    """The layout of the face at its most frontal."""
    yaw = np.array([abs(head_pose(five).yaw_deg) for five in points])
    frontal = points[yaw <= np.quantile(yaw, 0.3)]
    own = [from_pixels(face_frame(five[0], five[1]), five) for five in frontal]
    return layout_from_five(np.median(np.stack(own), axis=0))


def _fit(face: Points, seen: Points) -> NDArray[np.float64]:
    """The map from the face frame to one picture: halfway between what the points ask for and
    a face that keeps its shape, since a smile is no change of the head."""
    rigid = similarity(face, seen)
    free, *_ = np.linalg.lstsq(np.hstack([face, np.ones((5, 1))]), seen, rcond=None)
    return np.asarray(0.5 * rigid + 0.5 * free.T, np.float64)
