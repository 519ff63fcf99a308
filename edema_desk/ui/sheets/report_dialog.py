"""A report: choose, see how the page will look, then a PDF or a printer. Either is on record."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QMouseEvent, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QWidget

from edema_desk.domain.course.exporting import study_code
from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.reporting import (
    Page,
    ReportKind,
    ReportMade,
    ReportWay,
    ReportWish,
    patients_about,
)
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.report_job import ReportJob
from edema_desk.reports.output import PdfPages, PrinterPages, StagedFile, page_picture
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.printing import PrinterChoice
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import button, column, label, row
from edema_desk.ui.pieces.patient_banner import PatientBanner
from edema_desk.ui.sheets.report_choice import ReportChoice
from edema_desk.ui.sheets.report_drawing import PageByPage

PREVIEW_PX, LARGE_PX = 215, 900
_FINER = 3
"""A small page is drawn larger and made smaller: lines are never thinner than a pixel."""


class ReportDialog(Sheet):
    """`kind` is chosen at first where it may be made; without a patient it is of others."""

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        patient_id: str,
        kind: ReportKind,
        parent: QWidget,
        on_page: ReportWish | None = None,
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._patient_id = patient_id
        self.pages: tuple[Page, ...] = ()
        self._wish: ReportWish | None = None
        self._path = Path()
        self._staged: StagedFile | None = None
        self._printer: QPrinter | None = None
        self.saved: Path | None = None
        self._banner = PatientBanner(jobs, theme, compact=True)
        self._banner.setVisible(bool(patient_id))
        self.choice = ReportChoice(jobs.may, patient_id, kind, on_page)
        self.preview, self.larger = QLabel(), button("quiet")
        self.counted = label("caption", wrap=True)
        self.bar, self.print_button, self.open_button = ShareBar(), button(), button()
        self.job, self.drawing = ReportJob(jobs, self), PageByPage(self)
        self._note, self._load = DeskCall(jobs, self), DeskCall(jobs, self)
        self._printers = PrinterChoice(self, self.print_to)
        self._build()
        self._connect()
        self.retranslate()
        self.choice.take_focus()
        if patient_id:
            self._load.start(jobs.desk.patient_card(patient_id))
        self._look()

    def _build(self) -> None:
        self.bar.hide()
        self.open_button.hide()
        self.preview.setFixedSize(PREVIEW_PX, round(PREVIEW_PX * 297 / 210))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFrameShape(QLabel.Shape.Box)
        self.preview.installEventFilter(self)
        form = column(self.choice, None, gap=8)
        seen = column(self.preview, row(self.counted, None, self.larger), None, gap=8)
        body = row(form, seen, gap=24)
        body.setStretch(0, 1)
        self.put(self._banner, body, self.bar)
        self.footer.insertWidget(0, self.open_button)
        self.footer.insertWidget(self.footer.count() - 1, self.print_button)

    def _connect(self) -> None:
        self.choice.changed.connect(self._look)
        self.larger.clicked.connect(self.show_large)
        self.print_button.clicked.connect(self._printers.ask)
        self.open_button.clicked.connect(self._on_open)
        self.job.progressed.connect(self._on_progress)
        self.job.finished.connect(self._on_pages)
        self.job.failed.connect(self._on_failed)
        self.job.broke.connect(self._back_to_form)
        self.drawing.progressed.connect(self._on_drawn_page)
        self.drawing.drawn.connect(self._on_drawn)
        self._note.answered.connect(self._on_noted)
        self._note.failed.connect(self._on_failed)
        self._note.broke.connect(self._back_to_form)
        self._load.answered.connect(self._on_card)
        self._load.failed.connect(self.show_failure)

    # what is chosen, and how it looks

    def _on_card(self, card: PatientCard) -> None:
        self._banner.show_card(card)
        self.fit()

    def _look(self) -> None:
        """Gather what is chosen, to be shown."""
        self.clear_failure()
        self.pages, self._wish = (), self.choice.wish
        self.preview.clear()
        self._let_go_on()
        if self._wish is None:
            self.job.abandon()
            return
        self.job.gather(self._wish)
        self.fit()

    def _on_pages(self, pages: tuple[Page, ...]) -> None:
        self.pages = pages
        self.bar.hide()
        ratio = self.preview.devicePixelRatioF()
        width_px = round((PREVIEW_PX - 2) * ratio)
        large = page_picture(pages[0], self.choice.language, _FINER * width_px)
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = QPixmap.fromImage(large.scaledToWidth(width_px, smooth))
        picture.setDevicePixelRatio(ratio)
        self.preview.setPixmap(picture)
        self._let_go_on()
        self.fit()

    def show_large(self) -> None:
        """The first page, large enough to be read. Escape closes it."""
        if not self.pages:
            return
        large = QDialog(self)
        large.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        large.setWindowTitle(self.windowTitle())
        area, shown = QScrollArea(), QLabel()
        image = page_picture(self.pages[0], self.choice.language, LARGE_PX)
        shown.setPixmap(QPixmap.fromImage(image))
        shown.setAccessibleName(self.preview.accessibleName())
        area.setWidget(shown)
        large.setLayout(column(area))
        large.resize(LARGE_PX + 40, 700)
        large.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the small page shows it large."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self.show_large()
        return super().eventFilter(watched, event)

    # a file

    def save(self) -> None:
        """Ask where the PDF goes; once it is there, close."""
        if self.saved is not None:
            self.accept()
            return
        if not self.pages or self.drawing.busy or self._note.waiting:
            return
        dialog = QFileDialog(self, self.tr("Save the report as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(self.file_name())
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def file_name(self) -> str:
        """A name for the file that says nothing of whom it is about but a code."""
        kind = self.choice.kind.value if self.choice.kind else "report"
        code = f"-{study_code(self._patient_id)}" if self._patient_id else ""
        return f"edemadesk-{kind}{code}-{date.today()}.pdf"

    def save_to(self, file: str) -> None:
        """Draw all pages into this file. What was there was asked about by the file dialog."""
        self._path, self._printer = Path(file), None
        self._draw(PdfPages(self.pages[0], self.choice.language))

    # a printer

    def print_to(self, printer: QPrinter) -> None:
        """Put it on record, then print all pages."""
        if self.pages and not self.drawing.busy:
            self._printer = printer
            self._set_making(True)
            self._put_on_record(ReportWay.PRINTER)

    # both

    def _draw(self, sink: PdfPages | PrinterPages) -> None:
        self.clear_failure()
        self._set_making(True)
        self.drawing.begin(self.pages, sink)

    def _on_drawn(self, content: bytes) -> None:
        if self._printer is not None:
            self.finish(self.tr("The report went to the printer, and is on record."))
            return
        try:
            self._staged = StagedFile(self._path, content, replace=True)
        except ExpectedError as error:
            self._on_failed(error)
            return
        self._put_on_record(ReportWay.FILE)

    def _put_on_record(self, way: ReportWay) -> None:
        wish = self._wish
        if wish is None:
            return
        about = patients_about(self.pages, wish)
        made = ReportMade(wish, about, len(self.pages), way, self.choice.language)
        act_id = self.acts.of(made, str(self._path))
        self._note.start(self.jobs.desk.reports.note_made(act_id, made))

    def _on_noted(self) -> None:
        if self._printer is not None:
            self._draw(PrinterPages(self._printer, self.choice.language))
            return
        staged, self._staged = self._staged, None
        try:
            if staged is not None:
                staged.publish()
        except ExpectedError as error:
            self._on_failed(error)
            return
        self.saved = self._path
        self._back_to_form()
        self.choice.setEnabled(False)
        self.open_button.show()
        self.retranslate()
        self.save_button.setFocus()
        self.done_well.emit(self.tr("The report is saved, and on record."))

    def _on_open(self) -> None:
        if self.saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved)))

    def _on_progress(self, what: str, done: float, total: float, left_s: float | None) -> None:
        self.bar.setVisible(total > 1)
        self.bar.tell(done, total)

    def _on_drawn_page(self, done: int, total: int) -> None:
        self.bar.setVisible(total > 1)
        self.bar.tell(done, total)

    def _set_making(self, making: bool) -> None:
        self.choice.setEnabled(not making)
        self._let_go_on()
        stop, cancel = self.tr("Stop"), self.tr("Cancel")
        self.cancel_button.setText(stop if making else cancel)

    def _let_go_on(self) -> None:
        ready = bool(self.pages) and not self.drawing.busy and not self._note.waiting
        for part in (self.save_button, self.print_button, self.larger):
            part.setEnabled(ready and self.choice.isEnabled())
        count = len(self.pages)
        said = self.tr("1 page") if count == 1 else self.tr("{count} pages").format(count=count)
        self.counted.setText(said if count else "")

    def _on_failed(self, error: ExpectedError) -> None:
        self._discard()
        self._back_to_form()
        if error.code is not ErrorCode.CANCELLED:
            self.failure.say(error_text(error))
        self.fit()

    def _back_to_form(self) -> None:
        self.bar.hide()
        self._set_making(False)
        self.fit()

    def _discard(self) -> None:
        staged, self._staged = self._staged, None
        if staged is not None:
            staged.discard()

    def reject(self) -> None:
        """Stop the drawing first; a second time, close."""
        if self.drawing.busy:
            self.drawing.stop()
            self._back_to_form()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Closed: nothing is told or kept any more."""
        self.job.abandon()
        self.drawing.stop()
        self._note.forget()
        self._discard()
        super().done(result)

    def retranslate(self) -> None:
        """Set every text again."""
        done = self.saved is not None
        self.say_heading(self.tr("Report"), self.tr("Done") if done else self.tr("Save as PDF…"))
        self.cancel_button.setVisible(not done)
        self.print_button.setText(self.tr("Print…"))
        self.print_button.setVisible(not done)
        self.larger.setText(self.tr("Larger"))
        self.open_button.setText(self.tr("Open the PDF"))
        self.preview.setAccessibleName(self.tr("How the first page will look"))
        self.choice.retranslate()
        self._let_go_on()
        if done:
            self.save_button.setEnabled(True)
