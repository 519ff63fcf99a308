"""Portraits drawn by the program, for when there are no photographs."""

import numpy as np

from edema_desk.synthesis.canvas import Canvas, blank_canvas, linear, smooth_path
from edema_desk.synthesis.drawn_face import paint_brows, paint_eyes, paint_lips, paint_nostrils
from edema_desk.synthesis.drawn_hair import paint_hair, paint_hair_behind
from edema_desk.synthesis.drawn_head import Head, make_head, paint_skin, skin_light
from edema_desk.synthesis.filming import Portrait
from edema_desk.synthesis.identity import Identity, draw_identity

_PAINTED_PUPILS_PX, _FINAL_PUPILS_PX = 192.0, 128.0
_LEFT, _TOP, _RIGHT, _BOTTOM = -2.35, -2.35, 2.35, 3.25
_FACE = (-1.5, -1.8, 1.5, 2.3)
_CROWN = (-1.7, -2.1, 1.7, 1.9)
_BROW = (-1.4, -0.7, 1.4, 0.2)
_NOSE = (-0.6, 0.4, 0.6, 1.1)
_MOUTH = (-0.8, 0.7, 0.8, 1.7)


def draw_portrait(rng: np.random.Generator) -> Portrait:
    """A calm face from the front, in a gown before a plain wall, with its points known."""
    identity = draw_identity(rng)
    canvas = blank_canvas(_PAINTED_PUPILS_PX, _LEFT, _TOP, _RIGHT, _BOTTOM)
    face = canvas.part(*_FACE)
    head = make_head(face, identity.layout, identity.age)
    _paint_wall(canvas, identity, rng)
    paint_hair_behind(canvas, identity, rng)
    _paint_neck(canvas.part(_LEFT, 0.6, _RIGHT, _BOTTOM), identity, head, rng)
    for side in (-1.0, 1.0):
        _paint_ear(canvas, identity, side, rng)
    paint_skin(face, head, identity, rng)
    paint_nostrils(canvas.part(*_NOSE), identity)
    paint_lips(canvas.part(*_MOUTH), identity)
    paint_eyes(canvas, identity, rng)
    paint_brows(canvas.part(*_BROW), identity, rng)
    paint_hair(canvas.part(*_CROWN), identity, head, rng)
    size = (round((_RIGHT - _LEFT) * _FINAL_PUPILS_PX), round((_BOTTOM - _TOP) * _FINAL_PUPILS_PX))
    frame = np.array(
        [
            [_FINAL_PUPILS_PX, 0.0, -_LEFT * _FINAL_PUPILS_PX - 0.5],
            [0.0, _FINAL_PUPILS_PX, -_TOP * _FINAL_PUPILS_PX - 0.5],
        ]
    )
    return Portrait(canvas.finished(*size), frame, identity.layout)


def _paint_wall(canvas: Canvas, identity: Identity, rng: np.random.Generator) -> None:
    lamp = 1.03 - 0.018 * ((canvas.x + 0.9) ** 2 + 0.6 * (canvas.y + 0.8) ** 2)
    texture = 1 + 0.004 * canvas.grain(rng, 0.02)
    canvas.light[:] = linear(identity.wall) * (np.clip(lamp, 0.55, 1.05) * texture)[..., None]


def _paint_neck(canvas: Canvas, identity: Identity, head: Head, rng: np.random.Generator) -> None:
    chin = float(identity.layout.at(129)[1])
    half = 0.40 * float(head.outline[:, 0].max() - head.outline[:, 0].min()) * 0.80
    trunk = smooth_path(
        np.array(
            [
                (-half * 0.9, chin - 0.7),
                (-half * 0.97, chin + 0.20),
                (-half * 1.15, chin + 0.55),
                (-2.0, chin + 0.90),
                (-2.6, chin + 2.0),
                (2.6, chin + 2.0),
                (2.0, chin + 0.90),
                (half * 1.15, chin + 0.55),
                (half * 0.97, chin + 0.20),
                (half * 0.9, chin - 0.7),
            ]
        ),
        closed=True,
    )
    body = canvas.area(trunk, 0.012)
    across = np.clip(np.abs(canvas.x) / (half * 1.05), 0, 1)
    height = 0.55 * np.sqrt(np.clip(1 - across**2.2, 0, None)).astype(np.float32)
    for side in (-1, 1):
        muscle = np.array([(side * half * 0.75, chin - 0.1), (side * 0.14, chin + 0.62)])
        height += 0.03 * canvas.line(smooth_path(muscle), 0.08, 0.05)
    skin = skin_light(canvas, canvas.blurred(height, 0.03), identity, rng)
    canvas.cover(skin * np.float32(0.86), body)
    below = canvas.area(head.outline + np.array([0.0, 0.16]), 0.09)
    canvas.darken(0.62 * below * body, (0.50, 0.40, 0.38))
    _paint_gown(canvas, identity, chin, body, rng)


def _paint_gown(
    canvas: Canvas, identity: Identity, chin: float, body: np.ndarray, rng: np.random.Generator
) -> None:
    collar = smooth_path(
        np.array(
            [
                (-0.98, chin + 0.42),
                (-0.66, chin + 0.70),
                (0.0, chin + 1.18),
                (0.66, chin + 0.70),
                (0.98, chin + 0.42),
            ]
        )
    )
    cloth = canvas.area(
        np.vstack([collar, [(3.0, chin + 0.9), (3.0, 6.0), (-3.0, 6.0), (-3.0, chin + 0.9)]]), 0.01
    )
    shoulders = smooth_path(
        np.array(
            [
                (-3.2, 6.0),
                (-2.65, chin + 1.45),
                (-2.05, chin + 0.83),
                (-0.98, chin + 0.42),
                (0.98, chin + 0.42),
                (2.05, chin + 0.83),
                (2.65, chin + 1.45),
                (3.2, 6.0),
            ]
        )
    )
    where = cloth * np.maximum(canvas.area(shoulders, 0.012), body)
    folds = canvas.grain(rng, 0.45) * 0.5 + canvas.grain(rng, 0.16) * 0.25
    weave = canvas.grain(rng, 0.008)
    shade = 0.86 + 0.06 * folds + 0.015 * weave - 0.05 * np.abs(canvas.x + 0.4)
    canvas.cover((linear(identity.gown) * shade[..., None]).astype(np.float32), where)
    canvas.darken(0.35 * canvas.line(collar + np.array([0, -0.02]), 0.03, 0.02), (0.6, 0.5, 0.5))
    canvas.cover(
        linear(np.clip(np.asarray(identity.gown) * 1.06, 0, 1)),
        0.8 * canvas.line(collar + np.array([0, 0.03]), 0.05, 0.006),
    )


def _paint_ear(canvas: Canvas, identity: Identity, side: float, rng: np.random.Generator) -> None:
    root = identity.layout.at(110 if side < 0 else 113)
    window = canvas.part(root[0] - 0.45, root[1] - 0.75, root[0] + 0.45, root[1] + 0.65)
    shape = [(-2, -42), (8, -50), (17, -40), (17, -8), (9, 22), (1, 36), (-6, 30)]
    shell = smooth_path(root + np.array(shape) / 100 * (side, 1.0), closed=True)
    rim = shell[: len(shell) * 5 // 7] - np.array([side * 0.025, 0.0])
    height = 0.3 + 0.05 * window.line(rim, 0.05, 0.02)
    height -= 0.05 * window.blob(root + np.array([side * 0.08, 0.0]), (0.05, 0.16))
    skin = skin_light(window, window.blurred(height, 0.01), identity, rng)
    window.cover(skin * np.array([0.88, 0.78, 0.76], np.float32), window.area(shell, 0.008))
