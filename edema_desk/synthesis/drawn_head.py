"""The drawn head: its shape as a height field, and its skin lit by a window and a ceiling lamp."""

from dataclasses import dataclass

import cv2
import numpy as np

from edema_desk.synthesis.canvas import Canvas, linear, smooth_path
from edema_desk.synthesis.field import Array, Field
from edema_desk.synthesis.identity import Identity
from edema_desk.synthesis.layout import Layout

_KEY = np.array([-0.30, -0.42, 0.86])
_FILL = np.array([0.55, -0.10, 0.83])


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head is and how its skin stands: `mask` and `height` (pupil distances)."""

    mask: Field
    height: Field
    outline: Array


def head_outline(layout: Layout) -> Array:
    """The outline of face and skull, clockwise from the left ear, (n, 2)."""
    at = layout.points
    wide = float(at[113, 0] - at[110, 0]) / 2.222
    skull = np.array(
        [
            (1.09, -0.30),
            (1.03, -0.70),
            (0.86, -1.12),
            (0.52, -1.45),
            (0.0, -1.58),
            (-0.52, -1.45),
            (-0.86, -1.12),
            (-1.03, -0.70),
            (-1.09, -0.30),
        ]
    ) * (wide, 1.0)
    right_down = at[[112, 113, 114, 133, 132, 131, 130, 129]]
    left_up = at[[128, 127, 126, 125, 111, 110, 109]]
    return smooth_path(np.vstack([right_down, left_up, skull[::-1]]), closed=True)


def make_head(canvas: Canvas, layout: Layout, age: float) -> Head:
    """The calm head of a layout."""
    outline = head_outline(layout)
    mask = canvas.area(outline)
    height = _skull(canvas, outline) + _features(canvas, layout, age)
    return Head(mask, canvas.blurred(height, 0.008), outline)


def lit(canvas: Canvas, height: Field, shine: float) -> tuple[Field, Field]:
    """Diffuse light (…, 3) and gloss (…) of skin that stands as `height`.

    Light that entered the skin comes out beside, red farthest: each colour wraps round edges by
    an amount of its own.
    """
    slope_y, slope_x = np.gradient(height * canvas.scale)
    size = np.sqrt(1 + slope_x**2 + slope_y**2)
    normal = np.dstack([-slope_x / size, -slope_y / size, 1 / size]).astype(np.float32)
    wrap = np.array([0.45, 0.30, 0.25], np.float32)
    diffuse = np.full((*height.shape, 3), 0.16, np.float32)
    for light, power in ((_KEY, 0.66), (_FILL, 0.24)):
        towards = normal @ _unit(light)
        diffuse += power * np.clip((towards[..., None] + wrap) / (1 + wrap), 0, None)
    hollow = np.clip((canvas.blurred(height, 0.10) - height) * 2.2, -0.05, 0.35)
    diffuse *= (1 - hollow)[..., None]
    half = _unit(_unit(_KEY) + np.array([0.0, 0.0, 1.0]))
    gloss = np.clip(normal @ half, 0, 1) ** 28
    return diffuse.astype(np.float32), (shine * gloss).astype(np.float32)


def _unit(vector: Array | Field) -> Field:
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def paint_skin(canvas: Canvas, head: Head, identity: Identity, rng: np.random.Generator) -> None:
    """Lay the skin over the head."""
    canvas.cover(skin_light(canvas, head.height, identity, rng), head.mask)


def skin_light(
    canvas: Canvas, height: Field, identity: Identity, rng: np.random.Generator
) -> Field:
    """The light that skin of this person sends back, (height, width, 3)."""
    pores = canvas.grain(rng, 0.012)
    diffuse, gloss = lit(canvas, height + 0.0004 * pores, 0.07)
    albedo = linear(identity.skin) * _tint(canvas, identity, rng)
    glossy = gloss * (0.85 + 0.06 * canvas.grain(rng, 0.04))
    return np.asarray(albedo * diffuse + np.clip(glossy, 0, None)[..., None], np.float32)


def _tint(canvas: Canvas, identity: Identity, rng: np.random.Generator) -> Field:
    at = identity.layout.at
    red = 0.5 * canvas.blob(at(55) - np.array([0, 0.12]), (0.16, 0.16))
    dark = np.zeros_like(red)
    for i, side in enumerate((-1, 1)):
        red += 0.6 * canvas.blob((side * 0.66, 0.62), (0.26, 0.22))
        dark += 0.45 * canvas.blob(at(i) + np.array([0, 0.17]), (0.24, 0.07))
        dark += 0.25 * canvas.blob(at(i) - np.array([0, 0.10]), (0.24, 0.07))
    tint = 1 - red[..., None] * np.array([0.0, 0.13, 0.12], np.float32)
    tint = tint - dark[..., None] * np.array([0.16, 0.22, 0.20], np.float32) * (
        0.6 + 0.6 * identity.age
    )
    mottle = 0.012 * canvas.grain(rng, 0.10) + 0.012 * canvas.grain(rng, 0.03)
    tint = tint + mottle[..., None] * np.array([0.7, 1.0, 1.0], np.float32)
    if identity.stubble > 0:
        tint = tint * (1 - _stubble(canvas, identity, rng)[..., None])
    return np.asarray(tint, np.float32)


def _stubble(canvas: Canvas, identity: Identity, rng: np.random.Generator) -> Field:
    at = identity.layout.at
    jaw = canvas.blob(at(129) - np.array([0, 0.18]), (0.62, 0.34))
    sides = canvas.blob((-0.85, 1.25), (0.18, 0.36), 0.2) + canvas.blob(
        (0.85, 1.25), (0.18, 0.36), -0.2
    )
    lip = canvas.blob((at(55) + at(90)) / 2, (0.30, 0.09))
    where = np.clip(jaw + sides + lip, 0, 1)
    hairs = np.clip(0.6 + 0.4 * canvas.grain(rng, 0.010), 0, 1.4)
    return np.asarray(0.26 * identity.stubble * where * hairs, np.float32)


def _skull(canvas: Canvas, outline: Array) -> Field:
    """A rounded body whose every row is as wide as the outline there."""
    order = np.argsort(outline[:, 1])
    rows = canvas.y[:, 0]
    right, left = outline[outline[:, 0] > 0], outline[outline[:, 0] < 0]
    edge = [
        np.interp(rows, part[np.argsort(part[:, 1]), 1], part[np.argsort(part[:, 1]), 0])
        for part in (right, left)
    ]
    half = np.maximum((edge[0] - edge[1]) / 2, 0.05)
    middle = (edge[0] + edge[1]) / 2
    top, bottom = float(outline[order[0], 1]), float(outline[order[-1], 1])
    profile_y = np.array([top, top + 0.25, -0.9, -0.25, 0.1, 0.6, 1.1, 1.55, bottom - 0.03, bottom])
    profile_z = np.array([0.0, 0.52, 0.84, 0.99, 0.97, 0.98, 1.0, 0.99, 0.86, 0.62])
    depth = np.interp(rows, profile_y, profile_z)
    across = np.abs((canvas.x - middle[:, None]) / half[:, None])
    round_part = np.sqrt(np.clip(1 - across**2.3, 0.0, None))
    body = 0.92 * depth[:, None] * (0.12 + 0.88 * round_part)
    return np.asarray(cv2.GaussianBlur(body.astype(np.float32), (0, 0), 0.055 * canvas.scale))


def _features(canvas: Canvas, layout: Layout, age: float) -> Field:
    at = layout.at
    tip, base = layout.five()[2], at(55)
    height = _nose(canvas, layout, tip, base)
    for i, side in enumerate((-1.0, 1.0)):
        pupil = at(i)
        brow = at(*((73, 74) if i == 0 else (79, 80)))
        height -= 0.085 * canvas.blob(pupil + np.array([-side * 0.20, -0.03]), (0.13, 0.14))
        height -= 0.055 * canvas.blob(pupil, (0.30, 0.16))
        height += 0.050 * canvas.blob(pupil + np.array([0, 0.0]), (0.17, 0.12))
        height += 0.035 * canvas.blob(brow + np.array([0, 0.05]), (0.30, 0.09), side * 0.1)
        height += 0.085 * canvas.blob((side * 0.66, 0.50), (0.26, 0.20), side * -0.35)
        height -= 0.075 * canvas.blob((side * 0.76, 1.02), (0.20, 0.28), side * 0.25)
        corner = at(87 if i == 0 else 93)
        wing = at(63 if i == 0 else 68)
        fold = np.stack([wing, wing, corner])
        fold = fold + np.array([[side * 0.05, 0.0], [side * 0.17, 0.22], [side * 0.12, -0.05]])
        depth = 0.010 + 0.022 * age
        height -= depth * canvas.line(smooth_path(fold), 0.03, 0.03)
        height -= 0.03 * canvas.blob(corner + np.array([side * 0.03, 0.02]), (0.06, 0.06))
        trough = layout.points[[46, 45, 44] if i == 0 else [47, 48, 49]]
        height -= (0.006 + 0.014 * age) * canvas.line(smooth_path(trough), 0.02, 0.022)
    height += _mouth(canvas, layout, base)
    if age > 0.35:
        for row in (-0.62, -0.80, -0.98):
            path = smooth_path(np.array([(-0.5, row + 0.03), (0.0, row - 0.02), (0.5, row + 0.03)]))
            height -= 0.007 * (age - 0.35) * canvas.line(path, 0.012, 0.014)
    return height


def _nose(canvas: Canvas, layout: Layout, tip: Array, base: Array) -> Field:
    at = layout.at
    rows = canvas.y
    along = np.clip((rows - 0.0) / float(tip[1]), 0.0, 1.0)
    width = 0.10 + 0.055 * along - 0.03 * np.exp(-0.5 * ((along - 0.35) / 0.2) ** 2)
    ridge = (0.07 + 0.13 * along**1.3) * np.exp(-0.5 * np.abs(canvas.x / width) ** 1.8)
    span = _ramp((rows + 0.12) / 0.06)
    end = _ramp((float(base[1]) - 0.035 - rows) / 0.030)
    height = ridge * span * end
    height += 0.085 * canvas.blob(tip - np.array([0, 0.02]), (0.10, 0.10)) * end
    for wing, side in ((63, -1.0), (68, 1.0)):
        middle = at(wing) + np.array([-side * 0.065, -0.045])
        height += 0.095 * canvas.blob(middle, (0.075, 0.075))
        height -= 0.022 * canvas.blob(at(wing) + np.array([side * 0.03, -0.06]), (0.028, 0.07))
    return np.asarray(height, np.float32)


def _ramp(field: Field) -> Field:
    """From 0 to 1 about 0, smoothly."""
    return np.asarray(0.5 + 0.5 * np.tanh(field / 2), np.float32)


def _mouth(canvas: Canvas, layout: Layout, base: Array) -> Field:
    at = layout.at
    height = 0.05 * canvas.blob(at(96), (0.36, 0.20))
    height += 0.035 * canvas.blob((at(90) + at(96)) / 2 + np.array([0, 0.01]), (0.22, 0.05))
    height += 0.055 * canvas.blob((at(106) + at(96)) / 2, (0.20, 0.065))
    height -= 0.055 * canvas.blob(at(106) + np.array([0, 0.10]), (0.24, 0.06))
    height += 0.09 * canvas.blob(at(129) - np.array([0, 0.22]), (0.24, 0.17))
    height -= 0.014 * canvas.blob((base + at(90)) / 2, (0.035, 0.10))
    seam = smooth_path(np.stack([at(87), at(96), at(93)]))
    height -= 0.03 * canvas.line(seam, 0.012, 0.010)
    return np.asarray(height, np.float32)
