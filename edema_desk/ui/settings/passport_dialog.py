"""The two-minute test of a camera: what to do, the live picture, and what was found."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.passport import CameraPassport
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.jobs.passport_job import PassportJob
from edema_desk.ui.parts.phrases import left_text
from edema_desk.ui.parts.share_bar import ShareBar
from edema_desk.ui.parts.sheet import Sheet
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.parts.widgets import column, label, row
from edema_desk.ui.settings.camera_picture import CameraPicture
from edema_desk.ui.settings.passport_results import PassportResults
from edema_desk.ui.settings.passport_words import passport_text

_PICTURE_PX = (320, 180)


class PassportDialog(Sheet):
    """Explains, tests, and shows the passport. Closing it stops a test that runs."""

    def __init__(
        self, jobs: DeskJobs, theme: Theme, camera: CameraAddress, name: str, parent: QWidget
    ) -> None:
        super().__init__(jobs, theme, parent)
        self._camera, self._name = camera, name
        self._part = ""
        self._left_s: float | None = None
        self.passport: CameraPassport | None = None
        self.picture = CameraPicture(theme, *_PICTURE_PX)
        self.instruction, self.explained = label("card-title", wrap=True), label(wrap=True)
        self.bar, self.left = ShareBar(), label("muted")
        self.results = PassportResults(theme)
        self.job = PassportJob(jobs, self)
        words = column(self.instruction, self.explained, None, self.bar, self.left, gap=8)
        self._live = QWidget()
        live = row(self.picture, words, gap=20)
        live.setStretch(1, 1)
        self._live.setLayout(live)
        self.summary = label("card-title", wrap=True)
        self.put(self._live, self.summary, self.results)
        self._connect()
        self.retranslate()
        self._show_state()
        self.save_button.setFocus()

    def _connect(self) -> None:
        self.job.started.connect(self._on_started)
        self.job.progressed.connect(self._on_progress)
        self.job.pictured.connect(self._on_picture)
        self.job.finished.connect(self._on_finished)
        self.job.failed.connect(self._on_failed)
        self.job.broke.connect(self._show_state)
        self.finished.connect(self._on_closed)

    def save(self) -> None:
        """Test; after a test, close."""
        if self.passport is not None:
            self.accept()
            return
        self.clear_failure()
        self.job.start(new_id(), self._camera)

    def _on_started(self) -> None:
        self._part, self._left_s = "", None
        self._show_state()

    def _on_progress(self, part: str, done_s: float, total_s: float, left_s: float | None) -> None:
        self.bar.tell(done_s, total_s)
        self._left_s = left_s
        self.left.setText(left_text(left_s))
        if part != self._part:
            self._part = part
            self._say_part()

    def _on_picture(self, image: QImage) -> None:
        self.picture.show_image(image)

    def _on_finished(self, passport: CameraPassport) -> None:
        self.passport = passport
        self._show_state()
        self.save_button.setFocus()

    def _on_failed(self, error: ExpectedError) -> None:
        self.picture.show_image(None)
        self._show_state()
        if error.code is not ErrorCode.CANCELLED:
            self.show_failure(error)

    def _on_closed(self) -> None:
        self.job.abandon()

    def _show_state(self) -> None:
        """What is there to be seen: the explanation, the test, or what it found."""
        done, busy = self.passport is not None, self.job.busy
        self._live.setVisible(not done)
        self.bar.setVisible(busy)
        self.left.setVisible(busy)
        self.save_button.setEnabled(not busy)
        self.summary.setVisible(done)
        self.results.setVisible(done)
        self.results.show_passport(self.passport)
        self.retranslate()
        self.fit()

    def _say_part(self) -> None:
        said = {
            "still": (self.tr("Leave everything as it is"), self.tr("Nobody need sit there.")),
            "paper": (
                self.tr("Hold white paper into the middle"),
                self.tr("A sheet at arm's length from the camera, until this text changes."),
            ),
            "after": (self.tr("Take the paper away"), self.tr("Then leave everything again.")),
        }
        waiting = (self.tr("The camera is being opened"), "")
        about = (
            self.tr("A test of two minutes"),
            self.tr(
                "Put the camera where it will be used, switch on the usual lamps, and have a "
                "sheet of white paper at hand."
            ),
        )
        instruction, explained = said.get(self._part, waiting) if self.job.busy else about
        self.instruction.setText(instruction)
        self.explained.setText(explained)

    def retranslate(self) -> None:
        """Set every text again."""
        done = self.passport is not None
        start, close = self.tr("Start the test"), self.tr("Close")
        title = self.tr("Test of the camera: {name}").format(name=self._name)
        self.say_heading(title, close if done else start)
        self.cancel_button.setVisible(not done)
        self.picture.setAccessibleName(self.tr("Picture of the camera"))
        if done:
            self.summary.setText(passport_text(self.passport))
        self.left.setText(left_text(self._left_s))
        self._say_part()
