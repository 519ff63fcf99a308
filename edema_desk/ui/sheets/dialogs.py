"""The dialogs pages wish for, opened over the window one at a time."""

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.reporting import ReportKind, ReportWish
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.records import Capture, Phase
from edema_desk.domain.terms.schedule import DayPlan
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.sheets.add_clip_dialog import AddClipDialog
from edema_desk.ui.sheets.add_patient_dialog import AddPatientDialog
from edema_desk.ui.sheets.away_dialog import AwayDialog
from edema_desk.ui.sheets.consent_dialog import ConsentDialog
from edema_desk.ui.sheets.day_acts import DayActs
from edema_desk.ui.sheets.dry_weight_dialog import DryWeightDialog
from edema_desk.ui.sheets.erase_dialog import EraseDialog
from edema_desk.ui.sheets.event_dialog import EventDialog
from edema_desk.ui.sheets.export_dialog import ExportDialog
from edema_desk.ui.sheets.move_capture_dialog import MoveCaptureDialog
from edema_desk.ui.sheets.remove_capture_dialog import RemoveCaptureDialog
from edema_desk.ui.sheets.report_dialog import ReportDialog
from edema_desk.ui.sheets.schedule_dialog import ScheduleDialog
from edema_desk.ui.sheets.session_note_dialog import NoteDialog
from edema_desk.ui.sheets.weight_dialog import WeightDialog


class Dialogs(QObject):
    """Serves the wishes of pages. `done_well(sentence)` when an act was done;
    `undoable(sentence, undo)` when it can be taken back by calling `undo`; `session_wanted` and
    `patient_wanted` when a dialog leads on to one."""

    done_well = Signal(str)
    undoable = Signal(str, object)
    session_wanted = Signal(str)
    patient_wanted = Signal(str)

    def __init__(self, jobs: DeskJobs, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._theme, self._window = jobs, theme, window
        self.open_sheet: Sheet | None = None
        self._days = DayActs(jobs, self)
        self._days.told.connect(self.undoable)

    def serve(self, page: Page) -> None:
        """Listen to a page."""
        page.weight_wanted.connect(self.ask_weight)
        page.clip_wanted.connect(self.ask_clip)
        page.dry_weight_wanted.connect(self.ask_dry_weight)
        page.consent_wanted.connect(self.ask_consent)
        page.erasing_wanted.connect(self.ask_erasing)
        page.new_patient_wanted.connect(self.ask_new_patient)
        page.report_wanted.connect(self.ask_report)
        page.sheet_wanted.connect(self.ask_sheet)
        page.schedule_wanted.connect(self.ask_schedule)
        page.move_wanted.connect(self.ask_move)
        page.removal_wanted.connect(self.ask_removal)
        page.return_wanted.connect(self.ask_return)
        page.note_wanted.connect(self.ask_note)
        page.event_wanted.connect(self.ask_event)
        page.export_wanted.connect(self.ask_export)
        page.day_plan_wanted.connect(self.plan_day)

    def may(self, kind: ActKind) -> bool:
        """Whether an act is one of whoever signed in; where it is not, that is said, before a form
        is filled in for nothing. The store decides all the same."""
        allowed = self._jobs.may(kind)
        if not allowed:
            self.done_well.emit(error_text(ExpectedError(ErrorCode.NOT_ALLOWED)))
        return allowed

    def ask_weight(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """A weight of a session, new or corrected."""
        if not self.may(ActKind.ENTER_WEIGHING):
            return
        window = self._window
        self._open(WeightDialog(self._jobs, self._theme, patient_id, session_id, phase, window))

    def ask_clip(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """A clip file."""
        if not self.may(ActKind.BEGIN_CAPTURE):
            return
        window = self._window
        dialog = AddClipDialog(self._jobs, self._theme, patient_id, session_id, phase, window)
        dialog.session_wanted.connect(self.session_wanted)
        self._open(dialog)

    def ask_dry_weight(self, patient_id: str) -> None:
        """A new dry weight."""
        if not self.may(ActKind.SET_DRY_WEIGHT):
            return
        self._open(DryWeightDialog(self._jobs, self._theme, patient_id, self._window))

    def ask_move(self, patient_id: str, capture: Capture) -> None:
        """Whom a capture shows after all."""
        window = self._window
        self._open(MoveCaptureDialog(self._jobs, self._theme, patient_id, capture, window))

    def ask_removal(self, patient_id: str, capture: Capture) -> None:
        """Why a capture is deleted."""
        window = self._window
        self._open(RemoveCaptureDialog(self._jobs, self._theme, patient_id, capture, window))

    def ask_return(self, patient_id: str, capture: Capture) -> None:
        """Why a deleted capture is taken back."""
        window = self._window
        dialog = RemoveCaptureDialog(
            self._jobs, self._theme, patient_id, capture, window, back=True
        )
        self._open(dialog)

    def ask_event(self, patient_id: str, capture: Capture) -> None:
        """What went before a spot capture."""
        if self.may(ActKind.KEEP_SPOT_EVENT):
            window = self._window
            self._open(EventDialog(self._jobs, self._theme, patient_id, capture, window))

    def ask_note(self, pair: SessionPair, before: Note | None) -> None:
        """A note on a session, or another text for one."""
        if not self.may(ActKind.ADD_NOTE if before is None else ActKind.CORRECT_NOTE):
            return
        self._open(NoteDialog(self._jobs, self._theme, pair, before, self._window))

    def ask_consent(self, patient_id: str, purpose: Purpose) -> None:
        """Whether a patient agrees to something."""
        self._open(ConsentDialog(self._jobs, self._theme, patient_id, purpose, self._window))

    def ask_erasing(self, patient_id: str) -> None:
        """Whether a patient shall be erased."""
        self._open(EraseDialog(self._jobs, self._theme, patient_id, self._window))

    def ask_export(self, patient_id: str) -> None:
        """What of a patient, or of everybody with "", shall go out as files."""
        if self._jobs.may(ActKind.EXPORT_STUDY) or self.may(ActKind.EXPORT_PATIENTS):
            self._open(ExportDialog(self._jobs, self._theme, patient_id, self._window))

    def ask_report(self, patient_id: str) -> None:
        """Pages for paper, about a patient or agreement."""
        page = self.sender()
        on_page = page.report_wish() if isinstance(page, Page) else None
        kind = ReportKind.PATIENT if on_page is None else on_page.kind
        self._ask_report(patient_id, kind, on_page)

    def ask_sheet(self, patient_id: str) -> None:
        """The facts for the review of a dry weight."""
        self._ask_report(patient_id, ReportKind.SHEET, None)

    def _ask_report(self, patient_id: str, kind: ReportKind, on_page: ReportWish | None) -> None:
        if not self._jobs.may(ActKind.MAKE_AGREEMENT_REPORT) and not self.may(ActKind.MAKE_REPORT):
            return
        window = self._window
        self._open(ReportDialog(self._jobs, self._theme, patient_id, kind, window, on_page))

    def ask_schedule(self, patient_id: str) -> None:
        """Other weekdays, shift, bed and hours."""
        if not self.may(ActKind.SET_SCHEDULE):
            return
        self._open(ScheduleDialog(self._jobs, self._theme, patient_id, self._window))

    def plan_day(self, patient_id: str, day: date, plan: DayPlan) -> None:
        """A day unlike the schedule; being away needs a reason, which is asked."""
        if not self.may(ActKind.PLAN_DAY):
            return
        if plan is not DayPlan.AWAY:
            self._days.plan(patient_id, day, plan)
            return
        dialog = AwayDialog(self._jobs, self._theme, patient_id, day, self._window)
        dialog.marked.connect(self._days.tell_away)
        self._open(dialog)

    def ask_new_patient(self) -> None:
        """A new patient."""
        if not self.may(ActKind.ADD_PATIENT):
            return
        dialog = AddPatientDialog(self._jobs, self._theme, self._window)
        dialog.patient_wanted.connect(self.patient_wanted)
        self._open(dialog)

    def _open(self, sheet: Sheet) -> None:
        if self.open_sheet is not None:
            self.open_sheet.close()
        self.open_sheet = sheet
        sheet.done_well.connect(self.done_well)
        sheet.finished.connect(self._on_finished)
        sheet.open()
        sheet.fit()

    def _on_finished(self) -> None:
        self.open_sheet = None
