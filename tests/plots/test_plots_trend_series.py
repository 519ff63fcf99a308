"""A trend as numbers, and where ticks and labels go."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPoint, QRect, QSize

from edema_desk.domain.terms.records import Phase
from edema_desk.plots.axes import LABEL_PX, date_labels, date_ticks, kg_label, kg_step
from edema_desk.plots.items import spread_apart
from edema_desk.plots.trend_series import LONGEST_LINE_S, day_start_s, joined, make_series
from edema_desk.ui.pieces.trend_hover import beside
from tests.ui.trend_data import FIRST_DAY, TOKYO_MIN, Course, make_course, moment

ENGLISH = QLocale("en_GB")
JAPANESE = QLocale("ja_JP")


def test_every_entry_is_a_reading_at_its_true_time() -> None:
    trend = make_course(30).trend()
    series = make_series(trend)
    entries = [e for s in trend.sessions for e in (s.pre, s.post) if e] + list(trend.spots)
    assert len(series.readings) == len(entries) == 61
    assert sorted(series.at_s.tolist()) == series.at_s.tolist()
    assert series.at_s.tolist() == sorted(e.at.utc_ms / 1000 for e in entries)
    assert series.offset_s == 60 * TOKYO_MIN


def test_values_are_those_of_the_entries_and_nan_where_missing() -> None:
    series = make_series(make_course(30).trend())
    for i, reading in enumerate(series.readings):
        assert np.isnan(series.scale_kg[i]) == (reading.entry.scale_excess_kg is None)
        assert np.isnan(series.estimate_kg[i]) == (reading.estimate_kg is None)
        if reading.estimate_kg is not None:
            assert series.estimate_kg[i] == reading.estimate_kg
            assert series.spread_kg[i] == reading.spread_kg
    assert np.isnan(series.scale_kg).sum() == 2  # a forgotten weight and a spot capture
    assert [series.readings[i].refusal is not None for i in series.refused] == [True] * 4


def test_indices_choose_one_phase() -> None:
    series = make_series(make_course(30).trend())
    own = series.indices(series.estimate_kg, Phase.SPOT)
    assert [series.readings[i].phase for i in own] == [Phase.SPOT]
    assert len(series.indices(series.scale_kg, Phase.PRE)) == 30
    assert len(series.indices(series.scale_kg, Phase.POST)) == 29


def test_steps_of_the_dry_weight_begin_with_the_clinics_day() -> None:
    course = make_course(3, dry_weight=False)
    course.add_dry_weight(FIRST_DAY, 52_000)
    course.add_dry_weight(FIRST_DAY + timedelta(days=2), 52_000)  # no change, no step
    course.add_dry_weight(FIRST_DAY + timedelta(days=4), 51_500)
    series = make_series(course.trend())
    assert [(s.weight_g, s.before_g) for s in series.dry_steps] == [
        (52_000, None),
        (51_500, 52_000),
    ]
    midnight = datetime(2025, 12, 4, 15, tzinfo=UTC)  # the 5th in Tokyo
    assert series.dry_steps[1].at_s == midnight.timestamp()
    assert series.dry_weight_at(midnight.timestamp() - 1) == 52_000
    assert series.dry_weight_at(midnight.timestamp()) == 51_500
    assert series.dry_weight_at(0.0) is None


def test_a_missed_fortnight_breaks_the_line() -> None:
    series = make_series(make_course(30).trend())
    own = series.indices(series.scale_kg, Phase.PRE)
    gaps = np.flatnonzero(~joined(series.at_s[own])[:-1])
    assert gaps.tolist() == [19]
    assert np.diff(series.at_s[own])[19] > LONGEST_LINE_S
    assert joined(np.empty(0)).tolist() == [False]


def test_height_counts_spreads_and_the_zero_line_but_only_what_is_in_view() -> None:
    course = Course()
    course.add_dry_weight(FIRST_DAY, 50_000)
    for i, estimate in enumerate((3.0, 1.0)):
        day = FIRST_DAY + timedelta(days=10 * i)
        course.add_session(day, f"s{i}")
        course.add_weight(f"s{i}", day, Phase.PRE, 52_000)
        course.add_capture(f"s{i}", day, Phase.PRE, estimate, spread_kg=0.5)
    series = make_series(course.trend())
    late = day_start_s(FIRST_DAY + timedelta(days=9), series.offset_s)
    assert series.height_kg(0, 1e10) == (0.0, 3.5)
    assert series.height_kg(late, 1e10) == (0.0, 2.0)
    assert series.height_kg(0, 1) == (0.0, 0.0)


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(5, 5000),
    st.floats(200, 2000),
)
def test_ticks_have_room_for_their_labels(start: date, days: int, width_px: float) -> None:
    ticks = date_ticks(start, start + timedelta(days=days), width_px)
    apart = [(b - a).days * width_px / days for a, b in pairwise(ticks)]
    assert all(px >= LABEL_PX * 28 / 31 for px in apart)
    assert len(date_labels(ticks, ENGLISH)) == len(ticks)


def test_ninety_days_are_marked_on_mondays_and_ten_years_on_new_years_days() -> None:
    ticks = date_ticks(date(2025, 12, 3), date(2026, 3, 3), 800)
    assert {t.weekday() for t in ticks} == {0}
    years = date_ticks(date(2016, 3, 1), date(2026, 3, 1), 800)
    assert {(t.month, t.day) for t in years} == {(1, 1)}


def test_labels_name_the_year_once() -> None:
    months = (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
    assert date_labels(months, ENGLISH) == ["Nov 2025", "Dec", "Jan 2026", "Feb"]
    assert date_labels(months, JAPANESE) == ["2025年11月", "12月", "2026年1月", "2月"]
    days = (date(2025, 12, 29), date(2026, 1, 5))
    assert date_labels(days, ENGLISH) == ["29 Dec 2025", "5 Jan 2026"]
    assert date_labels((date(2025, 1, 1), date(2026, 1, 1)), ENGLISH) == ["2025", "2026"]


def test_kilograms_are_signed() -> None:
    assert [kg_label(v) for v in (-1.0, -0.5, 0.0, 1.0, 2.5)] == ["−1", "−0.5", "0", "+1", "+2.5"]
    assert [kg_step(span) for span in (2.5, 5.0, 12.0, 30.0, 90.0)] == [0.5, 1.0, 2.0, 5.0, 10.0]


@given(st.lists(st.floats(0, 400), min_size=1, max_size=6), st.floats(5, 30))
def test_labels_stay_apart_in_order_and_inside(wanted: list[float], height: float) -> None:
    placed = spread_apart(sorted(wanted), height, 0.0, 400.0)
    assert all(b - a >= height - 1e-9 for a, b in pairwise(placed))
    assert placed[-1] <= 400.0 + 1e-9
    assert placed[0] >= -1e-9


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread_apart([10.0, 50.0, 90.0], 20.0, 0.0, 100.0) == [10.0, 50.0, 90.0]


@pytest.mark.parametrize(
    "point", [QPoint(5, 5), QPoint(395, 5), QPoint(200, 150), QPoint(395, 295)]
)
def test_the_card_stays_inside_and_off_the_point(point: QPoint) -> None:
    frame, size = QRect(0, 0, 400, 300), QSize(120, 60)
    card = QRect(beside(point, size, frame), size)
    assert frame.contains(card)
    assert not card.contains(point)


def test_moments_are_of_the_clinic() -> None:
    assert moment(date(2026, 3, 2), 9).local().hour == 9
