"""Before and after beside each other, or blinking in one place."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from edema_desk.domain.records import Phase
from edema_desk.domain.trend import PhaseEntry
from edema_desk.domain.views import SessionPair
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.ui.pair_blink import BlinkView
from edema_desk.ui.pair_side import PairSide
from edema_desk.ui.theme import STEP_PX, Theme
from edema_desk.ui.trend_focus import KEY_REASONS, leave_room, paint_focus
from edema_desk.ui.widgets import Card, Chips, label, row

BESIDE, BLINK = "beside", "blink"
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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self.hint = label("card-title"), label("caption")
        self.modes = Chips((BESIDE, BLINK))
        self.modes.choose(BESIDE)
        self.sides = {phase: PairSide(jobs, theme, phase) for phase in PHASES}
        self.blink = BlinkView(theme)
        beside = QWidget()
        both = row(*self.sides.values(), gap=STEP_PX * 6)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        beside.setLayout(both)
        self.stack = QStackedWidget()
        self.stack.addWidget(beside)
        self.stack.addWidget(self.blink)
        self.body.addLayout(row(self._title, None, self.hint, self.modes, gap=STEP_PX * 4))
        self.body.addWidget(self.stack, 1)
        self.modes.chosen.connect(self._on_mode)
        for side in self.sides.values():
            side.frame_shown.connect(self._on_frame)
            side.clip_asked.connect(self.clip_asked)
            side.move_asked.connect(self.move_asked)
            side.removal_asked.connect(self.removal_asked)
        self.retranslate()
        self._offer_blink()

    @property
    def mode(self) -> str:
        """`BESIDE` or `BLINK`."""
        return BLINK if self.stack.currentWidget() is self.blink else BESIDE

    def show_pair(self, pair: SessionPair) -> None:
        """Show a session; captures that were shown before keep their frame."""
        entries: dict[Phase, PhaseEntry | None] = {
            Phase.PRE: pair.entry.pre,
            Phase.POST: pair.entry.post,
        }
        for phase, side in self.sides.items():
            entry = entries[phase]
            estimate = entry.estimate if entry else None
            side.show_detail(pair.detail(phase), estimate.refusal if estimate else None)

    def choose(self, mode: str) -> None:
        """Put the faces beside each other, or let them blink."""
        if mode == BLINK and self.can_blink():
            self.modes.choose(BLINK)
            self.stack.setCurrentWidget(self.blink)
            self.blink.start()
        else:
            self.modes.choose(BESIDE)
            self.stack.setCurrentIndex(0)

    def can_blink(self) -> bool:
        """Whether both phases have a face."""
        return all(side.index >= 0 for side in self.sides.values())

    def step(self, by: int) -> None:
        """Both sides go on, or back."""
        for side in self.sides.values():
            side.step(by)

    def retranslate(self) -> None:
        """The language changed."""
        self._title.setText(self.tr("Aligned faces"))
        self.modes.set_text(BESIDE, self.tr("Side by side"))
        self.modes.set_text(BLINK, self.tr("Blink"))
        for chip in self.modes.findChildren(QPushButton):
            leave_room(chip)
        self.setAccessibleName(self.tr("Faces before and after dialysis"))
        for side in self.sides.values():
            side.retranslate()
        self.blink.retranslate()
        self._offer_blink()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, blink, or stop blinking."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space and self.mode == BLINK:
            self.blink.toggle()
        elif key == Qt.Key.Key_Space and self.can_blink():
            self.choose(BLINK)
        elif key == Qt.Key.Key_Escape and self.mode == BLINK:
            self.choose(BESIDE)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Escape ends the blinking before it means anything to the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.mode == BLINK
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
        self._offer_blink()
        self.frame_shown.emit(phase, index)

    def _offer_blink(self) -> None:
        """Without both faces there is nothing to compare."""
        can = self.can_blink()
        if not can and self.mode == BLINK:
            self.choose(BESIDE)
        self.modes.setVisible(can)
        self.hint.setVisible(can)
        if self.mode == BLINK:
            words = [side.place_words() for side in self.sides.values()]
            self.hint.setText(" | ".join(words))
        else:
            self.hint.setText(self.tr("← → frames · Space blinks"))
