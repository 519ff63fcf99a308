"""Where the model saw the change from before to after dialysis: asked for, kept, and named."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.course.attribution import Attribution
from edema_desk.domain.course.views import SessionPair
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.attribution_job import AttributionJob
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.phrases import error_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Notice, button, column, label, row
from edema_desk.ui.session.pair_frames import Faces
from edema_desk.ui.session.pair_map_view import MapView
from edema_desk.ui.session.pair_maps import mean_brightness, scale_of


class WhereView(QWidget):
    """`show_session` says of which session; `ask` begins, or shows what was answered before.
    `changed()` when it is under way or no longer."""

    changed = Signal()

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__()
        self._pair: SessionPair | None = None
        self._faces: Faces | None = None
        self._key: tuple[str, ...] = ()
        self._kept: dict[tuple[str, ...], Attribution] = {}
        self._painted: tuple[Attribution, Faces] | None = None
        self._failure: ExpectedError | None = None
        self._broke = False
        self.job = AttributionJob(jobs, self)
        self.map, self.notice = MapView(theme), Notice(theme, "info")
        self.waiting, self.stop = label("muted", wrap=True), button()
        self.stack = QStackedWidget()
        wait = QWidget()
        wait.setLayout(column(None, self.waiting, row(self.stop, None), None, gap=STEP_PX * 3))
        said = QWidget()
        said.setLayout(column(None, self.notice, None))
        for page in (self.map, wait, said):
            self.stack.addWidget(page)
        self.setLayout(column(self.stack))
        self.stop.clicked.connect(self.job.cancel)
        self.notice.acted.connect(self.ask)
        self.job.started.connect(self._show)
        self.job.finished.connect(self._on_answer)
        self.job.failed.connect(self._on_failure)
        self.job.broke.connect(self._on_bug)
        self.retranslate()

    @property
    def shown(self) -> Attribution | None:
        """The answer on the screen."""
        return self._kept.get(self._key)

    def show_session(self, pair: SessionPair, after: Faces) -> None:
        """Of which session it is asked, and the face that the map lies on. What was answered for
        the same estimates is kept; what is under way for others is given up."""
        key = _key_of(pair)
        if self._pair is None or pair.entry.session != self._pair.entry.session:
            self._kept = {}
        if key != self._key:
            self.job.abandon()
            self._failure, self._broke = None, False
        if pair.veiled:
            self._kept = {}
        self._pair, self._faces, self._key = pair, after, key
        self._show()

    def ask(self) -> None:
        """Ask the model, unless it answered, is being asked, or there is nothing to ask for."""
        self._failure, self._broke = None, False
        if self._pair is not None and self._key and self.shown is None:
            self.job.start(self._pair.entry.session.session_id)
        self._show()

    def _on_answer(self, found: Attribution) -> None:
        self._kept[self._key] = found
        self._show()

    def _on_failure(self, error: ExpectedError) -> None:
        self._failure = error
        self._show()

    def _on_bug(self) -> None:
        self._broke = True
        self._show()

    def _show(self) -> None:
        found = self.shown
        if found is not None and self._faces is not None and len(self._faces):
            self._paint(found, self._faces)
            self._say_note(found)
            self.stack.setCurrentIndex(0)
        elif self.job.busy:
            self.stack.setCurrentIndex(1)
        else:
            self._say_failure()
            self.stack.setCurrentIndex(2)
        self.changed.emit()

    def _paint(self, found: Attribution, faces: Faces) -> None:
        """Once for the same answer and faces: a page is told of every frame."""
        if self._painted is None or self._painted[0] is not found or self._painted[1] is not faces:
            self._painted = (found, faces)
            self.map.show_map(found.kg, mean_brightness(faces), scale_of(found.kg))

    def _say_note(self, found: Attribution) -> None:
        said = self.tr(
            "Where the estimate of the change came from, by the model {model}: it saw less or more "
            "fluid there after dialysis. Not a measurement of fluid in that place."
        )
        self.map.note.setText(said.format(model=found.model_name))

    def _say_failure(self) -> None:
        again = self.tr("Try again")
        if not self._key:
            missing = ExpectedError(ErrorCode.ATTRIBUTION_NO_ESTIMATE)
            self.notice.say(error_text(missing), "info")
        elif self._broke:
            self.notice.say(self.tr("The model could not be asked."), "bad", again)
        elif self._failure is not None and self._failure.code is ErrorCode.CANCELLED:
            self.notice.say(self.tr("Stopped before the model answered."), "info", again)
        elif self._failure is not None:
            self.notice.say(error_text(self._failure), "bad", again)
        else:
            ask = self.tr("Show where it looked")
            self.notice.say(self.tr("The model was not asked yet."), "info", ask)

    def retranslate(self) -> None:
        """Set every text again."""
        self.waiting.setText(
            self.tr(
                "The model is asked where it saw the change. That takes some seconds, and longer "
                "while a clip is recorded or analysed."
            )
        )
        self.stop.setText(self.tr("Stop"))
        self.map.say_scale(self.tr("less fluid"), self.tr("more fluid"))
        self.map.retranslate()
        self._show()


def _key_of(pair: SessionPair) -> tuple[str, ...]:
    """Which two estimates it is about; nothing where one of them has no number."""
    estimates = [e.estimate if e is not None else None for e in (pair.entry.pre, pair.entry.post)]
    ids = [e.estimate_id for e in estimates if e is not None and e.excess_kg is not None]
    return tuple(ids) if len(ids) == len(estimates) else ()
