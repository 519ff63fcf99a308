"""What a sight asks of the patient: the one thing that helps most, and the bars beside it."""

from dataclasses import dataclass

import numpy as np

from edema_desk.domain.capture.sight import FacePlace, Sight
from edema_desk.domain.capture.view import Instruction, PictureMarks
from edema_desk.domain.terms.quality import CALM, FrameRefusal, Limits, calm_parts

_REFUSED = Limits()


@dataclass(frozen=True, slots=True)
class GuideLimits:
    """Beyond these something is asked for. Sizes and places are shares of the picture.

    A face from brow to chin is 12 to 13 cm. Before a webcam that sees 50 to 75 degrees across it
    fills 0.12 to 0.46 of the height at 0.5 to 1.2 m; nearer than that the nose grows and the
    ears go, which changes a face more than fluid does.
    """

    least_height: float
    most_height: float
    off_centre_x: float
    off_centre_y: float
    pupil_distance_px: float
    face_in_frame: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    under_exposure: float
    over_exposure: float
    luminance_mean: float
    uniformity: float
    sharpness: float


TO_BEGIN = GuideLimits(
    least_height=0.12,
    most_height=0.56,
    off_centre_x=0.20,
    off_centre_y=0.25,
    pupil_distance_px=48.0,
    face_in_frame=98.0,
    yaw_deg=13.0,
    pitch_deg=18.0,
    roll_deg=14.0,
    under_exposure=45.0,
    over_exposure=18.0,
    luminance_mean=30.0,
    uniformity=40.0,
    sharpness=36.0,
)
"""A capture begins with a face that has room to move."""

TO_STAY = GuideLimits(
    least_height=0.09,
    most_height=0.66,
    off_centre_x=0.30,
    off_centre_y=0.33,
    pupil_distance_px=40.0,
    face_in_frame=_REFUSED.face_in_frame,
    yaw_deg=_REFUSED.yaw_deg,
    pitch_deg=_REFUSED.pitch_deg,
    roll_deg=_REFUSED.roll_deg,
    under_exposure=_REFUSED.under_exposure,
    over_exposure=_REFUSED.over_exposure,
    luminance_mean=_REFUSED.luminance_mean,
    uniformity=_REFUSED.uniformity,
    sharpness=_REFUSED.sharpness,
)
"""Once begun, it goes on while frames are of use."""

_OF_REFUSALS = {
    FrameRefusal.NO_FACE: Instruction.FIND_FACE,
    FrameRefusal.SEVERAL_FACES: Instruction.ONE_PERSON,
    FrameRefusal.FACE_CUT_OFF: Instruction.MOVE_BACK,
    FrameRefusal.FACE_TOO_SMALL: Instruction.COME_CLOSER,
    FrameRefusal.TURNED_SIDEWAYS: Instruction.LOOK_AT_CAMERA,
    FrameRefusal.HEAD_TILTED: Instruction.HEAD_UPRIGHT,
    FrameRefusal.LOOKING_UP_OR_DOWN: Instruction.CHIN_LEVEL,
    FrameRefusal.TOO_BRIGHT: Instruction.LESS_LIGHT,
    FrameRefusal.TOO_DARK: Instruction.MORE_LIGHT,
    FrameRefusal.UNEVEN_LIGHT: Instruction.LIGHT_FROM_FRONT,
    FrameRefusal.BLURRED: Instruction.HOLD_STILL,
    FrameRefusal.MOUTH_OPEN: Instruction.CLOSE_MOUTH,
    FrameRefusal.EYES_CLOSED: Instruction.OPEN_EYES,
    FrameRefusal.NOT_NEEDED: Instruction.HOLD_STILL,
}


def need(sight: Sight, limits: GuideLimits) -> Instruction | None:
    """What helps most before this face can be counted; None where the pose holds.

    What makes the rest unknowable comes first: no face, several, out of place; then light, by
    which pose and sharpness are judged; then the pose; then what changes by itself.
    """
    observation = sight.observation
    if observation.faces == 0 or sight.face is None:
        return _without_face(observation.refusal)
    if observation.faces > 1:
        return Instruction.ONE_PERSON
    of = observation.score
    bright = sight.light is not None and sight.light.luminance > 127.0
    level = Instruction.LESS_LIGHT if bright else Instruction.MORE_LIGHT
    asked = (
        _place(sight.face, of("InterEyeDistance_px"), of("FaceInFrame"), limits),
        _if(of("OverExposurePrevention") < limits.over_exposure, Instruction.LESS_LIGHT),
        _if(of("UnderExposurePrevention") < limits.under_exposure, Instruction.MORE_LIGHT),
        _if(of("LuminanceMean") < limits.luminance_mean, level),
        _if(of("IlluminationUniformity") < limits.uniformity, Instruction.LIGHT_FROM_FRONT),
        _if(abs(of("HeadPoseYaw_deg")) > limits.yaw_deg, Instruction.LOOK_AT_CAMERA),
        _if(abs(of("HeadPoseRoll_deg")) > limits.roll_deg, Instruction.HEAD_UPRIGHT),
        _if(abs(of("HeadPosePitch_deg")) > limits.pitch_deg, Instruction.CHIN_LEVEL),
        _if(of("Sharpness") < limits.sharpness, Instruction.HOLD_STILL),
    )
    found = next((instruction for instruction in asked if instruction is not None), None)
    if found is None and observation.refusal is not None:
        return _OF_REFUSALS[observation.refusal]
    return found


def hint(sight: Sight) -> Instruction | None:
    """What would make a usable frame a calm one; None where it is."""
    if sight.observation.refusal is not None:
        return None
    parts = calm_parts(sight.observation)
    asked = (
        _if(parts.frontal < CALM, _turned_most(sight)),
        _if(parts.eyes < CALM, Instruction.OPEN_EYES),
        _if(parts.mouth < CALM, Instruction.CLOSE_MOUTH),
        _if(parts.neutral < CALM, Instruction.RELAX_FACE),
    )
    return next((instruction for instruction in asked if instruction is not None), None)


def marks_of(sight: Sight) -> PictureMarks:
    """The bars for one sight, as far as something is known."""
    of = sight.observation.score
    light = (
        _rise(of("LuminanceMean"), 12.0, 85.0),
        _rise(of("IlluminationUniformity"), 25.0, 80.0),
        _rise(of("OverExposurePrevention"), 12.0, 60.0),
    )
    if sight.face is None or sight.observation.faces == 0:
        return PictureMarks(light=_worst(light[0], light[2]))
    facing = (
        _rise(abs(of("HeadPoseYaw_deg")), 24.0, 4.0),
        _rise(abs(of("HeadPosePitch_deg")), 32.0, 10.0),
        _rise(abs(of("HeadPoseRoll_deg")), 26.0, 6.0),
    )
    size = (
        _rise(sight.face.height, 0.04, 0.16),
        _rise(sight.face.height, 0.75, 0.50),
        _rise(of("InterEyeDistance_px"), 20.0, 68.0),
    )
    return PictureMarks(
        face_size=_worst(*size),
        facing=_worst(*facing),
        light=_worst(*light),
        sharpness=_worst(_rise(of("Sharpness"), 10.0, 80.0)),
    )


def _if(wrong: bool, instruction: Instruction) -> Instruction | None:
    return instruction if wrong else None


def _without_face(refusal: FrameRefusal | None) -> Instruction:
    if refusal in (FrameRefusal.TOO_DARK, FrameRefusal.TOO_BRIGHT):
        return _OF_REFUSALS[refusal]
    return Instruction.FIND_FACE


def _turned_most(sight: Sight) -> Instruction:
    of = sight.observation.score
    turns = {
        Instruction.LOOK_AT_CAMERA: 2.0 * abs(of("HeadPoseYaw_deg")) / _REFUSED.yaw_deg,
        Instruction.CHIN_LEVEL: abs(of("HeadPosePitch_deg")) / _REFUSED.pitch_deg,
        Instruction.HEAD_UPRIGHT: abs(of("HeadPoseRoll_deg")) / _REFUSED.roll_deg,
    }
    return max(turns, key=lambda instruction: turns[instruction])


def _place(
    face: FacePlace, pupils_px: float, in_frame: float, limits: GuideLimits
) -> Instruction | None:
    """Left and right are the patient's: a face in the picture's left half is on the patient's
    right, so that it is asked to the left."""
    if face.height > limits.most_height:
        return Instruction.MOVE_BACK
    across, down = (face.x - 0.5) / limits.off_centre_x, (face.y - 0.5) / limits.off_centre_y
    cut_off = in_frame < limits.face_in_frame
    if max(abs(across), abs(down)) > (0.5 if cut_off else 1.0):
        if abs(across) >= abs(down):
            return Instruction.MOVE_RIGHT if across > 0 else Instruction.MOVE_LEFT
        return Instruction.MOVE_UP if down > 0 else Instruction.MOVE_DOWN
    if cut_off:
        return Instruction.MOVE_BACK
    if face.height < limits.least_height or pupils_px < limits.pupil_distance_px:
        return Instruction.COME_CLOSER
    return None


def _rise(value: float, none: float, ample: float) -> float:
    return float(np.clip((value - none) / (ample - none), 0.0, 1.0))


def _worst(*shares: float) -> float | None:
    """The least of those that are known."""
    known = [share for share in shares if not np.isnan(share)]
    return min(known, default=None)
