"""Who a drawn portrait shows: build, skin, hair, eyes and the room, all from one random source."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from edema_desk.synthesis.field import Array
from edema_desk.synthesis.layout import (
    BROWS,
    CHEEK_SIDES,
    CREASES,
    JAW,
    LID_CORNERS,
    LOWER_MARGINS,
    MOUTH_CORNERS,
    UPPER_MARGINS,
    Layout,
    average_layout,
)

Colour = tuple[float, float, float]
"""Red, green and blue as on a screen, 0 to 1."""


class HairStyle(StrEnum):
    """How the hair is worn."""

    SHORT = "short"
    TIED_BACK = "tied_back"
    BOB = "bob"
    THINNING = "thinning"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person that never was. Shares run from 0 to 1; `layout` is that of the calm face."""

    layout: Layout
    skin: Colour
    hair: Colour
    iris: Colour
    lip_redness: float
    brow_weight: float
    lash_weight: float
    stubble: float
    age: float
    style: HairStyle
    parting: float
    gown: Colour
    wall: Colour


_SKINS = np.array(
    [
        (0.945, 0.810, 0.725),
        (0.915, 0.765, 0.660),
        (0.930, 0.785, 0.665),
        (0.880, 0.715, 0.580),
        (0.800, 0.620, 0.480),
        (0.680, 0.500, 0.375),
        (0.520, 0.365, 0.265),
        (0.390, 0.265, 0.195),
    ]
)
_DARK_HAIRS = np.array([(0.09, 0.075, 0.07), (0.15, 0.11, 0.09), (0.20, 0.14, 0.10)])
_FAIR_HAIRS = np.array([(0.32, 0.21, 0.13), (0.47, 0.33, 0.20), (0.62, 0.48, 0.30)])
_GREY = np.array([0.66, 0.65, 0.64])
_DARK_EYES = np.array([(0.20, 0.12, 0.07), (0.29, 0.18, 0.10)])
_FAIR_EYES = np.array([(0.38, 0.46, 0.52), (0.40, 0.43, 0.33), (0.42, 0.33, 0.20)])
_GOWNS = np.array([(0.72, 0.81, 0.86), (0.86, 0.88, 0.90), (0.74, 0.83, 0.78), (0.80, 0.77, 0.84)])
_WALLS = np.array([(0.84, 0.87, 0.88), (0.87, 0.86, 0.83), (0.80, 0.85, 0.83), (0.83, 0.84, 0.88)])


def draw_identity(rng: np.random.Generator) -> Identity:
    """Somebody new."""
    tone = int(rng.integers(len(_SKINS)))
    fair = tone < 2 and rng.random() < 0.6
    masculine = bool(rng.random() < 0.5)
    age = float(rng.beta(1.6, 1.6))
    hair = _pick(rng, _FAIR_HAIRS if fair else _DARK_HAIRS)
    grey = float(np.clip((age - 0.45) * 2.2 + rng.normal(0, 0.2), 0.0, 0.95))
    hair = hair + grey * (_GREY - hair)
    styles = (
        (HairStyle.SHORT, HairStyle.SHORT, HairStyle.THINNING)
        if masculine
        else (HairStyle.TIED_BACK, HairStyle.BOB, HairStyle.SHORT)
    )
    return Identity(
        layout=_draw_layout(rng, masculine),
        skin=_colour(_SKINS[tone] * (1 + rng.normal(0, 0.02) + rng.normal(0, 0.006, 3))),
        hair=_colour(hair),
        iris=_colour(_pick(rng, _FAIR_EYES if fair else _DARK_EYES)),
        lip_redness=float(rng.uniform(0.4, 0.7) + (0.0 if masculine else 0.25)),
        brow_weight=float(rng.uniform(0.75, 1.1) if masculine else rng.uniform(0.4, 0.75)),
        lash_weight=float(rng.uniform(0.3, 0.6) if masculine else rng.uniform(0.6, 1.0)),
        stubble=float(rng.uniform(0.1, 0.8)) if masculine else 0.0,
        age=age,
        style=styles[int(rng.integers(len(styles)))],
        parting=float(rng.uniform(-0.45, 0.45)),
        gown=_colour(_pick(rng, _GOWNS)),
        wall=_colour(_pick(rng, _WALLS)),
    )


def _pick(rng: np.random.Generator, choices: Array) -> Array:
    return np.asarray(choices[int(rng.integers(len(choices)))], np.float64)


def _colour(values: Array) -> Colour:
    red, green, blue = (float(v) for v in np.clip(values, 0.0, 1.0))
    return red, green, blue


def _draw_layout(rng: np.random.Generator, masculine: bool) -> Layout:
    """The average face changed in ways that faces differ, still symmetrical."""
    points = average_layout().points.copy()
    y = points[:, 1]
    jaw_share = np.clip((y - 0.6) / 1.2, 0.0, 1.0)
    width, jaw = rng.normal(0.0, 0.035), rng.normal(0.03 if masculine else -0.03, 0.05)
    outline = [*JAW, *CHEEK_SIDES, 109, 112]
    points[outline, 0] *= 1 + width + jaw * jaw_share[outline]
    lower = rng.normal(0.02 if masculine else -0.02, 0.04)
    points[:, 1] += lower * np.clip((y - 0.9) / 0.9, 0.0, None)
    _stretch(points, (54, 60, 62, 67, 63, 68, 64, 69), rng.normal(1.0, 0.09), 1.0)
    points[[54, 60, 62, 67, 63, 68, 64, 69, 55], 1] += rng.normal(0.0, 0.035)
    points[list(MOUTH_CORNERS), 1] -= 0.012
    mouth = (*MOUTH_CORNERS, 88, 89, 90, 91, 92, 104, 105, 106, 107, 108, 96)
    _stretch(points, mouth, rng.normal(1.0, 0.07), rng.normal(1.0, 0.14))
    for i in range(2):
        eye = (*LID_CORNERS[i], *UPPER_MARGINS[i], *LOWER_MARGINS[i], *CREASES[i])
        points[list(eye)] -= points[i]
    size, opening, slant = rng.normal(1.0, 0.04), rng.normal(1.0, 0.09), rng.normal(0.0, 0.05)
    fold = rng.normal(0.0, 0.02)
    brow_drop, brow_slant = rng.normal(0.03 if masculine else -0.01, 0.03), rng.normal(0, 0.05)
    for i, side in enumerate((-1.0, 1.0)):
        eye = (*LID_CORNERS[i], *UPPER_MARGINS[i], *LOWER_MARGINS[i], *CREASES[i])
        points[list(eye)] *= (size, size * opening)
        points[list(eye), 1] -= slant * side * points[list(eye), 0]
        points[list(CREASES[i]), 1] -= fold
        points[list(eye)] += points[i]
        arch = list(BROWS[i])
        points[arch, 1] += brow_drop - brow_slant * (side * points[arch, 0] - 0.5)
    return Layout(points)


def _stretch(points: Array, indices: tuple[int, ...], across: float, down: float) -> None:
    part = points[list(indices)]
    middle = part[:, 1].mean()
    points[list(indices), 0] = part[:, 0] * across
    points[list(indices), 1] = middle + (part[:, 1] - middle) * down
