"""The clinic's desk: one database thread, one worker, and the acts a person does with them.

Everything returns a `concurrent.futures.Future`, answered on a thread of this object, so that
a window never waits. Expected failures arrive as `ExpectedError`.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from edema_desk.domain.capture.pairing import Proposal, propose_session
from edema_desk.domain.course.veil import veiled_pair, veiled_rows, veiled_trend
from edema_desk.domain.course.views import Change, ChangeKind, PatientCard, SessionPair
from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.domain.terms.spot_event import tidy_event
from edema_desk.domain.terms.weights import TareShelf, WeightDoubt
from edema_desk.flow.backup.backups import BackupDesk
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.clinic_settings import ClinicSettingsDesk
from edema_desk.flow.base.network_cameras import NetworkCameras
from edema_desk.flow.base.news import News
from edema_desk.flow.base.notes_desk import NotesDesk
from edema_desk.flow.base.progress import Cancel, Listener
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.base.upkeep import Upkeep
from edema_desk.flow.capturing.desk import CaptureDesk, OpenCamera, open_any_camera
from edema_desk.flow.capturing.passport import PassportDesk
from edema_desk.flow.desk_acts import DeskActs
from edema_desk.flow.estimates.agreement_desk import AgreementDesk
from edema_desk.flow.estimates.attributing import AttributionDesk
from edema_desk.flow.estimates.course_rounds import CourseRounds
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.exports.files import ExportDesk
from edema_desk.flow.exports.reporting import ReportDesk
from edema_desk.flow.inbox.desk import InboxDesk
from edema_desk.flow.models.desk import ModelDesk
from edema_desk.flow.people.access import admit, recognise
from edema_desk.flow.people.signing_in import SignIns
from edema_desk.flow.people.user_desk import UserDesk
from edema_desk.flow.readiness import Readiness
from edema_desk.flow.records.auditing import AuditDesk
from edema_desk.flow.records.clip_checking import ClipRounds
from edema_desk.flow.records.clock_watch import ClockWatch
from edema_desk.flow.records.consent_desk import ConsentDesk
from edema_desk.flow.records.correcting import CaptureCorrecting
from edema_desk.flow.records.retention import RetentionRounds
from edema_desk.flow.records.views_noted import ViewsNoted
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import Entered, Where, entered
from edema_desk.store.base.places import check_live_place
from edema_desk.store.captures import cards, sessions, worklist
from edema_desk.store.captures.clip_checks import damaged_clips
from edema_desk.store.keys.locks import lock_window
from edema_desk.store.people import patients, tares

T = TypeVar("T")


class Desk(DeskActs):
    """Open one with `open_desk`, close it with `close`."""

    def __init__(
        self, clinic: Clinic, held: ExitStack, open_camera: OpenCamera = open_any_camera
    ) -> None:
        self.profile = clinic.profile
        self._clinic = clinic
        self._held = held
        self._intake = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._files = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._library = clinic.own_library()
        self.sitting = Sitting(clinic.database)
        self.signs = SignIns(
            *(clinic, self.sitting),
            recognise=recognise,
            admit=admit,
            on_left=self._left,
        )
        self._news = News(clinic.database)
        self._readiness = Readiness(clinic, self._intake, self._news.tell)
        self.users = UserDesk(clinic, self.sitting, self._news.tell)
        self._news.listen(self.users.follow)
        self.passports = PassportDesk(clinic, open_camera, ask=self._ask)
        self.network_cameras = NetworkCameras(clinic)
        self.clinic_settings = ClinicSettingsDesk(clinic, self._news.tell, self._ask)
        self.captures = CaptureDesk(
            *(clinic, self._news, self._intake),
            open_any=open_camera,
            on_kept=self._readiness.renew_later,
        )
        self.notes = NotesDesk(clinic, self._news.tell, self._ask)
        self.attribution = AttributionDesk(clinic, self.captures.gate, self.notes.veil)
        self.correcting = CaptureCorrecting(
            clinic, self._intake, self.captures.gate, self._news.tell
        )
        self.models = ModelDesk(
            *(clinic, clinic.own_library(), self._intake, self._news.tell), self.captures.gate
        )
        self._news.listen(self.models.follow)
        self.agreement = AgreementDesk(clinic, self.sitting, self.notes.untold)
        self._news.listen(self.agreement.follow)
        self.inbox = InboxDesk(
            *(clinic, self._intake, self._files, self._library),
            tell=self._news.tell,
            gate=self.captures.gate,
            ask=self._ask,
            untold=self.notes.untold,
        )
        self.consents = ConsentDesk(
            *(clinic, self.captures, self._news.tell, self._ask),
            forget=lambda capture_ids: self.backups.forget(capture_ids),
        )
        self.backups = BackupDesk(clinic, self.captures.gate)
        self._open_ways_out(clinic)
        self._begin_rounds(clinic)

    def _open_ways_out(self, clinic: Clinic) -> None:
        """What leaves the program, and the record that tells of it."""
        gate, check_told = self.captures.gate, self.notes.check_told
        self.audit = AuditDesk(clinic, gate, self._news.tell, self._ask)
        self.reports = ReportDesk(
            *(clinic, self.sitting, self.agreement),
            sign_head=self.audit.sign_head,
            check_told=check_told,
        )
        self.exports = ExportDesk(
            clinic, gate, self.audit.sign_head, self._ask, check_told=check_told
        )

    def _begin_rounds(self, clinic: Clinic) -> None:
        """What is done by itself, while nobody captures."""
        gate, tell = self.captures.gate, self._news.tell
        self._retention = RetentionRounds(clinic, gate, tell)
        self._courses = CourseRounds(clinic, gate)
        self._rounds = ClipRounds(clinic, gate, tell)
        self._upkeep = Upkeep(clinic.entered, tell)
        self._views = ViewsNoted(clinic.database)
        self.clock = ClockWatch(clinic, tell)
        self._readiness.begin(self.users.tidy)

    # who sits there

    @property
    def person(self) -> Actor:
        """Who signed in, also while the desk is locked; LOCAL in a profile without users."""
        return self.sitting.person

    # questions

    def worklist(self, day: date, query: str = "") -> Future[tuple[WorklistRow, ...]]:
        """Who is due or was treated on `day`, and everyone else after them."""

        def ask(store: Store) -> tuple[WorklistRow, ...]:
            rows = worklist.worklist(store, day, query)
            veil = self.notes.veil(store)
            return rows if veil is None else veiled_rows(rows, veil)

        return self._ask(ask)

    def patient_card(self, patient_id: str) -> Future[PatientCard]:
        """One patient with the whole course."""

        def ask(store: Store) -> PatientCard:
            card = cards.patient_card(store, patient_id)
            self._views.seen(store, patient_id)
            veil = self.notes.veil(store)
            return card if veil is None else replace(card, trend=veiled_trend(card.trend, veil))

        return self._ask(ask)

    def session_pair(self, session_id: str) -> Future[SessionPair]:
        """Pre and post of one session."""

        def ask(store: Store) -> SessionPair:
            pair = cards.session_pair(store, session_id)
            self._views.seen(store, pair.patient.patient_id)
            veil = self.notes.veil(store)
            return pair if veil is None else veiled_pair(pair, veil)

        return self._ask(ask)

    def crops(self, capture_id: str) -> Future[tuple[bytes, ...]]:
        """JPEG files of the chosen frames' aligned faces, in time order."""
        return self.sitting.ask_then(self._files, _may_see, lambda: self._library.crops(capture_id))

    def photo(self, patient_id: str) -> Future[bytes | None]:
        """A JPEG of the patient, or None."""
        return self._ask(lambda store: patients.photo(store, patient_id))

    def damaged_clips(self) -> Future[int]:
        """How many stored clips were not whole when they were read last."""
        return self._ask(lambda store: len(damaged_clips(store)))

    def propose_session(self, patient_id: str, phase: Phase, at: Moment) -> Future[Proposal]:
        """Which session an entry of that moment belongs to, or that it must be asked."""
        return self._ask(
            lambda store: propose_session(phase, at, sessions.session_states(store, patient_id, at))
        )

    def weight_doubts(
        self, patient_id: str, session_id: str | None, phase: Phase, net_g: int, at: Moment
    ) -> Future[tuple[WeightDoubt, ...]]:
        """What is doubtful about a weight before it is entered."""

        return self._ask(
            lambda store: sessions.doubts_about(store, patient_id, session_id, phase, net_g, at)
        )

    def dry_weight_doubts(
        self, patient_id: str, weight_g: int, valid_from: date
    ) -> Future[tuple[WeightDoubt, ...]]:
        """What is doubtful about a dry weight before it is entered."""
        return self._ask(
            lambda store: patients.dry_weight_doubts(store, patient_id, weight_g, valid_from)
        )

    def tares(self, patient_id: str) -> Future[TareShelf]:
        """What is remembered of wheelchair and clothes, and the clinic's wheelchairs."""
        return self._ask(lambda store: tares.tare_shelf(store, patient_id))

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
        """Take in a clip file, analyse it and estimate; a pre or post without a session opens
        one. `event` went before a spot capture. Progress is told on another thread."""
        slot = Slot(patient_id, session_id, phase, at, event=tidy_event(event))
        mine = self._clinic.for_who_sits_there()

        def act() -> Capture:
            self.captures.gate.wait(cancel)
            taken = take_in(mine, act_id, path, slot, listener, cancel)
            self._news.tell(Change(ChangeKind.SESSION, patient_id, taken.session_id))
            return taken

        return self._intake.submit(act)

    # news

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` (on another thread) after each act, and when another program wrote."""
        self._news.listen(listener)

    def close(self) -> None:
        """Finish what is being written, stop worker and threads."""
        self._readiness.stop()
        self.clock.close()
        self.sitting.close()
        self.signs.close()
        self.users.close()
        self._rounds.close()
        self._courses.close()
        self._retention.close()
        self._upkeep.close()
        self.correcting.close()
        self.attribution.close()
        self.captures.close()
        self.consents.close()
        self.passports.close()
        self.reports.close()
        self.agreement.close()
        self.inbox.stop()
        self._news.close()
        self._clinic.worker.close()
        self.models.close()
        self.inbox.close()
        self._intake.shutdown(cancel_futures=True)
        self._files.shutdown()
        self.exports.close()
        self.audit.close()
        self.backups.close()  # with the last signed head of the record
        self._clinic.close()
        self._held.close()

    def _left(self) -> None:
        """Somebody left the seat."""
        self.agreement.forget()
        self._clinic.database.submit(lambda store: store.courses.forget())
        self.audit.sign_head()

    def _ask(self, question: Callable[[Store], T]) -> Future[T]:
        return self.sitting.ask(question)


def _may_see(store: Store) -> None:
    """Raise NOT_ALLOWED for whoever may ask nothing about patients."""
    with store.reading():
        pass


def open_desk(
    where: Where,
    *,
    window: bool,
    open_clinic: Callable[[Entered], Clinic] = Clinic,
    open_camera: OpenCamera = open_any_camera,
) -> Desk:
    """Open the profile for work. A `window` is the only one of its profile.

    Raises ExpectedError: SIGN_IN_NEEDED, PROFILE_*, KEY_MISSING, WRONG_KEY, DATABASE_*, MODEL_*,
    SQLITE_UNSAFE.
    """
    with ExitStack() as held:
        profile = where.profile if isinstance(where, Entered) else where
        check_live_place(profile)
        profile.create()
        if window:
            held.enter_context(lock_window(profile))
        desk = Desk(open_clinic(entered(where)), held.pop_all(), open_camera)
        if window:
            desk.audit.begin()
            desk.backups.begin()
            desk.exports.begin()
        return desk
