"""What must be clear before a camera is opened; asked only where it is not."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from edema_desk.domain.capture.camera import CameraAddress, CameraKind
from edema_desk.domain.capture.camera_address import MadeUpFace, parse_camera
from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, DEMO_ORIGIN, Patient, Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.desk_jobs import DeskCall, DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.phrases import phase_text
from edema_desk.ui.parts.widgets import Card, Chips, button, column, label, row
from edema_desk.ui.pieces.event_choice import EventChoice
from edema_desk.ui.pieces.session_choice import SessionChoice

_PHASES = (Phase.PRE, Phase.POST, Phase.SPOT)
_WIDTH_PX = 620
_DEMO_CHART, _DEMO_SEED = "DEMO-", 7
"""How the demo numbers its people, and the seed it draws them with unless told otherwise."""


@dataclass(frozen=True, slots=True)
class CapturePlan:
    """Where a capture belongs and by which camera it is made. `event` went before a spot one."""

    phase: Phase
    session_id: str | None
    camera: CameraAddress
    event: str = ""


class CaptureSetup(QWidget):
    """One capture's questions. `clear()` once all is known without a person, or one pressed the
    button: then `plan` holds it. `asks()` when somebody has to answer; `failed(ExpectedError)`,
    CAMERA_MISSING where there is none that could be taken. `usual` is the camera to take where it
    is there; `chosen` says that a person took one."""

    clear = Signal()
    asks = Signal()
    failed = Signal(object)

    def __init__(
        self,
        jobs: DeskJobs,
        patient_id: str,
        session_id: str | None,
        phase: Phase | None,
        usual: CameraAddress | None,
    ) -> None:
        super().__init__()
        self._usual = usual
        self._listing = DeskCall(jobs, self)
        self._phase_given = phase is not None
        self._card: PatientCard | None = None
        self._cameras: tuple[CameraAddress, ...] | None = None
        self._camera: CameraAddress | None = None
        self.plan: CapturePlan | None = None
        self.chosen = False
        self.heading = label("card-title")
        self.phase_word, self.phases = label("caption"), Chips(_PHASES)
        self.event_choice = EventChoice()
        self.session = SessionChoice(jobs, patient_id, session_id)
        self.camera_word, self.camera_box = label("caption"), column(gap=8)
        self.camera_buttons: dict[CameraAddress, QPushButton] = {}
        self._camera_group = QButtonGroup(self)
        self.begin = button("primary")
        self._build(phase)
        self._listing.answered.connect(self._on_cameras)
        self._listing.failed.connect(self.failed)
        self._listing.start(jobs.desk.captures.cameras())

    def _build(self, phase: Phase | None) -> None:
        self.begin.setProperty("large", True)
        self.setProperty("role", "touch")
        self._phase_part = _part(self.phase_word, row(self.phases, None))
        self._camera_part = _part(self.camera_word, self.camera_box)
        card = Card(
            *(self.heading, self._phase_part, self.event_choice, self.session),
            *(self._camera_part, self.begin),
            gap=18,
            margin=28,
        )
        card.setFixedWidth(_WIDTH_PX)
        self.setLayout(column(None, row(None, card, None), None))
        if phase is not None:
            self.phases.choose(phase)
        self.phases.chosen.connect(self._on_phase)
        self.event_choice.changed.connect(self._look)
        self.session.changed.connect(self._look)
        self.session.failed.connect(self.failed)
        self._camera_group.buttonClicked.connect(self._on_camera)
        self.begin.clicked.connect(self.press)
        self.retranslate()

    # what becomes known

    @property
    def phase(self) -> Phase | None:
        """Before, after or in between, once it is known."""
        return Phase(self.phases.choice) if self.phases.choice else None

    def set_card(self, card: PatientCard) -> None:
        """Whose capture it is. Then the session is looked for."""
        self._card = card
        self.session.set_trend(card.trend)
        self._list_cameras()
        self._propose()

    def _on_cameras(self, cameras: tuple[CameraAddress, ...]) -> None:
        """Those of this PC. The usual one may be elsewhere, where it cannot be found."""
        usual = self._usual
        remote = () if usual is None or usual.kind is CameraKind.LOCAL else (usual,)
        self._cameras = (*cameras, *(c for c in remote if c not in cameras))
        self._list_cameras()
        self._look()

    def _list_cameras(self) -> None:
        """What is offered depends on whom it is for."""
        if self._cameras is None or self._card is None:
            return
        if not self._fitting():
            self.failed.emit(ExpectedError(ErrorCode.CAMERA_MISSING))
            return
        for old in self.camera_buttons.values():
            self._camera_group.removeButton(old)
            self.camera_box.removeWidget(old)
            old.deleteLater()
        self.camera_buttons = {}
        for camera in self._fitting():
            made = button()
            made.setCheckable(True)
            made.setProperty("large", True)
            made.setText(camera.name or camera_word(camera))
            self._camera_group.addButton(made)
            self.camera_buttons[camera] = made
            self.camera_box.addWidget(made)
        known = {_place(c): c for c in self.camera_buttons}
        usual = self._usual
        self._camera = known.get(_place(usual)) if usual is not None else None
        if usual is None and len(known) == 1:
            self._camera = next(iter(known.values()))
        if self._camera is not None:
            self.camera_buttons[self._camera].setChecked(True)

    def _fitting(self) -> tuple[CameraAddress, ...]:
        """Made-up pictures are only for made-up people and those of a study."""
        patient = self._card.patient if self._card is not None else None
        found = self._cameras or ()
        if patient is None or patient.origin == CLINIC_ORIGIN:
            return tuple(c for c in found if not c.made_up)
        return (*found, *made_up_cameras(patient))

    def _propose(self) -> None:
        phase = self.phase
        if phase in (Phase.PRE, Phase.POST):
            self.session.propose(phase, Moment.now())
        self._look()

    @property
    def _session_clear(self) -> bool:
        return self.phase is Phase.SPOT or (self.phase is not None and self.session.decided)

    @property
    def _only_camera(self) -> bool:
        """Whether a press on a camera says all that is left to say."""
        asked = self.session.decided and not self.session.asks
        return self._phase_given and self.phase is not Phase.SPOT and asked

    @property
    def _waits(self) -> bool:
        """Whether an answer is on its way that may make a question needless."""
        waits_for_session = self.phase in (Phase.PRE, Phase.POST) and not (
            self.session.decided or self.session.asking
        )
        return self._card is None or self._cameras is None or waits_for_session

    def _look(self) -> None:
        """Show what is open; say so, or that nothing is."""
        spot = self.phase is Phase.SPOT
        several = len(self.camera_buttons) > 1 or self._camera is None
        self._phase_part.setVisible(not self._phase_given)
        self.event_choice.setVisible(spot)
        self.session.setVisible(not spot and self.phase is not None)
        self._camera_part.setVisible(several and bool(self.camera_buttons))
        self.begin.setEnabled(self._complete())
        self.begin.setVisible(not self._only_camera)
        if self._waits or not self.camera_buttons or self.plan is not None:
            return
        nothing_to_ask = self._phase_given and not spot and not self.session.asking
        if nothing_to_ask and self._complete() and self.isHidden():
            self.press()
        else:
            self.asks.emit()

    def _complete(self) -> bool:
        return not self._waits and self._session_clear and self._camera is not None

    @property
    def all_said(self) -> bool:
        """Whether all that is asked on the screen is answered."""
        return self.isVisible() and self.begin.isVisible() and self._complete()

    def press(self) -> None:
        """All is said: begin."""
        phase, camera = self.phase, self._camera
        if phase is None or camera is None or not self._complete():
            return
        spot = phase is Phase.SPOT
        session_id = None if spot else self.session.session_id
        self.plan = CapturePlan(phase, session_id, camera, self.event_choice.said if spot else "")
        self.clear.emit()

    def _on_phase(self) -> None:
        self._propose()

    def _on_camera(self) -> None:
        chosen = self._camera_group.checkedButton()
        held = (c for c, made in self.camera_buttons.items() if made is chosen)
        self._camera = next(held, None)
        self.chosen = True
        if self._only_camera:
            self.press()
        else:
            self._look()

    # words

    def retranslate(self) -> None:
        """Set every text again."""
        self.heading.setText(self.tr("Before the camera opens"))
        self.phase_word.setText(self.tr("When in dialysis"))
        self.camera_word.setText(self.tr("Camera"))
        self.begin.setText(self.tr("Open the camera"))
        for phase in _PHASES:
            self.phases.set_text(phase, phase_text(phase))
        for camera, made in self.camera_buttons.items():
            made.setText(camera.name or camera_word(camera))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def usual_camera(settings: Settings) -> CameraAddress | None:
    """The camera that was chosen on this PC; None where none was, or it is no address."""
    if not settings.camera:
        return None
    try:
        return replace(parse_camera(settings.camera), name=settings.camera_name)
    except ExpectedError:
        return None


def camera_word(camera: CameraAddress) -> str:
    """What a camera without a name is called. An address of a network camera is not shown: it
    may hold a password."""
    return {
        CameraKind.LOCAL: QCoreApplication.translate("capture", "Camera of this PC"),
        CameraKind.NETWORK: QCoreApplication.translate("capture", "Network camera"),
        CameraKind.FILE: QCoreApplication.translate("capture", "A clip as camera"),
        CameraKind.SYNTHETIC: QCoreApplication.translate("capture", "Made-up face"),
    }[camera.kind]


def made_up_cameras(patient: Patient) -> tuple[CameraAddress, ...]:
    """The drawn face of a person of the demo; nobody else has one."""
    number = patient.chart_number.removeprefix(_DEMO_CHART)
    if patient.origin != DEMO_ORIGIN or not number.isdecimal() or int(number) < 1:
        return ()
    face = MadeUpFace(_DEMO_SEED, int(number))
    return (CameraAddress(CameraKind.SYNTHETIC, face.locator),)


def _place(camera: CameraAddress) -> tuple[CameraKind, str]:
    """A camera, whatever it is called."""
    return camera.kind, camera.locator


def _part(*parts: QWidget | object) -> QWidget:
    made = QWidget()
    made.setLayout(column(*parts, gap=8))  # type: ignore[arg-type]
    return made
