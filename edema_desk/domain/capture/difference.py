"""How one aligned face differs from another in brightness, once the light is taken out.

Light falls on a face as a factor that changes slowly over it. So the two are compared as ratios,
and what is wider than a cheek is taken out of the ratio. What is left is skin, shadow of a fold,
make-up, a moved lip: pixels, of which fluid may be one cause.
"""

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float64]
"""Brightness of a picture, (n, n), 0 to 1."""

LIGHT_SHARE = 48 / 256
"""Of the side of the picture: what is wider than this (as sigma) is light."""
GRAIN_SHARE = 2 / 256
"""What is finer than this is noise, and pores that do not lie exactly over each other."""
_DARK = 0.04
"""Added to both, so that black pixels do not make huge ratios."""
_MOST_OF_LIGHT = 0.3
"""Of a ratio, beside its median: a moved hairline says more, and nothing of the light."""
_AROUND = 0.02
"""What counts of pixels around the face, so that there is a ratio at the edge."""
_LINEAR = (np.arange(256) / 255.0) ** 2.2
_SHARES = np.array([0.2126, 0.7152, 0.0722])
"""Of red, green and blue in the brightness of linear light (ITU-R BT.709)."""


def brightness(rgb: NDArray[np.uint8]) -> Grey:
    """Linear brightness of a picture (n, n, 3)."""
    return np.asarray(_LINEAR[rgb] @ _SHARES)


def difference_map(before: Grey, after: Grey) -> Grey:
    """By how much `after` is brighter than `before` where light is equal: 0.1 is 10 %, negative
    is darker. Both are square and of one size."""
    ratio = np.log(after + _DARK) - np.log(before + _DARK)
    side = len(ratio)
    share = face_share(side)
    ratio = ratio - np.median(ratio[share > 0.5])
    ratio = ratio - _slope(np.clip(ratio, -_MOST_OF_LIGHT, _MOST_OF_LIGHT), share)
    sigma_px = LIGHT_SHARE * side
    weights = share + _AROUND
    told = weights * np.clip(ratio, -_MOST_OF_LIGHT, _MOST_OF_LIGHT)
    light = blurred(told, sigma_px) / blurred(weights, sigma_px)
    return np.asarray(np.expm1(blurred(ratio - light, GRAIN_SHARE * side)))


def _slope(ratio: Grey, share: Grey) -> Grey:
    """Light from one side: the plane that lies nearest to the ratio of the face."""
    places = np.linspace(-1.0, 1.0, len(ratio))
    planes = np.stack(np.broadcast_arrays(1.0, places[None, :], places[:, None], ratio))
    inside = planes[:, share > 0.5]
    found = np.linalg.lstsq(inside[:3].T, inside[3], rcond=None)[0]
    return np.asarray(np.tensordot(found, planes[:3], axes=1))


def blurred(picture: Grey, sigma_px: float) -> Grey:
    """Gaussian; at the edge, what lies outside does not count."""
    places = np.arange(len(picture))
    weights = np.exp(-0.5 * ((places[:, None] - places[None, :]) / sigma_px) ** 2)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(weights @ picture @ weights.T)


def face_share(side: int) -> Grey:
    """How much each pixel of an aligned face counts when it is shown, 0 to 1, (side, side): the
    oval of a face, with a soft edge. What moves around it is pillow and hair."""
    places = (np.arange(side) + 0.5) / side
    across, down = (places - 0.5) / 0.36, (places - 0.52) / 0.44
    far = np.sqrt(across[None, :] ** 2 + down[:, None] ** 2)
    return np.asarray(np.clip((1.0 - far) / 0.12 + 0.5, 0.0, 1.0))
