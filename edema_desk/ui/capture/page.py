"""The capture page: from opening the camera to the estimate, with the patient always in sight."""

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from edema_desk.domain.capture.camera import CameraAddress
from edema_desk.domain.capture.order import CaptureOrder
from edema_desk.domain.capture.view import CaptureView, Stage
from edema_desk.domain.course.views import Change, ChangeKind, PatientCard
from edema_desk.domain.terms.records import Capture, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.capture_job import CaptureJob
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.jobs.voice import Voice
from edema_desk.ui.capture.acts import (
    DISCARDED,
    WHILE_ASKED,
    WITHOUT_CAMERA,
    Act,
    Offer,
    next_act,
    offered,
    space_act,
    when_done,
)
from edema_desk.ui.capture.asking import Answer, CaptureAsker, Topic
from edema_desk.ui.capture.consent import CaptureConsent
from edema_desk.ui.capture.done import CaptureDone
from edema_desk.ui.capture.earlier import EarlierFace
from edema_desk.ui.capture.empty import CaptureEmpty
from edema_desk.ui.capture.keys import CaptureKey, enter_presses, key_of
from edema_desk.ui.capture.screen import CaptureScreen
from edema_desk.ui.capture.setup import CaptureSetup
from edema_desk.ui.capture.side import CaptureSide
from edema_desk.ui.capture.tools import CaptureTools
from edema_desk.ui.capture.words import session_day
from edema_desk.ui.parts.page import Page
from edema_desk.ui.parts.phrases import day_text, instruction_text, phase_text
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import button, column, row
from edema_desk.ui.pieces.patient_banner import PatientBanner

_DONE_IS_SEEN_MS = 1500
"""A press meant for the recording shall not turn the page on its result."""
_DONE_CHANGES = (ChangeKind.PATIENT, ChangeKind.SESSION)


class CapturePage(Page):
    """`show_capture` begins one. `done()` when the patient is through, `leave_wanted()` by a
    button, `left()` when the way that `let_go` asked about became free. `voice_chosen(str)` and
    `camera_chosen(CameraAddress)` are to be remembered. Ask `let_go` before leaving."""

    done = Signal()
    leave_wanted = Signal()
    left = Signal()
    voice_chosen = Signal(str)
    camera_chosen = Signal(object)

    def __init__(
        self,
        jobs: DeskJobs,
        theme: Theme,
        voice: str = "speak",
        camera: CameraAddress | None = None,
    ) -> None:
        super().__init__(jobs, theme)
        self.usual_camera = camera
        self.patient_id, self.phase = "", Phase.PRE
        self._asked_for: tuple[str | None, Phase | None] = (None, None)
        self._card: PatientCard | None = None
        self._capture: Capture | None = None
        self._offer = Offer()
        self._act_id, self._since_done = "", QElapsedTimer()
        self.job, self.voice = CaptureJob(jobs, self), Voice(instruction_text, self)
        self.voice.choose(voice)
        self.tools = CaptureTools(theme, voice, self)
        self.banner, self.stranger = PatientBanner(jobs, theme), button()
        self.live, self.result = CaptureScreen(theme), CaptureDone(theme)
        self.empty = CaptureEmpty(theme)
        self.asker = CaptureAsker(self.job, self.live.question, self)
        self.setup: CaptureSetup | None = None
        self.side, self.stack = CaptureSide(jobs, theme), QStackedWidget()
        self._load = DeskCall(jobs, self)
        self._earlier, self.consent = EarlierFace(jobs, self), CaptureConsent(jobs, self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.banner.add_action(self.stranger)
        for part in (self.live, self.result, self.empty):
            self.stack.addWidget(part)
        both = row(self.stack, self.side, gap=STEP_PX * 5)
        both.setStretch(0, 1)
        whole = column(self.banner, both, gap=STEP_PX * 4)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.stranger.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        self.stranger.clicked.connect(self._on_stranger)
        self.side.buttons.asked.connect(self.do)
        self.side.weight.saved.connect(self._on_weight)
        self.asker.answered.connect(self.setFocus)
        self.tools.voice_chosen.connect(self.voice.choose)
        self.tools.voice_chosen.connect(self.voice_chosen)
        self.job.shown.connect(self._on_shown)
        self.job.finished.connect(self._on_finished)
        self.job.discarded.connect(self._on_discarded)
        self.job.broke.connect(self._on_broke)
        self._load.answered.connect(self._on_card)
        for failed in (self.job.failed, self._load.failed, self.consent.missing):
            failed.connect(self._on_failed)
        self.consent.wanted.connect(self.consent_wanted)
        self.consent.given.connect(self.show_capture)
        self.empty.acted.connect(self.consent.record)
        self._earlier.came.connect(self.live.question.show_earlier)

    def adopt(self, voice: str, camera: CameraAddress | None) -> None:
        """Sound and camera were chosen elsewhere; the camera is that of the next capture."""
        self.usual_camera = camera
        self.tools.set_voice(voice)
        self.voice.choose(voice)

    # what the window asks

    def title(self) -> str:
        """Before, after, or in between, once that is known."""
        return phase_text(self.phase) if self._asked_for[1] else self.tr("Record")

    def subtitle(self) -> str:
        """The session."""
        day = session_day(self._card, self._asked_for[0])
        if self.phase is Phase.SPOT:
            return day_text(day, weekday=False)
        return self.tr("Session of {day}").format(day=day_text(day, weekday=False))

    def header_tools(self) -> QWidget | None:
        """Sound and camera."""
        return self.tools

    def show_capture(self, patient_id: str, session_id: str | None, phase: Phase | None) -> None:
        """Begin a capture. What is not given is looked for, and asked where it is doubtful."""
        self.close_camera()
        if patient_id != self.patient_id:
            self._card = None
        self.patient_id = patient_id
        self._asked_for, self._act_id = (session_id, phase), new_id()
        self.phase = phase or Phase.SPOT
        self._capture = None
        self.asker.forget()
        self.voice.begin()
        self.live.show_view(CaptureView(Stage.OPENING), None)
        self.side.show_slot(patient_id, session_id, phase if session_id else None)
        self.side.show_view(None)
        self.tools.show_camera(None)
        self._new_setup(session_id, phase)
        self._show(self.live, WHILE_ASKED)
        self._load.start(self.jobs.desk.patient_card(patient_id))
        self.consent.ask(patient_id, session_id, phase)
        self.jobs.desk.captures.get_ready()
        self.title_changed.emit()

    def let_go(self) -> bool:
        """Whether the page may be left. Where something is being recorded it asks, and tells by
        `left` when it may; asked again, it goes on recording."""
        if self.asker.deciding:
            self.asker.answer(Answer.STAY)
            return False
        if self.job.at_stake:
            self.asker.ask_leave()
            return False
        self.close_camera()
        return True

    def close_camera(self) -> None:
        """Stop; a recording that was not finished is not kept, one that was comes to its end."""
        if self.job.busy and self.job.view.stage is not Stage.FINISHING:
            self.job.discard()
        self.job.abandon()
        self.voice.hush()

    def on_change(self, change: Change) -> None:
        """A weight or a dry weight came: the result and the banner follow."""
        self.consent.hear(change)
        concerns = change.patient_id == self.patient_id and change.kind in _DONE_CHANGES
        if self.isVisible() and concerns:
            self._load.start(self.jobs.desk.patient_card(self.patient_id))

    # before the camera

    def _new_setup(self, session_id: str | None, phase: Phase | None) -> None:
        if self.setup is not None:
            self.stack.removeWidget(self.setup)
            self.setup.deleteLater()
        self.setup = CaptureSetup(self.jobs, self.patient_id, session_id, phase, self.usual_camera)
        self.setup.clear.connect(self._on_clear)
        self.setup.asks.connect(self._on_asks)
        self.setup.failed.connect(self._on_failed)
        self.stack.addWidget(self.setup)

    def _on_card(self, card: PatientCard) -> None:
        first = self._card is None
        self._card = card
        self.banner.show_card(card)
        self.asker.name = card.patient.name
        if self._capture is not None:
            self.result.show_capture(self._capture, card)
        elif self.setup is not None and self.setup.plan is None:
            self.setup.set_card(card)
        if first:
            self._earlier.fetch(self.patient_id, card.trend)
        self.title_changed.emit()

    def _on_asks(self) -> None:
        if self.setup is not None and not self.consent.blocks:
            self._show(self.setup, WHILE_ASKED)

    def _on_clear(self) -> None:
        plan = self.setup.plan if self.setup is not None else None
        if plan is None or self.consent.blocks:
            return
        if self.setup is not None and self.setup.chosen and not plan.camera.made_up:
            self.usual_camera = plan.camera
            self.camera_chosen.emit(plan.camera)
        self.side.show_slot(self.patient_id, plan.session_id, plan.phase)
        self._asked_for, self.phase = (plan.session_id, plan.phase), plan.phase
        self._show(self.live, WHILE_ASKED)
        self.setFocus()
        self.job.start(
            CaptureOrder(
                *(self._act_id, self.patient_id, plan.session_id),
                *(plan.phase, plan.camera, plan.event),
            )
        )
        self.title_changed.emit()

    # while it runs

    def _on_shown(self) -> None:
        view, picture = self.job.view, self.job.picture()
        if self.stack.currentWidget() is not self.live:
            return
        self.live.show_view(view, picture)
        self.side.show_view(view)
        self._set_offer(offered(view))
        self.stranger.setEnabled(view.stage is not Stage.FINISHING)
        self.tools.show_camera(self.job.report)
        self.asker.follow(view)
        self.live.question.show_now(picture, view.face)
        session_id = self.job.session_id
        if session_id is not None and session_id != self._asked_for[0]:
            self._asked_for = (session_id, self.phase)
            self.side.weight.use_session(session_id)
        if self.isVisible():
            self.voice.hear(view)

    def _on_stranger(self) -> None:
        if self.job.at_stake:
            self.asker.ask_stranger()
        else:
            self.close_camera()
            self.done.emit()

    # how it ends

    def _on_finished(self, capture: Capture) -> None:
        self._capture = capture
        self._asked_for = (capture.session_id, capture.phase)
        self.voice.hear(self.job.view)
        self._since_done.start()
        self._load.start(self.jobs.desk.patient_card(self.patient_id))
        self.side.show_view(None)
        self._show(self.result, when_done(in_session=capture.session_id is not None))

    def _on_discarded(self) -> None:
        made_way = self.asker.making_way
        if made_way is not None:
            self.asker.forget()
            self.close_camera()
            (self.left if made_way is Topic.LEAVE else self.leave_wanted).emit()
            return
        self.side.show_view(None)
        self.empty.show_discarded()
        self._show(self.empty, DISCARDED)

    def _on_failed(self, error: ExpectedError) -> None:
        if error.code is ErrorCode.CANCELLED:
            self._on_discarded()
            return
        if self.setup is not None and self.setup.plan is None:  # a weight needs no camera
            self.side.show_slot(self.patient_id, *self._asked_for)
        self.side.show_view(None)
        self.empty.show_failure(error)
        self._show(self.empty, WITHOUT_CAMERA)

    def _on_broke(self) -> None:
        self.empty.show_broken()
        self._show(self.empty, WITHOUT_CAMERA)

    def _on_weight(self, session_id: str) -> None:
        """A weight opened the session: a recording that has not begun belongs to it."""
        if self._asked_for[0] is None and self.phase is not Phase.SPOT:
            self._asked_for = (session_id, self.phase)
            self.job.use_session(session_id)
        self.setFocus()

    # what a person does

    def do(self, act: Act) -> None:
        """Do what a button or a key asks for."""
        session_id, phase = self._asked_for
        commands = {
            Act.START_NOW: self.job.start_now,
            Act.PAUSE: self.job.pause,
            Act.RESUME: self.job.resume,
            Act.FINISH: self._finish,
            Act.NEW_TAKE: self.job.again,
            Act.DISCARD: self.asker.ask_discard,
            Act.LEAVE: self.leave_wanted.emit,
            Act.NEXT_PATIENT: self._go_on,
        }
        if act in commands:
            commands[act]()
        elif act in (Act.RECORD_AGAIN, Act.RETRY):
            self.show_capture(self.patient_id, session_id, phase)
        elif act is Act.OPEN_SESSION and session_id is not None:
            self.session_wanted.emit(session_id)
        elif act is Act.ADD_CLIP:
            self.clip_wanted.emit(self.patient_id, session_id, phase)

    def _finish(self) -> None:
        self.asker.forget()
        self.job.finish()

    def _go_on(self) -> None:
        """To the next patient; a weight that was typed is entered before."""
        if self.side.weight.isVisible() and self.side.weight.has_unsaved:
            self.side.weight.save()
        else:
            self.done.emit()

    def _set_offer(self, offer: Offer) -> None:
        self._offer = offer
        self.side.buttons.show_offer(offer)

    def _show(self, part: QWidget, offer: Offer) -> None:
        self.stack.setCurrentWidget(part)
        self.stranger.setVisible(part is not self.result)
        self._set_offer(offer)

    # keys

    def event(self, event: QEvent) -> bool:
        """F5 is a clicker's here, before the window takes it."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and key_of(event) is CaptureKey.NEXT_STEP:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space starts and pauses, Enter presses what has the keyboard, else the large button; a
        clicker takes the next sensible step."""
        key, held = key_of(event), self.focusWidget()
        typing = isinstance(held, QLineEdit)
        setup = self.setup if self.setup is not None and self.setup.all_said else None
        if key is None or (typing and key is not CaptureKey.NEXT_STEP):
            super().keyPressEvent(event)
        elif key is CaptureKey.ENTER and enter_presses(held, all_said=setup is not None):
            held.click()
        elif setup is not None and key is CaptureKey.ENTER:
            setup.press()
        elif self.asker.deciding:  # one press decides nothing but what stands out
            if key is CaptureKey.ENTER:
                self.live.question.press_first()
        else:
            act = self.act_of(key)
            if act is not None:
                self.do(act)

    def act_of(self, key: CaptureKey) -> Act | None:
        """What a key does now. The result is seen before a press leads on."""
        if self.stack.currentWidget() is self.live and self.job.busy:
            view = self.job.view
            acts = {CaptureKey.NEXT_STEP: next_act, CaptureKey.SPACE: space_act}
            return acts[key](view) if key in acts else self._offer.first
        if self._capture is not None and self._since_done.elapsed() < _DONE_IS_SEEN_MS:
            return None
        return self._offer.first

    # words

    def retranslate(self) -> None:
        """Set every text again."""
        self.stranger.setText(self.tr("Not this patient"))
        self.asker.retranslate()
