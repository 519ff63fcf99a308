"""What is not fluid does not follow the fluid, moves smoothly and never folds a face."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from edema_desk.domain.terms.records import Phase
from edema_desk.synthesis.cohort import MadeUpCapture, capture_generator, draw_cohort, generator
from edema_desk.synthesis.field import Field, make_grid
from edema_desk.synthesis.filming import CLIP_SIZE, Portrait
from edema_desk.synthesis.layout import Layout, average_layout
from edema_desk.synthesis.nuisance import (
    EXPRESSIONS,
    Look,
    Motion,
    NuisanceStyle,
    draw_look,
    draw_motion,
    head_fields,
)
from edema_desk.synthesis.openings import close_lids, eye_lids, lips, part_lips
from edema_desk.synthesis.sitting import FilmStyle, StillFace

LAYOUT: Layout = average_layout()
HEAD = head_fields(LAYOUT)
STYLE = NuisanceStyle()
STILL = NuisanceStyle(*[0.0] * len(fields(NuisanceStyle)))


def speckled_face(style: FilmStyle) -> StillFace:
    """Somebody whose picture is all texture."""
    rng = np.random.default_rng(1)
    image = rng.integers(60, 200, (640, 560, 3)).astype(np.uint8)
    frame = np.array([[118.0, 0.0, 280.0], [0.0, 118.0, 260.0]])
    return StillFace("speckle", (Portrait(image, frame, LAYOUT),), style)


def drawn(capture: MadeUpCapture) -> tuple[Look, Motion]:
    rng = capture_generator(2, capture)
    return draw_look(rng, STYLE), draw_motion(rng, np.arange(12) / 12, STYLE)


def test_nuisance_follows_neither_the_phase_nor_the_fluid() -> None:
    captures = draw_cohort(60, 5, 2)
    rows = []
    for capture in captures:
        look, motion = drawn(capture)
        rows.append(
            [
                *look.light,
                *look.white,
                look.gain,
                look.gamma,
                look.contrast,
                look.noise,
                look.blur,
                look.crf,
                *motion.turn.mean(axis=0),
                *motion.expression.mean(axis=0),
                motion.mouth.mean(),
                motion.lids.mean(),
                motion.roll.mean(),
                *motion.shift.mean(axis=0),
                motion.scale.mean(),
            ]
        )
    table = np.array(rows)
    assert (table.std(axis=0) > 0).all()
    for truth in (
        [c.phase is Phase.PRE for c in captures],
        [c.excess_kg for c in captures],
    ):
        found = [np.corrcoef(column, truth)[0, 1] for column in table.T]
        assert np.abs(found).max() < 4 / np.sqrt(len(captures))


def test_the_same_capture_with_other_fluid_differs_in_the_face_alone() -> None:
    face = speckled_face(FilmStyle(seconds=0.25))
    capture = draw_cohort(1, 1, 3)[0]
    puffy, slim = (
        [f.image for f in face.take(replace(capture, region_mm=np.full(6, mm)), rng).frames]
        for mm, rng in ((4.0, capture_generator(3, capture)), (0.0, capture_generator(3, capture)))
    )
    for one, other in zip(puffy, slim, strict=True):
        change = np.abs(one.astype(int) - other).max(axis=2)
        assert (change > 3).mean() > 0.2
        assert change[:25].max() == 0
        sides = change[:, [*range(20), *range(-20, 0)]]
        assert sides.mean() < 0.15 * change.mean()  # fading out, on the harshest of textures


def test_frames_of_one_clip_move_smoothly_and_clips_differ() -> None:
    t_s = np.arange(36) / 12
    motions = [draw_motion(generator(1, k), t_s, STYLE) for k in range(40)]
    within = np.mean([np.abs(np.diff(m.turn, axis=0)).mean() for m in motions])
    between = np.std([m.turn.mean(axis=0) for m in motions])
    assert within < 0.25 * between
    assert max(np.abs(np.diff(m.roll)).max() for m in motions) < np.radians(2)


def test_people_blink() -> None:
    t_s = np.arange(0, 60, 1 / 25)
    lids = np.stack([draw_motion(generator(2, k), t_s, STYLE).lids for k in range(30)])
    shut = lids > 0.9
    blinks = (shut[:, 1:] & ~shut[:, :-1]).sum(axis=1)
    assert 8 < blinks.mean() < 22  # a minute
    assert shut.mean() < 0.12
    assert lids.min() >= 0
    assert lids.max() <= 1


def test_no_nuisance_leaves_the_face_as_it_is() -> None:
    motion = draw_motion(generator(1), np.arange(5) / 12, STILL)
    assert not motion.turn.any()
    assert not motion.lids.any()
    assert not motion.mouth.any()
    assert (motion.scale == 1).all()
    look = draw_look(generator(1), STILL)
    assert (look.gain, look.gamma, look.noise, look.blur, look.crf) == (1.0, 1.0, 0.0, 0.0, 23)


@settings(max_examples=60, deadline=None)
@given(
    turn=st.tuples(st.floats(-0.2, 0.2), st.floats(-0.15, 0.15)),
    expression=st.tuples(*[st.floats(-1.0, 1.0) for _ in EXPRESSIONS]),
)
def test_turning_and_making_faces_never_folds(
    smallest_stretch: Callable[[Field], float],
    turn: tuple[float, float],
    expression: tuple[float, ...],
) -> None:
    turned = np.tensordot(np.array(turn, np.float32), HEAD.turn, axes=1)
    made = np.tensordot(np.array(expression, np.float32), HEAD.expression, axes=1)
    assert smallest_stretch(-turned - made) > 0.1


def places() -> NDArray[np.float32]:
    grid = make_grid()
    return np.dstack([grid.x, grid.y]).astype(np.float32)


def test_open_eyes_and_shut_lips_change_nothing() -> None:
    for eye in eye_lids(LAYOUT):
        assert close_lids(eye, places(), 0.0) == pytest.approx(places())
    moved, within = part_lips(lips(LAYOUT), places(), 0.0)
    assert moved == pytest.approx(places())
    assert within.max() == 0


def test_shut_lids_show_skin_from_above_where_the_eye_was() -> None:
    for index, eye in enumerate(eye_lids(LAYOUT)):
        pupil = LAYOUT.points[index].astype(np.float32)[None, None]
        shown = close_lids(eye, pupil, 1.0)[0, 0]
        margin = LAYOUT.points[20 if index == 0 else 25, 1]
        assert shown[1] < margin
        far = pupil + np.array([0, 0.6], np.float32)
        assert close_lids(eye, far, 1.0) == pytest.approx(far)


def test_open_lips_show_the_dark_between_and_lower_the_chin() -> None:
    mouth = lips(LAYOUT)
    seam = LAYOUT.points[96].astype(np.float32)
    below = np.array([[0, 0.08], [0, 0.30], [0, -0.05]], np.float32)
    gap = (seam + below)[None]
    shown, within = part_lips(mouth, gap, 0.5)
    assert shown[0, 0] == pytest.approx(seam, abs=0.01)
    assert within[0].tolist() == pytest.approx([1.0, 0.0, 0.0], abs=0.01)
    assert shown[0, 1, 1] < gap[0, 1, 1] - 0.1
    assert shown[0, 2] == pytest.approx(gap[0, 2])


def test_the_exposure_of_a_clip_stays_within_what_the_program_takes() -> None:
    """A middling grey face must come out neither black nor burnt."""
    face = speckled_face(FilmStyle(seconds=0.1))
    for capture in draw_cohort(3, 2, 8):
        frame = next(face.take(capture, capture_generator(8, capture)).frames)
        assert frame.image.shape == (CLIP_SIZE[1], CLIP_SIZE[0], 3)
        assert 75 < frame.image.mean() < 180
