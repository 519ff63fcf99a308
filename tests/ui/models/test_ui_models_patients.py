"""The figures of each patient, and who drifted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from edema_desk.app import App
from edema_desk.domain.course.drift_view import Drift
from edema_desk.domain.statistics.drift import Side, Watch
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.ui.models.page import DRIFT, EACH, ModelsPage
from edema_desk.ui.pieces.models_words import drift_text, number, percent, short_name
from edema_desk.ui.places import MODELS
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY
from tests.ui.models.models_kit import Settle, texts


def test_each_patient_by_name_with_the_figures_of_the_course(
    page: ModelsPage, settle: Settle
) -> None:
    page.go(EACH)
    settle()
    table = page.each.table
    assert [line.cells[0] for line in table.shown] == sorted(
        (line.cells[0] for line in table.shown), key=kana_of(page)
    )
    watch = page.watch
    assert watch is not None
    for line in table.shown:
        one = next(m for m in watch.models if m.patient.patient_id == line.key)
        assert line.cells[1:] == (
            *(str(one.days), str(one.estimates)),
            *(number(one.mae_kg), number(one.usual_mae_kg)),
        )
    opened: list[str] = []
    page.patient_wanted.connect(opened.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [table.shown[1].key]


def kana_of(page: ModelsPage) -> Callable[[str], str]:
    watch = page.watch
    assert watch is not None
    return {one.patient.name: one.patient.kana for one in watch.models}.__getitem__


def test_who_drifted_is_listed_counted_on_the_rail_and_opened(
    app: App, page: ModelsPage, settle: Settle
) -> None:
    page.go(DRIFT)
    settle()
    (line,) = page.drift.table.shown
    assert line.key == "p1"
    assert "1 of 4 patients drifted" in texts(page)
    button = app.window._rail._buttons[MODELS]
    watch = page.watch
    assert watch is not None
    assert button.count == 1 + (watch.clinic.since is not None)
    assert "1 patients drifted" in button.accessibleDescription()


def test_drift_and_numbers_in_words() -> None:
    up = Drift(Watch(5.0, 0.0, Side.ABOVE, 3), 20, TODAY, 0.512)
    assert drift_text(up) == "0.51 kg above the scale since 2 Mar 2026"
    down = Drift(Watch(0.0, 5.0, Side.BELOW, 3), 20, TODAY, -0.3)
    assert drift_text(down) == "0.30 kg below the scale since 2 Mar 2026"
    assert drift_text(Drift(Watch(), 3)) == "No drift"
    assert (number(-0.001), number(-0.456, signed=True), number(None)) == ("0.00", "−0.46", "–")
    assert number(float("nan")) == percent(None) == "–"
    assert percent(0.617) == "62 %"
    assert short_name("base-0123456789ab") == "base-012345"


def test_that_courses_cannot_be_asked_is_told_in_place(
    app: App, page: ModelsPage, settle: Settle
) -> None:
    desk = app.jobs.desk
    assert isinstance(desk, FakeDesk)
    desk.agreement.error = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.look()
    settle()
    page.go(DRIFT)
    assert page._people.currentWidget() is page._people.failure
    desk.agreement.error = None
    page._people.failure.act.click()
    settle()
    assert page._people.currentWidget() is page._people.content
