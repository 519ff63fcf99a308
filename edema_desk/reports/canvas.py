"""What pictures share: a Qt without a screen, the program's type, and how a plot is dressed."""

import os
import sys
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import resources_dir
from edema_desk.plots.style import FAMILY, LIGHT, load_fonts

INK, MUTED, LINE, PAPER = LIGHT.ink, LIGHT.muted, LIGHT.line, LIGHT.card
BEFORE, AFTER = LIGHT.pre, LIGHT.post
RATIO = 2.0
"""Pixels of the picture for one of the layout: sharp on paper."""


def screenless_qt() -> QApplication:
    """The application there is, or one that needs no screen, with the program's type loaded."""
    held = QApplication.instance()
    if not isinstance(held, QApplication):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        held = QApplication([sys.argv[0]])
    if FAMILY not in QFontDatabase.families():
        load_fonts(resources_dir() / "fonts")
    return held


def type_of(px: int, *, bold: bool = False) -> QFont:
    """The program's type in a size of the layout."""
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def bare_plot(x_label: str, y_label: str) -> pg.PlotWidget:
    """Axes with light lines across, no frame, nothing to click."""
    plot = pg.PlotWidget(background=PAPER)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setFrameStyle(0)
    for side, label in (("bottom", x_label), ("left", y_label)):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(LINE, width=1))
        axis.setTextPen(pg.mkPen(MUTED))
        axis.setStyle(tickFont=type_of(13), tickLength=0, tickTextOffset=8)
        axis.setLabel(label, **{"color": INK, "font-size": "10pt", "font-family": FAMILY})
        axis.enableAutoSIPrefix(False)
        axis.setGrid(70)
    return plot


def place_text(
    plot: pg.PlotWidget,
    text: str,
    at: tuple[float, float],
    *,
    color: str = INK,
    anchor: tuple[float, float] = (0.5, 0.5),
    bold: bool = False,
) -> None:
    """Words beside what they name, in the plot's own units, on a ground of paper."""
    ground = QColor(PAPER)
    ground.setAlpha(215)
    item = pg.TextItem(text, color=color, anchor=anchor, fill=ground)
    item.setFont(type_of(14, bold=bold))
    item.setPos(*at)
    item.setZValue(20)
    plot.addItem(item, ignoreBounds=True)


def save_picture(widget: QWidget, path: Path) -> None:
    """Write the widget as PNG, whole or not at all. Raises OUTPUT_NOT_WRITABLE."""
    image = QImage(widget.size() * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(QColor(PAPER))
    with QPainter(image) as painter:
        widget.render(painter, QPoint(0, 0))
    part = path.with_name(f"{path.stem}.part.png")  # Qt reads the kind of file from its name
    if not image.save(str(part)):
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path))
    try:
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error
