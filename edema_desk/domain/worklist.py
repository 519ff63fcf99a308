"""The worklist of a day: who is due, what is there and what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.records import CaptureState, Patient, Schedule
from edema_desk.domain.trend import PhaseEntry, SessionEntry


class Mark(StrEnum):
    """How one phase of today's session stands."""

    NOT_YET = "not_yet"
    WEIGHT_MISSING = "weight_missing"
    CLIP_MISSING = "clip_missing"
    WORKING = "working"
    REFUSED = "refused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of the worklist. `session` is that of the day shown, or None."""

    patient: Patient
    schedule: Schedule
    session: SessionEntry | None
    due: bool

    @property
    def pre_mark(self) -> Mark:
        """Of the phase before dialysis."""
        return phase_mark(self.session.pre if self.session else None)

    @property
    def post_mark(self) -> Mark:
        """Of the phase after dialysis."""
        return phase_mark(self.session.post if self.session else None)

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
    if entry.capture.state is CaptureState.INCOMPLETE and entry.capture.sha256 is None:
        return Mark.CLIP_MISSING  # taking it in was given up; its bytes are gone
    if entry.capture.state not in (CaptureState.ANALYSED, CaptureState.REFUSED):
        return Mark.WORKING
    if entry.net_g is None:
        return Mark.WEIGHT_MISSING
    return Mark.DONE


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
