"""Finding faces and their five points: facenet-pytorch's MTCNN behind an interface of our own.

MTCNN (Zhang et al., IEEE Signal Processing Letters 23 (2016) 1499-1503) looks for faces with a
pyramid of P-net, thins them out with R-net and places five points with O-net. The pyramid runs
on a reduced picture. The points are then placed again on the full one, from windows laid by
the points themselves, so that a face found anew and a face followed bear the same points.
"""

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import torch
from facenet_pytorch import MTCNN
from numpy.typing import NDArray

from edema_desk.domain.clips import Image
from edema_desk.domain.geometry import Points, face_size_px

SMALLEST_FACE_SHARE = 0.07
"""Faces smaller than this share of the picture's short side are not looked for."""
SMALLEST_FACE_PX = 20.0
SMALLEST_WORKING_FACE_PX = 30.0
"""The pyramid runs on a picture reduced until the smallest face has this; the face of a seated
patient, 15 % of the height or more, then has 64 px."""
LEAST_CONFIDENCE = 0.90

_NET_PX = 48
_STILL = 0.03
_WINDOW_SIDE = 1.25
_WINDOW_CENTRE = np.array([0.0, -0.08])
_WINDOW_SCALES = (0.94, 1.06)
_MIRRORED_POINTS = [1, 0, 2, 4, 3]
_MIRRORED_BOX = [2, 1, 0, 3]
_WHOLE_WINDOW = np.array([0.0, 0.0, 1.0, 1.0])


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """A face in a picture: box (left, top, right, bottom) and five points, in its pixels.

    `box` (4,) and `points` (5, 2) are float64; `confidence` is 0 to 1.
    """

    box: NDArray[np.float64]
    points: Points
    confidence: float

    @property
    def side_px(self) -> float:
        """The longer side of the box."""
        return float(max(self.box[2] - self.box[0], self.box[3] - self.box[1]))


class FaceDetector(Protocol):
    """What vision asks of a detector. Both calls depend on their arguments alone."""

    def detect(self, image: Image, smallest_px: float = 0.0) -> tuple[DetectedFace, ...]:
        """All faces, the largest first; those smaller than `smallest_px` may be left out."""
        ...

    def follow(self, image: Image, face: DetectedFace) -> DetectedFace | None:
        """The face near the place where `face` was a moment ago; None when it is not there."""
        ...


class MtcnnDetector:
    """MTCNN on the processor."""

    def __init__(self) -> None:
        # A pyramid in steps of 0.6 finds the same faces as the usual 0.709 in 3/4 of the time.
        self._mtcnn = MTCNN(keep_all=True, thresholds=[0.6, 0.7, 0.8], factor=0.6)
        self._mtcnn.requires_grad_(False)
        # Max pooling of one picture is ten times faster with the channels innermost.
        self._mtcnn.to(memory_format=torch.channels_last)

    def detect(self, image: Image, smallest_px: float = 0.0) -> tuple[DetectedFace, ...]:
        """See `FaceDetector.detect`."""
        short = min(image.shape[:2])
        smallest = max(SMALLEST_FACE_SHARE * short, smallest_px, SMALLEST_FACE_PX)
        # Reducing by whole numbers is four times as fast as by others.
        reduction = max(int(smallest / SMALLEST_WORKING_FACE_PX), 1)
        if short <= smallest:
            return ()
        self._mtcnn.min_face_size = smallest / reduction
        boxes, probabilities, points = self._mtcnn.detect(
            _reduced(image, reduction), landmarks=True
        )
        if boxes is None:
            return ()
        rough = (
            DetectedFace(reduction * b.astype(np.float64), reduction * p.astype(np.float64), c)
            for b, p, c in zip(boxes, points, (float(c) for c in probabilities), strict=True)
        )
        faces = [self.follow(image, face) for face in rough]
        found = [face for face in faces if face is not None]
        return tuple(sorted(found, key=lambda face: -face.side_px))

    def follow(self, image: Image, face: DetectedFace) -> DetectedFace | None:
        """See `FaceDetector.follow`. Placed twice when it has moved."""
        placed = self._place(image, face.points)
        moved = float(np.hypot(*(placed.points - face.points).mean(axis=0)))
        if moved > _STILL * face_size_px(face.points):
            placed = self._place(image, placed.points)
        return placed if placed.confidence >= LEAST_CONFIDENCE else None

    def _place(self, image: Image, points: Points) -> DetectedFace:
        """The mean of what O-net says of square windows laid around `points`, and of the same
        windows mirrored, so that left and right are treated alike."""
        windows = np.array([_window(points, scale) for scale in _WINDOW_SCALES])
        cut = np.stack([_cut(image, window) for window in windows])
        pairs = torch.from_numpy(np.concatenate([cut, cut[:, :, ::-1]])).permute(0, 3, 1, 2)
        with torch.inference_mode():
            answer = self._mtcnn.onet((pairs.float() - 127.5) * 0.0078125)
        shifts, places, chances = (a.numpy().astype(np.float64) for a in answer)
        plain, mirrored = np.split(places.reshape(-1, 2, 5).transpose(0, 2, 1), 2)
        found = (plain + (mirrored * (-1.0, 1.0) + (1.0, 0.0))[:, _MIRRORED_POINTS]) / 2
        plain, mirrored = np.split(shifts + _WHOLE_WINDOW, 2)
        back = mirrored[:, _MIRRORED_BOX] * (-1.0, 1.0, -1.0, 1.0) + (1.0, 0.0, 1.0, 0.0)
        corner, side = windows[:, :2], windows[:, 2:]
        return DetectedFace(
            (np.tile(corner, 2) + (plain + back) / 2 * side).mean(axis=0),
            (corner[:, None] + found * side[:, None]).mean(axis=0),
            float(chances[:, 1].mean()),
        )


def _reduced(image: Image, reduction: int) -> Image:
    if reduction == 1:
        return image
    size = (image.shape[1] // reduction, image.shape[0] // reduction)
    even = image[: size[1] * reduction, : size[0] * reduction]
    return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.uint8)


def _window(points: Points, scale: float) -> NDArray[np.int64]:
    """Left, top and side of the square window that O-net wants around a face."""
    size = face_size_px(points)
    side = max(round(_WINDOW_SIDE * scale * size), 8)
    left, top = points.mean(axis=0) + _WINDOW_CENTRE * size - side / 2
    return np.array([round(left), round(top), side], np.int64)


def _cut(image: Image, window: NDArray[np.int64]) -> Image:
    """The window at the net's size, black where it leaves the picture."""
    left, top, side = (int(v) for v in window)
    height, width = image.shape[:2]
    x0, y0 = min(max(left, 0), width), min(max(top, 0), height)
    x1, y1 = min(max(left + side, x0), width), min(max(top + side, y0), height)
    part = image[y0:y1, x0:x1]
    if part.shape[:2] != (side, side):
        whole = np.zeros((side, side, 3), np.uint8)
        whole[y0 - top : y1 - top, x0 - left : x1 - left] = part
        part = whole
    return np.asarray(cv2.resize(part, (_NET_PX, _NET_PX), interpolation=cv2.INTER_AREA), np.uint8)
