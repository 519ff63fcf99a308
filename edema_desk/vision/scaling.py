"""Making pictures smaller."""

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Image


def halved(image: Image) -> Image:
    """The mean of each two by two pixels; an odd last row or column is left out.

    OpenCV does this 15 times as fast as a reduction by another factor.
    """
    size = image.shape[1] // 2, image.shape[0] // 2
    return scaled_by_area(image[: 2 * size[1], : 2 * size[0]], size)


def scaled_by_area(image: Image, size: tuple[int, int]) -> Image:
    """The picture at another `size` (width, height), without aliasing."""
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
