"""Estimates beside the scale: one against the other, and their difference (Bland-Altman)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.limits_of_agreement import LimitsOfAgreement, limits_of_agreement
from edema_desk.domain.terms.records import Phase
from edema_desk.reports.canvas import (
    AFTER,
    BEFORE,
    INK,
    MUTED,
    PAPER,
    bare_plot,
    place_text,
    save_picture,
    screenless_qt,
    type_of,
)

SIZE_PX = (1240, 700)
_MARGIN_KG = 0.35
_ROOM_FOR_WORDS = 0.42
"""Of the width of the points, to their right."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around the plots. `warning` says what the figures are not."""

    title: str
    figures: str
    warning: str


@dataclass(frozen=True, slots=True)
class _Points:
    scale_kg: Floats
    estimate_kg: Floats
    before: NDArray[np.bool_]
    limits: LimitsOfAgreement

    @property
    def groups(self) -> tuple[tuple[str, str, str, NDArray[np.bool_]], ...]:
        """Words, colour, mark and members: told apart in grey by mark and filling."""
        return (
            ("before dialysis", BEFORE, "o", self.before),
            ("after dialysis", AFTER, "d", ~self.before),
        )


def draw_agreement(path: Path, rows: Sequence[Prediction], caption: Caption) -> None:
    """Write the picture as PNG; rows without an estimate are left out.

    Raises OUTPUT_NOT_WRITABLE.
    """
    screenless_qt()
    points = _points(rows)
    sheet = QWidget()
    sheet.setStyleSheet(f"background: {PAPER}; color: {INK};")
    sheet.resize(*SIZE_PX)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(32, 24, 32, 20)
    column.setSpacing(4)
    column.addWidget(_line(caption.title, 20, bold=True))
    column.addWidget(_line(caption.figures, 15, color=MUTED))
    column.addSpacing(12)
    plots = QHBoxLayout()
    plots.setSpacing(28)
    for heading, plot in (
        ("Estimate against scale", _against(points)),
        ("How far it is off (Bland-Altman)", _difference(points)),
    ):
        side = QVBoxLayout()
        side.addWidget(_line(heading, 16, bold=True))
        side.addWidget(plot, 1)
        plots.addLayout(side, 1)
    column.addLayout(plots, 1)
    if caption.warning:
        column.addSpacing(8)
        column.addWidget(_line(caption.warning, 14, bold=True))
    try:
        save_picture(sheet, path)
    finally:
        sheet.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _points(rows: Sequence[Prediction]) -> _Points:
    told = [(row, row.estimate_kg) for row in rows if row.estimate_kg is not None]
    scale = np.array([row.excess_kg for row, _ in told], dtype=float)
    said = np.array([estimate for _, estimate in told], dtype=float)
    names = sorted({row.patient_id for row, _ in told})
    patient = np.array([names.index(row.patient_id) for row, _ in told], dtype=np.int64)
    before = np.array([row.phase is Phase.PRE for row, _ in told], dtype=bool)
    return _Points(scale, said, before, limits_of_agreement(said - scale, patient))


def _against(points: _Points) -> pg.PlotWidget:
    plot = bare_plot("excess by the scale, kg", "estimate, kg")
    both = np.concatenate([points.scale_kg, points.estimate_kg, [0.0, 1.0]])
    low, high = float(both.min()) - _MARGIN_KG, float(both.max()) + _MARGIN_KG
    plot.plot([low, high], [low, high], pen=pg.mkPen(MUTED, width=1))
    _scatter(plot, points, points.scale_kg, points.estimate_kg)
    top = high - 0.02 * (high - low)
    place_text(plot, "as the scale says", (top, top), color=MUTED, anchor=(1.0, 0.0))
    for words, color, _, members in points.groups:
        if members.any():
            x, y = points.scale_kg[members], points.estimate_kg[members]
            below = float(np.quantile(y, 0.06)) - 0.05 * (high - low)
            beside = float(np.quantile(x, 0.75)) + 0.25, below
            place_text(plot, words, beside, color=color, anchor=(0.0, 0.5), bold=True)
    plot.setRange(xRange=(low, high), yRange=(low, high), padding=0)
    return plot


def _difference(points: _Points) -> pg.PlotWidget:
    plot = bare_plot("mean of estimate and scale, kg", "estimate less scale, kg")
    middle = (points.scale_kg + points.estimate_kg) / 2
    off = points.estimate_kg - points.scale_kg
    ends = np.concatenate([middle, [0.0, 1.0]])
    low, high = float(ends.min()) - _MARGIN_KG, float(ends.max()) + _MARGIN_KG
    end = high + _ROOM_FOR_WORDS * (high - low)
    limits = points.limits
    lines = [limits.low_kg, limits.bias_kg, limits.high_kg]
    reach = 1.15 * float(np.abs(np.concatenate([off, [0.5], np.nan_to_num(lines)])).max())
    plot.plot([low, end], [0.0, 0.0], pen=pg.mkPen(MUTED, width=1))
    _scatter(plot, points, middle, off)
    if np.isfinite(lines).all():
        dashed = pg.mkPen(INK, width=1.5, style=Qt.PenStyle.DashLine)
        for value, words, pen, anchor in (
            (limits.high_kg, "upper limit", dashed, (1.0, 1.1)),
            (limits.bias_kg, "on average", pg.mkPen(INK, width=1.5), (1.0, 1.1)),
            (limits.low_kg, "lower limit", dashed, (1.0, -0.1)),
        ):
            plot.plot([low, end], [value, value], pen=pen)
            place_text(plot, f"{words} {_signed(value)} kg", (end, value), anchor=anchor)
    plot.setRange(xRange=(low, end), yRange=(-reach, reach), padding=0)
    return plot


def _scatter(plot: pg.PlotWidget, points: _Points, x: Floats, y: Floats) -> None:
    for _, color, mark, members in points.groups:
        filled = mark == "o"
        plot.plot(
            x[members],
            y[members],
            pen=None,
            symbol=mark,
            symbolSize=8 if filled else 9,
            symbolPen=pg.mkPen(PAPER if filled else color, width=0.8 if filled else 1.4),
            symbolBrush=color if filled else PAPER,
        )


def _line(text: str, px: int, *, bold: bool = False, color: str = INK) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(type_of(px, bold=bold))
    label.setStyleSheet(f"color: {color};")
    return label


def _signed(value: float) -> str:
    """With a true minus."""
    return f"{value:+.2f}".replace("-", "−")
