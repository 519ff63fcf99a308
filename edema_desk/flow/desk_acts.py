"""What the window changes about patients and their sessions: one act each."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import TypeVar

from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Patient, Phase, Schedule
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.domain.terms.weights import Tare
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.news import News
from edema_desk.flow.readiness import Readiness
from edema_desk.store.base.database import Store
from edema_desk.store.captures import sessions
from edema_desk.store.people import patients, schedules, tares

T = TypeVar("T")


class DeskActs:
    """A part of the `Desk` that is asked through it. Each act takes an `act_id` made by the
    caller, so that a retry does nothing twice."""

    _clinic: Clinic
    _news: News
    _readiness: Readiness

    def add_patient(self, act_id: str, new: NewPatient) -> Future[Patient]:
        """Add a person with schedule and dry weight."""

        def act(store: Store) -> tuple[Patient, Change]:
            added = patients.add_patient(store, act_id, new)
            return added, Change(ChangeKind.PATIENTS, added.patient_id)

        return self._act(act)

    def set_dry_weight(
        self, act_id: str, patient_id: str, weight_g: int, valid_from: date, reason: str
    ) -> Future[None]:
        """Add a dry weight valid from a day; one for the same day is corrected."""

        def act(store: Store) -> tuple[None, Change]:
            patients.set_dry_weight(store, act_id, patient_id, weight_g, valid_from, reason)
            self._readiness.renew_later(patient_id, store.actor)
            return None, Change(ChangeKind.PATIENT, patient_id)

        return self._act(act)

    def open_session(
        self, act_id: str, patient_id: str, at: Moment, planned_hours: float | None = None
    ) -> Future[str]:
        """Open a session; its id. Without hours it takes the patient's usual ones."""

        def act(store: Store) -> tuple[str, Change]:
            opened = sessions.open_session(store, act_id, patient_id, at, planned_hours)
            return opened, Change(ChangeKind.SESSION, patient_id, opened)

        return self._act(act)

    def enter_weight(
        self,
        act_id: str,
        session_id: str,
        phase: Phase,
        gross_g: int,
        tare_g: int,
        at: Moment,
        reason: str = "",
        *,
        tares: tuple[Tare, ...] = (),
        planned_hours: float | None = None,
    ) -> Future[None]:
        """Adds, or where the phase has a weight already corrects it (then `reason` is needed).

        `tares` are remembered for the next time, `planned_hours` become the session's.
        """

        def act(store: Store) -> tuple[None, Change]:
            sessions.enter_weighing(
                *(store, act_id, session_id, phase, gross_g, tare_g, at, reason),
                tares=tares,
                planned_hours=planned_hours,
            )
            patient_id = sessions.session(store, session_id).patient_id
            self._readiness.renew_later(patient_id, store.actor)
            return None, Change(ChangeKind.SESSION, patient_id, session_id)

        return self._act(act)

    def set_planned_hours(self, act_id: str, session_id: str, hours: float) -> Future[None]:
        """Let a session last other hours than planned before."""

        def act(store: Store) -> tuple[None, Change]:
            sessions.set_planned_hours(store, act_id, session_id, hours)
            patient_id = sessions.session(store, session_id).patient_id
            return None, Change(ChangeKind.SESSION, patient_id, session_id)

        return self._act(act)

    def set_schedule(self, act_id: str, patient_id: str, schedule: Schedule) -> Future[None]:
        """Other weekdays, shift, bed and usual hours."""

        def act(store: Store) -> tuple[None, Change]:
            schedules.set_schedule(store, act_id, patient_id, schedule)
            return None, Change(ChangeKind.PATIENT, patient_id)

        return self._act(act)

    def plan_day(
        self, act_id: str, patient_id: str, day: date, plan: DayPlan, reason: str = ""
    ) -> Future[None]:
        """Somebody is away on a day (with a reason), comes for once, or as scheduled after all."""

        def act(store: Store) -> tuple[None, Change]:
            schedules.plan_day(store, act_id, patient_id, day, plan, reason)
            return None, Change(ChangeKind.PATIENT, patient_id)

        return self._act(act)

    def keep_wheelchair(self, act_id: str, name: str, weight_g: int | None) -> Future[None]:
        """Offer a wheelchair of the clinic by its name, or, without a weight, no longer."""

        def act(store: Store) -> tuple[None, Change]:
            tares.keep_wheelchair(store, act_id, name, weight_g)
            return None, Change(ChangeKind.PATIENTS)

        return self._act(act)

    def _act(self, act: Callable[[Store], tuple[T, Change]]) -> Future[T]:
        def work(store: Store) -> T:
            answer, change = act(store)
            self._news.tell(change)
            return answer

        return self._clinic.database.submit(work)
