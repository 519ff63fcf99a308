"""Pictures of which no number may be made: covered, turned, unlit, far, drawn, or no face at all.

Each is made of a portrait that is fine by itself, so that the fault alone is judged.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Frame, Image
from edema_desk.synthesis.covers import cover_by_glasses, cover_by_hand, cover_by_mask
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.layout import from_pixels


class Oddity(StrEnum):
    """What is wrong with a picture of the gallery."""

    OTHER_PERSON = "other_person"
    MASK = "mask"
    DARK_GLASSES = "dark_glasses"
    HAND = "hand"
    DARK = "dark"
    OVEREXPOSED = "overexposed"
    TURNED_AWAY = "turned_away"
    BLURRED = "blurred"
    FAR_AWAY = "far_away"
    TWO_FACES = "two_faces"
    PENCIL_DRAWING = "pencil_drawing"
    CARTOON = "cartoon"
    NO_FACE = "no_face"
    NOT_A_FACE = "not_a_face"


HEAD_RADIUS = 1.2
"""Of the head seen as an upright cylinder, in pupil distances: half the width over the ears."""


def make_odd(
    oddity: Oddity, portrait: Portrait, other: Portrait, rng: np.random.Generator
) -> Image:
    """The portrait with one thing wrong with it; `other` shows another person."""
    if oddity is Oddity.OTHER_PERSON:
        return other.image
    if oddity is Oddity.TWO_FACES:
        return _beside(portrait.image, other.image)
    return _MAKERS[oddity](portrait, rng)


def held_still(
    image: Image, rng: np.random.Generator, frames: int = 9, fps: float = 25.0
) -> Iterator[Frame]:
    """A clip of a picture in a hand that trembles, with the noise of a camera."""
    height, width = image.shape[:2]
    for number in range(frames):
        turn, zoom = rng.normal(0.0, 0.6), rng.normal(1.0, 0.006)
        turning = cv2.getRotationMatrix2D((width / 2, height / 2), turn, zoom)
        moved = np.asarray(turning, np.float64)
        moved[:, 2] += rng.normal(0.0, 0.004 * width, 2)
        shown = cv2.warpAffine(image, moved, (width, height), borderMode=cv2.BORDER_REFLECT_101)
        grain = rng.normal(0.0, 1.5, (height, width, 1)).astype(np.float32)
        noisy = np.clip(shown + grain + 0.5, 0, 255)
        yield Frame(number * 1000.0 / fps, noisy.astype(np.uint8))


def turned(portrait: Portrait, yaw_deg: float) -> Image:
    """The head turned about its upright axis, as if it were a cylinder.

    Behind the ear, where a portrait shows nothing, its edge is repeated.
    """
    height, width = portrait.image.shape[:2]
    rows, columns = np.indices((height, width), dtype=np.float32)
    places = from_pixels(portrait.frame, np.stack([columns.ravel(), rows.ravel()], axis=1))
    across = places[:, 0] / HEAD_RADIUS
    on_head = np.abs(across) < 0.999
    angle = np.arcsin(np.clip(across, -0.999, 0.999)) - np.radians(yaw_deg)
    source = np.where(on_head, np.sin(np.clip(angle, -1.5, 1.5)), across) * HEAD_RADIUS
    unturned = np.stack([source, places[:, 1]], axis=1) @ portrait.frame[:, :2].T
    came = (unturned + portrait.frame[:, 2]).astype(np.float32).reshape(height, width, 2)
    shown = cv2.remap(
        portrait.image, came[..., 0], came[..., 1], cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE
    )
    return np.asarray(shown, np.uint8)


def _turned_away(portrait: Portrait, rng: np.random.Generator) -> Image:
    return turned(portrait, float(rng.uniform(35.0, 65.0) * rng.choice((-1.0, 1.0))))


def _dark(portrait: Portrait, rng: np.random.Generator) -> Image:
    light = np.power(portrait.image / 255.0, 2.2) * rng.uniform(0.003, 0.015)
    noise = rng.normal(0.0, 2.5, portrait.image.shape)
    return np.asarray(np.clip(255 * np.power(light, 1 / 2.2) + noise, 0, 255), np.uint8)


def _overexposed(portrait: Portrait, rng: np.random.Generator) -> Image:
    light = np.power(portrait.image / 255.0, 2.2) * rng.uniform(5.0, 12.0)
    return np.asarray(np.clip(255 * np.power(light, 1 / 2.2), 0, 255), np.uint8)


def _blurred(portrait: Portrait, rng: np.random.Generator) -> Image:
    pupils_px = float(np.hypot(portrait.frame[0, 0], portrait.frame[1, 0]))
    reach = float(rng.uniform(0.06, 0.14)) * pupils_px
    if rng.random() < 0.5:
        return np.asarray(cv2.GaussianBlur(portrait.image, (0, 0), reach), np.uint8)
    length = 2 * round(2 * reach) + 1
    streak = np.zeros((length, length), np.float32)
    along = np.array([np.cos(a := rng.uniform(0, np.pi)), np.sin(a)]) * (length // 2)
    x, y = (round(float(v)) for v in along)
    middle = length // 2
    cv2.line(streak, (middle - x, middle - y), (middle + x, middle + y), 1.0)
    return np.asarray(cv2.filter2D(portrait.image, -1, streak / streak.sum()), np.uint8)


def _far_away(portrait: Portrait, rng: np.random.Generator) -> Image:
    """As small as it is across a ward, in a picture of the usual size."""
    height, width = portrait.image.shape[:2]
    pupils_px = float(np.hypot(portrait.frame[0, 0], portrait.frame[1, 0]))
    share = float(rng.uniform(8.0, 24.0)) / pupils_px
    small = cv2.resize(portrait.image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    room = cv2.GaussianBlur(portrait.image, (0, 0), 0.2 * width)
    top = int(rng.integers(0, height - small.shape[0]))
    left = int(rng.integers(0, width - small.shape[1]))
    room[top : top + small.shape[0], left : left + small.shape[1]] = small
    return np.asarray(room, np.uint8)


def _beside(image: Image, other: Image) -> Image:
    height = image.shape[0]
    width = round(other.shape[1] * height / other.shape[0])
    return np.hstack([image, cv2.resize(other, (width, height), interpolation=cv2.INTER_AREA)])


def _pencil_drawing(portrait: Portrait, rng: np.random.Generator) -> Image:
    """The picture divided by its own soft version, which leaves lines on white paper."""
    grey = cv2.cvtColor(portrait.image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    pupils_px = float(np.hypot(portrait.frame[0, 0], portrait.frame[1, 0]))
    soft = cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(0.03, 0.08)) * pupils_px)
    lines = np.clip(255.0 * (grey + 4.0) / (soft + 4.0), 0, 255) ** 2 / 255.0
    paper = np.array([1.0, 1.0, float(rng.uniform(0.9, 1.0))])
    return np.asarray(np.clip(lines, 0, 245)[..., None] * paper, np.uint8)


def _cartoon(portrait: Portrait, rng: np.random.Generator) -> Image:
    """Few flat colours with black outlines, as printed on a poster."""
    flat = portrait.image
    for _ in range(4):
        flat = np.asarray(cv2.bilateralFilter(flat, 9, 40, 9), np.uint8)
    steps = int(rng.integers(4, 6))
    flat = ((flat.astype(np.float32) / 255 * steps).round() * (255 / steps)).astype(np.uint8)
    grey = cv2.medianBlur(cv2.cvtColor(portrait.image, cv2.COLOR_RGB2GRAY), 7)
    outlines = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, 3
    )
    return np.asarray(flat * (outlines[..., None] > 0), np.uint8)


def _no_face(portrait: Portrait, rng: np.random.Generator) -> Image:
    """A wall, with the colours of the portrait and some cloth on it."""
    height, width = portrait.image.shape[:2]
    wall = cv2.GaussianBlur(portrait.image, (0, 0), 0.3 * width).astype(np.float32)
    coarse = rng.normal(0.0, 25.0, (height // 16 + 1, width // 16 + 1)).astype(np.float32)
    folds = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(wall + folds[..., None], 0, 255), np.uint8)


def _not_a_face(portrait: Portrait, rng: np.random.Generator) -> Image:
    """Round, with two eyes and a mouth, and still nobody."""
    height, width = portrait.image.shape[:2]
    image = np.empty((height, width, 3), np.uint8)
    image[:] = rng.integers(40, 220, 3)
    side, middle = min(height, width), (width // 2, height // 2)
    disc = tuple(int(v) for v in rng.integers(120, 255, 3))
    cv2.circle(image, middle, round(0.36 * side), disc, -1, cv2.LINE_AA)
    for across in (-0.13, 0.13):
        eye = (middle[0] + round(across * side), middle[1] - round(0.08 * side))
        cv2.circle(image, eye, round(float(rng.uniform(0.03, 0.06)) * side), (20, 20, 20), -1)
    bent = (round(0.18 * side), round(float(rng.uniform(0.06, 0.14)) * side))
    cv2.ellipse(
        image, (middle[0], middle[1] + round(0.08 * side)), bent, 0, 10, 170, (20, 20, 20), 6
    )
    return image


_MAKERS: Mapping[Oddity, Callable[[Portrait, np.random.Generator], Image]] = {
    Oddity.MASK: cover_by_mask,
    Oddity.DARK_GLASSES: cover_by_glasses,
    Oddity.HAND: cover_by_hand,
    Oddity.DARK: _dark,
    Oddity.OVEREXPOSED: _overexposed,
    Oddity.TURNED_AWAY: _turned_away,
    Oddity.BLURRED: _blurred,
    Oddity.FAR_AWAY: _far_away,
    Oddity.PENCIL_DRAWING: _pencil_drawing,
    Oddity.CARTOON: _cartoon,
    Oddity.NO_FACE: _no_face,
    Oddity.NOT_A_FACE: _not_a_face,
}
