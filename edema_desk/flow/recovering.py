"""What an interruption left half-way is brought to an end at the next start."""

from edema_desk.domain.records import Capture, CaptureState, new_id
from edema_desk.domain.take import Recording, Take
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.capturing.keeping import analyse_recording
from edema_desk.flow.clinic import Clinic
from edema_desk.flow.intake import give_up
from edema_desk.flow.progress import Cancel
from edema_desk.log import LOGGER
from edema_desk.store.captures import unfinished_captures
from edema_desk.store.database import Store
from edema_desk.store.locks import lock_capture
from edema_desk.store.recordings import end_recording, recording


def finish_interrupted(clinic: Clinic, cancel: Cancel) -> int:
    """Bring captures that an interruption left half-way to an end; returns how many.

    A recording becomes what the disk holds of it, marked as recovered. A sealed clip that is
    whole is analysed. Anything else is given up: the file it was being taken from is still where
    it was, and can be taken in again. Recordings are left alone while another program records.
    """
    unfinished = clinic.database.call(unfinished_captures)
    recordings = [c for c in unfinished if c.state is CaptureState.RECORDING and not c.whole]
    others = [c for c in unfinished if c not in recordings]
    finished = _recover_all(clinic, recordings, cancel)
    for left in (*others, *finished):
        cancel.check()
        if left.state is CaptureState.STORED and clinic.library.has_clip(left.capture_id):
            analyse_recording(clinic, left.capture_id, cancel)
        else:
            give_up(clinic, left.capture_id)
    return len(others) + len(finished)


def _recover_all(clinic: Clinic, recordings: list[Capture], cancel: Cancel) -> list[Capture]:
    if not recordings:
        return []
    try:
        held = lock_capture(clinic.profile)
    except ExpectedError:
        return []
    with held:
        finished = []
        for left in recordings:
            cancel.check()
            finished.append(_recovered(clinic, left) or left)
        return finished


def _recovered(clinic: Clinic, left: Capture) -> Capture | None:
    """The capture with what the disk holds of it; None where that is nothing."""
    try:
        found = clinic.library.recover_clip(left.capture_id)
    except ExpectedError as error:
        if error.code is not ErrorCode.CLIP_KEY_MISSING:
            raise
        LOGGER.warning("a recording lost its key")
        return None
    if found is None:
        return None

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
