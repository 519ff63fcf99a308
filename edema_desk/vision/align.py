"""The canonical crop: every model reads the face from the same place, at the same size."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.clips import Image
from edema_desk.domain.geometry import CANONICAL_POINTS, CROP_PX, Points, similarity

JPEG_QUALITY = 95
_OVERSAMPLING = 2
_JPEG = [
    cv2.IMWRITE_JPEG_QUALITY,
    JPEG_QUALITY,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
]


def aligned_crop(image: Image, points: Points) -> Image:
    """The face at `points` as the canonical (256, 256, 3) crop.

    Large faces are first reduced by area, then the crop is drawn at twice its size and halved
    by area, so that fine texture does not alias. Beyond the picture its border is repeated.
    """
    matrix = similarity(points, CANONICAL_POINTS)
    matrix[:, 2] += 0.5 - matrix[:, :2] @ (0.5, 0.5)  # pixel centres lie at .5 while scaling
    part, corner = _surroundings(image, matrix)
    matrix[:, 2] += matrix[:, :2] @ corner
    matrix *= _OVERSAMPLING
    shrink = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if shrink < 1.0:
        height, width = part.shape[:2]
        size = (max(round(width * shrink), 1), max(round(height * shrink), 1))
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
        matrix[:, :2] = matrix[:, :2] @ np.diag([width / size[0], height / size[1]])
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    side = CROP_PX * _OVERSAMPLING
    drawn = cv2.warpAffine(
        part, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    crop = cv2.resize(drawn, (CROP_PX, CROP_PX), interpolation=cv2.INTER_AREA)
    return np.asarray(crop, np.uint8)


def crop_corners(points: Points) -> Points:
    """Where the crop's four corners lie in the picture, clockwise from the left top one."""
    side = float(CROP_PX)
    return picture_places(points, np.array([[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]]))


def picture_places(points: Points, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places (n, 2) of the crop of the face at `points`, in pixels of the picture."""
    matrix = similarity(points, CANONICAL_POINTS)
    return np.asarray((places - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T)


def encode_crop(crop: Image) -> bytes:
    """The crop as a JPEG file, quality 95, colours at full resolution."""
    done, data = cv2.imencode(".jpg", cv2.cvtColor(crop, cv2.COLOR_RGB2BGR), _JPEG)
    if not done:
        raise ValueError("the crop could not be encoded")
    return bytes(data)


def decode_crop(data: bytes) -> Image:
    """The RGB picture of a stored crop. Raises ValueError when it is none."""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("not a stored crop")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def _surroundings(image: Image, matrix: NDArray[np.float64]) -> tuple[Image, NDArray[np.float64]]:
    """The part of the picture that the crop shows, and where its left top corner lies."""
    side = float(CROP_PX)
    corners = np.array([[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]])
    places = (corners - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
    height, width = image.shape[:2]
    low = np.floor(places.min(axis=0)).astype(int) - 2
    high = np.ceil(places.max(axis=0)).astype(int) + 2
    x0, y0 = (int(v) for v in np.clip(low, 0, (width - 1, height - 1)))
    x1, y1 = (int(v) for v in np.clip(high, (x0 + 1, y0 + 1), (width, height)))
    return image[y0:y1, x0:x1], np.array([x0, y0], np.float64)
