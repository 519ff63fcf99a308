"""What the fake desk answers of its made-up clinic, worked out on no thread of its own."""

from datetime import date, timedelta

import numpy as np

from edema_desk.domain.capture.pairing import Proposal, SessionState
from edema_desk.domain.capture.pairing import propose_session as propose
from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.views import CaptureDetail, PatientCard, SessionPair
from edema_desk.domain.course.worklist import WorklistRow, sort_rows
from edema_desk.domain.terms.alike import look_alikes
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.schedule import PlannedDay, is_due
from edema_desk.domain.terms.search import matches
from edema_desk.errors import ErrorCode, ExpectedError
from tests.ui.made_up_clinic import Clinic


class MadeUpAnswers:
    """Whoever inherits it says which clinic."""

    clinic: Clinic

    def _worklist(self, day: date, query: str) -> tuple[WorklistRow, ...]:
        rows = []
        for patient in self.clinic.patients.values():
            if query and not matches(query, patient.name, patient.kana, patient.chart_number):
                continue
            schedule = self.clinic.schedules[patient.patient_id]
            recent = self.clinic.trend(patient.patient_id, day - timedelta(days=3)).sessions
            session = next((s for s in recent if s.session.day == day), None)
            plan = self.clinic.plans.get((patient.patient_id, day), PlannedDay(day))
            due = is_due(schedule, day, plan.plan) or session is not None
            rows.append(WorklistRow(patient, schedule, session, due, plan.plan, plan.reason))
        return sort_rows(rows)

    def _card(self, patient_id: str) -> PatientCard:
        patient = self.clinic.patients.get(patient_id)
        if patient is None:
            raise ExpectedError(ErrorCode.UNKNOWN_PATIENT)
        trend = self.clinic.trend(patient_id)
        others = look_alikes(patient, self.clinic.patients.values())
        dry_g = trend.dry_weights[-1].weight_g if trend.dry_weights else None
        schedule = self.clinic.schedules[patient_id]
        return PatientCard(patient, schedule, dry_g, trend, others)

    def _pair(self, session_id: str) -> SessionPair:
        owner = self.clinic.owner(session_id)
        entry = next(
            s for s in self.clinic.trend(owner).sessions if s.session.session_id == session_id
        )
        held = tuple(self.clinic.weighings.get(session_id, ()))
        pre, post = self._detail(entry.pre), self._detail(entry.post)
        return SessionPair(self.clinic.patients[owner], entry, pre, post, held)

    def _detail(self, entry: PhaseEntry | None) -> CaptureDetail | None:
        if entry is None or entry.capture is None:
            return None
        estimate = self.clinic.estimates.get(entry.capture.capture_id)
        scores = np.full((12, len(SCORE_NAMES)), 72.0, np.float32)
        return CaptureDetail(
            entry.capture,
            np.linspace(0, 29_000, 12),
            scores,
            (("blurred", 14), ("turned_sideways", 9), ("not_needed", 120)),
            (estimate,) if estimate else (),
        )

    def _propose(self, patient_id: str, phase: Phase, at: Moment) -> Proposal:
        states = []
        for entry in self.clinic.trend(patient_id).sessions:
            there = {p.phase for p in (entry.pre, entry.post) if p is not None}
            states.append(SessionState(entry.session, frozenset(there)))
        return propose(phase, at, states)
