"""The canonical crop: every model reads the face from the same place, at the same size."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import CROP_PX
from edema_desk.vision.scaling import halved, scaled_by_area

JPEG_QUALITY = 95
Matrix = NDArray[np.float64]
"""(2, 3), from the pixels of a picture to those of a square."""

_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
_JPEG = [
    cv2.IMWRITE_JPEG_QUALITY,
    JPEG_QUALITY,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
]


def aligned_crop(image: Image, matrix: Matrix) -> Image:
    """The canonical (256, 256, 3) crop of the face that `matrix` (2, 3) brings there."""
    return warped(image, matrix, CROP_PX)


def warped(image: Image, matrix: Matrix, side_px: int) -> Image:
    """What the similarity `matrix` (2, 3) brings from the picture to a square of `side_px`.

    A part larger than there is first reduced to its size by area, so that fine texture does
    not alias. Beyond the picture its border is repeated.
    """
    matrix = matrix.copy()
    part, corner = _surroundings(image, matrix, side_px)
    matrix[:, 2] += matrix[:, :2] @ corner
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    while scale <= 0.5:
        part, scale = halved(part), scale * 2
        matrix[:, :2] *= 2
    if scale < 1.0:
        height, width = part.shape[:2]
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        part = scaled_by_area(part, size)
        matrix[:, :2] *= (width / size[0], height / size[1])
    # Points count from the picture's corner, OpenCV from the middle of its first pixel.
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    crop = cv2.warpAffine(
        part, matrix, (side_px, side_px), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(crop, np.uint8)


def picture_places(matrix: Matrix, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places (n, 2) of the crop to which `matrix` brings a face, in pixels of the picture."""
    return np.asarray((places - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T)


def encode_crop(crop: Image) -> bytes:
    """The crop as a JPEG file, quality 95, colours at full resolution."""
    done, data = cv2.imencode(".jpg", cv2.cvtColor(crop, cv2.COLOR_RGB2BGR), _JPEG)
    if not done:
        raise ValueError("the crop could not be encoded")
    return bytes(data)


def _surroundings(image: Image, matrix: Matrix, side_px: int) -> tuple[Image, NDArray[np.float64]]:
    """The part of the picture that the square shows, and where its left top corner lies."""
    places = picture_places(matrix, side_px * _CORNERS)
    height, width = image.shape[:2]
    low = np.floor(places.min(axis=0)).astype(int) - 4
    high = np.ceil(places.max(axis=0)).astype(int) + 4
    x0, y0 = (int(v) for v in np.clip(low, 0, (width - 1, height - 1)))
    x1, y1 = (int(v) for v in np.clip(high, (x0 + 1, y0 + 1), (width, height)))
    return image[y0:y1, x0:x1], np.array([x0, y0], np.float64)
