"""A desk without database and worker that answers from a made-up clinic, on its own threads."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from edema_desk.domain.capture.pairing import Proposal
from edema_desk.domain.course.trend import live_weighings
from edema_desk.domain.course.views import Change, ChangeKind, NewPatient, PatientCard, SessionPair
from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Patient,
    Phase,
    Schedule,
    StoredEstimate,
    Weighing,
    new_id,
)
from edema_desk.domain.terms.schedule import DayPlan, PlannedDay
from edema_desk.domain.terms.weights import Tare, TareShelf, WeightDoubt, Wheelchair
from edema_desk.domain.terms.weights import weight_doubts as doubts_of
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.desk import Desk
from edema_desk.paths import Profile
from tests.ui.fakes.agreement import FakeAgreement
from tests.ui.fakes.answers import MadeUpAnswers
from tests.ui.fakes.audit import FakeAudit
from tests.ui.fakes.backups import FakeBackups
from tests.ui.fakes.captures import FakeCaptures
from tests.ui.fakes.clinic_settings import FakeClinicSettings
from tests.ui.fakes.clock import FakeClock
from tests.ui.fakes.consents import FakeConsents
from tests.ui.fakes.correcting import FakeCorrecting
from tests.ui.fakes.exports import FakeExports
from tests.ui.fakes.inbox import FakeInbox
from tests.ui.fakes.models import FakeModels
from tests.ui.fakes.network_cameras import FakeNetworkCameras
from tests.ui.fakes.notes import FakeAttribution, FakeNotes
from tests.ui.fakes.passports import FakePassports
from tests.ui.fakes.reports import FakeReports
from tests.ui.fakes.signs import FakeDoor, FakeSigns
from tests.ui.fakes.users import FakeUsers
from tests.ui.made_up_clinic import MODEL, Clinic

T = TypeVar("T")


@dataclass
class Faults:
    """What shall go wrong, by the name of the method, and how slow the desk is."""

    errors: dict[str, Exception] = field(default_factory=dict)
    delay_s: float = 0.0
    clip_steps: int = 4
    clip_step_s: float = 0.01
    clip_refusal: Refusal | None = None


class FakeDesk(MadeUpAnswers, Desk):
    """Keeps what acts do in `clinic`; `asked` counts calls by name; `acts` holds act ids."""

    def __init__(self, clinic: Clinic, root: Path) -> None:
        self.profile = Profile(root)
        self.clinic = clinic
        self.faults = Faults()
        self.captures: FakeCaptures = FakeCaptures()
        self.passports = FakePassports()
        self.network_cameras: FakeNetworkCameras = FakeNetworkCameras()
        self.inbox: FakeInbox = FakeInbox(clinic)
        self.correcting: FakeCorrecting = FakeCorrecting(self._run)
        self.clock = FakeClock()
        self.audit: FakeAudit = FakeAudit()
        self.backups: FakeBackups = FakeBackups()
        self.exports: FakeExports = FakeExports()
        self.reports: FakeReports = FakeReports(clinic)
        self.agreement: FakeAgreement = FakeAgreement(clinic)
        self.notes: FakeNotes = FakeNotes(self._run, self._tell, self.sitting_person)
        self.attribution: FakeAttribution = FakeAttribution(self._run)
        self.damaged = 0
        self.event = ""
        self.asked: dict[str, int] = {}
        self.acts: list[tuple[str, str]] = []
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="fake-desk")
        self.sitting = Sitting(FakeDoor(self._pool))
        self.signs: FakeSigns = FakeSigns(self.sitting)
        self._clips = ThreadPoolExecutor(1, thread_name_prefix="fake-clip")
        self._listeners: list[Callable[[Change], None]] = []
        self.clinic_settings: FakeClinicSettings = FakeClinicSettings(self._tell)
        self.users: FakeUsers = FakeUsers(self._tell)
        self.models: FakeModels = FakeModels(self._tell)
        self.consents: FakeConsents = FakeConsents(clinic, self._tell)
        self._lock = threading.Lock()

    # questions

    def worklist(self, day: date, query: str = "") -> Future[tuple[WorklistRow, ...]]:
        return self._run("worklist", lambda: self._worklist(day, query))

    def patient_card(self, patient_id: str) -> Future[PatientCard]:
        return self._run("patient_card", lambda: self._card(patient_id))

    def session_pair(self, session_id: str) -> Future[SessionPair]:
        return self._run("session_pair", lambda: self.notes.dress(self._pair(session_id)))

    def crops(self, capture_id: str) -> Future[tuple[bytes, ...]]:
        owner = next(
            p for p, cs in self.clinic.captures.items() for c in cs if c.capture_id == capture_id
        )
        return self._run("crops", lambda: (self.clinic.photos[owner],) * 12)

    def damaged_clips(self) -> Future[int]:
        return self._run("damaged_clips", lambda: self.damaged)

    def photo(self, patient_id: str) -> Future[bytes | None]:
        return self._run("photo", lambda: self.clinic.photos.get(patient_id))

    def propose_session(self, patient_id: str, phase: Phase, at: Moment) -> Future[Proposal]:
        return self._run("propose_session", lambda: self._propose(patient_id, phase, at))

    def weight_doubts(
        self, patient_id: str, session_id: str | None, phase: Phase, net_g: int, at: Moment
    ) -> Future[tuple[WeightDoubt, ...]]:
        def answer() -> tuple[WeightDoubt, ...]:
            trend = self.clinic.trend(patient_id)
            before = [s for s in trend.sessions if s.session.session_id != session_id]
            posts = [s.post.net_g for s in before if s.post and s.post.net_g]
            now = next((s for s in trend.sessions if s.session.session_id == session_id), None)
            return doubts_of(
                net_g,
                last_post_g=posts[-1] if posts else None,
                dry_weight_g=trend.dry_weights[-1].weight_g if trend.dry_weights else None,
                pre_g=now.pre.net_g if now and now.pre else None,
                is_post=phase is Phase.POST,
            )

        return self._run("weight_doubts", answer)

    def dry_weight_doubts(
        self, patient_id: str, weight_g: int, valid_from: date
    ) -> Future[tuple[WeightDoubt, ...]]:
        def answer() -> tuple[WeightDoubt, ...]:
            held = self.clinic.trend(patient_id).dry_weights
            return doubts_of(weight_g, dry_weight_g=held[-1].weight_g if held else None)

        return self._run("dry_weight_doubts", answer)

    def tares(self, patient_id: str) -> Future[TareShelf]:
        def answer() -> TareShelf:
            chairs = sorted(self.clinic.wheelchairs.items())
            own = self.clinic.tares.get(patient_id, ())
            return TareShelf(own, tuple(Wheelchair(*chair) for chair in chairs))

        return self._run("tares", answer)

    # acts

    def add_patient(self, act_id: str, new: NewPatient) -> Future[Patient]:
        def act() -> Patient:
            if any(p.chart_number == new.chart_number for p in self.clinic.patients.values()):
                raise ExpectedError(ErrorCode.CHART_NUMBER_TAKEN)
            made = Patient(
                new_id(), new.chart_number, new.name, new.kana, new.birth_date, new.origin
            )
            self.clinic.patients[made.patient_id] = made
            self.clinic.schedules[made.patient_id] = new.schedule
            if new.dry_weight_g:
                self._add_dry_weight(made.patient_id, new.dry_weight_g, self.clinic.today, "")
            self._tell(Change(ChangeKind.PATIENTS, made.patient_id))
            return made

        return self._run("add_patient", act, act_id)

    def set_dry_weight(
        self, act_id: str, patient_id: str, weight_g: int, valid_from: date, reason: str
    ) -> Future[None]:
        def act() -> None:
            self._add_dry_weight(patient_id, weight_g, valid_from, reason)
            self._tell(Change(ChangeKind.PATIENT, patient_id))

        return self._run("set_dry_weight", act, act_id)

    def open_session(
        self, act_id: str, patient_id: str, at: Moment, planned_hours: float | None = None
    ) -> Future[str]:
        def act() -> str:
            hours = planned_hours or self.clinic.schedules[patient_id].planned_hours
            made = DialysisSession(act_id, patient_id, at.day, at, hours)
            self.clinic.sessions.setdefault(patient_id, []).append(made)
            self._tell(Change(ChangeKind.SESSION, patient_id, act_id))
            return act_id

        return self._run("open_session", act, act_id)

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
        def act() -> None:
            held = self.clinic.weighings.setdefault(session_id, [])
            old = next((w for w in live_weighings(held) if w.phase is phase), None)
            if old is not None and not reason:
                raise ExpectedError(ErrorCode.REASON_NEEDED)
            held.append(
                Weighing(
                    act_id,
                    session_id,
                    phase,
                    gross_g,
                    tare_g,
                    at,
                    "local",
                    reason,
                    old.weighing_id if old else None,
                )
            )
            owner = self.clinic.owner(session_id)
            if tares:
                self.clinic.tares[owner] = tares
            if planned_hours is not None:
                self._plan_hours(session_id, planned_hours)
            self._tell(Change(ChangeKind.SESSION, owner, session_id))

        return self._run("enter_weight", act, act_id)

    def set_planned_hours(self, act_id: str, session_id: str, hours: float) -> Future[None]:
        def act() -> None:
            self._plan_hours(session_id, hours)
            self._tell(Change(ChangeKind.SESSION, self.clinic.owner(session_id), session_id))

        return self._run("set_planned_hours", act, act_id)

    def set_schedule(self, act_id: str, patient_id: str, schedule: Schedule) -> Future[None]:
        def act() -> None:
            self.clinic.schedules[patient_id] = schedule
            self._tell(Change(ChangeKind.PATIENT, patient_id))

        return self._run("set_schedule", act, act_id)

    def plan_day(
        self, act_id: str, patient_id: str, day: date, plan: DayPlan, reason: str = ""
    ) -> Future[None]:
        def act() -> None:
            if plan is DayPlan.AWAY and not reason:
                raise ExpectedError(ErrorCode.REASON_NEEDED)
            self.clinic.plans[patient_id, day] = PlannedDay(day, plan, reason)
            self._tell(Change(ChangeKind.PATIENT, patient_id))

        return self._run("plan_day", act, act_id)

    def keep_wheelchair(self, act_id: str, name: str, weight_g: int | None) -> Future[None]:
        def act() -> None:
            self.clinic.wheelchairs.pop(name, None)
            if weight_g is not None:
                self.clinic.wheelchairs[name] = weight_g
            self._tell(Change(ChangeKind.PATIENTS))

        return self._run("keep_wheelchair", act, act_id)

    def add_clip(
        self,
        act_id: str,
        path: Path,
        patient_id: str,
        session_id: str | None,
        phase: Phase,
        at: Moment,
        listener: Listener,
        cancel: Cancel,
        event: str = "",
    ) -> Future[Capture]:
        def act() -> Capture:
            self.event = event
            watch = Stopwatch("analyse", self.faults.clip_steps, listener)
            for step in range(self.faults.clip_steps + 1):
                cancel.check()
                watch.report(step)
                time.sleep(self.faults.clip_step_s)
            made = Capture(
                act_id,
                patient_id,
                session_id,
                phase,
                at,
                CaptureState.ANALYSED,
                "file",
                "0" * 64,
                30_000,
                300,
                100,
            )
            self.clinic.captures.setdefault(patient_id, []).append(made)
            self.clinic.estimates[act_id] = StoredEstimate(
                *(new_id(), act_id, MODEL, at),
                excess_kg=None if self.faults.clip_refusal else 2.3,
                spread_kg=None if self.faults.clip_refusal else 0.4,
                refusal=self.faults.clip_refusal,
            )
            self._tell(Change(ChangeKind.SESSION, patient_id, session_id))
            return made

        return self._run("add_clip", act, act_id, pool=self._clips)

    def sitting_person(self) -> Actor:
        return self.sitting.person

    # news

    def listen(self, listener: Callable[[Change], None]) -> None:
        self._listeners.append(listener)

    def close(self) -> None:
        self.captures.close()
        self.agreement.close()
        self.models.close()
        self.inbox.close()
        self.sitting.close()
        self.signs.close()
        self._pool.shutdown(cancel_futures=True)
        self._clips.shutdown(cancel_futures=True)

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)

    def _run(
        self,
        name: str,
        work: Callable[[], T],
        act_id: str = "",
        pool: ThreadPoolExecutor | None = None,
    ) -> Future[T]:
        def run() -> T:
            with self._lock:
                self.asked[name] = self.asked.get(name, 0) + 1
                if act_id:
                    self.acts.append((name, act_id))
            time.sleep(self.faults.delay_s)
            error = self.faults.errors.get(name)
            if error is not None:
                raise error
            return work()

        if pool is None and not act_id:
            return self.sitting.ask(lambda _: run())
        return (pool or self._pool).submit(run)

    def _plan_hours(self, session_id: str, hours: float) -> None:
        held = self.clinic.sessions[self.clinic.owner(session_id)]
        held[:] = [
            replace(s, planned_hours=hours) if s.session_id == session_id else s for s in held
        ]

    def _add_dry_weight(
        self, patient_id: str, weight_g: int, valid_from: date, reason: str
    ) -> None:
        at = Moment.at_clinic(valid_from, 9, 0)
        made = DryWeight(new_id(), patient_id, weight_g, valid_from, at, "local", reason)
        self.clinic.dry_weights.setdefault(patient_id, []).append(made)
