"""Sights of a patient who sits well, and of one who does not."""

import numpy as np

from edema_desk.domain.capture.sight import FacePlace, LightReading, Sight
from edema_desk.domain.terms.quality import SCORE_NAMES, FrameObservation, refuse_frame

WELL = {
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
MIDDLE = FacePlace(0.5, 0.5, 0.3)
LIGHT = LightReading(120.0, 1.3, 0.8)


def sight(
    t_ms: float = 0.0,
    *,
    faces: int = 1,
    face: FacePlace | None = MIDDLE,
    light: LightReading | None = LIGHT,
    **changes: float,
) -> Sight:
    """One look; `changes` are scores other than those of somebody who sits well."""
    known = {**WELL, **changes}
    if faces == 0:
        face = light = None
        exposures = ("LuminanceMean", "UnderExposurePrevention", "OverExposurePrevention")
        known = {n: v if n in exposures else np.nan for n, v in known.items()}
    scores = np.array([known[name] for name in SCORE_NAMES], np.float32)
    observation = FrameObservation(t_ms, faces, scores, refuse_frame(faces, scores))
    return Sight(observation, face, light)
