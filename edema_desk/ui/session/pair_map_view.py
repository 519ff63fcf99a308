"""A map of the face: alone, and over the face with a strength to choose; and what colours say."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from edema_desk.domain.capture.difference import Grey
from edema_desk.ui.parts.theme import STEP_PX, Theme
from edema_desk.ui.parts.widgets import column, label, row
from edema_desk.ui.session.pair_frames import FaceView
from edema_desk.ui.session.pair_maps import bar_colours, map_alone, map_over
from edema_desk.ui.session.pair_slider import FrameSlider

FIRST_STRENGTH = 70
GAP_PX = STEP_PX * 6


class LegendBar(QWidget):
    """The colours from less to more."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Long enough to tell shades apart."""
        return QSize(160, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        shades = bar_colours()
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for place, shade in enumerate(shades):
            gradient.setColorAt(place / (len(shades) - 1), QColor(*shade))
        path = QPainterPath()
        path.addRoundedRect(area, 6, 6)
        painter.fillPath(path, gradient)
        painter.end()


class MapView(QWidget):
    """`show_map` shows one; `say_scale` sets the words at the ends of the colours, and `note` what
    the map is and is not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._values: NDArray[np.floating] | None = None
        self._face: Grey | None = None
        self._limit = 1.0
        self.alone, self.over = FaceView(theme), FaceView(theme)
        self._heads = (label("caption"), label("caption"))
        self.less, self.more = label("caption"), label("caption")
        self._strength_words = label("caption")
        self.strength = FrameSlider(theme)
        self.strength.setRange(0, 100)
        self.strength.setPageStep(10)
        self.strength.setValue(FIRST_STRENGTH)
        self.strength.valueChanged.connect(self._paint_over)
        self.note = label("caption", wrap=True)
        legend = row(self.less, LegendBar(), self.more)
        legend.setStretch(1, 1)
        slider = row(self._strength_words, self.strength)
        slider.setStretch(1, 1)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_PX)
        grid.setVerticalSpacing(STEP_PX * 2)
        for place, (head, view) in enumerate(
            zip(self._heads, (self.alone, self.over), strict=True)
        ):
            grid.addWidget(head, 0, place)
            grid.addWidget(view, 1, place)
            grid.setColumnStretch(place, 1)
        grid.addLayout(legend, 2, 0)
        grid.addLayout(slider, 2, 1)
        grid.setRowStretch(1, 1)
        box = column(grid, self.note, None)
        box.setStretch(0, 100)
        self.setLayout(box)
        self.retranslate()

    def show_map(
        self, values: NDArray[np.floating] | None, face: Grey | None, limit: float
    ) -> None:
        """Show `values` from -limit to limit over `face`; nothing where there are none."""
        self._values, self._face, self._limit = values, face, limit
        self.alone.show_image(map_alone(values, limit) if values is not None else QImage())
        self._paint_over()

    def say_scale(self, less: str, more: str) -> None:
        """What the ends of the colours mean."""
        self.less.setText(less)
        self.more.setText(more)

    def _paint_over(self) -> None:
        if self._values is None or self._face is None:
            self.over.show_image(QImage())
            return
        share = self.strength.value() / 100
        self.over.show_image(map_over(self._face, self._values, self._limit, share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A face is a square: no higher than wide, so that its words stay near."""
        super().resizeEvent(event)
        most_px = max((self.width() - GAP_PX) // 2, self.alone.minimumHeight())
        for view in (self.alone, self.over):
            view.setMaximumHeight(most_px)

    def retranslate(self) -> None:
        """Set every text again."""
        self._heads[0].setText(self.tr("The map alone"))
        self._heads[1].setText(self.tr("Over the face after dialysis"))
        self._strength_words.setText(self.tr("Strength"))
        self.strength.setAccessibleName(self.tr("How strongly the map covers the face"))

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
