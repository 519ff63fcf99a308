"""What is measured of a camera for its passport: pace, levels, noise and edges."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image

TILES = 8
Tiles = NDArray[np.float64]
"""Mean red, green and blue of each of TILES x TILES parts of a picture, (8, 8, 3)."""

SEEN_CHANGE = 0.12
"""By so much the middle must change for paper to be there."""
FEWEST_PAPER_LOOKS = 8
_SETTLED_SHARE = 0.5
_BLOCK_PX = 16
_DARKEST, _BRIGHTEST = 24.0, 232.0
_EDGE_REACH_PX = 8
_LEAST_CONTRAST = 50.0
_FEWEST_EDGES = 40
_SHARPEST_SHARE = 0.002
_IDEAL_EDGE_PX = 3.0
"""Of photographs and clips of faces the sharpest edges measure 2.7 to 3.4, a step without any
blur 2, and the same photographs blurred by 2.5 px 7.6 to 9."""
_LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, slots=True)
class Pace:
    """Pictures a second, how unevenly they come (standard deviation), the longest wait."""

    fps: float
    jitter_ms: float
    longest_gap_ms: float


@dataclass(frozen=True, slots=True)
class Levels:
    """Shares: how far brightness and colour wandered, and how much single pictures differ."""

    drift: float
    colour_drift: float
    flicker: float


@dataclass(frozen=True, slots=True)
class Following:
    """Shares by which the rest of the picture changed when white paper was held into it."""

    level: float
    colour: float


@dataclass(frozen=True, slots=True)
class Edges:
    """How many pixels the sharpest edges of a picture are wide, whose short side is `height_px`."""

    height_px: int
    width_px: float

    @property
    def effective_height_px(self) -> float:
        """The rows of a sharp picture that would show as much."""
        return self.height_px * min(_IDEAL_EDGE_PX / self.width_px, 1.0)


def pace_of(t_ms: Sequence[float]) -> Pace | None:
    """From the times at which pictures came; None for fewer than three."""
    waits = np.diff(np.asarray(t_ms, np.float64))
    if len(waits) < 2 or waits.sum() <= 0:
        return None
    fps = 1000.0 * len(waits) / float(waits.sum())
    return Pace(fps, float(waits.std()), float(waits.max()))


def tiles_of(image: Image) -> Tiles:
    """The mean colours of a picture's parts, from every fourth pixel."""
    sparse = image[::4, ::4].astype(np.float64)
    height, width = sparse.shape[0] // TILES, sparse.shape[1] // TILES
    whole = sparse[: height * TILES, : width * TILES]
    return np.asarray(whole.reshape(TILES, height, TILES, width, 3).mean(axis=(1, 3)))


def levels_of(looks: Sequence[Tiles], window: int = 50) -> Levels | None:
    """How the picture changed from look to look; None for fewer than three windows of looks.

    Each part is compared with itself and the middle of the parts counts, so that a person who
    moves in some of them does not. Wandering is that of means over a window of looks.
    """
    if len(looks) < 3 * window:
        return None
    level, colours = _logs(np.stack(looks))
    usual = np.median(level[:window], axis=0)
    usual_colours = np.median(colours[:window], axis=0)
    course = np.median(level - usual, axis=(1, 2))
    colour_course = np.median(colours - usual_colours, axis=(1, 2))
    residual = course[1:-1] - (course[:-2] + course[2:]) / 2
    return Levels(
        drift=float(np.ptp(_windows(course, window))),
        colour_drift=float(np.ptp(_windows(colour_course, window), axis=0).max()),
        flicker=float(1.4826 * np.median(np.abs(residual)) / np.sqrt(1.5)),
    )


def following_of(before: Sequence[Tiles], with_paper: Sequence[Tiles]) -> Following | None:
    """How the rim of the picture changed while paper was in its middle; None where no paper was
    seen. Automatic control needs a second or two: the last half of the looks counts."""
    if not before or not with_paper:
        return None
    level, colours = _logs(np.stack(before))
    usual, usual_colours = np.median(level, axis=0), np.median(colours, axis=0)
    paper_level, paper_colours = _logs(np.stack(with_paper))
    change, colour_change = paper_level - usual, paper_colours - usual_colours
    middle = slice(TILES // 4, 3 * TILES // 4)
    # against the rim, which follows automatic control as the middle does
    rim = np.median(change[:, _RIM], axis=1)
    seen = np.median(change[:, middle, middle], axis=(1, 2)) - rim >= SEEN_CHANGE
    if np.count_nonzero(seen) < FEWEST_PAPER_LOOKS:
        return None
    start = int(np.count_nonzero(seen) * _SETTLED_SHARE)
    colour_rim = np.median(colour_change[:, _RIM], axis=1)[seen][start:]
    return Following(
        level=float(np.abs(np.median(rim[seen][start:]))),
        colour=float(np.abs(np.median(colour_rim, axis=0)).max()),
    )


def noise_of(first: Image, second: Image) -> float | None:
    """Standard deviation of a pixel from one picture to the next, in grey levels; None where
    everything is too dark or too bright. The middle of all blocks counts: movement is in few."""
    if first.shape != second.shape:
        return None
    one, other = _luma(first), _luma(second)
    height, width = (side // _BLOCK_PX * _BLOCK_PX for side in one.shape)
    means = _blocks(one[:height, :width]).mean(axis=(1, 3))
    spread = _blocks((one - other)[:height, :width]).std(axis=(1, 3)) / np.sqrt(2.0)
    lit = (means > _DARKEST) & (means < _BRIGHTEST)
    return float(np.median(spread[lit])) if lit.any() else None


def edges_of(image: Image) -> Edges | None:
    """How wide the sharpest clear edges are; None where there are too few of them.

    The width of an edge is its contrast over its steepest slope.
    """
    luma = _luma(image)
    widths = np.concatenate([_edge_widths(luma), _edge_widths(luma.T)])
    if len(widths) < _FEWEST_EDGES:
        return None
    # held upright, a tablet's picture is higher than wide: its lines are those of its short side
    return Edges(min(image.shape[:2]), float(np.median(widths)))


def _edge_widths(luma: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of the steepest places along the rows, those of enough contrast."""
    slope = np.abs(luma[:, 2:] - luma[:, :-2]) / 2
    slope[:, :_EDGE_REACH_PX] = 0.0
    slope[:, -_EDGE_REACH_PX:] = 0.0
    many = max(int(slope.size * _SHARPEST_SHARE), _FEWEST_EDGES)
    if many >= slope.size:
        return np.empty(0)
    places = np.argpartition(slope.ravel(), -many)[-many:]
    places = places[slope.ravel()[places] > 0.0]
    rows, columns = np.unravel_index(places, slope.shape)
    reach = np.arange(-_EDGE_REACH_PX, _EDGE_REACH_PX + 1)
    around = luma[rows[:, None], columns[:, None] + 1 + reach]
    contrast = np.ptp(around, axis=1)
    clear = contrast >= _LEAST_CONTRAST
    return np.asarray(contrast[clear] / slope[rows, columns][clear], np.float64)


def _logs(looks: Tiles) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Logarithms of brightness (n, 8, 8), and of red and blue over green (n, 8, 8, 2)."""
    light = np.log(looks + 1.0)
    return np.log(looks @ _LUMA + 1.0), light[..., [0, 2]] - light[..., [1]]


def _windows(course: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    whole = course[: len(course) // window * window]
    return np.asarray(whole.reshape(-1, window, *course.shape[1:]).mean(axis=1))


def _luma(image: Image) -> NDArray[np.float32]:
    return np.asarray(image.astype(np.float32) @ _LUMA.astype(np.float32))


def _blocks(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """(rows, 16, columns, 16)."""
    height, width = luma.shape
    return luma.reshape(height // _BLOCK_PX, _BLOCK_PX, width // _BLOCK_PX, _BLOCK_PX)


def _rim() -> NDArray[np.bool_]:
    """Above and beside the middle; below are the arms that hold the paper."""
    rim = np.zeros((TILES, TILES), bool)
    rim[0, :] = True
    rim[: TILES * 5 // 8, [0, -1]] = True
    return rim


_RIM = _rim()
