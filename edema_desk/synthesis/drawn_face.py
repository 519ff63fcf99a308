"""Eyes, brows and lips of a drawn portrait."""

import numpy as np

from edema_desk.synthesis.canvas import Canvas, linear, smooth_path
from edema_desk.synthesis.field import Array, Field
from edema_desk.synthesis.identity import Identity
from edema_desk.synthesis.layout import (
    BROWS,
    CREASES,
    LID_CORNERS,
    LOWER_MARGINS,
    UPPER_MARGINS,
)

_IRIS_RADIUS = 0.094
_LASHES = linear((0.10, 0.075, 0.07))


def paint_eyes(canvas: Canvas, identity: Identity, rng: np.random.Generator) -> None:
    """Both eyes, looking at the camera."""
    points = identity.layout.points
    for i, side in enumerate((-1.0, 1.0)):
        outer, inner = LID_CORNERS[i]
        window = canvas.part(*(points[i] - (0.42, 0.30)), *(points[i] + (0.42, 0.30)))
        upper = smooth_path(points[[outer, *UPPER_MARGINS[i], inner]])
        lower = smooth_path(points[[outer, *LOWER_MARGINS[i], inner]])
        opening = window.area(np.vstack([upper, lower[::-1]]), 0.004)
        window.cover(_eyeball(window, points[i], identity, rng), opening)
        shadow = window.line(upper + np.array([0, 0.02]), 0.05, 0.02) * opening
        window.darken(0.55 * shadow, (0.25, 0.22, 0.22))
        _paint_lids(window, identity, i, side, upper, lower)


def _eyeball(canvas: Canvas, pupil: Array, identity: Identity, rng: np.random.Generator) -> Field:
    x, y = canvas.x - np.float32(pupil[0]), canvas.y - np.float32(pupil[1] + 0.008)
    radius = np.hypot(x, y)
    ball = np.clip(1 - (x / 0.30) ** 2 - (y / 0.26) ** 2, 0.25, 1)
    white = linear((0.86, 0.825, 0.80)) * (0.45 + 0.42 * ball)[..., None]
    edge = np.clip((radius - _IRIS_RADIUS) / 0.012 + 0.5, 0, 1)
    angle = np.arctan2(y, x)
    rays = np.zeros_like(angle)
    for wave in rng.integers(9, 40, 6):
        rays += np.cos(angle * int(wave) + rng.uniform(0, 6.28)) / 6
    towards_rim = np.clip(radius / _IRIS_RADIUS, 0, 1)
    shade = 0.75 + 0.45 * rays * towards_rim - 0.65 * np.clip(towards_rim - 0.78, 0, 1) / 0.22
    shade += 0.35 * np.clip(y / _IRIS_RADIUS, -0.4, 1) * towards_rim
    iris = linear(identity.iris) * np.clip(shade, 0.12, 1.6)[..., None]
    hole = np.clip((0.036 - radius) / 0.010 + 0.5, 0, 1)
    iris = iris * (1 - hole[..., None]) + 0.006 * hole[..., None]
    eye = iris + edge[..., None] * (white - iris)
    catch = canvas.blob(pupil + np.array([-0.030, -0.030]), (0.013, 0.016))
    eye += 0.85 * np.clip(catch * 1.6, 0, 1)[..., None] * (0.95 - eye)
    return np.asarray(eye, np.float32)


def _paint_lids(
    canvas: Canvas, identity: Identity, i: int, side: float, upper: Array, lower: Array
) -> None:
    points = identity.layout.points
    crease = smooth_path(
        np.vstack(
            [
                points[LID_CORNERS[i][0]] + [side * 0.05, -0.03],
                points[list(CREASES[i])],
                points[LID_CORNERS[i][1]] + [0.0, -0.04],
            ]
        )
    )
    canvas.darken(0.60 * canvas.line(crease, 0.014, 0.010), (0.42, 0.32, 0.30))
    canvas.darken(0.30 * canvas.line(lower + np.array([0, 0.012]), 0.012, 0.010), (0.7, 0.5, 0.48))
    strength = 0.55 + 0.40 * identity.lash_weight
    canvas.cover(
        _LASHES, strength * canvas.line(upper, 0.010 + 0.010 * identity.lash_weight, 0.006)
    )
    canvas.cover(_LASHES, 0.35 * identity.lash_weight * canvas.line(lower, 0.008, 0.006))
    duct = points[LID_CORNERS[i][1]] + np.array([side * 0.03, 0.0])
    canvas.cover(linear((0.78, 0.52, 0.48)), 0.6 * canvas.blob(duct, (0.020, 0.014)))


def paint_brows(canvas: Canvas, identity: Identity, rng: np.random.Generator) -> None:
    """Both brows, hair by hair."""
    points = identity.layout.points
    colour = linear(np.asarray(identity.hair) * 0.6 + 0.01)
    for i, side in enumerate((-1.0, 1.0)):
        arch = points[list(BROWS[i])]
        tail = points[71 if i == 0 else 82] * 0.35 + arch[0] * 0.65 + np.array([0, -0.02])
        middle = smooth_path(np.vstack([tail, arch + np.array([0, 0.05])]), steps=20)
        share = np.linspace(0, 1, len(middle))
        half = (0.018 + 0.052 * share**0.7) * (0.6 + 0.5 * identity.brow_weight)
        half *= np.clip((1.06 - share) / 0.12, 0.3, 1)
        body = np.vstack([middle - np.c_[0 * half, half], (middle + np.c_[0 * half, half])[::-1]])
        canvas.cover(colour, 0.60 * identity.brow_weight * canvas.area(body, 0.022))
        paths = []
        for _ in range(int(150 * (0.6 + 0.6 * identity.brow_weight))):
            k = int(rng.integers(len(middle)))
            foot = middle[k] + [rng.normal(0, 0.012), rng.uniform(-1, 1) * half[k]]
            rise = -0.55 * share[k] + rng.normal(0, 0.12)
            lean = np.array([side * 1.0, rise * 0.9 + 0.15 * (1 - share[k])])
            paths.append(np.stack([foot, foot + 0.075 * lean / np.hypot(*lean)]))
        strength = rng.uniform(0.25, 0.6, len(paths)) * identity.brow_weight
        canvas.cover(colour, canvas.blurred(canvas.strokes(paths, strength), 0.005))


def paint_lips(canvas: Canvas, identity: Identity) -> None:
    """The red of the lips and the line between them; their shape is in the height field."""
    points = identity.layout.points
    seam = smooth_path(points[[87, 96, 93]] + np.array([[0, 0], [0, 0.004], [0, 0]]))
    top = smooth_path(points[[87, 88, 89, 90, 91, 92, 93]])
    bottom = smooth_path(points[[93, 108, 107, 106, 105, 104, 87]])
    red = identity.lip_redness
    upper = canvas.area(np.vstack([top, seam[::-1]]), 0.012)
    lower = canvas.area(np.vstack([seam, bottom]), 0.012)
    canvas.darken(0.9 * red * upper, (0.74, 0.46, 0.47))
    canvas.darken(0.9 * red * lower, (0.88, 0.56, 0.56))
    gloss = canvas.blob((points[96] + points[106]) / 2 + np.array([-0.03, 0.01]), (0.11, 0.020))
    canvas.cover(np.ones(3, np.float32), 0.10 * gloss * lower)
    canvas.darken(0.75 * canvas.line(seam, 0.010, 0.006), (0.30, 0.16, 0.16))
    for corner in (87, 93):
        canvas.darken(0.35 * canvas.blob(points[corner], (0.030, 0.018)), (0.35, 0.25, 0.25))


def paint_nostrils(canvas: Canvas, identity: Identity) -> None:
    """The openings of the nose and the shadow it throws."""
    at = identity.layout.at
    for i, side in enumerate((-1.0, 1.0)):
        wing, base = at(64 if i == 0 else 69), at(55)
        middle = 0.52 * wing + 0.48 * base + np.array([0, -0.035])
        hole = canvas.blob(middle, (0.050, 0.020), side * -0.25)
        canvas.darken(0.80 * np.clip(1.3 * hole, 0, 1), (0.22, 0.12, 0.11))
        canvas.darken(0.22 * canvas.blob(at(63 if i == 0 else 68), (0.018, 0.05)), (0.5, 0.4, 0.4))
    shadow = canvas.blob(at(55) + np.array([0.03, 0.045]), (0.17, 0.035))
    canvas.darken(0.30 * shadow, (0.55, 0.45, 0.44))
