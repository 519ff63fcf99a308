"""The page Today under a clock that a test sets, and what its rows say."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.terms.moment import Moment
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.settings import Settings
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.today.page import TodayPage
from edema_desk.ui.worklist.model import Column
from edema_desk.ui.worklist.source import WorklistSource
from tests.ui.fixtures import TODAY

Settle = Callable[[], None]


class Clock:
    """The clinic's clock, set by the test."""

    def __init__(self) -> None:
        self.at = Moment.at_clinic(TODAY, 9, 40)

    def __call__(self) -> Moment:
        return self.at

    def turn(self, hour: int, minute: int = 0) -> None:
        self.at = Moment.at_clinic(TODAY, hour, minute)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(jobs: DeskJobs) -> WorklistSource:
    return WorklistSource(jobs, TODAY, jobs)


@pytest.fixture
def page(
    jobs: DeskJobs,
    theme: Theme,
    source: WorklistSource,
    clock: Clock,
    qtbot: QtBot,
    settled: Settle,
) -> TodayPage:
    made = TodayPage(jobs, theme, source, Settings(), lambda: TODAY, clock)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.refresh()
    settled()
    return made


def ids(page: TodayPage) -> list[str]:
    model = page.table.rows
    rows = (model.row_at(model.index(i, Column.BED)) for i in range(model.rowCount()))
    return [row.patient.patient_id for row in rows]


def said(page: TodayPage, patient_id: str, column: Column) -> str:
    model = page.table.rows
    return str(model.index(model.row_of(patient_id), column).data())


def row(page: TodayPage, patient_id: str) -> WorklistRow:
    return next(r for r in page._source.rows or () if r.patient.patient_id == patient_id)
