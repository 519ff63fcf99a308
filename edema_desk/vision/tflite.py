"""The shipped networks in TensorFlow Lite's format, run by OpenCV."""

import cv2
import numpy as np
from cv2.dnn import Net
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.paths import resources_dir


def shipped_net(name: str) -> Net:
    """The network in a file of `resources/face_mesh`."""
    # As bytes: OpenCV opens no file whose path has letters beyond ASCII on Windows.
    content = (resources_dir() / "face_mesh" / name).read_bytes()
    return cv2.dnn.readNetFromTFLite(np.frombuffer(content, np.uint8))


def net_input(picture: Image) -> NDArray[np.float32]:
    """A picture (side, side, 3) as MediaPipe's networks want it, (1, 3, side, side)."""
    return np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32) / np.float32(255)
