"""Rounds through the stored clips: each is read again and held against its hash."""

from collections.abc import Callable

from edema_desk.domain.capture.clip_check import ClipCheck, ClipState
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.base.rounds import Rounds, daily_is_due
from edema_desk.flow.estimates.moved_captures import erase_removed
from edema_desk.store.captures.clip_checks import (
    ClipToCheck,
    clips_to_check,
    keep_checks,
    last_check,
)

AGAIN_AFTER_DAYS = 7.0
"""A clip that was whole is read again after so long."""
FIRST_AFTER_S = 600.0
"""The first minutes of a day belong to those who came early."""
_LOOK_EVERY_S = 3600.0
MOST_IN_ROUND = 400
_SAVED_EACH = 50
_DAY_MS = 86_400_000


def check_clips(clinic: Clinic, gate: Gate, cancel: Cancel, most: int = MOST_IN_ROUND) -> ClipCheck:
    """Read clips that were not read for a week, the new ones first, at most so many.

    Gives way to captures. What was found is kept every fifty clips, so that a round that is cut
    short was not for nothing. Raises CANCELLED.
    """
    now = Moment.now()
    before = Moment(now.utc_ms - round(AGAIN_AFTER_DAYS * _DAY_MS), now.offset_min)
    due = clinic.database.call(lambda store: clips_to_check(store, before))[:most]
    found: dict[str, ClipState] = {}
    for start in range(0, len(due), _SAVED_EACH):
        part = {}
        for clip in due[start : start + _SAVED_EACH]:
            cancel.check()
            gate.wait(cancel)
            part[clip.capture_id] = _state(clinic, clip)
        _keep(clinic, ClipCheck(part))
        found |= part
    return ClipCheck(found)


def _state(clinic: Clinic, clip: ClipToCheck) -> ClipState:
    try:
        clinic.library.verify_clip(clip.capture_id, clip.sha256)
    except ExpectedError as error:
        if error.code in (ErrorCode.CLIP_GONE, ErrorCode.CLIP_KEY_MISSING):
            return ClipState.GONE
        if error.code is ErrorCode.SEALED_ALTERED:
            return ClipState.ALTERED
        raise
    return ClipState.WHOLE


def _keep(clinic: Clinic, check: ClipCheck) -> None:
    clinic.database.call(lambda store: keep_checks(store, new_id(), check, Moment.now()))


class ClipRounds:
    """Makes a round each day while the program is open, on a thread of its own, whoever sits at
    the desk."""

    def __init__(
        self,
        clinic: Clinic,
        gate: Gate,
        tell: Callable[[Change], None],
        first_after_s: float = FIRST_AFTER_S,
    ) -> None:
        self._clinic, self._gate, self._tell = clinic.acting_as(PROGRAM), gate, tell
        self._library = clinic.own_library()
        self._cancel = Cancel()
        self._rounds = Rounds(
            *("clip rounds", self._look), first_after_s=first_after_s, each_s=_LOOK_EVERY_S
        )

    def close(self) -> None:
        """Stop; a round under way ends after the clip it reads."""
        self._cancel.set()
        self._rounds.close()

    def _look(self) -> None:
        now = Moment.now()
        erase_removed(self._clinic, self._library, now)
        if (
            daily_is_due(self._clinic.database.call(last_check), now)
            and check_clips(self._clinic, self._gate, self._cancel).damaged
        ):
            self._tell(Change(ChangeKind.CLIPS))
