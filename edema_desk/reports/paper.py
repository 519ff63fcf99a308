"""A page of A4 to write on, whatever it ends up as: a PDF, a printer, a picture.

All lengths are tenths of a millimetre.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPicture
from PySide6.QtWidgets import QGraphicsView, QWidget

from edema_desk.plots.style import LIGHT
from edema_desk.reports.canvas import type_of

WIDTH, HEIGHT = 2100, 2970
UNITS_PER_INCH = 254
MARGIN = 140
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
INNER = RIGHT - LEFT
BOTTOM = HEIGHT - 110
NOTE, TEXT, HEADING, TITLE = 25, 29, 34, 56
"""Sizes of type: 7, 8, 10 and 16 points."""
WIDE_PLOT, NARROW_PLOT = 2.0, 1.7
"""Units to a pixel of a plot: its words of 13 px become 7 points, or 6 where there is less room."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look."""

    size: int = TEXT
    bold: bool = False
    color: str = LIGHT.ink
    right: bool = False


PLAIN, STRONG = Ink(), Ink(bold=True)
FIGURE = Ink(right=True)
FAINT = Ink(NOTE, color=LIGHT.muted)
HEAD = Ink(HEADING, bold=True)


class Paper:
    """Writes with a painter that counts in tenths of a millimetre from the page's corner."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )

    def words(self, text: str, at: QPointF, width: float, ink: Ink = PLAIN) -> float:
        """One line, cut with an ellipsis where it is too long; the y below it."""
        metrics = self._take(ink)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
        x = at.x() + width - metrics.horizontalAdvance(shown) if ink.right else at.x()
        self._painter.drawText(QPointF(x, at.y() + metrics.ascent()), shown)
        return at.y() + metrics.height()

    def block(self, text: str, at: QPointF, width: float, ink: Ink = PLAIN) -> float:
        """As many lines as it takes; the y below them."""
        self._take(ink)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        room = QRectF(at.x(), at.y(), width, HEIGHT)
        taken = self._painter.boundingRect(room, int(flags), text)
        self._painter.drawText(room, int(flags), text)
        return float(taken.bottom())

    def rule(
        self, y: float, left: float = LEFT, right: float = RIGHT, *, dark: bool = False
    ) -> None:
        """A line across."""
        pen = QPen(QColor(LIGHT.muted if dark else LIGHT.line), 2 if dark else 1.5)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(left, y), QPointF(right, y))

    def bar(self, rect: QRectF, *, strong: bool) -> None:
        """A filled bar: dark for what is told, light for what it is held against."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(LIGHT.accent if strong else "#b9c2cc"))
        self._painter.drawRect(rect)

    def width_of(self, text: str, ink: Ink) -> float:
        """How wide a line would be."""
        return QFontMetricsF(type_of(ink.size, bold=ink.bold)).horizontalAdvance(text)

    def lay_out(self, view: QWidget, rect: QRectF, unit: float = WIDE_PLOT) -> QSize:
        """Give a plot that is on no screen the size of its place, at once."""
        size = QSize(round(rect.width() / unit), round(rect.height() / unit))
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(size)
        view.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        return size

    def plot(self, view: QWidget, rect: QRectF, unit: float = WIDE_PLOT) -> None:
        """A plot of the screen as lines and letters, not as a picture."""
        size = self.lay_out(view, rect, unit)
        picture = QPicture()
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if isinstance(view, QGraphicsView):
                source, target = QRect(0, 0, *size.toTuple()), QRectF(QPointF(), size.toSizeF())
                with _drawn_one_by_one(view):
                    view.render(painter, target, source)
            else:
                view.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        self._painter.save()
        self._painter.translate(rect.topLeft())
        enlarged = self._painter.device().logicalDpiX() / picture.logicalDpiX()  # by Qt, unasked
        self._painter.scale(unit / enlarged, unit / enlarged)
        self._painter.setClipRect(QRectF(QPointF(), size.toSizeF()))
        self._painter.drawPicture(QPointF(), picture)
        self._painter.restore()

    def _take(self, ink: Ink) -> QFontMetricsF:
        font = type_of(ink.size, bold=ink.bold)
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink.color))
        return QFontMetricsF(font)


def let_go(view: QWidget) -> None:
    """Destroy a plot at once: left to Python, its parts would go in any order, and Qt falls."""
    view.hide()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)


@contextmanager
def _drawn_one_by_one(view: QGraphicsView) -> Iterator[None]:
    """Have marks drawn as shapes: on a screen pyqtgraph copies little pictures of them."""
    marks = [item for item in view.scene().items() if isinstance(item, pg.ScatterPlotItem)]
    for item in marks:
        item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
    try:
        yield
    finally:
        for item in marks:
            item.setExportMode(False)


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column of a table: what stands over it, how wide, and whether numbers stand in it."""

    head: str
    width: float
    number: bool = True


ROW = 39.0
HEAD_ROW = 33.0


def table_head(paper: Paper, plan: Sequence[ColumnPlan], at: QPointF) -> float:
    """The heads, each of at most two lines, with a line under them; the y of the first row."""
    lines = max((column.head.count("\n") + 1 for column in plan), default=1)
    x = at.x()
    for column in plan:
        parts = column.head.split("\n")
        y = at.y() + (lines - len(parts)) * HEAD_ROW
        for part in parts:
            ink = Ink(NOTE, color=LIGHT.muted, right=column.number)
            paper.words(part, QPointF(x, y), column.width - 14, ink)
            y += HEAD_ROW
        x += column.width
    end = at.y() + lines * HEAD_ROW + 6
    paper.rule(end, at.x(), x - 14, dark=True)
    return end + 7


def table_row(
    paper: Paper,
    plan: Sequence[ColumnPlan],
    cells: Sequence[str],
    at: QPointF,
    size: int = NOTE + 1,
) -> float:
    """One row; the y of the next."""
    x = at.x()
    for column, cell in zip(plan, cells, strict=True):
        ink = Ink(size, right=column.number)
        paper.words(cell, QPointF(x, at.y()), column.width - 14, ink)
        x += column.width
    paper.rule(at.y() + ROW - 3, at.x(), x - 14)
    return at.y() + ROW
