"""Who is due on which day, and which shift is on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.terms.records import Schedule
from edema_desk.domain.terms.schedule import (
    DayPlan,
    is_due,
    parse_shift_starts,
    shift_at,
)
from edema_desk.settings import ClinicSettings

MONDAY = date(2026, 3, 2)
THREE = parse_shift_starts(ClinicSettings().shift_starts)


def minute(hour: int, rest: int = 0) -> int:
    return hour * 60 + rest


@given(st.frozensets(st.integers(0, 6)), st.integers(0, 400), st.sampled_from(DayPlan))
def test_an_extra_day_and_no_other_word_adds_to_the_schedule(
    weekdays: frozenset[int], days: int, plan: DayPlan
) -> None:
    day = MONDAY + timedelta(days=days)
    by_schedule = days % 7 in weekdays
    due = is_due(Schedule(tuple(weekdays)), day, plan)
    assert due == (by_schedule or plan is DayPlan.EXTRA)


def test_shift_starts_are_read_however_they_are_parted() -> None:
    assert parse_shift_starts("8:00, 13:30; 18:05") == (480, 810, 1085)
    assert parse_shift_starts("07:15") == (435,)


@pytest.mark.parametrize("text", ["", "eight", "25:00", "13:00 08:00", "08:00 08:00"])
def test_shifts_that_do_not_follow_each_other_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="rise"):
        parse_shift_starts(text)


@pytest.mark.parametrize(
    ("at", "shift"),
    [
        (minute(0), 1),
        (minute(8), 1),
        (minute(12, 14), 1),
        (minute(12, 15), 2),  # people come before their shift starts
        (minute(17, 14), 2),
        (minute(17, 15), 3),
        (minute(23, 59), 3),
    ],
)
def test_the_shift_that_is_on(at: int, shift: int) -> None:
    assert shift_at(at, THREE, (1, 2, 3)) == shift


@given(st.integers(0, 1439), st.sets(st.integers(1, 9)))
def test_only_a_shift_that_somebody_comes_to_is_on(at: int, offered: set[int]) -> None:
    on = shift_at(at, THREE, sorted(offered))
    assert on in offered if offered else on is None
