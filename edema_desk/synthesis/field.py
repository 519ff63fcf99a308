"""Smooth vector fields over a face, on a coarse grid in the face frame."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Field = NDArray[np.float32]
"""(GRID_SIDE, GRID_SIDE) heights or (GRID_SIDE, GRID_SIDE, 2) displacements."""

GRID_SIDE = 177
GRID_STEP = 1 / 40
GRID_ORIGIN = (-2.2, -1.8)


@dataclass(frozen=True, slots=True)
class Grid:
    """The x and y of every node, (GRID_SIDE, GRID_SIDE) each."""

    x: Field
    y: Field


def make_grid() -> Grid:
    """The one grid all fields share."""
    steps = np.arange(GRID_SIDE, dtype=np.float32) * np.float32(GRID_STEP)
    x, y = np.meshgrid(steps + np.float32(GRID_ORIGIN[0]), steps + np.float32(GRID_ORIGIN[1]))
    return Grid(x, y)


def bump(grid: Grid, centre: Array, width: tuple[float, float], tilt: float = 0.0) -> Field:
    """A Gaussian hill of height 1; `width` its two standard deviations, turned by `tilt` rad."""
    along, across = _rotated(grid, centre, tilt)
    hill: Field = np.exp(-0.5 * ((along / width[0]) ** 2 + (across / width[1]) ** 2)).astype(
        np.float32
    )
    return hill


def bulge(grid: Grid, centre: Array, width: tuple[float, float], tilt: float = 0.0) -> Field:
    """What a hill that rises towards the camera does in the picture: all moves away from its
    centre, most at one standard deviation."""
    along, across = _rotated(grid, centre, tilt)
    hill = np.exp(-0.5 * ((along / width[0]) ** 2 + (across / width[1]) ** 2))
    u, v = along / width[0] * hill, across / width[1] * hill
    cosine, sine = np.cos(tilt), np.sin(tilt)
    return np.dstack([u * cosine - v * sine, u * sine + v * cosine]).astype(np.float32)


def push(grid: Grid, centre: Array, width: tuple[float, float], direction: Array) -> Field:
    """A shift along `direction` that fades away from `centre`."""
    return bump(grid, centre, width)[..., None] * np.asarray(direction, np.float32)


def unit(field: Field) -> Field:
    """The field scaled so that its largest displacement (or height) is 1."""
    size = np.hypot(field[..., 0], field[..., 1]) if field.ndim == 3 else np.abs(field)
    return (field / max(float(size.max()), 1e-9)).astype(np.float32)


def backward(forward: Field, rounds: int = 4) -> Field:
    """For each place where something ends up, how far it has come: the inverse of `forward`.

    Solves b(q) = d(q - b(q)) by repetition, which converges where `forward` does not fold.
    """
    moved = forward
    step = np.float32(GRID_STEP)
    rows, columns = np.indices(forward.shape[:2], dtype=np.float32)
    for _ in range(rounds):
        came_x, came_y = columns - moved[..., 0] / step, rows - moved[..., 1] / step
        moved = np.asarray(cv2.remap(forward, came_x, came_y, cv2.INTER_LINEAR), np.float32)
    return moved


def sample(field: Field, x: Field, y: Field) -> Field:
    """The field at places of the face frame; zero off the grid."""
    return np.asarray(
        cv2.remap(
            field,
            (x - np.float32(GRID_ORIGIN[0])) / np.float32(GRID_STEP),
            (y - np.float32(GRID_ORIGIN[1])) / np.float32(GRID_STEP),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
        ),
        np.float32,
    )


def over_picture(field: Field, frame: Array, size: tuple[int, int]) -> Field:
    """Values of a field for each pixel of a picture of `size` (width, height).

    `frame` takes the face frame to pixels. Vectors stay in units of the face frame.
    """
    node_to_face = np.array(
        [[GRID_STEP, 0, GRID_ORIGIN[0]], [0, GRID_STEP, GRID_ORIGIN[1]], [0, 0, 1]]
    )
    node_to_pixel = frame @ node_to_face
    return np.asarray(
        cv2.warpAffine(field, node_to_pixel, size, flags=cv2.INTER_LINEAR), np.float32
    )


def _rotated(grid: Grid, centre: Array, tilt: float) -> tuple[Field, Field]:
    x, y = grid.x - np.float32(centre[0]), grid.y - np.float32(centre[1])
    cosine, sine = np.float32(np.cos(tilt)), np.float32(np.sin(tilt))
    return x * cosine + y * sine, y * cosine - x * sine
