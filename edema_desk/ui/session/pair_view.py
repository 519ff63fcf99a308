"""Before and after beside each other, blinking in one place, subtracted, or as a model saw them."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from edema_desk.domain.course.trend import PhaseEntry
from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.parts.elided_label import ElidedLabel
from edema_desk.ui.parts.focus import KEY_REASONS, leave_room, paint_focus
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import Card, Chips, label, row
from edema_desk.ui.session.pair_blink import BlinkView
from edema_desk.ui.session.pair_difference import DifferenceView
from edema_desk.ui.session.pair_side import PairSide
from edema_desk.ui.session.pair_where import WhereView

BESIDE, BLINK, DIFFERENCE, WHERE = "beside", "blink", "difference", "where"
MODES = (BESIDE, BLINK, DIFFERENCE, WHERE)
MODE_KEYS = {BESIDE: "S", BLINK: "B", DIFFERENCE: "D", WHERE: "A"}
PHASES = (Phase.PRE, Phase.POST)


class PairView(Card):
    """Left and Right step both sides, Space blinks, Escape puts the faces beside each other.

    `frame_shown(Phase, index)`, `clip_asked(Phase)`, `move_asked(Capture)` and
    `removal_asked(Capture)` as of its sides.
    """

    frame_shown = Signal(object, int)
    clip_asked = Signal(object)
    move_asked = Signal(object)
    removal_asked = Signal(object)

    def __init__(self, jobs: DeskJobs, theme: Theme) -> None:
        super().__init__(gap=STEP_PX * 2)
        self._theme = theme
        self._reached_by_key = False
        self._pair: SessionPair | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self.hint = label("card-title"), ElidedLabel("caption")
        self.modes = Chips(MODES)
        self.modes.choose(BESIDE)
        self.sides = {phase: PairSide(jobs, theme, phase) for phase in PHASES}
        self.blink, self.difference = BlinkView(theme), DifferenceView(theme)
        self.where = WhereView(jobs, theme)
        beside = QWidget()
        both = row(*self.sides.values(), gap=STEP_PX * 6)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        beside.setLayout(both)
        self.stack = QStackedWidget()
        self._views = dict(
            zip(MODES, (beside, self.blink, self.difference, self.where), strict=True)
        )
        for view in self._views.values():
            self.stack.addWidget(view)
        head = row(self._title, self.hint, self.modes, gap=STEP_PX * 4)
        head.setStretch(1, 1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.body.addWidget(self.stack, 1)
        self.modes.chosen.connect(self._on_mode)
        for side in self.sides.values():
            side.frame_shown.connect(self._on_frame)
            side.clip_asked.connect(self.clip_asked)
            side.move_asked.connect(self.move_asked)
            side.removal_asked.connect(self.removal_asked)
        self.retranslate()
        self._offer_modes()

    @property
    def mode(self) -> str:
        """One of `MODES`."""
        shown = self.stack.currentWidget()
        return next(mode for mode, view in self._views.items() if view is shown)

    def show_pair(self, pair: SessionPair) -> None:
        """Show a session; captures that were shown before keep their frame."""
        entries: dict[Phase, PhaseEntry | None] = {
            Phase.PRE: pair.entry.pre,
            Phase.POST: pair.entry.post,
        }
        self._pair = pair
        for phase, side in self.sides.items():
            entry = entries[phase]
            estimate = entry.estimate if entry else None
            side.show_detail(pair.detail(phase), estimate.refusal if estimate else None)
        self._tell_where()
        self._offer_modes()

    def choose(self, mode: str) -> None:
        """Show the faces in another way; beside each other where that one is not possible."""
        wanted = mode if mode in self.possible() else BESIDE
        self.modes.choose(wanted)
        self.stack.setCurrentWidget(self._views[wanted])
        if wanted == BLINK:
            self.blink.start()
        elif wanted == DIFFERENCE:
            self.difference.show_faces(*(side.faces for side in self.sides.values()))
        elif wanted == WHERE:
            self._tell_where()
            self.where.ask()
        self._say_hint()

    def possible(self) -> tuple[str, ...]:
        """The ways there are now: without both faces there is nothing to compare, and where the
        model looked is not shown to who judges first."""
        if any(side.index < 0 for side in self.sides.values()):
            return (BESIDE,)
        veiled = self._pair is not None and self._pair.veiled
        return tuple(mode for mode in MODES if mode != WHERE or not veiled)

    def can_blink(self) -> bool:
        """Whether both phases have a face."""
        return BLINK in self.possible()

    def step(self, by: int) -> None:
        """Both sides go on, or back."""
        for side in self.sides.values():
            side.step(by)

    def retranslate(self) -> None:
        """The language changed."""
        self._title.setText(self.tr("Aligned faces"))
        self._say_modes()
        self.setAccessibleName(self.tr("Faces before and after dialysis"))
        for side in self.sides.values():
            side.retranslate()
        self.blink.retranslate()
        self.difference.retranslate()
        self.where.retranslate()
        self._offer_modes()

    def _say_modes(self) -> None:
        for mode, word in (
            (BESIDE, self.tr("Side by side")),
            (BLINK, self.tr("Blink")),
            (DIFFERENCE, self.tr("Difference")),
            (WHERE, self.tr("Where it looked")),
        ):
            self.modes.set_text(mode, word)
        for chip, mode in zip(self.modes.findChildren(QPushButton), self.modes.keys, strict=False):
            chip.setToolTip(MODE_KEYS[mode])
            leave_room(chip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, blink, or go back to the faces beside each other."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space and self.mode == BLINK:
            self.blink.toggle()
        elif key == Qt.Key.Key_Space and self.can_blink():
            self.choose(BLINK)
        elif key == Qt.Key.Key_Escape and self.mode != BESIDE:
            self.choose(BESIDE)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Escape leads back to the faces before it means anything to the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.mode != BESIDE
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A frame shows that keys go here, when it was reached by keys."""
        self._reached_by_key = event.reason() in KEY_REASONS
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        self._reached_by_key = False
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, with a frame while it was reached by keys."""
        super().paintEvent(event)
        if self._reached_by_key:
            painter = QPainter(self)
            paint_focus(painter, QRectF(self.rect()), self._theme)
            painter.end()

    def _on_mode(self, mode: str) -> None:
        """The keys go on to mean frames and blinking, not the chips."""
        self.choose(mode)
        self.setFocus()

    def _on_frame(self, phase: Phase, index: int) -> None:
        side = self.sides[phase]
        self.blink.set_image(phase, side.face.image)
        self._offer_modes()
        self.frame_shown.emit(phase, index)

    def _tell_where(self) -> None:
        if self._pair is not None:
            self.where.show_session(self._pair, self.sides[Phase.POST].faces)

    def _offer_modes(self) -> None:
        possible, before = self.possible(), self.mode
        self.modes.offer(possible)
        self._say_modes()
        if before not in possible:
            self.choose(BESIDE)
        elif before == DIFFERENCE:
            self.difference.show_faces(*(side.faces for side in self.sides.values()))
        elif before == WHERE:
            self._tell_where()
        if self.modes.choice is None:
            self.modes.choose(self.mode)
        self.modes.setVisible(len(possible) > 1)
        self.hint.setVisible(len(possible) > 1)
        self._say_hint()

    def _say_hint(self) -> None:
        if self.mode == BLINK:
            words = [side.place_words() for side in self.sides.values()]
            self.hint.set_whole(" | ".join(words))
        elif self.mode == BESIDE:
            self.hint.set_whole(self.tr("← → frames · Space blinks"), or_nothing=True)
        else:
            self.hint.set_whole(self.tr("Esc: side by side"), or_nothing=True)
