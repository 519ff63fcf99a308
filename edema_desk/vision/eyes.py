"""How far eyes are open: MediaPipe's iris network, which sees where the rims of the lids are.

The face mesh does not: it draws open eyes on faces whose eyes are shut. Ablavatski et al.,
Real-time Pupil Tracking from Monocular Video, CVPR Workshop on Computer Vision for AR/VR 2020.
"""

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.domain.terms.mesh import Mesh
from edema_desk.vision.align import warped
from edema_desk.vision.tflite import net_input, shipped_net

_NET_FILE = "iris_landmark.tflite"
_NET_OUTPUT = "output_eyes_contours_and_brows"
_NET_PX = 64
_WINDOW = 2.3
"""Side of what the network reads, in widths of the eye."""
_LEFT_EYE, _RIGHT_EYE = (33, 133), (362, 263)
"""Points of the mesh at the corners of the eyes, left to right in the picture."""
_CORNERS, _LOWER_RIM, _UPPER_RIM = (0, 8), slice(1, 8), slice(9, 16)
"""Of the contour that the network draws, the rims in the same order."""


class EyeReader:
    """MediaPipe's network on the processor."""

    def __init__(self) -> None:
        self._net = shipped_net(_NET_FILE)

    def openings(self, image: Image, mesh: Mesh) -> tuple[float, float]:
        """How far apart the lids of the left and the right eye are on average, in widths of the
        eye: 0.17 to 0.3 in a calm face, below 0.1 when shut or looking down."""
        return (
            self._opening(image, mesh, _LEFT_EYE, mirrored=False),
            self._opening(image, mesh, _RIGHT_EYE, mirrored=True),
        )

    def _opening(
        self, image: Image, mesh: Mesh, corners: tuple[int, int], *, mirrored: bool
    ) -> float:
        window = warped(image, _window_matrix(mesh[corners[0], :2], mesh[corners[1], :2]), _NET_PX)
        self._net.setInput(net_input(window[:, ::-1] if mirrored else window))
        contour = np.asarray(self._net.forward(_NET_OUTPUT), np.float64).reshape(-1, 3)[:, :2]
        width = np.hypot(*(contour[_CORNERS[1]] - contour[_CORNERS[0]]))
        apart = np.hypot(*(contour[_UPPER_RIM] - contour[_LOWER_RIM]).T)
        return float(apart.mean() / max(float(width), 1e-6))


def _window_matrix(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the picture to the square window around an eye, its corners level."""
    across = right - left
    width = max(float(np.hypot(*across)), 1e-6)
    cosine, sine = across / width * (_NET_PX / (_WINDOW * width))
    linear = np.array([[cosine, sine], [-sine, cosine]])
    return np.hstack([linear, (_NET_PX / 2 - linear @ ((left + right) / 2))[:, None]])
