"""The plot of a course on a screen, and where its points are clicked."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from edema_desk.domain.terms.records import Phase
from edema_desk.plots.trend_series import TrendSeries, make_series
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.trend_plot import TrendPlot
from tests.ui.trend_data import make_course

UNTAKEN = pytest.mark.qt_log_ignore('Mouse event "Mouse(Press|Release)" not accepted')
"""pyqtgraph makes its clicks of presses that it leaves to Qt as not taken."""


@pytest.fixture
def plot(theme: Theme, qtbot: QtBot) -> TrendPlot:
    """36 sessions, drawn at 900 by 500."""
    made = TrendPlot(theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.set_series(series_of(36), keep_view=False)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def series_of(count: int) -> TrendSeries:
    """So many sessions."""
    return make_series(make_course(count).trend())


def click(plot: TrendPlot, place: tuple[float, float]) -> None:
    """A left click, long enough after the last one not to be a double click."""
    point = QPoint(round(place[0]), round(place[1]))
    QTest.mouseMove(plot.viewport(), point)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=point)


def place_of(plot: TrendPlot, phase: Phase, session: int) -> tuple[float, float]:
    """Where the scale weight of a session is drawn, by the plot's own transform."""
    reading = next(
        r
        for r in plot.series.readings
        if r.session and r.session.session.session_id == f"s{session}" and r.phase is phase
    )
    at = plot.view.mapViewToScene(QPointF(reading.at_s, reading.scale_kg or 0.0))
    return at.x(), at.y()
