"""Points of a plot of agreement read out and opened, by pointer and by keyboard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from edema_desk.plots.agreement_canvas import AgreementCanvas
from edema_desk.plots.style import Tokens
from edema_desk.ui.parts.focus import KEY_REASONS
from edema_desk.ui.parts.widgets import column, label
from edema_desk.ui.pieces.trend_hover import beside

REACH_PX = 22.0
_STEP_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PointCard(QFrame):
    """A few lines about one point. It lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("HoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.head, self.lines = label("strong"), label()
        self.setLayout(column(self.head, self.lines, gap=2, margin=11))
        self.hide()

    def dress(self, tokens: Tokens) -> None:
        """Colour anew."""
        self.setStyleSheet(
            f"#HoverCard {{ background: {tokens.card}; border: 1px solid {tokens.line};"
            " border-radius: 10px; }"
        )

    def read_out(self, words: Sequence[str], at: QPoint, room: QRect) -> None:
        """Show the words beside a point."""
        self.head.setText(words[0])
        self.lines.setText("\n".join(words[1:]))
        self.adjustSize()
        self.move(beside(at, self.size(), room))
        self.show()
        self.raise_()


class PointReader(QObject):
    """Watches one plot. `wanted(index)` asks for the words of a capture, which whoever knows the
    patients answers by `say`; `opened(index)` follows a click, or Return on what is read out."""

    wanted = Signal(int)
    opened = Signal(int)

    def __init__(self, canvas: AgreementCanvas) -> None:
        super().__init__(canvas)
        self.canvas, self.card = canvas, PointCard(canvas)
        self.current: int | None = None
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self.card.dress(canvas.tokens)
        canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        canvas.scene().sigMouseMoved.connect(self._on_pointer)
        canvas.scene().sigMouseClicked.connect(self._on_click)
        canvas.installEventFilter(self)

    def reset(self) -> None:
        """Other captures are shown."""
        self._order = np.zeros(0, np.int64)
        self.read_out(None)

    def nearest(self, where: QPointF) -> int | None:
        """The capture within reach of a place of the scene."""
        view, points = self.canvas.view, self.canvas.points
        if len(points.x) == 0 or not view.sceneBoundingRect().contains(where):
            return None
        to_px = view.childGroup.sceneTransform()
        across = (points.x - (where.x() - to_px.dx()) / to_px.m11()) * to_px.m11()
        upwards = (points.y - (where.y() - to_px.dy()) / to_px.m22()) * to_px.m22()
        far = across**2 + upwards**2
        best = int(far.argmin())
        return best if far[best] <= REACH_PX**2 else None

    def read_out(self, index: int | None) -> None:
        """Mark a capture and ask for its words; or hide both."""
        self.current = index
        points = self.canvas.points
        if index is None:
            self.canvas.cloud.place_mark(None)
            self.canvas.viewport().unsetCursor()
            self.card.hide()
            return
        self.canvas.cloud.place_mark((float(points.x[index]), float(points.y[index])))
        self.canvas.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.wanted.emit(index)

    def say(self, words: Sequence[str]) -> None:
        """The words of what is read out."""
        if self.current is None:
            return
        points, canvas = self.canvas.points, self.canvas
        place = canvas.view.mapViewToScene(
            QPointF(points.x[self.current], points.y[self.current])
        ).toPoint()
        self.card.read_out(words, place, QRect(0, 0, canvas.width(), canvas.height()))
        canvas.setAccessibleDescription("\n".join(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys, and when reading ends."""
        kind = event.type()
        if kind in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.read_out(None)
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() in KEY_REASONS:
                self._step(0)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.current is not None:
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key in _STEP_KEYS:
            self._step(_STEP_KEYS[Qt.Key(key)])
        elif key in _OPEN_KEYS and self.current is not None:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Escape and self.current is not None:
            self.read_out(None)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        """Go on from left to right, beginning in the middle."""
        x = self.canvas.points.x
        if len(x) == 0:
            return
        if len(self._order) != len(x):
            self._order = np.argsort(x, kind="stable")
        place = len(x) // 2
        if self.current is not None:
            place = int(np.flatnonzero(self._order == self.current)[0]) + by
        self.read_out(int(self._order[min(max(place, 0), len(x) - 1)]))

    def _on_pointer(self, where: QPointF) -> None:
        self.read_out(self.nearest(where))

    def _on_click(self, event: object) -> None:
        button, where = event.button(), event.scenePos()  # type: ignore[attr-defined]  # no types
        found = self.nearest(where) if button == Qt.MouseButton.LeftButton else None
        if found is not None:
            self.opened.emit(found)
