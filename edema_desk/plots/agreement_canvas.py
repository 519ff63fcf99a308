"""What the plots of agreement share: kilograms both ways, their names, a cloud, labels."""

from collections.abc import Sequence
from math import ceil, floor

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.agreement_cloud import Cloud, Points, no_points
from edema_desk.plots.axes import kg_label
from edema_desk.plots.items import EndLabel, EndLabels
from edema_desk.plots.style import CAPTION_PX, Tokens, text_font
from edema_desk.plots.wording import phase_text

_STEPS_KG = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_LINES = 7
_EDGE_PX = 9.0
_TOP_PX, _BOTTOM_PX, _RIGHT_PX = 30.0, 22.0, 14.0


class FineKgAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Signed kilograms in steps down to a tenth, with lines across the plot."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """One level of ticks."""
        step = next((s for s in _STEPS_KG if (high - low) / s <= _LINES), 10.0)
        edge = _EDGE_PX * (high - low) / max(size, 1.0)  # a label cut off is no label
        first, last = ceil((low + edge) / step), floor((high - edge) / step)
        return [(step, [n * step for n in range(first, last + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Signed kilograms."""
        return [kg_label(value) for value in values]


class PlotHeads(QGraphicsItem):
    """The names of both axes, and which mark is which phase."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._whole, self._view = QRectF(), QRectF()
        self._across = self._upwards = ""
        self._tokens: Tokens | None = None
        self._keyed = False

    def place(self, whole: QRectF, view: QRectF) -> None:
        """Where the plot and what it shows lie, in the parent's pixels."""
        self.prepareGeometryChange()
        self._whole, self._view = whole, view
        self.update()

    def say(self, across: str, upwards: str, tokens: Tokens, *, keyed: bool) -> None:
        """What the axes are; `keyed` shows the marks of the phases."""
        self._across, self._upwards, self._tokens, self._keyed = across, upwards, tokens, keyed
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole plot."""
        return self._whole

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Upwards above the plot at the left, across below it at the right."""
        if self._tokens is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(CAPTION_PX))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QColor(self._tokens.muted))
        painter.drawText(QPointF(0, metrics.ascent()), self._upwards)
        left = self._view.right() - metrics.horizontalAdvance(self._across)
        painter.drawText(QPointF(left, self._whole.bottom() - metrics.descent()), self._across)
        if self._keyed:
            self._paint_key(painter, metrics, self._tokens)

    def _paint_key(self, painter: QPainter, metrics: QFontMetricsF, tokens: Tokens) -> None:
        right = self._view.right()
        middle = metrics.ascent() * 0.62
        painter.setFont(text_font(CAPTION_PX, bold=True))
        bold = QFontMetricsF(painter.font())
        for phase in (Phase.POST, Phase.PRE):
            words, color = phase_text(phase), QColor(tokens.of_phase(phase))
            right -= bold.horizontalAdvance(words)
            painter.setPen(color)
            painter.drawText(QPointF(right, metrics.ascent()), words)
            self._paint_mark(painter, phase, QPointF(right - 9, middle), tokens)
            right -= 32

    @staticmethod
    def _paint_mark(painter: QPainter, phase: Phase, at: QPointF, tokens: Tokens) -> None:
        painter.setPen(QPen(QColor(tokens.of_phase(phase)), 1.4))
        if phase is Phase.PRE:
            painter.setBrush(QColor(tokens.pre))
            painter.drawEllipse(at, 3.6, 3.6)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(at.x() - 3.4, at.y() - 3.4, 6.8, 6.8))


class AgreementCanvas(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Base of the plots of captures. Nothing moves in them; they show all there is."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.tokens = tokens
        self.shown: AgreementView | None = None
        self.points: Points = no_points()
        self.view = pg.ViewBox(enableMenu=False)
        self.view.setMouseEnabled(x=False, y=False)
        self.across, self.upwards = FineKgAxis("bottom"), FineKgAxis("left")
        self._frame = pg.GraphicsLayout()
        self._frame.addItem(self.upwards, 0, 0)
        self._frame.addItem(self.view, 0, 1)
        self._frame.addItem(self.across, 1, 1)
        self._frame.layout.setSpacing(0)
        self.setCentralItem(self._frame)
        self._heads, self._ends = PlotHeads(self._frame), EndLabels(self._frame)
        for axis in (self.across, self.upwards):
            axis.linkToView(self.view)
            axis.setStyle(tickLength=0, tickAlpha=255, tickFont=text_font(CAPTION_PX))
            axis.setZValue(self.view.zValue() - 1)  # its grid lies behind the data
            axis.setGrid(255)
        self.upwards.setWidth(42)
        self.across.setHeight(24)
        self.cloud = self.make_layers(tokens)
        self.view.sigResized.connect(self._place)
        self.dress(tokens)

    def make_layers(self, tokens: Tokens) -> Cloud:
        """Put the items into the view, from back to front."""
        return Cloud(self.view, tokens)

    def names(self) -> tuple[str, str]:
        """What the axes are, across and upwards."""
        raise NotImplementedError

    def end_labels(self) -> Sequence[tuple[float, str, bool]]:
        """Words at the right: how high in kg, what, and whether they are strong."""
        return ()

    def show_view(self, shown: AgreementView) -> None:
        """Draw another state."""
        self.shown = shown
        self.retranslate()

    def show_points(self, points: Points, area: QRectF) -> None:
        """Draw captures within an area, its top the smaller y."""
        self.points = points
        self.view.setRange(
            xRange=(area.left(), area.right()), yRange=(area.top(), area.bottom()), padding=0
        )
        self.cloud.show(points, area)

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        self.tokens = tokens
        for axis in (self.across, self.upwards):
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(pg.mkPen(tokens.muted))
            axis.setTickPen(pg.mkPen(tokens.line))
        self.cloud.dress(tokens)
        plain, bold = text_font(CAPTION_PX), text_font(CAPTION_PX, bold=True)
        self._ends.set_fonts(plain, bold, QColor(tokens.ink))
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again; language or data changed."""
        bold = QFontMetricsF(text_font(CAPTION_PX, bold=True))
        room = max((bold.horizontalAdvance(text) for _, text, _ in self.end_labels()), default=0.0)
        right = room + 18 if room else _RIGHT_PX
        self._frame.layout.setContentsMargins(0, _TOP_PX, right, _BOTTOM_PX)
        self._heads.say(*self.names(), self.tokens, keyed=len(self.points.x) > 0)
        self._place()

    def close(self) -> bool:
        """Close like any widget. pyqtgraph's own way takes the scene from under Qt's feet."""
        return QWidget.close(self)

    def _place(self) -> None:
        box = self.view.geometry()
        self._heads.place(self._frame.rect(), box)
        area = QRectF(box.right() + 10, box.top(), self._frame.rect().right() - box.right(), 0)
        area.setBottom(box.bottom())
        self._ends.set_labels(
            [
                EndLabel(self._y_px(y_kg), text, QColor(self.tokens.ink), bold=strong)
                for y_kg, text, strong in self.end_labels()
            ],
            area,
        )

    def _y_px(self, y_kg: float) -> float:
        place = self.view.mapFromView(QPointF(0, y_kg))
        return float(self._frame.mapFromItem(self.view, place).y())
