"""Finding faces and their five points: facenet-pytorch's MTCNN behind an interface of our own.

MTCNN (Zhang et al., IEEE Signal Processing Letters 23 (2016) 1499-1503) looks for faces with a
pyramid of P-net, thins them out with R-net and places five points with O-net. The pyramid runs
on a reduced picture. The points are then placed again on the full one, from windows laid by
the points themselves, so that a face found anew and a face followed bear the same points.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import Points, face_size_px
from edema_desk.vision.facenet import MTCNN
from edema_desk.vision.proposals import cut_window, net_input, propose_faces
from edema_desk.vision.scaling import halved

SMALLEST_FACE_SHARE = 0.07
"""Faces smaller than this share of the picture's short side are not looked for."""
SMALLEST_FACE_PX = 20.0
SMALLEST_WORKING_FACE_PX = 30.0
"""The picture is halved while the smallest face keeps this; the face of a seated patient, 15 %
of the height or more, then keeps 64 px."""
LEAST_CONFIDENCE = 0.90

_NET_PX = 48
_WINDOW_SIDE = 1.25
_WINDOW_STEP = 4  # so that windows can be halved twice
_WINDOW_CENTRE = np.array([0.0, -0.08])
_WINDOW_SCALES = (0.94, 1.06)
_MIRRORED_POINTS = [1, 0, 2, 4, 3]
_MIRRORED_BOX = [2, 1, 0, 3]
_AVERAGE_SHAPE = np.array([[-0.5, 0.0], [0.5, 0.0], [0.0, 0.55], [-0.4, 1.1], [0.4, 1.1]])
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
        self._nets = MTCNN(keep_all=True)
        self._nets.requires_grad_(False)
        # Max pooling is ten times faster with the channels innermost.
        self._nets.to(memory_format=torch.channels_last)

    def detect(self, image: Image, smallest_px: float = 0.0) -> tuple[DetectedFace, ...]:
        """See `FaceDetector.detect`."""
        smallest = max(SMALLEST_FACE_SHARE * min(image.shape[:2]), smallest_px, SMALLEST_FACE_PX)
        working, reduction = image, 1.0
        while smallest / reduction >= 2 * SMALLEST_WORKING_FACE_PX:
            working, reduction = halved(working), reduction * 2
        faces: list[DetectedFace] = []
        for box in propose_faces(self._nets, working, smallest / reduction):
            rough = self.follow(image, _average_face(box * reduction))
            if rough is None or any(_same_place(rough, other) for other in faces):
                continue
            face = self.follow(image, rough)
            if face is not None:
                faces.append(face)
        return tuple(sorted(faces, key=lambda face: -face.side_px))

    def follow(self, image: Image, face: DetectedFace) -> DetectedFace | None:
        """See `FaceDetector.follow`. One look to lay the windows, then the mean over them."""
        near = self._place(image, face.points, (1.0,))
        placed = self._place(image, near.points, _WINDOW_SCALES)
        return placed if placed.confidence >= LEAST_CONFIDENCE else None

    def _place(self, image: Image, points: Points, scales: tuple[float, ...]) -> DetectedFace:
        """The mean of what O-net says of square windows laid around `points`, and of the same
        windows mirrored, so that left and right are treated alike."""
        windows = np.array([_window(points, scale) for scale in scales])
        cut = np.stack([cut_window(image, window, _NET_PX) for window in windows])
        with torch.inference_mode():
            answer = self._nets.onet(net_input(np.concatenate([cut, cut[:, :, ::-1]])))
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


def _average_face(box: NDArray[np.float64]) -> DetectedFace:
    """A face of average shape for which O-net's window is this square box."""
    size = (box[2] - box[0]) / _WINDOW_SIDE
    middle = (box[:2] + box[2:]) / 2 - _WINDOW_CENTRE * size
    shape = _AVERAGE_SHAPE - _AVERAGE_SHAPE.mean(axis=0)
    return DetectedFace(box, middle + shape * size / face_size_px(_AVERAGE_SHAPE), 0.0)


def _same_place(face: DetectedFace, other: DetectedFace) -> bool:
    """Whether two detections are of one face: their middles are closer than half a face."""
    apart = np.hypot(*(face.points.mean(axis=0) - other.points.mean(axis=0)))
    return bool(apart < max(face_size_px(face.points), face_size_px(other.points)) / 2)


def _window(points: Points, scale: float) -> NDArray[np.int64]:
    """Left, top and side of the square window that O-net wants around a face."""
    size = face_size_px(points)
    side = _WINDOW_STEP * max(round(_WINDOW_SIDE * scale * size / _WINDOW_STEP), 1)
    left, top = points.mean(axis=0) + _WINDOW_CENTRE * size - side / 2
    return np.array([round(left), round(top), side], np.int64)
