"""Clips of a drawn face with one thing wrong, for the commands to refuse."""

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Frame, Image
from edema_desk.media.writer import ClipWriter

WALL = (205, 208, 212)
WIDTH, HEIGHT = 480, 560


def scene(portrait: Image, *, face_height: float = 1.0, shift: tuple[int, int] = (0, 0)) -> Image:
    """The portrait on a wall, as tall as this share of the picture."""
    picture = np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
    height = round(HEIGHT * face_height)
    width = round(portrait.shape[1] * height / portrait.shape[0])
    small = cv2.resize(portrait, (width, height), interpolation=cv2.INTER_AREA)
    top, left = (HEIGHT - height) // 2 + shift[1], (WIDTH - width) // 2 + shift[0]
    y0, x0 = max(top, 0), max(left, 0)
    part = small[y0 - top : HEIGHT - top, x0 - left : WIDTH - left]
    picture[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]] = part
    return picture


def two_faces(portrait: Image) -> Image:
    """The same face twice, side by side."""
    half = cv2.resize(portrait, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    picture = np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
    picture[HEIGHT // 4 : HEIGHT // 4 + HEIGHT // 2] = np.hstack([half, half])
    return picture


def dark(portrait: Image) -> Image:
    """Hardly any light."""
    return np.asarray(scene(portrait) * 0.06, np.uint8)


def blurred(portrait: Image) -> Image:
    """Far out of focus."""
    return np.asarray(cv2.GaussianBlur(scene(portrait), (0, 0), 9.0), np.uint8)


def turned(portrait: Image) -> Image:
    """The middle of the face moved sideways, as a head that looks away shows it."""
    across = np.linspace(-1.0, 1.0, WIDTH, dtype=np.float32)
    moved = (across + 0.24 * np.exp(-((across / 0.25) ** 2)) + 1) / 2 * (WIDTH - 1)
    x = np.tile(moved.astype(np.float32), (HEIGHT, 1))
    y = np.tile(np.arange(HEIGHT, dtype=np.float32)[:, None], (1, WIDTH))
    return np.asarray(cv2.remap(scene(portrait), x, y, cv2.INTER_LINEAR), np.uint8)


def write_still(
    path: Path,
    picture: Image,
    *,
    frames: int = 12,
    times_ms: Sequence[float] | None = None,
    rotation_deg: int = 0,
) -> Path:
    """A clip in which the picture stays as it is."""
    height, width = picture.shape[:2]
    with ClipWriter(path, width, height, rotation_deg=rotation_deg) as writer:
        for t_ms in times_ms or [80.0 * i for i in range(frames)]:
            writer.write(Frame(t_ms, picture))
    return path


Fault = Callable[[Image], Image]
