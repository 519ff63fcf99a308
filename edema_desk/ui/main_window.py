"""The window: rail, header, one page at a time, and the way between pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from edema_desk import __version__
from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.backup_job import BackupJob
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.log import report_bug
from edema_desk.settings import Settings
from edema_desk.ui.agreement.page import AgreementPage
from edema_desk.ui.capture.page import CapturePage
from edema_desk.ui.capture.setup import usual_camera
from edema_desk.ui.entrance.guard import Guard
from edema_desk.ui.foot_watch import FootWatch
from edema_desk.ui.header import Header
from edema_desk.ui.inbox.page import InboxPage
from edema_desk.ui.models.page import ModelsPage
from edema_desk.ui.parts.messages import BugDialog, Toast
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import research_note
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column, row
from edema_desk.ui.patient.list_page import PatientsPage
from edema_desk.ui.patient.page import PatientPage
from edema_desk.ui.person_menu import PersonMenu
from edema_desk.ui.places import (
    AGREEMENT,
    CAPTURE,
    INBOX,
    MODELS,
    ON_THE_RAIL,
    PATIENT,
    PATIENTS,
    ROOT_KEYS,
    SESSION,
    SETTINGS,
    TODAY,
    Place,
)
from edema_desk.ui.rail import Rail
from edema_desk.ui.session.page import SessionPage
from edema_desk.ui.settings.page import SettingsPage
from edema_desk.ui.sheets.dialogs import Dialogs
from edema_desk.ui.status_line import StatusLine
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.source import WorklistSource

SMALLEST = (1260, 640)


class MainWindow(QMainWindow):
    """One window over one desk, of whoever signed in when it was made. `settings_chosen(Settings)`
    from the settings page; `administrator_wanted()` when somebody is to sign in from now on;
    `replaced()` when somebody else signed in; `closed()` when it is closed."""

    settings_chosen = Signal(object)
    administrator_wanted = Signal()
    replaced = Signal()
    closed = Signal()

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        settings: Settings,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.jobs, self.theme = jobs, theme
        self.source = WorklistSource(jobs, today(), self)
        self.today = TodayPage(jobs, theme, self.source, settings, today)
        self.inbox = InboxPage(jobs, theme, self.source)
        self.patients = PatientsPage(jobs, theme, self.source)
        self.patient = PatientPage(jobs, theme, settings)
        self.session = SessionPage(jobs, theme)
        self.session.adopt(settings)
        self.agreement = AgreementPage(jobs, theme, today)
        self.models = ModelsPage(jobs, theme, self.source)
        self.settings = SettingsPage(jobs, theme, settings, __version__)
        self.capture = CapturePage(jobs, theme, settings.voice, usual_camera(settings))
        self._settings = settings
        self._pages: dict[str, Page] = {
            TODAY: self.today,
            INBOX: self.inbox,
            PATIENTS: self.patients,
            PATIENT: self.patient,
            SESSION: self.session,
            CAPTURE: self.capture,
            AGREEMENT: self.agreement,
            MODELS: self.models,
            SETTINGS: self.settings,
        }
        self._way: list[Place] = []
        self._wanted: Place | None = None
        self._closing = False
        self._bug_on_screen = False
        self._rail = Rail(theme, ON_THE_RAIL, ROOT_KEYS)
        self._header = Header(theme)
        self._status = StatusLine(self.source, settings)
        self._backups = BackupJob(jobs, self)
        self._stack = QStackedWidget()
        self.dialogs = Dialogs(jobs, theme, self)
        self._build()
        self.toast = Toast(self)
        self.guard = Guard(jobs, theme, self)
        self._connect()
        self._add_shortcuts()
        self._retranslate()
        self.go(Place(TODAY))
        self.guard.set_limit(settings.clinic.lock_after_min)
        self.source.refresh()
        FootWatch(jobs, self._status)
        self.models.begin_watching()
        self._status.show_clock(jobs.desk.clock.step)
        self._on_backups()

    def _build(self) -> None:
        for page in self._pages.values():
            self._stack.addWidget(page)
            self._header.adopt(page)
        body = column(self._header, self._stack, self._status, gap=8)
        body.setStretch(1, 1)
        body.setContentsMargins(28, 8, 28, 10)
        middle = QWidget()
        middle.setProperty("role", "ground")
        middle.setLayout(row(self._rail, body, gap=0))
        self.setCentralWidget(middle)
        self.setMinimumSize(*SMALLEST)
        self.resize(1440, 900)

    def _connect(self) -> None:
        self._backups.changed.connect(self._on_backups)
        self._connect_guard()
        self.jobs.changed.connect(self._on_change)
        for page in self._pages.values():
            page.patient_wanted.connect(self.go_to_patient)
            page.session_wanted.connect(self.go_to_session)
            page.capture_wanted.connect(self.go_to_capture)
            page.title_changed.connect(self._say_title)
            self.dialogs.serve(page)
        self.dialogs.session_wanted.connect(self.go_to_session)
        self.dialogs.patient_wanted.connect(self.go_to_patient)
        for told_by in (self.dialogs, self.models):
            told_by.done_well.connect(self.toast.say)
            told_by.undoable.connect(self.toast.say)
        self.settings.chosen.connect(self._on_settings)
        self.settings.chosen.connect(self.today.set_settings)
        self.settings.chosen.connect(self.patient.set_settings)
        self.settings.chosen.connect(self.session.adopt)
        self.settings.done_well.connect(self.toast.say)
        self.models.drifted.connect(self._on_drifted)
        self.capture.done.connect(self._go_today)
        self.capture.leave_wanted.connect(self.back)
        self.capture.left.connect(self._on_capture_left)
        self.capture.voice_chosen.connect(self._on_voice)
        self.capture.camera_chosen.connect(self._on_camera)
        self.inbox.waiting_changed.connect(self._on_inbox_waiting)
        self.inbox.folder_chosen.connect(self._on_inbox_folder)
        self.jobs.bug_found.connect(self.show_bug)
        self._rail.chosen.connect(self._on_rail)
        self._header.back_wanted.connect(self.back)
        self.source.arrived.connect(self._on_rows)

    def _connect_guard(self) -> None:
        guard = self.guard
        self._person = PersonMenu(self._rail, self)
        self._person.show_person(self.jobs.desk.person)
        self._person.lock.triggered.connect(guard.lock)
        self._person.switch.triggered.connect(guard.switch)
        self._status.show_open_to_all(not guard.active)
        self._status.sign_in_wanted.connect(self.administrator_wanted)
        self.settings.administrator_wanted.connect(self.administrator_wanted)
        guard.covered.connect(self._on_covered)
        guard.uncovered.connect(self.refresh)
        guard.replaced.connect(self._on_replaced)
        self.capture.job.shown.connect(self._on_recording)

    def _add_shortcuts(self) -> None:
        self._rail.listen_in(self)
        for keys, slot in (
            ("Ctrl+L", self.guard.lock),
            ("Alt+Left", self.back),
            ("Escape", self.back),
            ("Ctrl+F", self.search),
            ("/", self.search),
            ("F5", self.refresh),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # the way between pages

    def go(self, place: Place) -> None:
        """Go to a page; the pages of the rail begin the way anew."""
        if not self._may_leave(place):
            return
        if place.key in ROOT_KEYS:
            self._way = []
        if not self._way or self._way[-1] != place:
            self._way.append(place)
        self._show_place()

    def back(self) -> None:
        """Go back one page, as far as there is a way."""
        if self._at_capture:
            if self._may_leave(None):
                self._show_place()
        elif len(self._way) > 1:
            self._way.pop()
            self._show_place()

    @property
    def _at_capture(self) -> bool:
        return bool(self._way) and self._way[-1].key == CAPTURE

    def _may_leave(self, wanted: Place | None) -> bool:
        """Leave a capture, which nothing leads back to. While it records it asks first, and
        tells when the way to `wanted` (None: back) is free."""
        self._wanted, self._closing = wanted, False
        if self._at_capture:
            if not self.capture.let_go():
                return False
            self._way.pop()
        return True

    def _on_capture_left(self) -> None:
        if self._closing:
            self.close()
        elif self._wanted is not None:
            self.go(self._wanted)
        else:
            self.back()

    def go_to_capture(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """Open the camera for a patient."""
        if self.dialogs.may(ActKind.BEGIN_RECORDING):
            self.go(Place(CAPTURE, patient_id, session_id, phase))

    def go_to_patient(self, patient_id: str) -> None:
        """Open a patient."""
        self.go(Place(PATIENT, patient_id))

    def go_to_session(self, session_id: str) -> None:
        """Open a session."""
        self.go(Place(SESSION, session_id))

    def search(self) -> None:
        """Put the cursor into a search field, on the page in front or on Today."""
        if self._way[-1].key not in (TODAY, PATIENTS, AGREEMENT):
            self.go(Place(TODAY))
        self._pages[self._way[-1].key].search()

    def refresh(self) -> None:
        """Ask the desk again for what is in front."""
        self._pages[self._way[-1].key].refresh()

    def _go_today(self) -> None:
        self.go(Place(TODAY))

    def _on_rail(self, key: str) -> None:
        self.go(Place(key))

    def _show_place(self) -> None:
        place = self._way[-1]
        if place.key == PATIENT:
            self.patient.show_patient(place.shown)
        elif place.key == SESSION:
            self.session.show_session(place.shown)
        elif place.key == CAPTURE:
            self.capture.show_capture(place.shown, place.session_id, place.phase)
        page = self._pages[place.key]
        self._stack.setCurrentWidget(page)
        self._rail.choose(self._way[0].key)
        self._say_title()
        page.setFocus()

    def _say_title(self) -> None:
        if self._way:
            self._header.show_page(self._pages[self._way[-1].key], has_back=len(self._way) > 1)

    # locking

    def _on_covered(self) -> None:
        self.toast.hide()
        self.capture.job.leave_if_empty()
        self._on_recording()

    def _on_recording(self) -> None:
        """What the patient is told is told under the cover too."""
        if self.guard.locked:
            self.guard.show_recording(self.capture.job.view)
            self.capture.voice.hear(self.capture.job.view)

    def _on_replaced(self) -> None:
        self.capture.job.hand_over()
        self.capture.close_camera()
        self.replaced.emit()

    # choices that are remembered

    def _on_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.guard.set_limit(settings.clinic.lock_after_min)
        self.capture.adopt(settings.voice, usual_camera(settings))
        self._status.set_settings(settings)
        self.settings_chosen.emit(settings)

    def _on_voice(self, voice: str) -> None:
        self._remember(replace(self._settings, voice=voice))

    def _on_camera(self, camera: CameraAddress) -> None:
        chosen = replace(self._settings, camera=camera.public.locator, camera_name=camera.name)
        self._remember(chosen)

    def _on_inbox_folder(self, folder: str, after: str) -> None:
        self._remember(replace(self._settings, inbox=folder, inbox_after=after))
        self.inbox.watch(folder, after)

    def _on_inbox_waiting(self, count: int) -> None:
        said = self.tr("{count} files wait for you")
        self._rail.set_count(INBOX, count, said.format(count=count))

    def _on_drifted(self, count: int, said: str) -> None:
        self._rail.set_count(MODELS, count, said)

    def _remember(self, settings: Settings) -> None:
        self.settings.adopt(settings)
        self._on_settings(settings)

    # news and trouble

    def _on_backups(self) -> None:
        self._status.show_backup(self._backups.state)

    def _on_change(self, change: Change) -> None:
        if change.kind is ChangeKind.CLOCK:
            self._status.show_clock(self.jobs.desk.clock.step)

    def show_bug(self, error: BaseException) -> None:
        """Say that something went wrong that should not; once, while that is on the screen."""
        if self._bug_on_screen:
            report_bug(error)
            return
        dialog = BugDialog(self.theme, error, self)
        dialog.finished.connect(self._on_bug_read)
        self._bug_on_screen = True
        dialog.open()

    def _on_bug_read(self) -> None:
        self._bug_on_screen = False

    def _on_rows(self) -> None:
        rows = self.source.rows or ()
        self._header.show_origins(frozenset(r.patient.origin for r in rows))

    # window

    def _retranslate(self) -> None:
        self.setWindowTitle(f"EdemaDesk · {research_note()}")
        for key, word in (
            (TODAY, self.tr("Today")),
            (INBOX, self.tr("Inbox")),
            (PATIENTS, self.tr("Patients")),
            (AGREEMENT, self.tr("Agreement")),
            (MODELS, self.tr("Models")),
            (SETTINGS, self.tr("Settings")),
        ):
            self._rail.set_text(key, word)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line of good news in its place."""
        super().resizeEvent(event)
        self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window is gone. A capture that records is asked about before."""
        free = self.guard.locked or not self._at_capture or self.capture.let_go()
        if not free:  # locked, nobody is there to be asked: the desk keeps what is recorded
            self._wanted, self._closing = None, True
            event.ignore()
            return
        super().closeEvent(event)
        if event.isAccepted():
            self.guard.close()
            self.closed.emit()
