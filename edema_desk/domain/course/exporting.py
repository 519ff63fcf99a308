"""What leaves the program about a patient, and under which name."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.judgement import Judgement
from edema_desk.domain.terms.records import DryWeight, Patient
from edema_desk.domain.terms.spot_event import SpotEvent

RESEARCH_USE = "research use, not for diagnosis"
"""Stands in every file that leaves the program."""
OTHER_EVENT = "other"
_CODE_SIGNS = 8


def judge_code(actor_id: str) -> str:
    """A code in place of whoever judged, made as `study_code`."""
    digest = hashlib.sha256(b"edema-desk judge code " + actor_id.encode()).digest()
    return "J" + base64.b32encode(digest).decode()[:_CODE_SIGNS]


def study_code(patient_id: str) -> str:
    """A code in place of name and chart number, the same in every export of this clinic.

    It is made of the random id inside the database, which nobody knows without the database.
    """
    digest = hashlib.sha256(b"edema-desk study code " + patient_id.encode()).digest()
    return "P" + base64.b32encode(digest).decode()[:_CODE_SIGNS]


@dataclass(frozen=True, slots=True)
class Period:
    """Clinic days from `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ExportedPatient:
    """A patient as exported. Unless `named`, nothing says who it is but the code.

    `events` are what went before spot captures, by the ids of these; `judgements` are in time
    order.
    """

    patient: Patient
    trend: Trend
    named: bool = False
    events: Mapping[str, str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()

    @property
    def code(self) -> str:
        """See `study_code`."""
        return study_code(self.patient.patient_id)

    @property
    def judged(self) -> tuple[tuple[PhaseEntry, Judgement], ...]:
        """Each judgement of a capture of this course, beside what else is known of it."""
        entries = {e.capture.capture_id: e for e in self.trend.entries() if e.capture}
        found = ((entries.get(one.capture_id), one) for one in self.judgements)
        return tuple((entry, one) for entry, one in found if entry is not None)

    def event_before(self, entry: PhaseEntry) -> str:
        """What went before a spot capture; "other" for free words, which may tell a name."""
        said = self.events.get(entry.capture.capture_id, "") if entry.capture else ""
        return said if self.named or not said or said in set(SpotEvent) else OTHER_EVENT


def exported(
    patient: Patient, trend: Trend, period: Period, *, named: bool = False
) -> ExportedPatient:
    """The part of the course that lies in the period, as the whole course tells it: a gain is
    still that since the session before, even where that one lies outside. Of the dry weights
    those that were valid in it."""
    sessions = tuple(s for s in trend.sessions if period.holds(s.session.day))
    spots = tuple(s for s in trend.spots if period.holds(s.at.day))
    return ExportedPatient(patient, Trend(sessions, spots, _steps(trend, period)), named)


def _steps(trend: Trend, period: Period) -> tuple[DryWeight, ...]:
    """The dry weights valid on any day of the period; `trend.dry_weights` come by their days."""
    steps = [s for s in trend.dry_weights if period.last is None or s.valid_from <= period.last]
    begun = [s for s in steps if period.first is not None and s.valid_from <= period.first]
    return tuple(steps[max(len(begun) - 1, 0) :])


def phases_of(entry: SessionEntry) -> tuple[PhaseEntry, ...]:
    """Pre and post, as far as they are there."""
    return tuple(phase for phase in (entry.pre, entry.post) if phase is not None)
