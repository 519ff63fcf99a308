"""A still face filmed: swelling, motion, light and camera become the frames of a clip."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.synthesis.field import Array, Field, sample
from edema_desk.synthesis.layout import Layout
from edema_desk.synthesis.nuisance import REST_LIGHT, HeadFields, Look, Motion, head_fields
from edema_desk.synthesis.openings import EyeLids, Lips, close_lids, eye_lids, lips, part_lips
from edema_desk.synthesis.swelling import (
    RegionFields,
    Swelling,
    SwellingStyle,
    region_fields,
    repaint,
    shade,
)

CLIP_SIZE = (480, 600)
"""Width and height of the clips of still faces."""
CLIP_PUPILS_PX = 118.0
"""Pupil distance in them, before the head moves."""
_EYES_AT = (0.5, 0.42)
_STRIDE = 4
_MOUTH_DARK = np.array([0.60, 0.68, 0.68], np.float32)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of one face. `frame` (2, 3) takes the face frame to its pixels."""

    image: Image
    frame: Array
    layout: Layout


@dataclass(frozen=True, slots=True)
class Sitter:
    """A portrait with everything that can be worked out once about its face."""

    portrait: Portrait
    regions: RegionFields
    head: HeadFields
    lids: tuple[EyeLids, EyeLids]
    lips: Lips


def seat(portrait: Portrait, style: SwellingStyle) -> Sitter:
    """Prepare a portrait for filming."""
    layout = portrait.layout
    return Sitter(
        portrait, region_fields(layout, style), head_fields(layout), eye_lids(layout), lips(layout)
    )


def film(
    sitter: Sitter,
    swelling: Swelling,
    look: Look,
    motion: Motion,
    rng: np.random.Generator,
) -> Iterator[Image]:
    """The frames of one clip, CLIP_SIZE large, one for each row of `motion`."""
    painted = _painted(sitter, swelling, look)
    camera = Camera(look, CLIP_SIZE, rng)
    for i in range(len(motion.lids)):
        came_from, mouth = _source_map(sitter, swelling, motion, i)
        shown = cv2.remap(
            painted,
            came_from[..., 0],
            came_from[..., 1],
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        picture = np.asarray(shown, np.uint8)
        if mouth is not None:
            _darken(picture, mouth)
        yield camera.take(picture, float(motion.level[i]))


class Camera:
    """Colour, tone and noise of one clip."""

    def __init__(self, look: Look, size: tuple[int, int], rng: np.random.Generator) -> None:
        self._look, self._size, self._rng = look, size, rng
        width, height = size
        grain = rng.standard_normal((height + 64, width + 64, 3), dtype=np.float32)
        grain = 0.6 * grain + 0.8 * grain[..., :1]
        self._grain = np.round(look.noise * cv2.GaussianBlur(grain, (0, 0), 0.55) * 1.6).astype(
            np.int16
        )

    def take(self, picture: Image, level: float = 1.0) -> Image:
        """The picture as this camera gives it; `level` is the exposure of this frame."""
        toned = cv2.LUT(picture, self._tone(level))
        left, top = (int(v) for v in self._rng.integers(0, 64, 2))
        width, height = self._size
        grain = self._grain[top : top + height, left : left + width]
        return np.asarray(cv2.add(toned, grain, dtype=cv2.CV_8U), np.uint8)

    def _tone(self, level: float) -> NDArray[np.uint8]:
        look = self._look
        steps = (np.arange(256, dtype=np.float64) / 255)[:, None]
        linear = np.power(steps, 2.2) * look.gain * level * np.array(look.white)
        curve = np.power(linear, look.gamma / 2.2)
        curve = 0.5 + look.contrast * (curve - 0.5)
        soft = np.where(curve > 0.9, 0.9 + 0.1 * np.tanh((curve - 0.9) / 0.1), curve)
        return np.asarray(np.clip(soft * 255 + 0.5, 0, 255), np.uint8)[None]


def _darken(picture: Image, mouth: Field) -> None:
    """Paint the inside of the mouth in place."""
    left, top, width, height = cv2.boundingRect((mouth > 0).astype(np.uint8))
    spot = (slice(top, top + height), slice(left, left + width))
    picture[spot] = picture[spot] * (1 - mouth[spot][..., None] * _MOUTH_DARK)


def relight(facing: Field, light: tuple[float, float]) -> Field:
    """Factor on the linear light when the light moves from where portraits have it."""
    lean = facing @ (np.array(light) - np.array(REST_LIGHT)).astype(np.float32)
    return np.asarray(1.0 + 0.5 * np.tanh(lean / 0.5), np.float32)


def _painted(sitter: Sitter, swelling: Swelling, look: Look) -> Image:
    portrait = sitter.portrait
    scale = float(np.hypot(portrait.frame[0, 0], portrait.frame[1, 0]))
    factor = shade(swelling, look.light) * relight(sitter.head.facing, look.light)
    painted = repaint(portrait.image, portrait.frame, swelling, factor, scale)
    sigma = look.blur * scale / CLIP_PUPILS_PX
    if sigma > 0.25:
        painted = np.asarray(cv2.GaussianBlur(painted, (0, 0), sigma), np.uint8)
    return painted


def _face_to_clip(motion: Motion, i: int) -> Array:
    """The (2, 2) and shift that take the face frame to pixels of frame `i`, as (2, 3)."""
    size = CLIP_PUPILS_PX * motion.scale[i]
    cosine, sine = size * np.cos(motion.roll[i]), size * np.sin(motion.roll[i])
    x, y = np.array(_EYES_AT) * CLIP_SIZE + motion.shift[i] * CLIP_PUPILS_PX
    return np.array([[cosine, -sine, x], [sine, cosine, y]])


def _source_map(
    sitter: Sitter, swelling: Swelling, motion: Motion, i: int
) -> tuple[Field, Field | None]:
    """For each pixel of frame `i`, the pixel of the portrait it shows, (height, width, 2), and
    how far it lies within the open mouth, (height, width), None when it is shut."""
    width, height = CLIP_SIZE
    inverse = cv2.invertAffineTransform(_face_to_clip(motion, i)).astype(np.float32)
    rows, columns = np.mgrid[0 : height + _STRIDE : _STRIDE, 0 : width + _STRIDE : _STRIDE]
    nodes = np.dstack([columns, rows]).astype(np.float32)
    face = nodes @ inverse[:, :2].T + inverse[:, 2]
    head = sitter.head
    moved = np.tensordot(motion.turn[i].astype(np.float32), head.turn, axes=1)
    moved += np.tensordot(motion.expression[i].astype(np.float32), head.expression, axes=1)
    rest = face - sample(moved, face[..., 0], face[..., 1])
    mouth = None
    if motion.mouth[i] > 0.01:
        rest, within = part_lips(sitter.lips, rest, float(motion.mouth[i]))
        mouth = _finer(within)
    full = _finer(_to_portrait(sitter, swelling, rest))
    if motion.lids[i] > 0.02:
        _lower_lids(sitter, swelling, rest, float(motion.lids[i]), full)
    return full, mouth


def _lower_lids(
    sitter: Sitter, swelling: Swelling, rest: Field, closed: float, full: Field
) -> None:
    """Close both eyes in `full`, at the full resolution that lashes need."""
    fine = _finer(rest)
    for eye in sitter.lids:
        box = _box_of(eye, rest)
        if box is not None:
            top, bottom, left, right = box
            lowered = close_lids(eye, fine[top:bottom, left:right], closed)
            full[top:bottom, left:right] = _to_portrait(sitter, swelling, lowered)


def _to_portrait(sitter: Sitter, swelling: Swelling, rest: Field) -> Field:
    unswollen = rest - sample(swelling.backward, rest[..., 0], rest[..., 1])
    frame = sitter.portrait.frame.astype(np.float32)
    return np.asarray(unswollen @ frame[:, :2].T + frame[:, 2], np.float32)


def _finer(coarse: Field) -> Field:
    grow = np.array([[_STRIDE, 0, 0], [0, _STRIDE, 0]], np.float32)
    return np.asarray(cv2.warpAffine(coarse, grow, CLIP_SIZE, flags=cv2.INTER_LINEAR), np.float32)


def _box_of(eye: EyeLids, rest: Field) -> tuple[int, int, int, int] | None:
    """The pixels that may show this eye: top, bottom, left, right."""
    near = np.abs(rest[..., 0] - eye.middle[0]) < eye.reach[0]
    near &= np.abs(rest[..., 1] - eye.middle[1]) < eye.reach[1]
    rows, columns = np.nonzero(near)
    if len(rows) == 0:
        return None
    width, height = CLIP_SIZE
    top, bottom = int(rows.min() - 1) * _STRIDE, int(rows.max() + 2) * _STRIDE
    left, right = int(columns.min() - 1) * _STRIDE, int(columns.max() + 2) * _STRIDE
    return max(top, 0), min(bottom, height), max(left, 0), min(right, width)
