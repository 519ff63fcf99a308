"""The 468 points of a face: MediaPipe's mesh network, run by OpenCV.

It reads a square window around the face. Laid by five points the window shakes as they do, so
a first reading lays it anew; then the mean is taken over that window and its mirror image,
which takes a quarter of the shaking away and treats left and right alike.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.geometry import Points, crop_matrix
from edema_desk.domain.terms.mesh import MESH_POINTS, Mesh, mesh_crop_matrix, mirror_order
from edema_desk.vision.align import warped
from edema_desk.vision.tflite import net_input, shipped_net

_NET_FILE = "face_landmark.tflite"
_NET_OUTPUT = "conv2d_20"
_NET_PX = 192
_WINDOW = (-8.0, 0.0, 272.0)
"""Left, top and side of what the network reads, in pixels of the crop: the mesh of an average face
and half its height beside it, as the network is used to."""


class MeshReader(Protocol):
    """What vision asks of a finder of many points. Depends on its arguments alone."""

    def read(self, image: Image, points: Points) -> Mesh:
        """The mesh of the face whose five points are given, in pixels of the picture."""
        ...


class FaceMesh:
    """MediaPipe's network on the processor."""

    def __init__(self) -> None:
        self._net = shipped_net(_NET_FILE)
        self._mirrored = mirror_order()

    def read(self, image: Image, points: Points) -> Mesh:
        """See `MeshReader.read`."""
        rough = self._place(image, _window_matrix(crop_matrix(points)), both=False)
        return self._place(image, _window_matrix(mesh_crop_matrix(rough)), both=True)

    def _place(self, image: Image, matrix: NDArray[np.float64], *, both: bool) -> Mesh:
        """The mesh by one window, with `both` the mean over it and its mirror image."""
        window = warped(image, matrix, _NET_PX)
        found = self._forward(window)
        if both:
            mirrored = self._forward(window[:, ::-1]) * (-1.0, 1.0, 1.0) + (_NET_PX, 0.0, 0.0)
            found = (found + mirrored[self._mirrored]) / 2
        places = (found[:, :2] - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
        return np.hstack([places, found[:, 2:] / np.hypot(matrix[0, 0], matrix[1, 0])])

    def _forward(self, window: Image) -> Mesh:
        self._net.setInput(net_input(window))
        return np.asarray(self._net.forward(_NET_OUTPUT), np.float64).reshape(MESH_POINTS, 3)


def _window_matrix(to_crop: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the picture to the network's window of the face that `to_crop` brings to the crop."""
    left, top, side = _WINDOW
    matrix = to_crop.copy()
    matrix[:, 2] -= (left, top)
    return matrix * (_NET_PX / side)
