"""Fluid in a face: how far each region's skin moves, and how its shading changes.

An amplitude of 1 mm in a region means that the skin there comes 1 mm outward: the outline of
jaw and cheek moves by 1 mm, and inside the face the skin moves away from the middle of the
region by up to 1 mm in the picture, as a lens would show it. The normals tilt by the slope of
the hill, which changes the shading after Lambert, and fine creases are softened.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.capture.clips import Image
from edema_desk.synthesis.cohort import REGIONS
from edema_desk.synthesis.field import (
    GRID_STEP,
    Array,
    Field,
    Grid,
    backward,
    bulge,
    bump,
    make_grid,
    over_picture,
    push,
    unit,
)
from edema_desk.synthesis.layout import (
    CREASES,
    JAW,
    LID_CORNERS,
    LOWER_MARGINS,
    PUPIL_DISTANCE_MM,
    PUPILS,
    TROUGHS,
    UPPER_MARGINS,
    Layout,
)

_STIFF_MM = np.array([7.0, 5.5, 18.0, 13.0, 8.0, 10.0])
"""Amplitude that a region approaches but never reaches, by region: skin stiffens, and beyond
it the picture would fold."""


@dataclass(frozen=True, slots=True)
class SwellingStyle:
    """How fluid looks. Training varies it; reported tables use the defaults.

    `width` scales the size of the regions, `amplitude` the millimetres, `shading` the change of
    light (1 is Lambert's law), `softening` the loss of fine creases a millimetre, `height` how
    far a hill stands out for each millimetre it moves skin in the picture.
    """

    width: float = 1.0
    amplitude: float = 1.0
    shading: float = 1.0
    softening: float = 0.10
    height: float = 1.0


def draw_style(rng: np.random.Generator) -> SwellingStyle:
    """How fluid looks in one person of a study whose people differ in it widely."""
    return SwellingStyle(
        width=float(np.exp(rng.uniform(-0.4, 0.4))),
        amplitude=float(np.exp(rng.normal(0.0, 0.25))),
        shading=float(rng.uniform(0.0, 1.6)),
        softening=float(rng.uniform(0.0, 0.2)),
        height=float(np.exp(rng.uniform(-0.7, 0.4))),
    )


@dataclass(frozen=True, slots=True)
class RegionFields:
    """Of one face, for one millimetre: displacement (6, side, side, 2) with a largest value of
    1, height (6, side, side) likewise, and the eye openings (side, side), which do not swell."""

    displacement: Field
    height: Field
    eyes: Field


@dataclass(frozen=True, slots=True)
class Swelling:
    """One face as swollen as it is in one capture, on the grid of the face frame.

    `backward` in pupil distances: where a place of the swollen face was before. `slope` (…, 2)
    dimensionless, `puffed` the height in millimetres.
    """

    backward: Field
    slope: Field
    puffed: Field
    style: SwellingStyle


def region_fields(layout: Layout, style: SwellingStyle | None = None) -> RegionFields:
    """Draw the six regions on a face."""
    width = (style or SwellingStyle()).width
    grid = make_grid()
    drawn = (
        _upper_lids(grid, layout, width),
        _lower_lids(grid, layout, width),
        _cheeks(grid, layout, width),
        _jaw(grid, layout, width),
        _lips(grid, layout, width),
        _nose(grid, layout, width),
    )
    eyes = _eye_openings(grid, layout)
    still = 1.0 - 0.5 * eyes
    displacement = np.stack([unit(d * still[..., None]) for d, _ in drawn])
    height = np.stack([unit(h) for _, h in drawn])
    return RegionFields(displacement, height, eyes)


def stiffened_mm(region_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is left of an amplitude where the skin stiffens; nearly all of it up to 3 mm."""
    return np.asarray(_STIFF_MM * np.tanh(region_mm / _STIFF_MM), np.float64)


def forward_field(
    fields: RegionFields, region_mm: NDArray[np.float64], style: SwellingStyle
) -> Field:
    """How far each place of the unswollen face moves, in pupil distances."""
    if len(region_mm) != len(REGIONS):
        raise ValueError(f"{len(REGIONS)} regions, not {len(region_mm)}")
    amplitude = stiffened_mm(region_mm * style.amplitude) / PUPIL_DISTANCE_MM
    return np.tensordot(amplitude.astype(np.float32), fields.displacement, axes=1)


def swell(
    fields: RegionFields, region_mm: NDArray[np.float64], style: SwellingStyle | None = None
) -> Swelling:
    """The face with `region_mm` (6,) of outward millimetres, before any style."""
    style = style or SwellingStyle()
    forward = forward_field(fields, region_mm, style)
    amplitude = stiffened_mm(region_mm * style.amplitude * style.height).astype(np.float32)
    puffed = np.tensordot(amplitude, fields.height, axes=1)
    slope_y, slope_x = np.gradient(puffed, GRID_STEP * PUPIL_DISTANCE_MM)
    skin = 1 - fields.eyes
    slope = np.dstack([slope_x, slope_y]) * skin[..., None]
    return Swelling(
        backward(forward), slope.astype(np.float32), (puffed * skin).astype(np.float32), style
    )


def shade(swelling: Swelling, light: tuple[float, float]) -> Field:
    """Factor on the linear light of the skin, on the grid. `light`: the light's direction
    towards right and down, relative to its part along the camera's axis."""
    facing = -(swelling.slope[..., 0] * light[0] + swelling.slope[..., 1] * light[1])
    return (1.0 + 0.6 * np.tanh(swelling.style.shading * facing / 0.6)).astype(np.float32)


def repaint(
    image: Image, frame: Array, swelling: Swelling, factor: Field, pixels_per_unit: float
) -> Image:
    """The picture with light changed by `factor` (on the grid, linear) and creases softened.

    Nothing moves yet. `frame` takes the face frame to pixels.
    """
    size = (image.shape[1], image.shape[0])
    painted = image.astype(np.float32)
    if swelling.style.softening > 0:
        smooth = cv2.GaussianBlur(painted, (0, 0), max(0.02 * pixels_per_unit, 0.3))
        share = np.clip(swelling.style.softening * swelling.puffed, 0.0, 0.7).astype(np.float32)
        painted += over_picture(share, frame, size)[..., None] * (smooth - painted)
    gain = over_picture((np.power(factor, 1 / 2.2) - 1).astype(np.float32), frame, size)
    painted *= 1.0 + gain[..., None]
    return np.asarray(np.clip(painted + 0.5, 0, 255), np.uint8)


def _upper_lids(grid: Grid, layout: Layout, width: float) -> tuple[Field, Field]:
    moved, risen = _empty(grid)
    for crease, margin in zip(CREASES, UPPER_MARGINS, strict=True):
        centre = layout.at(*crease) - np.array([0.0, 0.03])
        drop = float(layout.at(*margin)[1] - centre[1])
        size = (0.24 * width, max(drop, 0.07) * width)
        moved += bulge(grid, centre, size)
        risen += bump(grid, centre, size)
    return moved, risen


def _lower_lids(grid: Grid, layout: Layout, width: float) -> tuple[Field, Field]:
    moved, risen = _empty(grid)
    for trough, margin in zip(TROUGHS, LOWER_MARGINS, strict=True):
        centre = 0.45 * layout.at(*trough) + 0.55 * layout.at(*margin)
        size = (0.21 * width, 0.085 * width)
        moved += bulge(grid, centre, size)
        risen += bump(grid, centre, size)
    return moved, risen


def _cheeks(grid: Grid, layout: Layout, width: float) -> tuple[Field, Field]:
    moved, risen = _empty(grid)
    for side, edge, corner in ((-1.0, 110, 87), (1.0, 113, 93)):
        centre = 0.5 * layout.at(edge) + 0.5 * layout.at(corner)
        centre = np.array([centre[0], 0.5 * (centre[1] + 0.72)])
        size = (0.33 * width, 0.36 * width)
        moved += unit(bulge(grid, centre, size))
        moved += push(grid, layout.at(edge), (0.22 * width, 0.45), np.array([0.6 * side, 0.0]))
        risen += bump(grid, centre, size)
    return moved, risen


def _jaw(grid: Grid, layout: Layout, width: float) -> tuple[Field, Field]:
    """The outline from ear to ear moves along its own normal, and stands out just inside it."""
    moved, risen = _empty(grid)
    outline = layout.points[list(JAW)]
    inside = layout.at(*PUPILS) + np.array([0.0, 0.75])
    weights = np.zeros_like(risen)
    for before, at, after in zip(outline[:-2], outline[1:-1], outline[2:], strict=True):
        tangent = after - before
        normal = np.array([tangent[1], -tangent[0]]) / np.hypot(*tangent)
        normal *= np.sign(normal @ (at - inside)) or 1.0
        near = bump(grid, at, (0.22 * width, 0.22 * width))
        moved += near[..., None] * normal.astype(np.float32)
        weights += near
        risen += bump(grid, at - 0.2 * normal, (0.24 * width, 0.24 * width))
    moved *= ((1 - np.exp(-weights)) / np.maximum(weights, 1e-6))[..., None]
    return moved, (1 - np.exp(-risen)).astype(np.float32)


def _lips(grid: Grid, layout: Layout, width: float) -> tuple[Field, Field]:
    moved, risen = _empty(grid)
    centre = layout.at(90, 106)
    half = max(float(layout.at(106)[1] - layout.at(90)[1]) / 2, 0.08)
    size = (0.34 * width, half * width)
    moved += bulge(grid, centre, size) * np.array([0.5, 1.0], np.float32)
    for lip in (90, 106):
        risen += bump(grid, 0.6 * layout.at(lip) + 0.4 * centre, (0.26 * width, 0.07 * width))
    return moved, risen


def _nose(grid: Grid, layout: Layout, width: float) -> tuple[Field, Field]:
    moved, risen = _empty(grid)
    centre = layout.at(54, 60, 63, 68)
    size = (0.24 * width, 0.26 * width)
    moved += bulge(grid, centre, size) * np.array([1.0, 0.5], np.float32)
    risen += bump(grid, centre, (0.22 * width, 0.26 * width))
    return moved, risen


def _eye_openings(grid: Grid, layout: Layout) -> Field:
    mask = np.zeros_like(grid.x)
    for (outer, inner), upper, lower in zip(LID_CORNERS, UPPER_MARGINS, LOWER_MARGINS, strict=True):
        rim = layout.points[[outer, *upper, inner, *reversed(lower)]]
        nodes = (rim - np.array([grid.x[0, 0], grid.y[0, 0]])) / GRID_STEP
        cv2.fillPoly(mask, [np.round(nodes * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 1.2), np.float32)


def _empty(grid: Grid) -> tuple[Field, Field]:
    return np.zeros((*grid.x.shape, 2), np.float32), np.zeros_like(grid.x)
