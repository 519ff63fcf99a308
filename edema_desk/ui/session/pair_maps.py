"""Pictures of maps of the face: a colour for more, one for less, over a face in grey or alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from edema_desk.domain.capture.difference import Grey, brightness, difference_map, face_share
from edema_desk.ui.session.pair_frames import Faces

MOST_FRAMES = 16
"""Of each capture, spread evenly: more change a mean no more."""
DIFFERENCE_LIMIT = 0.2
"""The end of the scale of brightness: 20 % brighter or darker."""
STOPS: NDArray[np.float64] = np.array(
    [[0, 34, 78], [66, 78, 108], [125, 124, 120], [188, 175, 111], [254, 232, 56]], np.float64
)
"""From less over none to more. Their lightness grows evenly, so that they read in grey print and
with any colour vision (five stops of cividis, Nunez et al., PLoS ONE 13(7) e0199239, 2018)."""
_GAMMA = 2.2
_Rgb = NDArray[np.uint8]


def pixels(image: QImage) -> _Rgb:
    """(height, width, 3) of a picture."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    own = rows[:, : 3 * plain.width()].copy()  # the picture's memory goes with it
    return own.reshape(plain.height(), plain.width(), 3)


def mean_brightness(faces: Faces) -> Grey:
    """Of the frames of one capture, laid over each other."""
    count = len(faces)
    chosen = sorted({round(i) for i in np.linspace(0, count - 1, min(count, MOST_FRAMES))})
    return np.asarray(np.mean([brightness(pixels(faces.image(i))) for i in chosen], axis=0))


def difference_of(before: Faces, after: Faces) -> tuple[Grey, Grey]:
    """By how much the face after is brighter, light taken out, and that face itself."""
    face = mean_brightness(after)
    return difference_map(mean_brightness(before), face), face


def scale_of(values: NDArray[np.floating]) -> float:
    """A limit that all but a few pixels of the face stay within."""
    share = face_share(len(values))
    found = np.abs(values[share > 0.5])
    return max(float(np.quantile(found, 0.995)), 1e-12)


def colours(values: NDArray[np.floating], limit: float) -> NDArray[np.float64]:
    """(..., 3), 0 to 255, of values from -limit to limit."""
    place = (np.clip(values / limit, -1.0, 1.0) + 1.0) * 2.0
    return np.stack([np.interp(place, range(5), STOPS[:, i]) for i in range(3)], axis=-1)


def map_alone(values: NDArray[np.floating], limit: float) -> QImage:
    """The map of the face's oval; what is around it is left out."""
    share = face_share(len(values))
    return _image(np.dstack([colours(values, limit), 255.0 * share]))


def map_over(face: Grey, values: NDArray[np.floating], limit: float, strength: float) -> QImage:
    """The map over a face in grey: the more there is, the less of the face is seen. `strength` 0
    shows the face alone."""
    grey = 255.0 * np.clip(face, 0.0, 1.0) ** (1 / _GAMMA)
    much = np.clip(np.abs(values) / limit, 0.0, 1.0) ** 0.7
    alpha = (strength * face_share(len(values)) * much)[..., None]
    mixed = (1.0 - alpha) * grey[..., None] + alpha * colours(values, limit)
    return _image(np.dstack([mixed, np.full_like(grey, 255.0)]))


def bar_colours(count: int = 64) -> Sequence[tuple[int, int, int]]:
    """Of a legend, from less to more."""
    shades = colours(np.linspace(-1.0, 1.0, count), 1.0).round().astype(int)
    return [(int(r), int(g), int(b)) for r, g, b in shades]


def _image(rgba: NDArray[np.float64]) -> QImage:
    data = np.ascontiguousarray(rgba.round().astype(np.uint8))
    height, width = data.shape[:2]
    made = QImage(data.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return made.copy()  # which owns its pixels
