"""Agreement as a person meets it: what it says, what it opens, and what it says instead."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.agreement_view import AgreementChoice, agreement_view
from edema_desk.domain.course.drift_view import Drift, PatientDrift
from edema_desk.domain.course.views import Change, ChangeKind
from edema_desk.domain.statistics.drift import Side, Watch
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.jobs.agreement_job import Standing
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.agreement_words import verdict_headline, verdict_reason
from edema_desk.ui.agreement.page import AgreementPage
from edema_desk.ui.parts.theme import Theme
from tests.ui.fakes.desk import FakeDesk
from tests.ui.fixtures import TODAY

Settle = Callable[[], None]


@pytest.fixture
def page(jobs: DeskJobs, theme: Theme, qtbot: QtBot) -> Iterator[AgreementPage]:
    made = AgreementPage(jobs, theme, lambda: TODAY)
    made.resize(1200, 800)
    yield made
    made.close()
    made.job.abandon()
    made.deleteLater()


@pytest.fixture
def shown(page: AgreementPage, qtbot: QtBot) -> AgreementPage:
    page.show()
    ready(page, qtbot)
    return page


def ready(page: AgreementPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.job.working, timeout=10_000)


def stack_of(page: AgreementPage) -> object:
    return page._stack.currentWidget()


def test_it_says_what_the_domain_says(shown: AgreementPage, desk: FakeDesk) -> None:
    view = agreement_view(desk.agreement.made_up_course().rows, AgreementChoice())
    assert shown.verdict.headline.text() == verdict_headline(view)
    assert shown.verdict.reason.text() == verdict_reason(view)
    assert shown.counted.text() == (
        f"Captures with an estimate: {view.captures} · without: {view.refused} · "
        f"patients: {view.patients}"
    )
    assert len(shown.scatter.canvas.points.x) == view.captures
    np.testing.assert_allclose(shown.difference.canvas.points.y, view.difference_kg)
    first = shown.figures.blocks[0]
    assert first.figure.value.text() == f"{view.figures.mae_kg:.2f}"
    assert first.toolTip()


def test_a_filter_asks_again_and_reset_takes_it_back(
    shown: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    everything = shown.counted.text()
    assert not shown.filters.reset.isEnabled()
    shown.filters.patient.setCurrentIndex(1)
    shown.filters.patient.activated.emit(1)
    ready(shown, qtbot)
    course = desk.agreement.made_up_course()
    chosen = [p.patient_id for p in course.patients].index(shown.filters.patient.patient_id)
    assert desk.agreement.choices[-1].patient == chosen
    assert "patients: 1" in shown.counted.text()
    shown.filters.reset.click()
    ready(shown, qtbot)
    assert shown.counted.text() == everything
    assert not shown.filters.reset.isEnabled()


def test_nothing_that_fits_is_said_with_the_way_back(shown: AgreementPage, qtbot: QtBot) -> None:
    before = shown.counted.text()
    shown.filters.period.setCurrentIndex(shown.filters.period.findData("own"))
    shown.filters.period.activated.emit(4)
    shown.filters.first.setDate(shown.filters.last.date().addDays(900))
    shown.filters.last.setDate(shown.filters.first.date())
    ready(shown, qtbot)
    qtbot.waitUntil(lambda: stack_of(shown) is shown.empty)
    assert shown.empty.headline.text() == "No such captures"
    shown.empty.act.click()
    ready(shown, qtbot)
    assert shown.counted.text() == before
    assert stack_of(shown) is not shown.empty


def test_a_clinic_without_people_is_told_how_to_begin(
    page: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.clinic.patients.clear()
    page.show()
    ready(page, qtbot)
    assert page.empty.headline.text() == "No patients yet"
    with qtbot.waitSignal(page.new_patient_wanted):
        page.empty.act.click()


def test_people_without_estimates_are_no_agreement(
    page: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.clinic.estimates.clear()
    page.show()
    ready(page, qtbot)
    assert page.empty.headline.text() == "No estimate beside a weight yet"
    assert page.empty.act.isHidden()


def test_gathering_tells_how_far_it_is_and_can_be_stopped(
    page: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.agreement.steps, desk.agreement.step_s = 400, 0.005
    page.show()
    qtbot.waitUntil(lambda: page.waiting.bar.value() > 0)
    assert "of 400 patients" in page.waiting.doing.text()
    page.waiting.stop.click()
    ready(page, qtbot)
    assert page.waiting.state.headline.text() == "Stopped"
    desk.agreement.steps = 0
    page.waiting.state.act.click()
    ready(page, qtbot)
    assert stack_of(page) is page._cards


def test_a_failure_is_said_in_place_and_tried_again(
    page: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.agreement.error = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.show()
    ready(page, qtbot)
    assert page.waiting.state.headline.text() == "Agreement cannot be shown"
    desk.agreement.error = None
    page.waiting.state.act.click()
    ready(page, qtbot)
    assert page.counted.text()
    desk.agreement.error = ExpectedError(ErrorCode.DATABASE_BUSY)
    page.refresh()
    ready(page, qtbot)
    assert page.failure.isVisible()
    assert stack_of(page) is page._cards  # what was known stays


def test_what_was_written_is_shown_soon_and_only_where_somebody_looks(
    shown: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    shown._quiet.setInterval(10)
    asked = len(desk.agreement.choices)
    shown.on_change(Change(ChangeKind.SETTINGS))
    qtbot.wait(30)
    assert len(desk.agreement.choices) == asked
    shown.on_change(Change(ChangeKind.SESSION))
    qtbot.waitUntil(lambda: len(desk.agreement.choices) == asked + 1)
    ready(shown, qtbot)
    shown.hide()
    shown.on_change(Change(ChangeKind.SESSION))
    qtbot.wait(30)
    assert len(desk.agreement.choices) == asked + 1
    shown.show()
    qtbot.waitUntil(lambda: len(desk.agreement.choices) == asked + 2)
    ready(shown, qtbot)


def test_the_choice_stays_while_pages_change(shown: AgreementPage, qtbot: QtBot) -> None:
    shown.filters.patient.setCurrentIndex(2)
    shown.filters.patient.activated.emit(2)
    ready(shown, qtbot)
    who = shown.filters.patient.patient_id
    shown.hide()
    shown.on_change(Change(ChangeKind.PATIENTS))
    shown.show()
    ready(shown, qtbot)
    assert shown.filters.patient.patient_id == who
    assert "patients: 1" in shown.counted.text()


def test_a_point_names_the_patient_and_opens_them(
    shown: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    view, course = shown._view, desk.agreement.made_up_course()
    assert view is not None
    for card in (shown.scatter, shown.difference):
        points, canvas = card.canvas.points, card.canvas
        far = int(np.argmax(points.y))
        where = canvas.view.mapViewToScene(QPointF(points.x[far], points.y[far]))
        found = card.reader.nearest(where)
        assert found is not None
        assert points.y[found] == pytest.approx(points.y[far], abs=0.05)
        card.reader.read_out(found)
        patient = course.patients[int(view.patient[found])]
        assert card.reader.card.head.text() == patient.name
        assert f"{view.estimate_kg[found]:+.1f}".replace("-", "−") in card.reader.card.lines.text()
        with qtbot.waitSignal(shown.patient_wanted) as told:
            card.reader.opened.emit(found)
        assert told.args == [patient.patient_id]
        assert card.reader.nearest(QPointF(-50.0, -50.0)) is None


def test_keys_walk_through_the_points(shown: AgreementPage, qtbot: QtBot) -> None:
    reader, canvas = shown.scatter.reader, shown.scatter.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    first = reader.current
    assert first is not None
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    second = reader.current
    assert second is not None
    assert second != first
    assert canvas.points.x[second] >= canvas.points.x[first]
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert reader.current == first
    with qtbot.waitSignal(reader.opened) as told:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args == [first]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert reader.card.isHidden()


def test_drift_is_told_and_leads_to_the_patient(
    shown: AgreementPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    a, b, c = list(desk.clinic.patients.values())[:3]
    above = Drift(Watch(5.0, 0.0, Side.ABOVE, 3), 9, TODAY, 0.42)
    below = Drift(Watch(0.0, 5.0, Side.BELOW, 3), 9, TODAY, -0.81)
    people = (PatientDrift(a, above), PatientDrift(b, Drift(Watch(), 9)), PatientDrift(c, below))
    shown._on_standing(Standing(Drift(Watch(), 40), people))
    lines = [shown.drift.list.item(n).text() for n in range(shown.drift.list.count())]
    assert len(lines) == 2
    assert c.name in lines[0]
    assert "0.8 kg below the scale since 2 Mar 2026" in lines[0]
    assert "0.4 kg above the scale" in lines[1]
    assert "no drift in 40 sessions" in shown.drift.clinic.text.text()
    with qtbot.waitSignal(shown.patient_wanted) as told:
        shown.drift.list.itemActivated.emit(shown.drift.list.item(0))
    assert told.args == [c.patient_id]
    shown._on_standing(Standing(above, ()))
    assert "above the scale" in shown.drift.clinic.text.text()
    assert shown.drift.none.text() == "No patient's estimates have drifted."


def test_the_table_holds_every_figure_and_is_copied(shown: AgreementPage) -> None:
    shown.as_table.click()
    assert shown.table.isVisible()
    shown.copy.click()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert {len(row) for row in rows} == {7}
    view = shown._view
    assert view is not None
    held = {row[0]: row[1] for row in rows}
    assert held["Mean error"] == f"{view.figures.mae_kg:.2f}"
    assert held["Difference on average"] == f"{round(view.limits.bias_kg, 2):+.2f}"
    assert held["Concordance of the change"] == f"{view.figures.change_concordance:.2f}"
    assert held["Mean error of the guess: the patient's usual value"] == (
        f"{next(c.guess_mae_kg for c in view.comparisons if c.guess == 'class_mean'):.2f}"
    )
    assert len(rows) > 20
    shown.table.selectRow(1)
    assert len(shown.table.copied().splitlines()) == 2


def test_a_spreadsheet_runs_nothing_of_it(shown: AgreementPage, desk: FakeDesk) -> None:
    patient = next(iter(desk.clinic.patients.values()))
    named = type(patient)("x", "1", "=1+1")
    drift = Drift(Watch(5.0, 0.0, Side.ABOVE, 3), 9, TODAY, 0.42)
    shown._on_standing(Standing(Drift(Watch(), 4), (PatientDrift(named, drift),)))
    cells = [c for line in shown.table.copied().splitlines() for c in line.split("\t")]
    for cell in cells:
        if cell[:1] in ("=", "+", "-", "@"):
            float(cell)


def test_report_and_export_are_wished_for_whom_is_chosen(
    shown: AgreementPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.report_wanted) as told:
        shown.report.click()
    assert told.args == [""]
    shown.filters.choose_patient("p1")
    with qtbot.waitSignal(shown.export_wanted) as told:
        shown.export.click()
    assert told.args == ["p1"]


def test_both_dresses_and_no_leftovers(shown: AgreementPage, theme: Theme) -> None:
    theme.choose("dark")
    QApplication.processEvents()
    dark = shown.scatter.canvas.grab().toImage().pixelColor(4, 300)
    theme.choose("light")
    assert shown.scatter.canvas.tokens.card == "#ffffff"
    assert dark.lightness() < 80
