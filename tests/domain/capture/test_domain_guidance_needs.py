"""What is asked of the patient, what first, and what the bars say."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.guidance_needs import TO_BEGIN, TO_STAY, hint, marks_of, need
from edema_desk.domain.capture.sight import FacePlace, LightReading
from edema_desk.domain.capture.view import Instruction
from edema_desk.domain.terms.quality import SCORE_NAMES
from tests.domain.capture.sights import sight

WORST_FIRST: list[tuple[dict[str, Any], Instruction]] = [
    ({"faces": 2}, Instruction.ONE_PERSON),
    ({"face": FacePlace(0.5, 0.5, 0.8)}, Instruction.MOVE_BACK),
    ({"face": FacePlace(0.9, 0.5, 0.3)}, Instruction.MOVE_RIGHT),
    ({"OverExposurePrevention": 5.0}, Instruction.LESS_LIGHT),
    ({"UnderExposurePrevention": 5.0}, Instruction.MORE_LIGHT),
    ({"LuminanceMean": 5.0, "light": LightReading(20.0, 1.3, 0.8)}, Instruction.MORE_LIGHT),
    ({"IlluminationUniformity": 10.0}, Instruction.LIGHT_FROM_FRONT),
    ({"HeadPoseYaw_deg": 30.0}, Instruction.LOOK_AT_CAMERA),
    ({"HeadPoseRoll_deg": 30.0}, Instruction.HEAD_UPRIGHT),
    ({"HeadPosePitch_deg": 40.0}, Instruction.CHIN_LEVEL),
    ({"Sharpness": 5.0}, Instruction.HOLD_STILL),
    ({"MouthClosed": 30.0}, Instruction.CLOSE_MOUTH),
    ({"EyesOpen": 5.0}, Instruction.OPEN_EYES),
]


@pytest.mark.parametrize(("changes", "asked"), WORST_FIRST)
def test_each_fault_has_its_instruction(changes: dict[str, Any], asked: Instruction) -> None:
    assert need(sight(**changes), TO_STAY) is asked


@pytest.mark.parametrize("i", range(len(WORST_FIRST) - 1))
def test_of_two_faults_the_worse_is_named(i: int) -> None:
    both = {**WORST_FIRST[i + 1][0], **WORST_FIRST[i][0]}
    assert need(sight(**both), TO_STAY) is WORST_FIRST[i][1]


def test_somebody_who_sits_well_is_asked_nothing() -> None:
    assert need(sight(), TO_BEGIN) is None
    assert hint(sight()) is None


@pytest.mark.parametrize(
    ("x", "y", "asked"),
    [
        (0.1, 0.5, Instruction.MOVE_LEFT),
        (0.9, 0.5, Instruction.MOVE_RIGHT),
        (0.5, 0.1, Instruction.MOVE_DOWN),
        (0.5, 0.9, Instruction.MOVE_UP),
    ],
)
def test_left_and_right_are_the_patients(x: float, y: float, asked: Instruction) -> None:
    """The camera sees the patient's right hand on the picture's left."""
    assert need(sight(face=FacePlace(x, y, 0.3)), TO_STAY) is asked


def test_a_face_cut_off_is_moved_to_where_the_room_is() -> None:
    aside = FacePlace(0.3, 0.5, 0.3)
    assert need(sight(face=aside, FaceInFrame=80.0), TO_STAY) is Instruction.MOVE_LEFT
    assert need(sight(face=aside), TO_STAY) is None
    assert need(sight(FaceInFrame=80.0), TO_STAY) is Instruction.MOVE_BACK


def test_a_small_face_comes_closer() -> None:
    small = FacePlace(0.5, 0.5, 0.06)
    assert need(sight(face=small), TO_STAY) is Instruction.COME_CLOSER
    assert need(sight(InterEyeDistance_px=30.0), TO_STAY) is Instruction.COME_CLOSER


def test_a_bright_face_wants_less_light_and_darkness_more() -> None:
    bright = sight(LuminanceMean=5.0, light=LightReading(240.0, 1.0, 1.0))
    assert need(bright, TO_STAY) is Instruction.LESS_LIGHT
    assert need(sight(faces=0), TO_STAY) is Instruction.FIND_FACE
    dark = sight(faces=0, UnderExposurePrevention=0.0)
    assert need(dark, TO_STAY) is Instruction.MORE_LIGHT
    glare = sight(faces=0, OverExposurePrevention=0.5)
    assert need(glare, TO_STAY) is Instruction.LESS_LIGHT


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"HeadPoseYaw_deg": 17.0, "HeadPosePitch_deg": 10.0}, Instruction.LOOK_AT_CAMERA),
        ({"HeadPosePitch_deg": 23.0, "HeadPoseRoll_deg": 18.0}, Instruction.CHIN_LEVEL),
        ({"EyesOpen": 40.0}, Instruction.OPEN_EYES),
        ({"MouthClosed": 80.0}, Instruction.CLOSE_MOUTH),
        ({"ExpressionNeutrality": 10.0}, Instruction.RELAX_FACE),
    ],
)
def test_a_usable_face_that_is_not_calm_gets_a_hint(
    changes: dict[str, Any], asked: Instruction
) -> None:
    seen = sight(**changes)
    assert need(seen, TO_STAY) is None
    assert hint(seen) is asked


@given(st.dictionaries(st.sampled_from(SCORE_NAMES), st.floats(0, 200), max_size=6))
def test_a_frame_that_would_be_refused_is_never_called_good(changes: dict[str, Any]) -> None:
    seen = sight(**changes)
    if seen.observation.refusal is not None:
        assert need(seen, TO_STAY) is not None
    if need(seen, TO_STAY) is not None:
        assert need(seen, TO_BEGIN) is not None


@given(st.sets(st.sampled_from(SCORE_NAMES)), st.integers(0, 2))
def test_scores_that_are_not_known_ask_for_nothing_and_break_nothing(
    unknown: set[str], faces: int
) -> None:
    gone: dict[str, Any] = dict.fromkeys(unknown, np.nan)
    seen = sight(faces=faces, **gone)
    if faces == 1 and seen.observation.refusal is None:
        assert need(seen, TO_BEGIN) is None
    marks = marks_of(seen)
    for value in (marks.face_size, marks.facing, marks.light, marks.sharpness):
        assert value is None or 0.0 <= value <= 1.0


def test_the_bars_follow_the_picture() -> None:
    best = marks_of(sight(HeadPoseYaw_deg=0.0))
    assert (best.face_size, best.facing, best.light, best.sharpness) == (1.0, 1.0, 1.0, 1.0)
    assert marks_of(sight(HeadPoseYaw_deg=14.0)).facing == pytest.approx(0.5)
    assert marks_of(sight(faces=0)).face_size is None
    assert marks_of(sight(faces=0)).facing is None
    assert (marks_of(sight(InterEyeDistance_px=44.0)).face_size or 0) == pytest.approx(0.5)
