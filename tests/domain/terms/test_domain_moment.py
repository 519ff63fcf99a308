"""Instants keep the clinic's clock, whatever that clock did."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.moment import Moment

JAPAN = timezone(timedelta(hours=9))

offsets = st.integers(-14 * 60, 14 * 60)
instants = st.builds(Moment, st.integers(0, 4_000_000_000_000), offsets)


def test_a_known_instant() -> None:
    moment = Moment.of(datetime(2026, 3, 1, 7, 30, tzinfo=JAPAN))
    assert moment == Moment(1_772_317_800_000, 540)
    assert moment.day == date(2026, 3, 1)
    assert moment.local().isoformat() == "2026-03-01T07:30:00+09:00"


def test_the_day_is_the_clinics_not_that_of_utc() -> None:
    assert Moment.of(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)).day == date(2026, 3, 1)
    assert Moment.of(datetime(2026, 3, 1, 0, 30, tzinfo=JAPAN)).day == date(2026, 3, 1)


@given(instants)
def test_there_and_back(moment: Moment) -> None:
    assert Moment.of(moment.local()) == moment


@given(instants, st.floats(-100, 100), offsets)
def test_hours_do_not_depend_on_the_clocks_offset(
    start: Moment, hours: float, offset_min: int
) -> None:
    later = Moment(start.utc_ms + round(hours * 3_600_000), offset_min)
    assert later.hours_since(start) == pytest.approx(hours, abs=1e-6)
    assert later.hours_since(start) == -start.hours_since(later)


def test_a_clock_put_back_does_not_shorten_a_night() -> None:
    evening = Moment.of(datetime(2026, 10, 24, 22, 0, tzinfo=timezone(timedelta(hours=2))))
    morning = Moment.of(datetime(2026, 10, 25, 6, 0, tzinfo=timezone(timedelta(hours=1))))
    assert morning.hours_since(evening) == 9.0


def test_a_naive_time_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="offset"):
        Moment.of(datetime(2026, 3, 1, 7, 30))


def test_clinic_time_is_this_computers() -> None:
    moment = Moment.at_clinic(date(2026, 7, 5), 6, 45)
    assert moment.local().replace(tzinfo=None) == datetime(2026, 7, 5, 6, 45)


def test_now_is_now() -> None:
    before, now, after = datetime.now(UTC), Moment.now().local(), datetime.now(UTC)
    assert before - timedelta(milliseconds=1) <= now <= after


@given(instants, instants)
def test_moments_sort_by_time(first: Moment, second: Moment) -> None:
    if first.utc_ms != second.utc_ms:
        assert (first < second) == (first.utc_ms < second.utc_ms)
