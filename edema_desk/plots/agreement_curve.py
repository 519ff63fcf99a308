"""How the error falls with the sessions before: the estimate beside the patient's usual value."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget

from edema_desk.domain.course.agreement_view import AgreementView
from edema_desk.domain.course.clinic_verdict import STEPS, CurvePoint
from edema_desk.plots.agreement_canvas import FineKgAxis, PlotHeads
from edema_desk.plots.agreement_words import number_text
from edema_desk.plots.items import EndLabel, EndLabels
from edema_desk.plots.style import CAPTION_PX, Tokens, text_font

_ROOM = 1.12
"""Above the highest value, as a factor."""
_LEAST_KG = 0.3


def step_text(sessions: int) -> str:
    """Which numbers of sessions a step of the curve holds: 5–6, 25+."""
    place = STEPS.index(sessions)
    if place + 1 == len(STEPS):
        return f"{sessions}+"
    last = STEPS[place + 1] - 1
    return str(sessions) if last == sessions else f"{sessions}–{last}"


class _StepAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """The steps side by side, whatever they hold."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """One level of ticks."""
        return [(1.0, [float(place) for place in range(len(STEPS)) if low <= place <= high])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The words of the steps."""
        return [step_text(STEPS[round(value)]) for value in values]


class _ErrorAxis(FineKgAxis):
    """Errors have no sign."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Plain kilograms."""
        return [f"{value:.1f}" for value in values]


class CurvePlot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Mean absolute error by sessions before: rings the estimate, dots the usual value."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.tokens = tokens
        self.curve: tuple[CurvePoint, ...] = ()
        self.view = pg.ViewBox(enableMenu=False)
        self.view.setMouseEnabled(x=False, y=False)
        self._across, self._upwards = _StepAxis("bottom"), _ErrorAxis("left")
        self._frame = pg.GraphicsLayout()
        self._frame.addItem(self._upwards, 0, 0)
        self._frame.addItem(self.view, 0, 1)
        self._frame.addItem(self._across, 1, 1)
        self._frame.layout.setSpacing(0)
        self.setCentralItem(self._frame)
        self.usual = pg.PlotDataItem(symbol="o", antialias=True)
        self.estimate = pg.PlotDataItem(symbol="o", antialias=True)
        for item in (self.usual, self.estimate):
            self.view.addItem(item, ignoreBounds=True)
        self._heads, self._ends = PlotHeads(self._frame), EndLabels(self._frame)
        for axis in (self._across, self._upwards):
            axis.linkToView(self.view)
            axis.setStyle(tickLength=0, tickAlpha=255, tickFont=text_font(CAPTION_PX))
            axis.setZValue(self.view.zValue() - 1)
        self._upwards.setGrid(255)
        self._upwards.setWidth(34)
        self._across.setStyle(tickAlpha=0)
        self._across.setHeight(24)
        self.view.sigResized.connect(self._place)
        self.dress(tokens)

    def show_view(self, shown: AgreementView) -> None:
        """Draw another state."""
        self.curve = shown.curve
        at = [STEPS.index(point.sessions) for point in self.curve]
        errors = np.array([point.mae_kg for point in self.curve], np.float64)
        usual = np.array([point.guess_mae_kg for point in self.curve], np.float64)
        known = np.isfinite(usual)
        self.estimate.setData(x=at, y=errors)
        self.usual.setData(x=np.array(at, np.float64)[known], y=usual[known])
        highest = float(np.concatenate([errors, usual[known], [_LEAST_KG]]).max())
        last = max(at, default=len(STEPS) - 1)
        self.view.setRange(
            xRange=(min(at, default=0) - 0.4, last + 0.4),
            yRange=(-0.05 * highest, _ROOM * highest),
            padding=0,
        )
        self.retranslate()

    def dress(self, tokens: Tokens) -> None:
        """Colour everything anew."""
        self.tokens = tokens
        for axis in (self._across, self._upwards):
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(pg.mkPen(tokens.muted))
            axis.setTickPen(pg.mkPen(tokens.line))
        ink, muted = QColor(tokens.ink), QColor(tokens.muted)
        self.estimate.setPen(pg.mkPen(QColor(tokens.accent), width=2))
        self.estimate.setSymbolPen(pg.mkPen(ink, width=1.6))
        self.estimate.setSymbolBrush(QColor(tokens.card))
        self.estimate.setSymbolSize(8)
        self.usual.setPen(pg.mkPen(muted, width=1.2, style=Qt.PenStyle.DashLine))
        self.usual.setSymbolPen(pg.mkPen(muted))
        self.usual.setSymbolBrush(muted)
        self.usual.setSymbolSize(5)
        self._ends.set_fonts(text_font(CAPTION_PX), text_font(CAPTION_PX, bold=True), ink)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again; language or data changed."""
        across = self.tr("Sessions of the patient before")
        self._heads.say(across, self.tr("Mean error, kg"), self.tokens, keyed=False)
        bold = QFontMetricsF(text_font(CAPTION_PX, bold=True))
        room = max((bold.horizontalAdvance(one.text) for one in self._labels()), default=0.0)
        self._frame.layout.setContentsMargins(0, 30, room + 20 if room else 14, 22)
        self.setAccessibleName(self.tr("Mean error by the number of sessions before"))
        self._place()

    def close(self) -> bool:
        """Close like any widget. pyqtgraph's own way takes the scene from under Qt's feet."""
        return QWidget.close(self)

    def _labels(self) -> list[EndLabel]:
        if not self.curve:
            return []
        last, ink = self.curve[-1], QColor(self.tokens.ink)
        value = number_text(last.mae_kg)
        text = self.tr("estimate {value}").format(value=value)
        labels = [EndLabel(self._y_px(last.mae_kg), text, ink, bold=True)]
        if np.isfinite(last.guess_mae_kg):
            text = self.tr("usual value {value}").format(value=number_text(last.guess_mae_kg))
            labels.append(EndLabel(self._y_px(last.guess_mae_kg), text, QColor(self.tokens.muted)))
        return labels

    def _place(self) -> None:
        box = self.view.geometry()
        self._heads.place(self._frame.rect(), box)
        area = QRectF(box.right() + 4, box.top(), self._frame.rect().right() - box.right(), 0)
        area.setBottom(box.bottom())
        self._ends.set_labels(self._labels(), area)

    def _y_px(self, y_kg: float) -> float:
        place = self.view.mapFromView(QPointF(0, y_kg))
        return float(self._frame.mapFromItem(self.view, place).y())
