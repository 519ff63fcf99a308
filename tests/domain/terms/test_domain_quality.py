"""Each limit refuses for its own reason, and in their order."""

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from edema_desk.domain.terms.quality import (
    CALM,
    SCORE_NAMES,
    FrameObservation,
    FrameRefusal,
    Limits,
    calmness,
    refuse_frame,
)

GOOD = {
    "LuminanceMean": 99.0,
    "UnderExposurePrevention": 99.8,
    "OverExposurePrevention": 100.0,
    "IlluminationUniformity": 92.0,
    "DynamicRange": 80.0,
    "Sharpness": 90.0,
    "InterEyeDistance_px": 110.0,
    "HeadPoseYaw_deg": 2.0,
    "HeadPosePitch_deg": -3.0,
    "HeadPoseRoll_deg": 1.0,
    "SingleFacePresent": 100.0,
    "FaceInFrame": 100.0,
    "DetectorConfidence": 99.9,
    "EyesOpen": 100.0,
    "MouthClosed": 95.0,
    "ExpressionNeutrality": 100.0,
}
FAULTS: list[tuple[dict[str, float], FrameRefusal]] = [
    ({"FaceInFrame": 80.0}, FrameRefusal.FACE_CUT_OFF),
    ({"InterEyeDistance_px": 30.0}, FrameRefusal.FACE_TOO_SMALL),
    ({"HeadPoseYaw_deg": -25.0}, FrameRefusal.TURNED_SIDEWAYS),
    ({"HeadPoseYaw_deg": 25.0}, FrameRefusal.TURNED_SIDEWAYS),
    ({"HeadPoseRoll_deg": -25.0}, FrameRefusal.HEAD_TILTED),
    ({"HeadPosePitch_deg": 40.0}, FrameRefusal.LOOKING_UP_OR_DOWN),
    ({"HeadPosePitch_deg": -40.0}, FrameRefusal.LOOKING_UP_OR_DOWN),
    ({"OverExposurePrevention": 5.0}, FrameRefusal.TOO_BRIGHT),
    ({"UnderExposurePrevention": 5.0}, FrameRefusal.TOO_DARK),
    ({"LuminanceMean": 5.0}, FrameRefusal.TOO_DARK),
    ({"IlluminationUniformity": 10.0}, FrameRefusal.UNEVEN_LIGHT),
    ({"Sharpness": 5.0}, FrameRefusal.BLURRED),
    ({"DetectorConfidence": 92.0}, FrameRefusal.NO_FACE),
    ({"MouthClosed": 60.0}, FrameRefusal.MOUTH_OPEN),
    ({"EyesOpen": 10.0}, FrameRefusal.EYES_CLOSED),
]


def scores(**changes: float) -> NDArray[np.float32]:
    assert set(changes) <= set(SCORE_NAMES)
    return np.array([{**GOOD, **changes}[name] for name in SCORE_NAMES], np.float32)


def test_a_good_frame_passes() -> None:
    assert set(GOOD) == set(SCORE_NAMES)
    assert refuse_frame(1, scores()) is None


@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_each_fault_by_its_name(fault: dict[str, float], reason: FrameRefusal) -> None:
    assert refuse_frame(1, scores(**fault)) == reason


def test_the_first_fault_is_named() -> None:
    for i, (fault, reason) in enumerate(FAULTS):
        for later, _ in FAULTS[i + 1 :]:
            assert refuse_frame(1, scores(**{**later, **fault})) == reason


def test_eyes_that_were_not_measured_refuse_nothing() -> None:
    assert refuse_frame(1, scores(EyesOpen=math.nan)) is None


@pytest.mark.parametrize(
    "unrest",
    [
        {"EyesOpen": 40.0},
        {"MouthClosed": 91.0},
        {"ExpressionNeutrality": 20.0},
        {"HeadPoseYaw_deg": 17.0, "HeadPosePitch_deg": 8.0},
    ],
)
def test_a_face_is_as_calm_as_what_is_least_calm_of_it(unrest: dict[str, float]) -> None:
    assert calmness(FrameObservation(0.0, 1, scores(), None)) > 0.8
    assert calmness(FrameObservation(0.0, 1, scores(**unrest), None)) < CALM


def test_limits_can_be_set() -> None:
    strict: dict[str, Any] = {"yaw_deg": 1.0}
    assert refuse_frame(1, scores(), Limits(**strict)) == FrameRefusal.TURNED_SIDEWAYS
    assert refuse_frame(1, scores(HeadPoseYaw_deg=25.0), Limits(yaw_deg=30.0)) is None


def test_two_faces_are_too_many_however_good() -> None:
    assert refuse_frame(2, scores()) == FrameRefusal.SEVERAL_FACES


@pytest.mark.parametrize(
    ("under", "over", "reason"),
    [
        (0.0, 100.0, FrameRefusal.TOO_DARK),
        (99.8, 1.0, FrameRefusal.TOO_BRIGHT),
        (99.8, 40.0, FrameRefusal.NO_FACE),
    ],
)
def test_without_a_face_the_picture_may_be_black_or_white(
    under: float, over: float, reason: FrameRefusal
) -> None:
    values = scores(
        **dict.fromkeys(SCORE_NAMES, math.nan),
    )
    values[SCORE_NAMES.index("UnderExposurePrevention")] = under
    values[SCORE_NAMES.index("OverExposurePrevention")] = over
    assert refuse_frame(0, values) == reason


def test_a_score_is_found_by_its_name() -> None:
    seen = FrameObservation(0.0, 1, scores(Sharpness=71.0), None)
    assert seen.score("Sharpness") == 71.0
    with pytest.raises(ValueError, match="not in tuple"):
        seen.score("Beauty")
