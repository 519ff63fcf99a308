"""Rounds that let go of what has been kept long enough. The program does it by itself, each day,
and each removal is on record."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.keeping.retention import (
    KeptClip,
    RetentionRule,
    clips_to_drop,
    grace_is_over,
    is_over,
    round_is_trusted,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import PROGRAM
from edema_desk.domain.terms.records import new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.base.rounds import Rounds, daily_is_due
from edema_desk.flow.records.erasing import erase_whole_patient, finish_erasures
from edema_desk.store.base.clinic_settings import clinic_settings
from edema_desk.store.base.database import Store
from edema_desk.store.people.erasing import drop_clips, dropped_clips
from edema_desk.store.people.patients import patient
from edema_desk.store.people.retention import (
    LastSeen,
    announce,
    captures_with_clips,
    last_round,
    last_seen,
    note_round,
)

FIRST_AFTER_S = 900.0
_LOOK_EVERY_S = 3600.0
OVER_REASON = "the retention period is over"
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round did. One that was not `trusted` only looked."""

    trusted: bool
    clips: int = 0
    announced: int = 0
    erased: int = 0


def retention_rule(store: Store) -> RetentionRule:
    """What the clinic chose."""
    chosen = clinic_settings(store)
    return RetentionRule(chosen.full_clip_days, chosen.keep_years)


def keep_to_retention(clinic: Clinic, now: Moment, cancel: Cancel) -> RoundResult:
    """One round. Full clips of finished captures go after their days, their crops stay; who was
    last treated longer ago than the retention period is announced, and erased a month later.

    Raises ExpectedError CANCELLED, DISK_*.
    """
    program = clinic.acting_as(PROGRAM)
    before = program.database.call(lambda store: note_round(store, new_id(), now))
    finish_erasures(program)
    if not round_is_trusted(before, now):
        return RoundResult(trusted=False)
    rule = program.database.call(retention_rule)
    dropped = _drop_clips(program, rule, now, cancel)
    news, erased = 0, 0
    for one in program.database.call(last_seen):
        cancel.check()
        if not is_over(one.day, rule, now.day):
            _take_back(program, one, now)
        elif one.announced is None:
            _announce(program, one.patient_id, now, over=True)
            news += 1
        elif grace_is_over(one.announced, now.day):
            _erase(program, one.patient_id)
            erased += 1
    return RoundResult(True, dropped, news, erased)


def _drop_clips(program: Clinic, rule: RetentionRule, now: Moment, cancel: Cancel) -> int:
    library = program.own_library()
    for capture_id in program.database.call(dropped_clips):  # of a round that was cut short
        library.delete_clip(capture_id)
    kept = [
        KeptClip(capture_id, day, library.has_crops(capture_id))
        for capture_id, day in program.database.call(captures_with_clips)
    ]
    due = clips_to_drop(kept, rule, now.day)
    for start in range(0, len(due), _AT_ONCE):
        cancel.check()
        part = due[start : start + _AT_ONCE]
        program.database.call(partial(drop_clips, act_id=new_id(), capture_ids=part))
        for capture_id in part:
            library.delete_clip(capture_id)
    return len(due)


def _take_back(program: Clinic, one: LastSeen, now: Moment) -> None:
    """Somebody came again, or the clinic chose to keep records longer."""
    if one.announced is not None:
        _announce(program, one.patient_id, now, over=False)


def _announce(program: Clinic, patient_id: str, now: Moment, *, over: bool) -> None:
    program.database.call(lambda store: announce(store, new_id(), patient_id, now.day, over=over))


def _erase(program: Clinic, patient_id: str) -> None:
    known = program.database.call(lambda store: patient(store, patient_id))
    erase_whole_patient(program, new_id(), patient_id, known.chart_number, OVER_REASON)


class RetentionRounds:
    """Makes a round each day while the program is open, on a thread of its own."""

    def __init__(
        self,
        clinic: Clinic,
        gate: Gate,
        tell: Callable[[Change], None],
        first_after_s: float = FIRST_AFTER_S,
    ) -> None:
        self._clinic, self._gate, self._tell = clinic.acting_as(PROGRAM), gate, tell
        self._cancel = Cancel()
        self._rounds = Rounds(
            *("retention", self._look), first_after_s=first_after_s, each_s=_LOOK_EVERY_S
        )

    def close(self) -> None:
        """Stop; what a round is doing now comes to its end."""
        self._cancel.set()
        self._rounds.close()

    def _look(self) -> None:
        now = Moment.now()
        if not daily_is_due(self._clinic.database.call(last_round), now):
            return
        self._gate.wait(self._cancel)  # nothing is removed in the middle of a capture
        done = keep_to_retention(self._clinic, now, self._cancel)
        if done.clips or done.announced or done.erased:
            self._tell(Change(ChangeKind.PATIENTS))
