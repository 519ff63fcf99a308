"""One phase of a session: its face, frame by frame, or what is missing and how to add it."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from edema_desk.domain.course.views import CaptureDetail
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.quality import FrameObservation, merit
from edema_desk.domain.terms.records import CaptureState, Phase
from edema_desk.errors import ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.ui.parts.phrases import (
    error_text,
    phase_text,
    recording_text,
    refusal_text,
    time_text,
)
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import EmptyState, Notice, column, label, row
from edema_desk.ui.pieces.capture_menu import CaptureMenuButton
from edema_desk.ui.session.pair_frames import Faces, FaceView, FrameStrip
from edema_desk.ui.session.pair_slider import FrameSlider

MOST_WORDS_PX = 440
QWIDGETSIZE_MAX = (1 << 24) - 1
_UNFINISHED = (CaptureState.RECORDING, CaptureState.STORED)
_FINISHED = (CaptureState.ANALYSED, CaptureState.REFUSED)


class NarrowEmptyState(EmptyState):
    """Breaks its words where its side ends, instead of making the side wider."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__(theme, icon)
        box = self.layout()
        if box is not None:
            box.setAlignment(self.text, Qt.AlignmentFlag(0))

    def say(self, headline: str, text: str, action: str = "", icon: str = "") -> None:
        """Set the words; without `action` there is no button."""
        super().say(headline, text, action, icon)
        self.text.setMinimumSize(0, 0)
        self.text.setMaximumSize(MOST_WORDS_PX, QWIDGETSIZE_MAX)


class PairSide(QWidget):
    """`frame_shown(Phase, index)` follows each step, index -1 when there is no frame.
    `clip_asked(Phase)` comes from the button of an empty side, `move_asked(Capture)` and
    `removal_asked(Capture)` from the menu of one that shows a capture."""

    frame_shown = Signal(object, int)
    clip_asked = Signal(object)
    move_asked = Signal(object)
    removal_asked = Signal(object)

    def __init__(self, jobs: DeskJobs, theme: Theme, phase: Phase) -> None:
        super().__init__()
        self.phase = phase
        self.detail: CaptureDetail | None = None
        self.faces = Faces()
        self.index = -1
        self._jobs = jobs
        self._fetched: tuple[str, int | None] | None = None
        self._head, self._time = label(phase.value), label("caption")
        self.face, self.empty = FaceView(theme), NarrowEmptyState(theme, "film")
        self.slider, self.strip = FrameSlider(theme), FrameStrip(theme)
        self.slider.setPageStep(5)
        self.place = label("caption")
        self.menu = CaptureMenuButton(theme)
        self.notice = Notice(theme, "attention")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.face)
        self._stack.addWidget(self.empty)
        parts = column(
            row(self._head, self._time, None, self.menu),
            self._stack,
            self.slider,
            self.strip,
            self.place,
            self.notice,
            None,
            gap=STEP_PX * 2,
        )
        parts.setStretch(1, 100)
        self.setLayout(parts)
        self.slider.valueChanged.connect(self.show_frame)
        self.strip.frame_chosen.connect(self.slider.setValue)
        self.empty.acted.connect(self._on_empty_act)
        self.menu.move_asked.connect(self._on_move)
        self.menu.removal_asked.connect(self._on_removal)
        self._call = DeskCall(jobs, self)
        self._call.answered.connect(self._on_crops)
        self._call.failed.connect(self._on_no_crops)
        self._failure: ExpectedError | None = None
        self._refusal: Refusal | None = None
        self._show()

    # what is shown

    def show_detail(self, detail: CaptureDetail | None, refusal: Refusal | None) -> None:
        """Show a capture, and why it has no estimate; the same one as before keeps its place."""
        self.detail, self._refusal = detail, refusal
        wanted = (detail.capture.capture_id, detail.capture.frames_chosen) if detail else None
        if wanted is None or not wanted[1]:
            self._fetched = None
            self._call.forget()
            self._set_faces(())
        elif wanted != self._fetched:
            self._fetched = wanted
            self._set_faces(())
            self._call.start(self._jobs.desk.crops(wanted[0]))
        self._show()

    def step(self, by: int) -> None:
        """Some frames on, or back."""
        self.slider.setValue(self.slider.value() + by)

    def show_frame(self, index: int) -> None:
        """Show one frame."""
        self.index = index if 0 <= index < len(self.faces) else -1
        there = self.index >= 0
        self.face.show_image(self.faces.image(self.index) if there else QImage())
        self.strip.set_current(index)
        self._say_place()
        self.frame_shown.emit(self.phase, self.index)

    def place_words(self) -> str:
        """Which frame of how many, and its time in the clip."""
        if self.index < 0 or self.detail is None:
            return ""
        t_ms = self.detail.t_ms
        seconds = f"{t_ms[self.index] / 1000:.1f}" if self.index < len(t_ms) else "–"
        said = self.tr("Frame {number} of {count} · {seconds} s").format(
            number=self.index + 1, count=len(self.faces), seconds=seconds
        )
        merits = frame_merits(self.detail)
        return f"{said} · {_quality(merits[self.index])}" if self.index < len(merits) else said

    def retranslate(self) -> None:
        """The language changed."""
        self._show()

    def _set_faces(self, crops: tuple[bytes, ...]) -> None:
        self.faces, self._failure = Faces(crops), None
        self.strip.set_faces(self.faces)
        self.slider.setRange(0, max(len(crops) - 1, 0))
        self.slider.setValue(0)
        self.show_frame(0)

    def _on_crops(self, crops: tuple[bytes, ...]) -> None:
        self._set_faces(crops)
        self._show()

    def _on_no_crops(self, error: ExpectedError) -> None:
        self._failure, self._fetched = error, None  # the next refresh tries again
        self._show()

    # words

    def _show(self) -> None:
        self._head.setText(phase_text(self.phase))
        detail = self.detail
        self._time.setText(time_text(detail.capture.captured_at) if detail else "")
        expected = detail is not None and bool(detail.capture.frames_chosen)
        self._stack.setCurrentWidget(self.face if expected else self.empty)
        for part in (self.slider, self.strip, self.place):
            part.setVisible(expected)
        self.slider.setAccessibleName(
            self.tr("Frames, {phase}").format(phase=phase_text(self.phase))
        )
        self.menu.setVisible(detail is not None and detail.capture.state in _FINISHED)
        self._say_frames()
        self._say_place()
        self._say_missing()

    def _say_frames(self) -> None:
        merits = frame_merits(self.detail) if self.detail is not None else ()
        t_ms = self.detail.t_ms if self.detail is not None else ()
        tips = [
            f"{ms / 1000:.1f} s · {_quality(one)}" for ms, one in zip(t_ms, merits, strict=False)
        ]
        self.strip.set_merits(merits, tips)

    def _say_missing(self) -> None:
        detail, refusal = self.detail, _cut_short(self.detail)
        if self._refusal is not None:
            said = self.tr("No estimate. {reason}").format(reason=refusal_text(self._refusal))
            refusal = f"{refusal} {said}".strip()
        if self._failure is not None:
            refusal = error_text(self._failure)
        if detail is None:
            self.notice.say("")
            self.empty.say(
                self.tr("No clip yet"),
                self.tr("A clip of the face in this phase gives the estimate."),
                self.tr("Add clip"),
            )
        elif not detail.capture.frames_chosen:
            self.notice.say("")
            waiting = detail.capture.state in _UNFINISHED
            self.empty.say(
                self.tr("Being analysed") if waiting else self.tr("No usable frame"),
                self.tr("The faces appear here when it is done.") if waiting else refusal or "–",
            )
        else:
            self.notice.say(refusal)

    def _say_place(self) -> None:
        self.place.setText(self.place_words())

    def _on_move(self) -> None:
        if self.detail is not None:
            self.move_asked.emit(self.detail.capture)

    def _on_removal(self) -> None:
        if self.detail is not None:
            self.removal_asked.emit(self.detail.capture)

    def _on_empty_act(self) -> None:
        self.clip_asked.emit(self.phase)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The face is a square: no higher than wide, so that its frames stay near."""
        super().resizeEvent(event)
        self._stack.setMaximumHeight(max(self.width(), self.face.minimumHeight()))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _cut_short(detail: CaptureDetail | None) -> str:
    words = recording_text(detail.capture) if detail is not None else ""
    return QCoreApplication.translate("capture", "{words}.").format(words=words) if words else ""


def frame_merits(detail: CaptureDetail) -> tuple[float, ...]:
    """How good each frame used is, 0 to 1, as when it was chosen; 0 where a score is missing."""
    rows = (FrameObservation(0.0, 1, scores, None) for scores in detail.frame_scores)
    found = (merit(row) for row in rows)
    return tuple(min(max(one, 0.0), 1.0) if one == one else 0.0 for one in found)


def _quality(one: float) -> str:
    said = QCoreApplication.translate("capture", "quality {percent} %")
    return said.format(percent=round(100 * one))
