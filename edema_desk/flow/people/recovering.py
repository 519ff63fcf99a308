"""What an interruption left half-way is brought to an end at the next start."""

from dataclasses import replace

from edema_desk.domain.capture.take import Recording, Take
from edema_desk.domain.terms.records import Capture, CaptureState, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.capturing.keeping import analyse_recording
from edema_desk.flow.estimates.intake import give_up
from edema_desk.flow.estimates.moved_captures import look_again
from edema_desk.log import LOGGER
from edema_desk.media.recording.recorder import RecordedClip
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import unfinished_captures
from edema_desk.store.captures.recordings import (
    CAMERA_SOURCE,
    MADE_UP_SOURCE,
    end_recording,
    recording,
)
from edema_desk.store.keys.locks import lock_capture, nobody_takes_in

_RECORDED = frozenset({CAMERA_SOURCE, MADE_UP_SOURCE})


def finish_interrupted(clinic: Clinic, cancel: Cancel) -> int:
    """Bring captures that an interruption left half-way to an end; returns how many.

    A recording becomes what the disk holds of it, marked as recovered. A sealed clip that is
    whole is analysed. Anything else is given up: the file it was being taken from is still where
    it was, and can be taken in again. What another program records or takes in just now is left
    alone. One that cannot be brought to its end keeps no other from it. Raises CANCELLED.
    """
    left = (*_recordings(clinic, cancel), *_files(clinic))
    return sum(_finished(clinic, one, cancel) for one in left)


def _finished(clinic: Clinic, left: Capture, cancel: Cancel) -> bool:
    cancel.check()
    try:
        if left.state is CaptureState.STORED and clinic.library.has_clip(left.capture_id):
            analyse_recording(clinic, left.capture_id, cancel)
        elif left.state is CaptureState.STORED and clinic.library.has_crops(left.capture_id):
            look_again(clinic, clinic.library, left.capture_id, cancel)
        elif left.state is not CaptureState.INCOMPLETE:
            give_up(clinic, left.capture_id)
    except ExpectedError as error:
        _leave(error)
        return False
    return True


def _leave(error: ExpectedError) -> None:
    """For the next start. Raises CANCELLED."""
    if error.code is ErrorCode.CANCELLED:
        raise error
    LOGGER.warning("an interrupted capture waits for the next start: %s", error.code)


def _recordings(clinic: Clinic, cancel: Cancel) -> list[Capture]:
    """Those nobody records any more, with what the disk holds of them."""
    if not _unfinished(clinic, recorded=True):
        return []
    try:
        held = lock_capture(clinic.profile)
    except ExpectedError:
        return []
    with held:
        recovered = []
        for left in _unfinished(clinic, recorded=True):
            cancel.check()
            try:
                recovered.append(_recovered(clinic, left))
            except ExpectedError as error:
                _leave(error)
        return recovered


def _files(clinic: Clinic) -> list[Capture]:
    """Those nobody takes in any more. Where the clip is not whole they are given up, while
    nobody can begin to take them in again."""
    with nobody_takes_in(clinic.profile) as alone:
        if not alone:
            return []
        return [_or_nothing(clinic, left) for left in _unfinished(clinic, recorded=False)]


def _or_nothing(clinic: Clinic, left: Capture) -> Capture:
    if left.state is not CaptureState.RECORDING:
        return left
    give_up(clinic, left.capture_id)
    return replace(left, state=CaptureState.INCOMPLETE)


def _unfinished(clinic: Clinic, *, recorded: bool) -> list[Capture]:
    found = clinic.database.call(unfinished_captures)
    return [each for each in found if (each.source in _RECORDED) == recorded]


def _recovered(clinic: Clinic, left: Capture) -> Capture:
    """The capture with what the disk holds of it; as it was where that is nothing."""
    if left.state is not CaptureState.RECORDING:
        return left
    try:
        found = clinic.library.recover_clip(left.capture_id)
    except ExpectedError as error:
        if error.code is not ErrorCode.CLIP_KEY_MISSING:
            raise
        LOGGER.warning("a recording lost its key")
        return left
    return _kept(clinic, left, found) if found is not None else left


def _kept(clinic: Clinic, left: Capture, found: RecordedClip) -> Capture:
    def keep(store: Store) -> Capture:
        begun = recording(store, left.capture_id)
        take = Take(
            frames=found.frames,
            dropped=0,
            gaps=(),
            duration_ms=found.duration_ms,
            packets=begun.take.packets if begun else False,
            whole=False,
        )
        ended = Recording(left.capture_id, None, take, recovered=True)
        return end_recording(store, new_id(), found.sha256, ended)

    return clinic.database.call(keep)
