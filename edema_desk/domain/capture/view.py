"""What the capture page shows at one moment."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from edema_desk.domain.capture.sight import FacePlace
from edema_desk.domain.terms.identity import Verdict


class Stage(StrEnum):
    """How far a capture is. Recording goes on in COUNTING, LOST and TROUBLE."""

    OPENING = "opening"
    SEARCHING = "searching"
    HOLDING = "holding"
    COUNTING = "counting"
    LOST = "lost"
    PAUSED = "paused"
    TROUBLE = "trouble"
    FINISHING = "finishing"
    DONE = "done"
    ENDED = "ended"


class Instruction(StrEnum):
    """What the patient, or the nurse, should do next. One at a time."""

    FIND_FACE = "find_face"
    ONE_PERSON = "one_person"
    COME_CLOSER = "come_closer"
    MOVE_BACK = "move_back"
    MOVE_LEFT = "move_left"
    MOVE_RIGHT = "move_right"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    LOOK_AT_CAMERA = "look_at_camera"
    HEAD_UPRIGHT = "head_upright"
    CHIN_LEVEL = "chin_level"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    LIGHT_FROM_FRONT = "light_from_front"
    HOLD_STILL = "hold_still"
    CLOSE_MOUTH = "close_mouth"
    OPEN_EYES = "open_eyes"
    RELAX_FACE = "relax_face"
    GOOD = "good"
    NEARLY_DONE = "nearly_done"
    WELL_DONE = "well_done"


class Trouble(StrEnum):
    """What went wrong while a capture runs. Nothing recorded so far is lost by any of them."""

    CAMERA_GONE = "camera_gone"
    CAMERA_FROZEN = "camera_frozen"
    CAMERA_BLACK = "camera_black"
    CAMERA_SILENT = "camera_silent"
    WORKER_GONE = "worker_gone"
    DISK_LOW = "disk_low"
    DISK_FULL = "disk_full"
    FRAMES_LOST = "frames_lost"


@dataclass(frozen=True, slots=True)
class PictureMarks:
    """The bars beside the picture, 0 (useless) to 1 (ideal); None where nothing is known."""

    face_size: float | None = None
    facing: float | None = None
    light: float | None = None
    sharpness: float | None = None
    same_light: float | None = None


class LightChange(StrEnum):
    """How the light differs from the patient's earlier captures; the strongest difference."""

    DARKER = "darker"
    BRIGHTER = "brighter"
    WARMER = "warmer"
    COOLER = "cooler"
    OTHER_CAMERA = "other_camera"
    OTHER_SETTINGS = "other_settings"


@dataclass(frozen=True, slots=True)
class LightNote:
    """The light is unlike that of the capture of `day`; `usable` says whether that still does."""

    change: LightChange
    day: date
    usable: bool


@dataclass(frozen=True, slots=True)
class CaptureView:
    """All the page needs. `question` is how the face compares with the patient's earlier ones,
    once it is not SAME and until it was answered. `look_count` grows with each look, so that a
    page can tell news from repetition."""

    stage: Stage
    instruction: Instruction | None = None
    countdown_s: int | None = None
    accepted: int = 0
    wanted: int = 100
    recorded_ms: float = 0.0
    longest_ms: float = 180_000.0
    face: FacePlace | None = None
    marks: PictureMarks = PictureMarks()
    light_note: LightNote | None = None
    question: Verdict | None = None
    trouble: Trouble | None = None
    made_up: bool = False
    look_count: int = 0
