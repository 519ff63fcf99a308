"""Which backups are kept: all of today, and the last of 7 days, 4 weeks and 12 months."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.keeping.backup_keeping import DAYS, MONTHS, WEEKS, holds_erased, to_keep
from edema_desk.domain.terms.moment import Moment

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOW = Moment.of(NOON)
DAY_MS = 86_400_000


def ago(*, days: float = 0, hours: float = 0) -> Moment:
    return Moment.of(NOON - timedelta(days=days, hours=hours))


many_moments = st.sets(
    st.integers(-3 * DAY_MS, 900 * DAY_MS).map(lambda ms: Moment(NOW.utc_ms - ms, 0)), max_size=80
)


def test_all_of_today_is_kept() -> None:
    made = [ago(hours=each / 2) for each in range(20)]
    assert to_keep(made, NOW) == set(made)


def test_two_years_of_half_hours_become_few() -> None:
    made = [ago(hours=each / 2) for each in range(2 * 365 * 48)]
    kept = sorted(to_keep(made, NOW), reverse=True)
    today = [each for each in kept if each.day == NOW.day]
    assert len(today) == 25
    days = {each.day for each in kept}
    assert {(NOON - timedelta(each)).date() for each in range(DAYS)} <= days
    assert len({day.isocalendar()[:2] for day in days}) >= WEEKS
    assert len({(day.year, day.month) for day in days}) == MONTHS
    assert len(kept) <= len(today) + DAYS + WEEKS + MONTHS


def test_weeks_without_backups_count_for_nothing() -> None:
    made = [ago(days=each) for each in range(100, 107)]
    assert to_keep(made, NOW) == set(made)


@given(many_moments)
def test_the_newest_is_always_kept_and_there_are_never_too_many(made: set[Moment]) -> None:
    kept = to_keep(made, NOW)
    assert kept <= made
    if made:
        assert max(made) in kept
    assert {each for each in made if each.day >= NOW.day} <= kept
    older = [each for each in kept if each.day < NOW.day]
    assert len(older) <= DAYS + WEEKS + MONTHS


@given(many_moments, many_moments)
def test_thinning_as_time_goes_on_loses_no_more_than_thinning_once(
    first: set[Moment], later: set[Moment]
) -> None:
    """Whatever an earlier round let go of would not be kept now either."""
    old = {each for each in first if each < NOW}
    now = Moment(NOW.utc_ms + 5 * DAY_MS, 0)
    new = {Moment(2 * NOW.utc_ms - each.utc_ms, 0) for each in later if each < NOW}
    kept_before = to_keep(old, NOW)
    assert to_keep(old | new, now) & old <= to_keep(kept_before | new, now) & old


@given(many_moments)
def test_thinning_again_changes_nothing(made: set[Moment]) -> None:
    kept = to_keep(made, NOW)
    assert to_keep(kept, NOW) == kept


def test_what_was_erased_leaves_the_backups_after_90_days() -> None:
    made = ago(days=200)
    assert holds_erased(made, [ago(days=90)], NOW)
    assert not holds_erased(made, [ago(days=89)], NOW)
    assert not holds_erased(ago(days=90), [ago(days=100)], NOW)
    assert not holds_erased(made, [], NOW)
