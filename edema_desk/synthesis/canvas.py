"""A picture in linear light on which a portrait is painted, with places in the face frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from edema_desk.domain.capture.clips import Image
from edema_desk.synthesis.field import Array, Field

_SHIFT = 4
Place = Sequence[float] | Array


@dataclass(frozen=True, slots=True)
class Canvas:
    """`light` (height, width, 3), linear; `x` and `y` (height, width) in the face frame."""

    light: Field
    x: Field
    y: Field
    scale: float
    origin: tuple[float, float]

    def part(self, left: float, top: float, right: float, bottom: float) -> "Canvas":
        """The same canvas seen through a window; what is painted there is painted here."""
        columns = slice(*np.searchsorted(self.x[0], (left, right)))
        rows = slice(*np.searchsorted(self.y[:, 0], (top, bottom)))
        x, y = self.x[rows, columns], self.y[rows, columns]
        return Canvas(self.light[rows, columns], x, y, self.scale, (float(x[0, 0]), float(y[0, 0])))

    def cover(self, colour: Field | Array, mask: Field) -> None:
        """Paint a linear colour (3,) or picture (height, width, 3) over where `mask` is 1."""
        self.light[:] += mask[..., None] * (colour - self.light)

    def darken(self, mask: Field, tint: Sequence[float]) -> None:
        """Multiply the light by `tint` (3,) where `mask` is 1."""
        self.light[:] *= 1 - mask[..., None] * (1 - np.asarray(tint, np.float32))

    def area(self, outline: Array, soft: float = 0.006) -> Field:
        """1 within a closed outline (n, 2) of the face frame, softened at its edge."""
        mask = np.zeros(self.x.shape, np.uint8)
        cv2.fillPoly(mask, [self._nodes(outline)], 255, cv2.LINE_AA, _SHIFT)
        return self.blurred(np.asarray(mask / 255, np.float32), soft)

    def line(self, path: Array, width: float, soft: float = 0.004) -> Field:
        """1 along a path (n, 2), `width` wide."""
        mask = np.zeros(self.x.shape, np.uint8)
        thick = max(round(width * self.scale), 1)
        cv2.polylines(mask, [self._nodes(path)], False, 255, thick, cv2.LINE_AA, _SHIFT)
        return self.blurred(np.asarray(mask / 255, np.float32), soft)

    def strokes(self, paths: Sequence[Array], strengths: Array, width_px: int = 1) -> Field:
        """Many fine lines, each as strong as its `strengths`; later ones lie on top."""
        mask = np.zeros(self.x.shape, np.uint8)
        for path, strength in zip(paths, strengths, strict=True):
            shade = int(np.clip(255 * strength, 1, 255))
            cv2.polylines(mask, [self._nodes(path)], False, shade, width_px, cv2.LINE_AA, _SHIFT)
        return np.asarray(mask / 255, np.float32)

    def blob(self, centre: Place, width: tuple[float, float], tilt: float = 0.0) -> Field:
        """A Gaussian spot of height 1."""
        if tilt == 0.0:
            across_x = np.exp(-0.5 * ((self.x[0] - centre[0]) / width[0]) ** 2)
            down_y = np.exp(-0.5 * ((self.y[:, 0] - centre[1]) / width[1]) ** 2)
            return np.outer(down_y, across_x).astype(np.float32)
        x, y = self.x - np.float32(centre[0]), self.y - np.float32(centre[1])
        cosine, sine = np.float32(np.cos(tilt)), np.float32(np.sin(tilt))
        along, across = x * cosine + y * sine, y * cosine - x * sine
        return np.exp(-0.5 * ((along / width[0]) ** 2 + (across / width[1]) ** 2)).astype(
            np.float32
        )

    def blurred(self, field: Field, sigma: float) -> Field:
        """`field` blurred by `sigma` pupil distances."""
        pixels = sigma * self.scale
        if pixels < 0.2:
            return field
        return np.asarray(cv2.GaussianBlur(field, (0, 0), pixels), np.float32)

    def grain(self, rng: np.random.Generator, size: float) -> Field:
        """Smooth random texture with a standard deviation of 1 and patches of `size`."""
        height, width = self.x.shape
        cells = (
            max(round(height / size / self.scale), 2),
            max(round(width / size / self.scale), 2),
        )
        coarse = rng.standard_normal(cells, dtype=np.float32)
        fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(fine / max(float(fine.std()), 1e-6), np.float32)

    def finished(self, width: int, height: int) -> Image:
        """The picture for a screen, reduced to its final size."""
        small = cv2.resize(self.light, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(np.clip(np.clip(small, 0, 1) ** (1 / 2.2) * 255 + 0.5, 0, 255), np.uint8)

    def _nodes(self, points: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        pixels = (np.asarray(points, np.float64) - self.origin) * self.scale
        return np.asarray(np.round(pixels * 2**_SHIFT), np.int32)


def blank_canvas(scale: float, left: float, top: float, right: float, bottom: float) -> Canvas:
    """An empty canvas over a part of the face frame, `scale` pixels a pupil distance."""
    width, height = round((right - left) * scale), round((bottom - top) * scale)
    x, y = np.meshgrid(
        left + np.arange(width, dtype=np.float32) / np.float32(scale),
        top + np.arange(height, dtype=np.float32) / np.float32(scale),
    )
    light = np.zeros((height, width, 3), np.float32)
    return Canvas(light, x.astype(np.float32), y.astype(np.float32), scale, (left, top))


def linear(colour: Place) -> Field:
    """A screen colour in linear light, (3,)."""
    return np.power(np.asarray(colour, np.float32), np.float32(2.2)).astype(np.float32)


def smooth_path(points: Array, closed: bool = False, steps: int = 12) -> Array:
    """A Catmull-Rom curve through `points` (n, 2)."""
    if closed:
        padded = np.vstack([points[-1:], points, points[:2]])
    else:
        padded = np.vstack([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        parts.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    curve = np.vstack(parts)
    return curve if closed else np.vstack([curve, points[-1:]])
