"""Where in a picture there may be faces: MTCNN's first two nets on a picture pyramid.

The steps are those of facenet-pytorch's `detect_face`; its way of scaling pictures takes five
times as long as the nets themselves, OpenCV's does not.
"""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torchvision.ops import nms

from edema_desk.domain.capture.clips import Image
from edema_desk.vision.facenet import MTCNN
from edema_desk.vision.scaling import halved, scaled_by_area

Boxes = NDArray[np.float64]
"""(n, 4): left, top, right, bottom."""

_PNET_PX, _PNET_STRIDE, _RNET_PX = 12, 2, 24
_STEP = 0.709
_PNET_THRESHOLD, _RNET_THRESHOLD = 0.6, 0.7
_OVERLAP_IN_LEVEL, _OVERLAP, _OVERLAP_AFTER_RNET = 0.5, 0.7, 0.4
_MOST_PROPOSALS = 64


def propose_faces(nets: MTCNN, image: Image, smallest_px: float) -> Boxes:
    """Square boxes that may hold a face of `smallest_px` or more, the likeliest first."""
    boxes, chances = _from_pyramid(nets, image, smallest_px)
    if len(boxes) == 0:
        return boxes
    boxes = _square(boxes)
    cut = np.stack([cut_window(image, window, _RNET_PX) for window in _as_windows(boxes)])
    with torch.inference_mode():
        shifts, answers = (a.numpy() for a in nets.rnet(net_input(cut)))
    likely = answers[:, 1] > _RNET_THRESHOLD
    boxes, chances = boxes[likely], answers[likely, 1]
    boxes = _square(_shifted(boxes, shifts[likely]))
    return boxes[_kept(boxes, chances, _OVERLAP_AFTER_RNET)]


def net_input(pictures: NDArray[np.uint8]) -> torch.Tensor:
    """Pictures (n, side, side, 3) as MTCNN's nets want them."""
    return (torch.from_numpy(pictures).permute(0, 3, 1, 2).float() - 127.5) * 0.0078125


def cut_window(image: Image, window: NDArray[np.int64], size_px: int) -> Image:
    """A square window (left, top, side) at another size, black where it leaves the picture."""
    left, top, side = (int(v) for v in window)
    height, width = image.shape[:2]
    x0, y0 = min(max(left, 0), width), min(max(top, 0), height)
    x1, y1 = min(max(left + side, x0), width), min(max(top + side, y0), height)
    part = image[y0:y1, x0:x1]
    if part.shape[:2] != (side, side):
        whole = np.zeros((side, side, 3), np.uint8)
        whole[y0 - top : y1 - top, x0 - left : x1 - left] = part
        part = whole
    while len(part) >= 2 * size_px:
        part = halved(part)
    return scaled_by_area(part, (size_px, size_px))


def _from_pyramid(
    nets: MTCNN, image: Image, smallest_px: float
) -> tuple[Boxes, NDArray[np.float32]]:
    found, chances = [np.zeros((0, 4))], [np.zeros(0, np.float32)]
    for level, scale in _levels(image, smallest_px):
        with torch.inference_mode():
            shifts, answers = nets.pnet(net_input(level[None]))
        face = answers[0, 1].numpy()
        y, x = np.nonzero(face >= _PNET_THRESHOLD)
        corner = _PNET_STRIDE * np.stack([x, y], axis=1).astype(np.float64)
        boxes = np.hstack([corner, corner + _PNET_PX]) / scale
        keep = _kept(boxes, face[y, x], _OVERLAP_IN_LEVEL)
        found.append(_shifted(boxes, shifts[0].numpy()[:, y, x].T)[keep])
        chances.append(face[y, x][keep])
    boxes, chance = np.concatenate(found), np.concatenate(chances)
    keep = _kept(boxes, chance, _OVERLAP)[:_MOST_PROPOSALS]
    return boxes[keep], chance[keep]


def _levels(image: Image, smallest_px: float) -> Iterator[tuple[Image, float]]:
    """The picture at sizes at which faces, from the smallest up, have P-net's 12 px."""
    height, width = image.shape[:2]
    scale = _PNET_PX / smallest_px
    level = image
    while min(height, width) * scale >= _PNET_PX:
        size = round(width * scale), round(height * scale)
        level = scaled_by_area(level, size)
        yield level, scale
        scale *= _STEP


def _kept(boxes: Boxes, chances: NDArray[np.float32], overlap: float) -> NDArray[np.int64]:
    """The boxes that no likelier one covers, the likeliest first."""
    picked = nms(torch.from_numpy(boxes).float(), torch.from_numpy(chances), overlap)
    return np.asarray(picked.numpy(), np.int64)


def _shifted(boxes: Boxes, shifts: NDArray[np.float32]) -> Boxes:
    sides = boxes[:, 2:] - boxes[:, :2]
    return boxes + shifts * np.tile(sides, 2)


def _square(boxes: Boxes) -> Boxes:
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True) / 2
    return np.hstack([centres - half, centres + half])


def _as_windows(boxes: Boxes) -> NDArray[np.int64]:
    sides = np.maximum(boxes[:, 2:3] - boxes[:, :1], 1.0)
    return np.round(np.hstack([boxes[:, :2], sides])).astype(np.int64)
