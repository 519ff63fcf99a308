"""Things worn or held before a face: a surgical mask, dark glasses, a hand."""

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.synthesis.field import Array, Field
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.layout import JAW

_FINER = 8
"""Polygons are drawn with as many parts of a pixel, as powers of two: 3 bits."""
_CLOTH = np.array(
    [(205, 222, 235), (232, 234, 236), (160, 200, 190), (45, 45, 52), (225, 190, 205)], np.float32
)


def cover_by_mask(portrait: Portrait, rng: np.random.Generator) -> Image:
    """A surgical mask from the bridge of the nose to below the chin, with its ear loops."""
    jaw = portrait.layout.points[list(JAW)]
    top = float(rng.uniform(0.34, 0.50))
    left, right = float(jaw[0, 0]) * 0.95, float(jaw[-1, 0]) * 0.95
    below = jaw[jaw[:, 1] > top + 0.35] + (0.0, 0.05)
    nose = [(right, top + 0.22), (0.32, top + 0.07), (0.0, top), (-0.32, top + 0.07)]
    outline = np.vstack([[(left, top + 0.22)], below, nose])
    cloth = _CLOTH[rng.integers(len(_CLOTH))] * rng.uniform(0.85, 1.05)
    image = portrait.image.astype(np.float32)
    for x, y in ((left, top + 0.26), (right, top + 0.26), (left, 1.15), (right, 1.15)):
        loop = np.array([(x, y), (x * 1.25, 0.25)])
        image = _laid(image, _line(portrait, loop, 0.025), cloth * 0.9)
    pleats = 1.0 + 0.07 * np.sin(_down(portrait) * float(rng.uniform(22.0, 34.0)))
    light = _lighting(portrait) * pleats[..., None]
    return _picture(_laid(image, _polygon(portrait, outline), cloth * light))


def cover_by_glasses(portrait: Portrait, rng: np.random.Generator) -> Image:
    """Dark glasses that hide both eyes."""
    half = rng.uniform((0.36, 0.26), (0.46, 0.36))
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    # a superellipse: between round and square
    shape = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    shape = np.sign(shape) * np.abs(shape) ** float(rng.uniform(0.5, 1.0)) * half
    glass = rng.uniform(8, 40) * np.ones(3, np.float32)
    image = portrait.image.astype(np.float32)
    for side in (-1.0, 1.0):
        temple = np.array([(side * (0.5 + half[0]), -0.05), (side * 1.2, -0.1)])
        image = _laid(image, _line(portrait, temple, 0.05), glass * 0.6)
        image = _laid(image, _polygon(portrait, shape + np.array([side * 0.5, 0.03])), glass)
    bridge = np.array([(-0.2, -0.05), (0.2, -0.05)])
    return _picture(_laid(image, _line(portrait, bridge, 0.06), glass * 0.6))


def cover_by_hand(portrait: Portrait, rng: np.random.Generator) -> Image:
    """Four fingers and a palm, over the mouth and a cheek or over an eye."""
    colour = _cheek_colour(portrait) * rng.uniform(0.85, 1.05)
    side = float(rng.choice((-1.0, 1.0)))
    tip = np.array([side * rng.uniform(-0.5, -0.2), rng.uniform(0.5, 1.1)])
    if rng.random() < 0.4:
        tip = np.array([side * rng.uniform(0.15, 0.35), rng.uniform(-0.2, 0.1)])
    along = np.array([side, rng.uniform(0.5, 1.1)])
    along /= np.hypot(*along)
    across = np.array([-along[1], along[0]])
    light = _lighting(portrait)
    image = portrait.image.astype(np.float32)
    palm = tip + along * 1.15
    image = _laid(image, _line(portrait, np.stack([palm, palm + along]), 0.75), colour * light)
    for number, reach in enumerate((0.12, 0.0, 0.04, 0.2)):
        root = palm + across * (number - 1.5) * 0.21
        finger = np.stack([tip + across * (number - 1.5) * 0.24 + along * reach, root])
        image = _laid(image, _line(portrait, finger, 0.28), colour * 0.72 * light)
        image = _laid(image, _line(portrait, finger, 0.23), colour * light)
    return _picture(image)


def _polygon(portrait: Portrait, outline: Array) -> Field:
    """1 inside an outline of the face frame, 0 outside, soft at its edge."""
    area = np.zeros(portrait.image.shape[:2], np.float32)
    cv2.fillPoly(area, [_pixels(portrait, outline)], 1.0, cv2.LINE_AA, shift=3)
    return _softened(portrait, area)


def _line(portrait: Portrait, ends: Array, width: float) -> Field:
    """1 on a round-ended line of that width, in pupil distances."""
    area = np.zeros(portrait.image.shape[:2], np.float32)
    first, last = (tuple(int(v) for v in end) for end in _pixels(portrait, ends))
    thickness = max(round(width * _pupils_px(portrait)), 1)
    cv2.line(area, first, last, 1.0, thickness, cv2.LINE_AA, shift=3)
    return _softened(portrait, area)


def _softened(portrait: Portrait, area: Field) -> Field:
    return np.asarray(cv2.GaussianBlur(area, (0, 0), 0.3 + 0.006 * _pupils_px(portrait)))


def _pixels(portrait: Portrait, points: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    frame = portrait.frame
    return np.round((points @ frame[:, :2].T + frame[:, 2]) * _FINER).astype(np.int32)


def _pupils_px(portrait: Portrait) -> float:
    return float(np.hypot(portrait.frame[0, 0], portrait.frame[1, 0]))


def _down(portrait: Portrait) -> Field:
    """How far each pixel lies below the pupils, in pupil distances."""
    inverse = np.linalg.inv(portrait.frame[:, :2])
    rows, columns = np.indices(portrait.image.shape[:2], dtype=np.float32)
    shift = portrait.frame[:, 2]
    down = inverse[1, 0] * (columns - shift[0]) + inverse[1, 1] * (rows - shift[1])
    return np.asarray(down, np.float32)


def _lighting(portrait: Portrait) -> Field:
    """The light on the face, without its detail: (height, width, 1), 1 on average at the face."""
    grey = portrait.image.mean(axis=2, dtype=np.float32)
    wide = cv2.GaussianBlur(grey, (0, 0), 0.5 * _pupils_px(portrait))
    x, y = (portrait.frame @ (0.0, 0.6, 1.0)).round().astype(int)
    height, width = grey.shape
    here = float(wide[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)])
    return np.asarray(np.clip(wide / max(here, 1.0), 0.4, 1.3)[..., None], np.float32)


def _cheek_colour(portrait: Portrait) -> Field:
    """The colour of the skin beside the nose."""
    places = _pixels(portrait, np.array([(-0.5, 0.6), (0.5, 0.6)])) // _FINER
    height, width = portrait.image.shape[:2]
    seen = [
        portrait.image[min(max(y, 0), height - 1), min(max(x, 0), width - 1)] for x, y in places
    ]
    return np.asarray(np.mean(seen, axis=0), np.float32)


def _laid(image: Field, cover: Field, colour: Field) -> Field:
    return np.asarray(image + cover[..., None] * (colour - image), np.float32)


def _picture(image: Field) -> Image:
    return np.asarray(np.clip(image + 0.5, 0, 255), np.uint8)
