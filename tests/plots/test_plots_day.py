"""One day: which readings it has, how they changed, and where words and hours go."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Phase
from edema_desk.plots.day_axis import HOUR_S, HourAxis, hour_step
from edema_desk.plots.day_labels import place_boxes
from edema_desk.plots.day_series import capture_days, series_of_day
from edema_desk.plots.trend_series import TrendSeries, make_series
from tests.ui.trend_data import FIRST_DAY, TOKYO_MIN, Course, add_spot, moment

DAY = FIRST_DAY + timedelta(days=2)
FRAME = QRectF(0, 0, 600, 240)


def day_course() -> Course:
    """Dry weight 50.0 kg. Before +2.4 by face at 9:05, after -0.1 at 13:05, spots at 7:15 (no
    estimate), 18:20 (+0.3) and 23:40 (+0.9); the next day one at 0:10."""
    course = Course()
    course.add_dry_weight(FIRST_DAY, 50_000)
    course.add_session(DAY, "s")
    course.add_weight("s", DAY, Phase.PRE, 52_300)
    course.add_capture("s", DAY, Phase.PRE, 2.4)
    course.add_capture("s", DAY, Phase.POST, -0.1)
    add_spot(course, moment(DAY, 7, 15), None, Refusal.BAD_LIGHT)
    add_spot(course, moment(DAY, 18, 20), 0.3)
    add_spot(course, moment(DAY, 23, 40), 0.9)
    add_spot(course, moment(DAY + timedelta(days=1), 0, 10), 1.0)
    return course


@pytest.fixture
def series() -> TrendSeries:
    """All of it."""
    course = day_course()
    return make_series(course.trend(), {course.captures[3].capture_id: "meal"})


def test_a_day_is_that_of_the_clinics_clock(series: TrendSeries) -> None:
    assert capture_days(series) == (DAY, DAY + timedelta(days=1))
    own = series_of_day(series, DAY)
    hours = [(s - own.at_s[0]) / HOUR_S + 7.25 for s in own.at_s]
    assert hours == pytest.approx([7.25, 9, 13 + 5 / 60, 18 + 1 / 3, 23 + 2 / 3])
    assert len(series_of_day(series, DAY + timedelta(days=1)).readings) == 1
    assert series_of_day(series, date(2020, 1, 1)).readings == ()


def test_changes_count_from_the_first_estimate_of_the_day(series: TrendSeries) -> None:
    own = series_of_day(series, DAY)
    changes = [r.change_kg for r in own.readings]
    assert changes[:2] == [None, None]  # refused, and the first estimate itself
    assert changes[2:] == pytest.approx([-2.5, -2.1, -1.5])
    assert [r.event for r in own.readings] == ["", "", "", "meal", ""]
    assert own.refused.tolist() == [0]
    assert [own.readings[i].phase for i in own.indices(own.scale_kg)] == [Phase.PRE]
    assert all(r.change_kg is None for r in series.readings)


@pytest.mark.parametrize(
    ("hours", "width", "step"), [(6, 700, 1), (15, 500, 2), (24, 400, 6), (24, 60, 12)]
)
def test_hours_get_room(hours: float, width: float, step: int) -> None:
    assert hour_step(hours, width) == step


@pytest.mark.usefixtures("qapp")
def test_ticks_are_full_hours_of_the_clinic(series: TrendSeries) -> None:
    axis = HourAxis()
    axis.set_clinic(60.0 * TOKYO_MIN)
    start = moment(DAY, 6, 20).utc_ms / 1000
    ((step_s, ticks),) = axis.tickValues(start, start + 10 * HOUR_S, 600)
    assert step_s == HOUR_S
    first = moment(DAY, 7).utc_ms / 1000
    assert ticks == [first + n * HOUR_S for n in range(9)]
    assert axis.tickStrings(ticks, 1.0, step_s)[:2] == ["7:00", "8:00"]


points = st.tuples(st.floats(0, 600), st.floats(60, 120), st.floats(0, 60)).map(
    lambda p: (p[0], p[1], p[1] + p[2])
)


@given(st.lists(points, max_size=9))
def test_words_stay_in_the_plot(anchors: list[tuple[float, float, float]]) -> None:
    boxes = place_boxes(anchors, [QSizeF(90, 34)] * len(anchors), FRAME)
    assert len(boxes) == len(anchors)
    assert all(FRAME.contains(box) for box in boxes)


def test_words_of_points_side_by_side_do_not_cover_each_other() -> None:
    anchors = [(60.0 + 70 * n, 100.0 - 5 * (n % 2), 140.0) for n in range(7)]
    boxes = place_boxes(anchors, [QSizeF(90, 34)] * 7, FRAME)
    for n, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:n])
        assert not any(box.intersects(QRectF(x - 5, t, 10, b - t)) for x, t, b in anchors)


def test_a_point_alone_is_named_over_its_middle() -> None:
    (box,) = place_boxes([(300.0, 100.0, 140.0)], [QSizeF(90, 34)], FRAME)
    assert (box.center().x(), box.bottom()) == (300.0, 90.0)
