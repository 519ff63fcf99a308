"""Scores of one frame, named after ISO/IEC 29794-5, and what refuses a frame.

Scores are on the standard's scale of 0 (useless) to 100 (ideal) unless their name carries a
unit.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

SCORE_NAMES: tuple[str, ...] = (
    "LuminanceMean",
    "UnderExposurePrevention",
    "OverExposurePrevention",
    "IlluminationUniformity",
    "DynamicRange",
    "Sharpness",
    "InterEyeDistance_px",
    "HeadPoseYaw_deg",
    "HeadPosePitch_deg",
    "HeadPoseRoll_deg",
    "SingleFacePresent",
    "FaceInFrame",
    "DetectorConfidence",
    "EyesOpen",
    "MouthClosed",
    "ExpressionNeutrality",
)
EYES_OPEN = SCORE_NAMES.index("EyesOpen")
"""Measured last, and only of frames that nothing else refuses; NaN in the others."""


class FrameRefusal(StrEnum):
    """Why a frame is not used, in the order in which they are tried."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    FACE_CUT_OFF = "face_cut_off"
    FACE_TOO_SMALL = "face_too_small"
    TURNED_SIDEWAYS = "turned_sideways"
    HEAD_TILTED = "head_tilted"
    LOOKING_UP_OR_DOWN = "looking_up_or_down"
    TOO_BRIGHT = "too_bright"
    TOO_DARK = "too_dark"
    UNEVEN_LIGHT = "uneven_light"
    BLURRED = "blurred"
    MOUTH_OPEN = "mouth_open"
    EYES_CLOSED = "eyes_closed"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Limits:
    """Below or above these a frame is refused.

    Set on photographs and clips of people who sat well (all pass) and on the same darkened,
    overexposed, blurred, turned, cut off and made smaller. `eyes_open` is set where lids have
    all but met: swollen lids leave a narrow opening, and those are the patients to be seen.
    """

    pupil_distance_px: float = 34.0
    yaw_deg: float = 18.0
    pitch_deg: float = 24.0
    roll_deg: float = 20.0
    under_exposure: float = 25.0
    over_exposure: float = 12.0
    luminance_mean: float = 12.0
    uniformity: float = 25.0
    sharpness: float = 28.0
    face_in_frame: float = 95.0
    confidence: float = 98.0
    mouth_closed: float = 70.0
    eyes_open: float = 30.0
    over_exposure_without_face: float = 2.5


@dataclass(frozen=True, slots=True)
class FrameObservation:
    """What was seen in one frame. `scores` follows `SCORE_NAMES`.

    Without a face the scores of exposure are those of the whole picture, the others NaN.
    """

    t_ms: float
    faces: int
    scores: NDArray[np.float32]
    refusal: FrameRefusal | None

    def score(self, name: str) -> float:
        """One score by its name."""
        return float(self.scores[SCORE_NAMES.index(name)])


def refuse_frame(
    faces: int, scores: NDArray[np.float32], limits: Limits | None = None
) -> FrameRefusal | None:
    """The first reason against a frame, or None when it is usable.

    A picture all black or all white is too dark or too bright, rather than without a face.
    """
    limits = limits or Limits()
    of = dict(zip(SCORE_NAMES, (float(v) for v in scores), strict=True))
    if faces == 0:
        if of["OverExposurePrevention"] < limits.over_exposure_without_face:
            return FrameRefusal.TOO_BRIGHT
        dark = of["UnderExposurePrevention"] < limits.under_exposure
        return FrameRefusal.TOO_DARK if dark else FrameRefusal.NO_FACE
    if faces > 1:
        return FrameRefusal.SEVERAL_FACES
    tests = (
        (of["FaceInFrame"] < limits.face_in_frame, FrameRefusal.FACE_CUT_OFF),
        (of["InterEyeDistance_px"] < limits.pupil_distance_px, FrameRefusal.FACE_TOO_SMALL),
        (abs(of["HeadPoseYaw_deg"]) > limits.yaw_deg, FrameRefusal.TURNED_SIDEWAYS),
        (abs(of["HeadPoseRoll_deg"]) > limits.roll_deg, FrameRefusal.HEAD_TILTED),
        (abs(of["HeadPosePitch_deg"]) > limits.pitch_deg, FrameRefusal.LOOKING_UP_OR_DOWN),
        (of["OverExposurePrevention"] < limits.over_exposure, FrameRefusal.TOO_BRIGHT),
        (
            of["UnderExposurePrevention"] < limits.under_exposure
            or of["LuminanceMean"] < limits.luminance_mean,
            FrameRefusal.TOO_DARK,
        ),
        (of["IlluminationUniformity"] < limits.uniformity, FrameRefusal.UNEVEN_LIGHT),
        (of["Sharpness"] < limits.sharpness, FrameRefusal.BLURRED),
        # Upside down or half hidden: the points are guesses then.
        (of["DetectorConfidence"] < limits.confidence, FrameRefusal.NO_FACE),
        (of["MouthClosed"] < limits.mouth_closed, FrameRefusal.MOUTH_OPEN),
        (of["EyesOpen"] < limits.eyes_open, FrameRefusal.EYES_CLOSED),
    )
    return next((reason for hit, reason in tests if hit), None)


_DEFAULT = Limits()


_EYES, _MOUTH, _NEUTRAL = (30.0, 80.0), (90.0, 95.5), (0.0, 80.0)
"""Scores from which on a face begins to be calm, and is as calm as it gets."""
CALM = 0.5
"""`calmness` from which a frame counts as calm."""


@dataclass(frozen=True, slots=True)
class CalmParts:
    """What makes a face calm, each 0 (not at all) to 1 (as calm as it gets)."""

    eyes: float
    mouth: float
    neutral: float
    frontal: float


def calm_parts(observation: FrameObservation) -> CalmParts:
    """How open the eyes, how shut the mouth, how neutral and how frontal a usable frame is."""
    return CalmParts(
        eyes=_share(observation.score("EyesOpen"), *_EYES),
        mouth=_share(observation.score("MouthClosed"), *_MOUTH),
        neutral=_share(observation.score("ExpressionNeutrality"), *_NEUTRAL),
        frontal=_frontality(observation),
    )


def calmness(observation: FrameObservation) -> float:
    """How near a usable frame is to eyes open, mouth shut, neutral and frontal, 0 to 1: what is
    worst of it counts."""
    parts = calm_parts(observation)
    return min(parts.eyes, parts.mouth, parts.neutral, parts.frontal)


def merit(observation: FrameObservation) -> float:
    """How good a usable frame is, 0 to 1: frontal and calm first, then sharp and evenly lit."""
    sharp = min(observation.score("Sharpness"), 100.0) / 100.0
    light = min(observation.score("IlluminationUniformity"), 100.0) / 100.0
    pose = 0.35 * _frontality(observation)
    return pose + 0.35 * calmness(observation) + 0.2 * sharp + 0.1 * light


def _frontality(observation: FrameObservation) -> float:
    yaw = abs(observation.score("HeadPoseYaw_deg")) / _DEFAULT.yaw_deg
    pitch = abs(observation.score("HeadPosePitch_deg")) / _DEFAULT.pitch_deg
    roll = abs(observation.score("HeadPoseRoll_deg")) / _DEFAULT.roll_deg
    return max(0.0, 1.0 - (yaw + 0.5 * pitch + 0.5 * roll) / 2.0)


def _share(score: float, least: float, ample: float) -> float:
    return min(max((score - least) / (ample - least), 0.0), 1.0)
