"""What changes from clip to clip and does not follow the fluid.

Every capture draws its own base values from the same distributions before and after dialysis,
and moves smoothly about them while it lasts.
"""

from dataclasses import dataclass

import numpy as np

from edema_desk.synthesis.field import Array, Field, Grid, bump, make_grid, push
from edema_desk.synthesis.layout import BROWS, MOUTH_CORNERS, Layout

EXPRESSIONS: tuple[str, ...] = ("smile", "brow", "squint", "pout")
REST_LIGHT = (0.0, -0.35)
"""Where portraits have their light: in front and above. Right and down, beside the axis."""


@dataclass(frozen=True, slots=True)
class NuisanceStyle:
    """How strong each is, as factors on the standard deviations; 0 switches it off."""

    pose: float = 1.0
    expression: float = 1.0
    blinking: float = 1.0
    sway: float = 1.0
    light: float = 1.0
    colour: float = 1.0
    noise: float = 1.0
    blur: float = 1.0
    compression: float = 1.0
    other_picture_share: float = 0.2

    @staticmethod
    def livelier(factor: float) -> "NuisanceStyle":
        """Heads that turn, faces that speak and light that changes by `factor` times the usual."""
        return NuisanceStyle(
            pose=factor,
            expression=factor,
            sway=factor,
            light=factor,
            colour=factor,
            compression=factor,
            other_picture_share=min(0.2 * factor, 0.5),
        )


@dataclass(frozen=True, slots=True)
class Motion:
    """The course of a clip, one row a frame.

    `turn` (n, 2) yaw and pitch in radians, `expression` (n, 4), `mouth` and `lids` (n,) from 0
    to 1 for mouth open and lids closed, `roll` (n,) in radians, `shift` (n, 2) in pupil
    distances, `scale` (n,), `level` (n,) of the exposure.
    """

    turn: Array
    expression: Array
    mouth: Array
    lids: Array
    roll: Array
    shift: Array
    scale: Array
    level: Array


@dataclass(frozen=True, slots=True)
class Look:
    """What stays the same through one clip.

    `light` is the light's direction (right, down) relative to the camera's axis, `white` (3,)
    the gains of red, green and blue, `crf` the H.264 quality (lower is better).
    """

    light: tuple[float, float]
    white: tuple[float, float, float]
    gain: float
    gamma: float
    contrast: float
    noise: float
    blur: float
    crf: int


@dataclass(frozen=True, slots=True)
class HeadFields:
    """How far what is seen at a place has come, on the grid: `turn` (2, side, side, 2) a
    radian of yaw and of pitch, `expression` (4, side, side, 2) at full strength, `facing` (side,
    side, 2) the lateral part of the skin's normal."""

    turn: Field
    expression: Field
    facing: Field


def head_fields(layout: Layout) -> HeadFields:
    """Depth and expressions of one face."""
    grid = make_grid()
    depth = _depth(grid, layout)
    nothing = np.zeros_like(depth)
    turn = np.stack([np.dstack([depth, nothing]), np.dstack([nothing, -depth])])
    slope_y, slope_x = np.gradient(depth, grid.x[0, 1] - grid.x[0, 0])
    facing = -np.dstack([slope_x, slope_y]) / np.sqrt(1 + slope_x**2 + slope_y**2)[..., None]
    return HeadFields(turn, _expressions(grid, layout), facing.astype(np.float32))


def draw_look(rng: np.random.Generator, style: NuisanceStyle) -> Look:
    """The light, the camera and the compression of one clip."""
    light = np.array(REST_LIGHT) + style.light * rng.normal(0.0, (0.22, 0.12))
    warm, tint = style.colour * rng.normal(0.0, (0.05, 0.02))
    level, gamma, contrast = rng.normal(0.0, (0.10, 0.07, 0.05)) * style.light
    noise = style.noise * rng.gamma(3.0, 0.6)
    blur = style.blur * abs(rng.normal(0.0, 0.5))
    crf = 23 + style.compression * rng.normal(0.0, 2.5)
    return Look(
        light=(float(light[0]), float(light[1])),
        white=(float(np.exp(warm)), float(np.exp(tint)), float(np.exp(-warm))),
        gain=float(np.exp(level)),
        gamma=float(np.exp(gamma)),
        contrast=float(np.exp(contrast)),
        noise=float(noise),
        blur=float(blur),
        crf=int(np.clip(round(crf), 16, 30)),
    )


def draw_motion(rng: np.random.Generator, t_s: Array, style: NuisanceStyle) -> Motion:
    """How the head moves in the course of one clip; `t_s` are its frame times."""
    turn = np.column_stack(
        [
            rng.normal(0, 0.045) + wander(rng, t_s, 0.03, 0.5),
            rng.normal(0, 0.035) + wander(rng, t_s, 0.02, 0.5),
        ]
    )
    return Motion(
        turn=style.pose * turn,
        expression=style.expression * _draw_expression(rng, t_s),
        mouth=np.clip(style.expression * _draw_mouth(rng, t_s), 0.0, 1.0),
        lids=np.clip(style.blinking * _draw_lids(rng, t_s), 0.0, 1.0),
        roll=style.sway * (rng.normal(0, 0.035) + wander(rng, t_s, 0.012, 0.4)),
        shift=style.sway
        * (
            rng.normal(0, 0.06, (1, 2))
            + np.column_stack([wander(rng, t_s, 0.03, 0.4), wander(rng, t_s, 0.02, 0.4)])
        ),
        scale=np.exp(style.sway * (rng.normal(0, 0.05) + wander(rng, t_s, 0.008, 0.3))),
        level=np.exp(style.light * wander(rng, t_s, 0.01, 1.5)),
    )


def wander(rng: np.random.Generator, t_s: Array, sd: float, hz: float) -> Array:
    """A smooth course about 0 with the given standard deviation: four slow sines."""
    rates = hz * rng.uniform(0.4, 1.6, 4)
    phases = rng.uniform(0.0, 2 * np.pi, 4)
    sizes = rng.normal(0.0, 1.0, 4)
    waves = np.sin(2 * np.pi * rates * t_s[:, None] + phases) @ sizes
    return np.asarray(sd * waves / np.sqrt(2.0), np.float64)


def _draw_expression(rng: np.random.Generator, t_s: Array) -> Array:
    base = rng.normal(0.0, (0.20, 0.18, 0.16, 0.14))
    return np.column_stack(
        [base[i] + wander(rng, t_s, sd, 0.5) for i, sd in enumerate((0.10, 0.10, 0.08, 0.06))]
    )


def _draw_mouth(rng: np.random.Generator, t_s: Array) -> Array:
    """Mostly shut, sometimes a little open, in three clips of ten talking."""
    opened = rng.normal(-0.03, 0.06) + wander(rng, t_s, 0.02, 0.5)
    if rng.random() < 0.3:
        speed, phase = rng.uniform(2.0, 3.5), rng.uniform(0, 2 * np.pi)
        talk = np.maximum(np.sin(2 * np.pi * speed * t_s + phase), 0.0)
        opened += rng.uniform(0.15, 0.5) * talk * (wander(rng, t_s, 0.5, 0.6) > -0.2)
    return opened


def _draw_lids(rng: np.random.Generator, t_s: Array) -> Array:
    """Blinks of about 0.3 s, some 15 a minute, over eyes that are never wholly open."""
    lids = np.full(len(t_s), max(rng.normal(0.04, 0.04), 0.0))
    at = float(rng.exponential(3.0))
    end = float(t_s[-1]) if len(t_s) else 0.0
    while at < end:
        lids = np.maximum(lids, np.clip(1.4 - np.abs(t_s - at) / 0.11, 0.0, 1.0))
        at += 0.6 + float(rng.exponential(3.4))
    return lids


def _depth(grid: Grid, layout: Layout) -> Field:
    """How far the face stands before its own outline, in pupil distances, and 0 outside it."""
    chin, brow = layout.at(129), layout.at(139)
    middle = (chin + brow) / 2
    half_height = float(chin[1] - brow[1]) / 2 * 1.12
    half_width = float(layout.at(113)[0] - layout.at(110)[0]) / 2 * 1.10
    radius2 = ((grid.x - middle[0]) / half_width) ** 2 + ((grid.y - middle[1]) / half_height) ** 2
    head = 0.95 * np.clip(1.0 - radius2, 0.0, None) ** 1.2
    tip = layout.five()[2]
    nose = 0.30 * bump(grid, tip, (0.15, 0.20)) + 0.10 * bump(
        grid, tip - np.array([0, 0.3]), (0.10, 0.25)
    )
    return np.asarray(head + nose, np.float32)


def _expressions(grid: Grid, layout: Layout) -> Field:
    """How far what is seen at a place has come, for a plain expression."""
    smile, brow, squint = (np.zeros((*grid.x.shape, 2), np.float32) for _ in range(3))
    pout = np.zeros_like(smile)
    for side, corner in zip((-1.0, 1.0), MOUTH_CORNERS, strict=True):
        at = layout.at(corner)
        smile += push(grid, at, (0.20, 0.20), np.array([side * 0.10, -0.09]))
        cheek = at + np.array([side * 0.15, -0.45])
        smile += push(grid, cheek, (0.26, 0.24), np.array([0.0, -0.05]))
        pout += push(grid, at, (0.20, 0.16), np.array([-side * 0.06, 0.0]))
    for arch in BROWS:
        brow += push(grid, layout.at(*arch), (0.34, 0.15), np.array([0.0, -0.07]))
    for upper, lower in zip((20, 25), (29, 32), strict=True):
        squint += push(grid, layout.at(upper), (0.20, 0.05), np.array([0.0, 0.03]))
        squint += push(grid, layout.at(lower), (0.20, 0.06), np.array([0.0, -0.025]))
    return np.stack([smile, brow, squint, pout])
