"""The worklist of a day: who is due, what is there and what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CaptureState, Patient, Phase, Schedule
from edema_desk.domain.terms.schedule import DayPlan


class Mark(StrEnum):
    """How one phase of today's session stands."""

    NOT_YET = "not_yet"
    DUE = "due"
    WEIGHT_MISSING = "weight_missing"
    CLIP_MISSING = "clip_missing"
    WORKING = "working"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    DONE = "done"


class NextStep(StrEnum):
    """What a row asks for next."""

    CAPTURE = "capture"
    AGAIN = "again"
    WEIGHT = "weight"
    OPEN = "open"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NextAct:
    """The step, and the phase it is for."""

    step: NextStep
    phase: Phase


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of the worklist. `session` is that of the day shown, or None; `due` says whether
    the patient has a place on that day, kept also while away."""

    patient: Patient
    schedule: Schedule
    session: SessionEntry | None
    due: bool
    plan: DayPlan = DayPlan.AS_SCHEDULED
    plan_reason: str = ""

    @property
    def away(self) -> bool:
        """Said to be away, and not there all the same."""
        return self.plan is DayPlan.AWAY and self.session is None

    def entry(self, phase: Phase) -> PhaseEntry | None:
        """What there is of the phase before or after dialysis."""
        if self.session is None:
            return None
        return self.session.pre if phase is Phase.PRE else self.session.post

    @property
    def pre_mark(self) -> Mark:
        """Of the phase before dialysis."""
        return phase_mark(self.entry(Phase.PRE))

    @property
    def post_mark(self) -> Mark:
        """Of the phase after dialysis; due once nothing is left to do before."""
        mark = phase_mark(self.entry(Phase.POST))
        due = mark is Mark.NOT_YET and self.entry(Phase.PRE) and not _asked(self, Phase.PRE)
        return Mark.DUE if due else mark

    @property
    def post_due(self) -> Moment | None:
        """When the phase after dialysis is to be expected, where the hours are known."""
        pre = self.entry(Phase.PRE)
        if self.session is None or pre is None:
            return None
        hours = self.session.session.planned_hours or self.schedule.planned_hours
        if hours is None:
            return None
        return Moment(pre.at.utc_ms + round(hours * 3_600_000), pre.at.offset_min)

    @property
    def latest(self) -> PhaseEntry | None:
        """The later phase there is today."""
        if self.session is None:
            return None
        return self.session.post or self.session.pre


def phase_mark(entry: PhaseEntry | None) -> Mark:
    """What of weight, clip and estimate is there."""
    if entry is None:
        return Mark.NOT_YET
    if entry.capture is None:
        return Mark.CLIP_MISSING
    if entry.estimate is not None and entry.estimate.refusal is not None:
        return Mark.REFUSED
    if entry.capture.given_up:
        return Mark.CLIP_MISSING  # taking it in was given up; its bytes are gone
    if entry.capture.state not in (CaptureState.ANALYSED, CaptureState.REFUSED):
        return Mark.WORKING
    if entry.net_g is None:
        return Mark.WEIGHT_MISSING
    return Mark.DONE if entry.capture.whole else Mark.INCOMPLETE


def next_act(row: WorklistRow) -> NextAct:
    """The first thing that is missing, before dialysis first; where nothing is, to open it."""
    if row.away:
        return NextAct(NextStep.NOTHING, Phase.PRE)
    if not row.due:
        return NextAct(NextStep.OPEN, Phase.PRE)
    for phase in (Phase.PRE, Phase.POST):
        step = _asked(row, phase)
        if step is not None:
            return NextAct(step, phase)
    return NextAct(NextStep.OPEN, Phase.POST)


def _asked(row: WorklistRow, phase: Phase) -> NextStep | None:
    """What is missing of a phase. A face before dialysis is not recorded after it."""
    entry, too_late = row.entry(phase), phase is Phase.PRE and row.entry(Phase.POST) is not None
    if not too_late:
        if entry is None or phase_mark(entry) is Mark.CLIP_MISSING:
            return NextStep.CAPTURE
        clip = entry.capture
        if clip is not None and (clip.state is CaptureState.REFUSED or not clip.whole):
            return NextStep.AGAIN
    weighed = entry is not None and entry.net_g is not None
    return None if weighed else NextStep.WEIGHT


def _bed_order(bed: str) -> tuple[bool, tuple[tuple[bool, int, str], ...]]:
    """A2 before A12, and no bed after all beds."""
    parts = [part for part in re.split(r"(\d+)", bed) if part]
    return not bed, tuple((not p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts)


def sort_rows(rows: Sequence[WorklistRow]) -> tuple[WorklistRow, ...]:
    """By who is due, shift, bed and kana: the order a nurse walks in."""
    return tuple(
        sorted(
            rows,
            key=lambda r: (
                not r.due,
                r.schedule.shift,
                _bed_order(r.schedule.bed),
                r.patient.kana or r.patient.name,
                r.patient.chart_number,
            ),
        )
    )
