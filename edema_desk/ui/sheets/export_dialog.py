"""Patients leave the program as files: what would go is said before it goes."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.models.export_plan import ExportCount, ExportWish
from edema_desk.domain.terms.places import Shared
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.export_job import ExportJob
from edema_desk.ui.parts.fields import Field
from edema_desk.ui.parts.phrases import left_text, research_note
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.sheets.export_choice import ExportChoice
from edema_desk.ui.sheets.export_words import count_text, shared_text, staying_text
from edema_desk.ui.sheets.working_sheet import WorkingSheet


class ExportDialog(WorkingSheet):
    """Choose, read what goes out and what stays, export with progress, open the folder."""

    def __init__(self, jobs: DeskJobs, theme: Theme, patient_id: str, parent: QWidget) -> None:
        super().__init__(jobs, theme, parent)
        self._count: ExportCount | None = None
        self._target = Path()
        self._out: Path | None = None
        self._banner = PatientBanner(jobs, theme, compact=True)
        self._banner.setVisible(bool(patient_id))
        self.choice = ExportChoice(theme, jobs.may, patient_id)
        self.counted, self.staying = label("strong", wrap=True), label("muted", wrap=True)
        self.place_edit, self.browse = QLineEdit(str(_usual_folder())), button()
        self.place_edit.setReadOnly(True)
        self.place = Field(self.place_edit, self.browse)
        self.where, self.note = label(wrap=True), label("caption", research_note())
        self.shared = Notice(theme, "attention")
        self._shared_by: Shared | None = None
        self.open_button = button()
        self.counting, self.job = ExportJob(jobs, self), ExportJob(jobs, self)
        self._load, self._origins = DeskCall(jobs, self), DeskCall(jobs, self)
        self._sharing = DeskCall(jobs, self)
        self._build()
        self._connect()
        self.retranslate()
        if patient_id:
            self._load.start(jobs.desk.patient_card(patient_id))
        self._origins.start(jobs.desk.exports.origins())
        self.put_into(self.place_edit.text())

    def _build(self) -> None:
        said = column(self.counted, self.staying, gap=STEP_PX)
        self.put(
            *(self._banner, self.choice, said, self.place, self.shared),
            *(self.working, self.where),
        )
        self.footer.insertWidget(0, self.note, 1)
        self.footer.insertWidget(2, self.open_button)
        self.open_button.hide()
        self.where.hide()
        self.shared.hide()
        self.save_button.setEnabled(False)

    def _connect(self) -> None:
        self.choice.changed.connect(self._look)
        self.browse.clicked.connect(self._on_browse)
        self.open_button.clicked.connect(self._on_open)
        self._load.answered.connect(self._on_card)
        self._load.failed.connect(self.show_failure)
        self._origins.answered.connect(self.choice.offer_origins)
        self._origins.failed.connect(self.show_failure)
        self._sharing.answered.connect(self._on_shared)
        self._sharing.failed.connect(self.show_failure)
        self.counting.progressed.connect(self._on_counting)
        self.counting.finished.connect(self._on_counted)
        self.counting.failed.connect(self._on_uncounted)
        self.follow(self.job, (self.choice, self.place, self.shared), "gather")
        self.job.finished.connect(self._on_exported)

    # what is chosen

    def _on_card(self, card: PatientCard) -> None:
        self._banner.show_card(card)
        self.fit()

    def _look(self) -> None:
        """Count anew what would go out."""
        self.clear_failure()
        self._count = None
        self.save_button.setEnabled(False)
        wish = self.choice.wish
        if wish is None:
            self.counting.abandon()
            self._say_count("")
            return
        self._say_count(self.tr("Counting what would go out…"))
        self.counting.count(wish)

    def _on_counting(self, what: str, done: float, total: float, left_s: float | None) -> None:
        del what
        said = self.tr("Counting what would go out…")
        left = left_text(left_s) if done < total else ""
        self._say_count(f"{said} {left}".rstrip())

    def _on_counted(self, count: ExportCount) -> None:
        self._count = count
        self.save_button.setEnabled(bool(count.patients))
        self._say_count()

    def _on_uncounted(self, error: ExpectedError) -> None:
        self._say_count("")
        if error.code is not ErrorCode.CANCELLED:
            self.show_failure(error)

    def _say_count(self, instead: str | None = None) -> None:
        count, wish = self._count, self.choice.wish
        if instead is not None or count is None:
            self.counted.setText(instead or "")
            self.staying.setText("")
        else:
            self.counted.setText(count_text(count, done=self._out is not None))
            named = wish is not None and wish.named
            self.staying.setText(staying_text(count, named=named))
        self.staying.setVisible(bool(self.staying.text()))
        self.fit()

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the folder shall be made"))
        dialog.setDirectory(self.place_edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.put_into)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def put_into(self, folder: str) -> None:
        """Make the export's folder in this one."""
        self.place_edit.setText(folder)
        self.clear_failure()
        self._sharing.start(self.jobs.desk.exports.shared(Path(folder)))

    def _on_shared(self, shared: Shared | None) -> None:
        self._shared_by = shared
        self._say_shared()

    def _say_shared(self) -> None:
        self.shared.say(shared_text(self._shared_by) if self._out is None else "")
        self.fit()

    # the export

    def save(self) -> None:
        """Export; once that is done, close."""
        if self._out is not None:
            self.accept()
            return
        wish = self.choice.wish
        if wish is None or self._count is None or not self._count.patients:
            return
        self.clear_failure()
        self._target = _free_name(Path(self.place_edit.text()), wish)
        self.job.export(self.acts.of(wish, str(self._target)), wish, self._target)

    def _on_exported(self, count: ExportCount) -> None:
        self._count, self._out = count, self._target
        self.working.hide()
        self.cancel_button.hide()
        self.open_button.show()
        self.save_button.show()
        self.retranslate()
        self.save_button.setFocus()
        self.done_well.emit(self.tr("The export is on the disk and on record."))

    def _on_open(self) -> None:
        if self._out is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out)))

    def done(self, result: int) -> None:
        """Closed: nothing is told any more."""
        self.counting.abandon()
        super().done(result)

    def retranslate(self) -> None:
        """Set every text again."""
        if self._out is None:
            self.say_heading(self.tr("Export"), self.tr("Export now"))
        else:
            self.say_heading(self.tr("The export is done"), self.tr("Done"))
            said = self.tr("In {folder}. Keep it as carefully as the records themselves.")
            self.where.setText(said.format(folder=self._out))
            self.where.show()
        self.note.setText(research_note())
        self.choice.retranslate()
        self.place.say(self.tr("A new folder is made in"))
        self.browse.setText(self.tr("Choose…"))
        self.open_button.setText(self.tr("Open the folder"))
        if self._count is not None:
            self._say_count()
        self._say_shared()


def _usual_folder() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


def _free_name(folder: Path, wish: ExportWish) -> Path:
    """A name that is not taken: edema-desk-csv-2026-03-02, then with -2, -3."""
    stem = f"edema-desk-{wish.kind.value}-{date.today()}"
    number = 2
    path = folder / stem
    while path.exists():
        path = folder / f"{stem}-{number}"
        number += 1
    return path
