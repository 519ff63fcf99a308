"""The trend as a plot whose points can be read out and opened, by pointer and by keyboard."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from edema_desk.plots.trend_canvas import Span, TrendCanvas
from edema_desk.ui.parts.focus import KEY_REASONS, paint_focus
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.pieces.trend_hover import HoverCard
from edema_desk.ui.pieces.trend_words import PointWords, point_words

REACH_PX = 26.0
"""How near the pointer must come to a point."""

_PAN = 0.25
_ZOOMS = {Qt.Key.Key_Plus: 0.5, Qt.Key.Key_Equal: 0.5, Qt.Key.Key_Minus: 2.0}
_VIEW_KEYS = (Qt.Key.Key_0, Qt.Key.Key_Home, Qt.Key.Key_End)
Pixels = NDArray[np.float64]


class TrendPlot(TrendCanvas):
    """`session_opened(session_id)` follows a click on a point, or Return on the one read out;
    `day_opened(date)` where that is a spot capture."""

    session_opened = Signal(str)
    day_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme.tokens, parent)
        self.theme = theme
        self.current: int | None = None
        self._reached_by_key = False
        self.card = HoverCard(self)
        self.card.restyle(theme.tokens)
        self.scene().sigMouseMoved.connect(self._on_pointer)
        self.scene().sigMouseClicked.connect(self._on_click)
        self.moved.connect(self._read_nothing)

    def restyle(self) -> None:
        """Colour everything; the theme changed."""
        self.dress(self.theme.tokens)
        self.card.restyle(self.theme.tokens)

    def points_px(self) -> tuple[NDArray[np.intp], Pixels, Pixels]:
        """Which reading, x and y of all that can be pointed at, in this widget's pixels."""
        series = self.series
        parts = [(series.indices(v), v) for v in (series.scale_kg, series.estimate_kg)]
        index = np.concatenate([own for own, _ in parts] + [series.refused])
        y_kg = np.concatenate([v[own] for own, v in parts] + [self.layers.refused_kg()])
        to_px = self.view.childGroup.sceneTransform()
        x = series.at_s[index] * to_px.m11() + to_px.dx()
        return index, x, y_kg * to_px.m22() + to_px.dy()

    def nearest(self, where: QPointF) -> int | None:
        """The point within reach of `where`: its place in `points_px`."""
        _, x, y = self.points_px()
        if len(x) == 0 or not self.view.sceneBoundingRect().contains(where):
            return None
        far = np.hypot(x - where.x(), y - where.y())
        best = int(far.argmin())
        return best if far[best] <= REACH_PX else None

    def words(self) -> PointWords | None:
        """What is read out now."""
        return None if self.current is None else point_words(self.series.readings[self.current])

    def _on_pointer(self, where: QPointF) -> None:
        self._read_out(self.nearest(where))

    def _on_click(self, event: object) -> None:
        button, where = event.button(), event.scenePos()  # type: ignore[attr-defined]  # no types
        point = self.nearest(where) if button == Qt.MouseButton.LeftButton else None
        if point is not None:
            self._open(int(self.points_px()[0][point]))

    def _open(self, index: int) -> None:
        reading = self.series.readings[index]
        if reading.session is not None:
            self.session_opened.emit(reading.session.session.session_id)
        else:
            self.day_opened.emit(reading.entry.at.day)

    def _read_nothing(self) -> None:
        self._read_out(None)

    def _read_out(self, point: int | None) -> None:
        """Show the card at a place of `points_px`, or hide it."""
        if point is None:
            self.current = None
            self.layers.place_mark(None)
            self.viewport().unsetCursor()
            self.card.hide()
            return
        index, x, y = self.points_px()
        self.current = int(index[point])
        reading = self.series.readings[self.current]
        y_kg = self.view.mapSceneToView(QPointF(x[point], y[point])).y()
        self.layers.place_mark(reading.at_s, y_kg)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        frame = self.view.sceneBoundingRect().toRect()
        room = QRect(0, 0, self.width(), self.height()).intersected(
            frame.adjusted(-40, -26, 120, 0)
        )
        self.card.read_out(point_words(reading), QPoint(round(x[point]), round(y[point])), room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right read out points in time order, Return opens the session; the other keys
        of `_VIEW_KEYS` move the view."""
        key = event.key()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shifted and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.pan(_PAN if key == Qt.Key.Key_Right else -_PAN)
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[Qt.Key(key)], self._fixed_s())
        elif key in _VIEW_KEYS:
            self._move_by_key(key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and len(self.series.readings):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self._open(self.current)
        elif key == Qt.Key.Key_Escape and self.current is not None:
            self._read_out(None)
        else:
            event.ignore()

    def _move_by_key(self, key: int) -> None:
        if key == Qt.Key.Key_0:
            self.set_span(Span.ALL)
        else:
            self.go_to(newest=key == Qt.Key.Key_End)

    def _fixed_s(self) -> float | None:
        """What stays where it is while zooming: the point that is read out."""
        return None if self.current is None else self.series.readings[self.current].at_s

    def _step(self, by: int) -> None:
        """Go to the next reading that has a point, bringing it into view."""
        shown = np.unique(self.points_px()[0])
        if self.current is None:
            start, end = self.view.viewRange()[0]
            at_s = self.series.at_s[shown]
            seen = np.flatnonzero((at_s >= start) & (at_s <= end))
            place = int(seen[-1] if by < 0 else seen[0]) if len(seen) else 0
        else:
            place = int(np.searchsorted(shown, self.current)) + by
        index = int(shown[min(max(place, 0), len(shown) - 1)])
        self._bring_into_view(self.series.readings[index].at_s)
        points = np.flatnonzero(self.points_px()[0] == index)
        self._read_out(int(points[0]))

    def _bring_into_view(self, at_s: float) -> None:
        start, end = self.view.viewRange()[0]
        if not start <= at_s <= end:
            width = end - start
            self.view.setXRange(at_s - width / 2, at_s + width / 2, padding=0)
            self.let_go()

    def event(self, event: QEvent) -> bool:
        """Escape ends the reading before it means anything to the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.current is not None
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """A frame while the plot was reached by keys."""
        if self._reached_by_key:
            painter.save()
            painter.resetTransform()
            paint_focus(painter, QRectF(self.viewport().rect()), self.theme)
            painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys go here now."""
        self._reached_by_key = event.reason() in KEY_REASONS
        self.viewport().update()
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._read_out(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Reading by keyboard ends with the focus."""
        self._reached_by_key = False
        self._read_out(None)
        self.viewport().update()
        super().focusOutEvent(event)
