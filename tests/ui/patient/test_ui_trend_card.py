"""The trend's card says what is missing, and switches between plot, table and spans."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from edema_desk.domain.course.views import PatientCard
from edema_desk.domain.terms.records import Phase
from edema_desk.jobs.desk_jobs import DeskJobs
from edema_desk.plots.trend_canvas import Span
from edema_desk.ui.parts.theme import Theme
from edema_desk.ui.patient.trend_card import TrendCard
from tests.ui.trend_data import FIRST_DAY, PATIENT, SCHEDULE, Course, make_course


@pytest.fixture
def card(jobs: DeskJobs, theme: Theme, qtbot: QtBot) -> TrendCard:
    """In a window of its own."""
    made = TrendCard(jobs, theme)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def card_of(course: Course) -> PatientCard:
    """A patient with that course."""
    return PatientCard(PATIENT, SCHEDULE, None, course.trend())


def one_session(*, dry_weight: bool) -> Course:
    """A first session with its weights and no clip."""
    course = Course()
    if dry_weight:
        course.add_dry_weight(FIRST_DAY, 50_000)
    course.add_session(FIRST_DAY, "s0")
    course.add_weight("s0", FIRST_DAY, Phase.PRE, 52_000)
    return course


def test_without_a_session_it_asks_for_the_first_weight(card: TrendCard, qtbot: QtBot) -> None:
    card.set_trend(card_of(Course()), keep_view=False)
    assert card.empty.isVisible()
    assert card.empty.headline.text() == "No session yet"
    assert not card.as_table.isVisible()
    with qtbot.waitSignal(card.weight_asked):
        card.empty.act.click()


def test_without_a_dry_weight_it_says_why_and_asks_for_it(card: TrendCard, qtbot: QtBot) -> None:
    card.set_trend(card_of(one_session(dry_weight=False)), keep_view=False)
    assert card.empty.isVisible()
    assert "scale weight minus the dry weight" in card.empty.text.text()
    with qtbot.waitSignal(card.dry_weight_asked):
        card.empty.act.click()
    card.toggle_table()  # the weights themselves can be read all the same
    assert card.table.isVisible()


def test_a_dry_weight_that_starts_later_is_missing_too(card: TrendCard) -> None:
    course = one_session(dry_weight=False)
    course.add_dry_weight(FIRST_DAY + timedelta(days=1), 50_000)
    card.set_trend(card_of(course), keep_view=False)
    assert card.empty.headline.text() == "No dry weight for these sessions"


def test_one_session_is_drawn_and_told_that_estimates_begin_with_the_second(
    card: TrendCard,
) -> None:
    card.set_trend(card_of(one_session(dry_weight=True)), keep_view=False)
    assert card.plot.isVisible()
    assert card.notice.isVisible()
    assert "begins with the second session" in card.notice.text.text()
    card.set_trend(card_of(make_course(12)), keep_view=True)
    assert not card.notice.isVisible()


def test_spans_are_chosen_by_their_chips(card: TrendCard) -> None:
    card.set_trend(card_of(make_course(36)), keep_view=False)
    assert [span for span, chip in card.spans.items() if chip.isChecked()] == [Span.QUARTER]
    card.spans[Span.MONTH].click()
    assert card.plot.span is Span.MONTH
    card.plot.let_go()
    assert not any(chip.isChecked() for chip in card.spans.values())
    card.spans[Span.MONTH].click()
    assert card.plot.span is Span.MONTH


def test_plot_and_table_take_turns_and_another_patient_begins_with_the_plot(
    card: TrendCard,
) -> None:
    card.set_trend(card_of(make_course(36)), keep_view=False)
    card.toggle_table()
    assert card.table.isVisible()
    assert not card.plot.isVisible()
    assert not card.spans[Span.MONTH].isVisible()
    assert card.table.rows.rowCount() == len(card.plot.series.readings) == 73
    card.set_trend(card_of(make_course(37)), keep_view=True)
    assert card.table.isVisible()
    assert card.table.rows.rowCount() == 75
    card.set_trend(card_of(make_course(12)), keep_view=False)
    assert card.plot.isVisible()


def test_both_twins_open_sessions(card: TrendCard, qtbot: QtBot) -> None:
    card.set_trend(card_of(make_course(36)), keep_view=False)
    for twin in (card.plot, card.table):
        with qtbot.waitSignal(card.session_opened) as opened:
            twin.session_opened.emit("s3")
        assert opened.args == ["s3"]
