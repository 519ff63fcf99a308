"""Hair of a drawn portrait, strand by strand."""

import numpy as np

from edema_desk.synthesis.canvas import Canvas, linear, smooth_path
from edema_desk.synthesis.drawn_head import Head
from edema_desk.synthesis.field import Array, Field
from edema_desk.synthesis.identity import HairStyle, Identity

_THICK = {
    HairStyle.SHORT: 0.17,
    HairStyle.TIED_BACK: 0.09,
    HairStyle.BOB: 0.20,
    HairStyle.THINNING: 0.05,
}
_HAIRLINE = {
    HairStyle.SHORT: -1.04,
    HairStyle.TIED_BACK: -1.14,
    HairStyle.BOB: -1.08,
    HairStyle.THINNING: -1.44,
}
"""How high above the eyes hair begins, in pupil distances."""


def paint_hair_behind(canvas: Canvas, identity: Identity, rng: np.random.Generator) -> None:
    """What hangs down behind the neck."""
    if identity.style is not HairStyle.BOB:
        return
    width, length = 1.32, 1.55 + 0.25 * abs(identity.parting)
    right = [(1.22, -0.75), (width, -0.1), (width + 0.05, 0.7), (width - 0.05, length)]
    left = [(-x, y) for x, y in reversed(right)]
    curtain = [*right, (0.75, length + 0.12), (-0.75, length + 0.12), *left, (0.0, -1.3)]
    _paint(canvas, identity, rng, canvas.area(smooth_path(np.array(curtain), True), 0.02), 0.6)


def paint_hair(canvas: Canvas, identity: Identity, head: Head, rng: np.random.Generator) -> None:
    """What grows round the forehead."""
    mask = _cap(canvas, identity, head, rng)
    if identity.style is HairStyle.BOB:
        for side in (-1.0, 1.0):
            mask = np.maximum(mask, _lock(canvas, head, side))
    _paint(canvas, identity, rng, mask, 1.0)


def _lock(canvas: Canvas, head: Head, side: float) -> Field:
    """Hair that falls before one ear."""
    wide = float(head.outline[:, 0].max())
    inner = [(0.80, -0.85), (0.94, -0.40), (0.985, 0.2), (0.99, 0.8), (1.02, 1.45)]
    outer = [(1.20, 1.50), (1.24, 0.8), (1.22, 0.1), (1.16, -0.6), (0.95, -1.05)]
    path = smooth_path(np.array([*inner, *outer]) * (side * wide, 1.0), True)
    return canvas.area(path, 0.02)


def _cap(canvas: Canvas, identity: Identity, head: Head, rng: np.random.Generator) -> Field:
    thick = _THICK[identity.style]
    skull = head.outline[head.outline[:, 1] < 0.15]
    middle = np.array([0.0, -0.45])
    away = skull - middle
    away /= np.hypot(away[:, 0], away[:, 1])[:, None]
    swell = thick * np.clip((0.25 - skull[:, 1]) / 0.6, 0.05, 1.0)
    outer = canvas.area(skull + swell[:, None] * away, 0.012)
    wide = float(skull[:, 0].max())
    line = _HAIRLINE[identity.style] + float(rng.normal(0, 0.04))
    temple = 0.97 if identity.style is HairStyle.THINNING else 0.93
    dip = identity.parting if identity.style is HairStyle.BOB else 0.0
    right = [
        (0.40, line - 0.01),
        (wide * 0.74, line + 0.17),
        (wide * (temple - 0.04), line + 0.50),
        (wide * temple, -0.20),
        (wide * 0.99, 0.05),
        (wide * 1.03, 0.30),
    ]
    left = [(-x, y) for x, y in reversed(right)]
    forehead = smooth_path(np.array([*left, (dip, line - 0.06), *right, (0.0, 1.2)]), True)
    ragged = 0.025 * canvas.grain(rng, 0.03) + 0.03 * canvas.grain(rng, 0.10)
    face = canvas.area(forehead, 0.05)
    return np.asarray(outer * np.clip((1 - face - 0.5 + ragged) / 0.6 + 0.5, 0, 1), np.float32)


def _paint(
    canvas: Canvas, identity: Identity, rng: np.random.Generator, mask: Field, brightness: float
) -> None:
    colour = linear(identity.hair)
    dome = np.clip(1.05 - 0.28 * ((canvas.x + 0.30) ** 2 + (canvas.y + 1.25) ** 2), 0.45, 1.1)
    body = colour * (brightness * dome * (0.9 + 0.10 * canvas.grain(rng, 0.06)))[..., None]
    canvas.cover(body.astype(np.float32), mask)
    paths = _strands(canvas, identity, rng, mask)
    if not paths:
        return
    band = np.exp(-0.5 * ((canvas.y + 1.18 + 0.25 * canvas.x**2) / 0.22) ** 2)
    lights = canvas.strokes(paths[::2], rng.uniform(0.15, 0.9, len(paths[::2])))
    darks = canvas.strokes(paths[1::2], rng.uniform(0.2, 0.8, len(paths[1::2])))
    sheen = colour * 1.7 + 0.025
    canvas.darken(0.65 * darks * mask, (0.45, 0.45, 0.45))
    canvas.cover(sheen, (0.20 + 0.40 * band).astype(np.float32) * lights * mask * brightness)


def _strands(
    canvas: Canvas, identity: Identity, rng: np.random.Generator, mask: Field
) -> list[Array]:
    rows, columns = np.nonzero(mask > 0.5)
    if len(rows) == 0:
        return []
    count = min(3600, len(rows) // 30)
    chosen = rng.integers(len(rows), size=count)
    starts = np.stack([canvas.x[0, columns[chosen]], canvas.y[rows[chosen], 0]], axis=1)
    short = identity.style in (HairStyle.SHORT, HairStyle.THINNING)
    step = 0.035 if short else 0.07
    paths = np.empty((count, 6, 2))
    place = starts.astype(np.float64)
    bend = rng.normal(0, 0.25 if short else 0.10, (count, 1))
    for k in range(6):
        paths[:, k] = place
        flow = _flow(place, identity)
        turned = np.stack([-flow[:, 1], flow[:, 0]], axis=1)
        place = place + step * (flow + bend * turned)
    return list(paths)


def _flow(place: Array, identity: Identity) -> Array:
    """Which way hair lies: away from the parting and down, or straight back when tied."""
    x, y = place[:, 0], place[:, 1]
    if identity.style is HairStyle.TIED_BACK:
        flow = np.stack([-0.55 * x, -np.abs(y + 1.9) * 0.8], axis=1)
    else:
        away = x - identity.parting
        falls = np.clip((y + 1.6) / 0.9, 0.0, 1.0)
        flow = np.stack([np.tanh(away / 0.25) * (1 - 0.8 * falls), 0.12 + falls], axis=1)
    return np.asarray(flow / np.maximum(np.hypot(flow[:, 0], flow[:, 1]), 1e-6)[:, None])
