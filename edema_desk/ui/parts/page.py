"""What every page is to the window: a title, wishes to go elsewhere, and news to refresh by."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.views import Change
from edema_desk.domain.reporting import ReportWish
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.theme import Theme


class Page(QWidget):
    """Base of the pages. The window, their parent's parent, listens to the signals.

    `patient_wanted(patient_id)` and `session_wanted(session_id)` navigate. `weight_wanted` and
    `clip_wanted` (patient_id, session_id or None, Phase or None) and `dry_weight_wanted
    (patient_id)` open the dialogs, `new_patient_wanted` one for a new patient, `schedule_wanted
    (patient_id)` that for a patient's days, `consent_wanted(patient_id, Purpose)` that for an
    answer, `erasing_wanted(patient_id)` that for erasing somebody. `day_plan_wanted(patient_id,
    day, DayPlan)` says that a day is unlike them. `capture_wanted(patient_id, session_id or None,
    Phase)` opens the camera. `move_wanted`, `removal_wanted` and `return_wanted` (patient_id,
    Capture) open the dialogs by which a capture is moved, deleted and taken back, `event_wanted`
    that for what went before it.
    `report_wanted`, `sheet_wanted` (of the dry weight) and `export_wanted` (patient_id, "" for the
    whole clinic) open what is put on paper or handed out.
    `note_wanted(SessionPair, Note or None)` opens the dialog for a note, new or corrected.
    `title_changed()` asks the window to read `title` and `subtitle` again.
    """

    patient_wanted = Signal(str)
    session_wanted = Signal(str)
    weight_wanted = Signal(str, object, object)
    clip_wanted = Signal(str, object, object)
    capture_wanted = Signal(str, object, object)
    move_wanted = Signal(str, object)
    removal_wanted = Signal(str, object)
    return_wanted = Signal(str, object)
    event_wanted = Signal(str, object)
    dry_weight_wanted = Signal(str)
    report_wanted = Signal(str)
    sheet_wanted = Signal(str)
    export_wanted = Signal(str)
    note_wanted = Signal(object, object)
    consent_wanted = Signal(str, object)
    erasing_wanted = Signal(str)
    schedule_wanted = Signal(str)
    day_plan_wanted = Signal(str, object, object)
    new_patient_wanted = Signal()
    title_changed = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys_to: QWidget | None = None
        self.jobs = jobs
        self.theme = theme
        theme.changed.connect(self.restyle)
        jobs.changed.connect(self.on_change)

    def title(self) -> str:
        """The words beside the page's name in the header, translated."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """Muted words after the title: a day, a name."""
        return ""

    def header_tools(self) -> QWidget | None:
        """What the window puts beside the title while this page is in front."""
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys go to the part they are for. A focus proxy inside the page would do the same,
        but Tab passes over whatever stands before one."""
        super().focusInEvent(event)
        if self.keys_to is not None:
            self.keys_to.setFocus(event.reason())

    def refresh(self) -> None:
        """Ask the desk again for what is shown. Called when the page comes to the front."""

    def on_change(self, change: Change) -> None:
        """An act was done somewhere; pages refresh when it concerns what they show."""

    def report_wish(self) -> ReportWish | None:
        """What a report that is wished for here is about, where the page says it more closely."""
        return None

    def search(self) -> None:
        """Put the cursor into the page's search field, where it has one."""

    def retranslate(self) -> None:
        """Set every text again; the language changed."""

    def restyle(self) -> None:
        """Colour what a style sheet does not reach (icons, plots); the theme changed."""

    def changeEvent(self, event: QEvent) -> None:
        """Retranslate at once when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.title_changed.emit()
        super().changeEvent(event)
