"""What can be done at each moment of a capture, and which one thing comes next."""

from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.capture.view import CaptureView, Stage, Trouble
from edema_desk.domain.terms.estimate import FEWEST_FRAMES


class Act(StrEnum):
    """One thing a person can ask for on the capture page."""

    START_NOW = "start_now"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    NEW_TAKE = "new_take"
    DISCARD = "discard"
    LEAVE = "leave"
    NEXT_PATIENT = "next_patient"
    RECORD_AGAIN = "record_again"
    OPEN_SESSION = "open_session"
    RETRY = "retry"
    ADD_CLIP = "add_clip"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the three buttons do: the large one, the one beside it, the quiet one above."""

    first: Act | None = None
    second: Act | None = None
    third: Act | None = None


WHILE_ASKED = Offer(second=Act.LEAVE)
WITHOUT_CAMERA = Offer(Act.RETRY, Act.ADD_CLIP, Act.LEAVE)
DISCARDED = Offer(Act.RECORD_AGAIN, Act.LEAVE)


def when_done(*, in_session: bool) -> Offer:
    """The buttons beside a result."""
    third = Act.OPEN_SESSION if in_session else None
    return Offer(Act.NEXT_PATIENT, Act.RECORD_AGAIN, third)


_CAMERA_TROUBLE = frozenset(
    {Trouble.CAMERA_GONE, Trouble.CAMERA_FROZEN, Trouble.CAMERA_BLACK, Trouble.CAMERA_SILENT}
)
_RECORDING = frozenset({Stage.COUNTING, Stage.LOST})
_WAITING = frozenset({Stage.SEARCHING, Stage.HOLDING})
BEFORE_RECORDING = frozenset({Stage.OPENING, *_WAITING})


def offered(view: CaptureView) -> Offer:
    """The buttons of a view."""
    if view.stage in _WAITING:
        return Offer(Act.START_NOW, Act.LEAVE)
    if view.stage is Stage.PAUSED:
        return Offer(Act.FINISH, Act.RESUME, Act.DISCARD)
    if view.stage is Stage.TROUBLE:
        return _in_trouble(view)
    if view.stage in _RECORDING:
        return Offer(Act.FINISH, Act.PAUSE, Act.DISCARD)
    return WHILE_ASKED if view.stage is Stage.OPENING else Offer()


def _in_trouble(view: CaptureView) -> Offer:
    begun = view.recorded_ms > 0
    if view.trouble in _CAMERA_TROUBLE:
        second, third = (Act.FINISH, Act.DISCARD) if begun else (Act.LEAVE, None)
        return Offer(Act.NEW_TAKE, second, third)
    if view.trouble is Trouble.DISK_FULL:
        return Offer(Act.FINISH, Act.DISCARD) if begun else Offer(None, Act.LEAVE)
    return Offer(Act.FINISH, Act.PAUSE, Act.DISCARD)


def next_act(view: CaptureView) -> Act | None:
    """The next sensible step, for who has one button. A press by mistake loses nothing: before
    there are frames for an estimate it pauses."""
    if view.stage in _RECORDING and view.accepted < FEWEST_FRAMES:
        return Act.PAUSE
    if view.stage is Stage.PAUSED and view.accepted < view.wanted:
        return Act.RESUME
    return offered(view).first


def space_act(view: CaptureView) -> Act | None:
    """What the space bar does: start, pause, go on."""
    if view.stage in _RECORDING:
        return Act.PAUSE
    if view.stage is Stage.PAUSED:
        return Act.RESUME
    return offered(view).first if view.stage in _WAITING else None
