"""Which answer counts, and what has been kept long enough."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.keeping.consent import ConsentEntry, ConsentState, Purpose, standings
from edema_desk.domain.keeping.retention import (
    GRACE_DAYS,
    ROUND_TRUSTED_H,
    KeptClip,
    RetentionRule,
    clips_to_drop,
    grace_is_over,
    is_over,
    kept_until,
    round_is_trusted,
)
from edema_desk.domain.terms.moment import Moment

DAY = date(2026, 3, 2)
HOUR_MS = 3_600_000
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
entries = st.lists(
    st.builds(
        ConsentEntry,
        st.just("c"),
        st.just("p"),
        st.sampled_from(Purpose),
        st.booleans(),
        days,
    ),
    max_size=12,
)


@given(entries, st.sampled_from(["clinic", "demo", "a study"]))
def test_only_the_last_answer_of_a_purpose_counts(made: list[ConsentEntry], origin: str) -> None:
    told = standings(origin, made)
    for purpose in Purpose:
        answers = [entry for entry in made if entry.purpose is purpose]
        if answers:
            assert told[purpose].allowed == answers[-1].given
            assert told[purpose].entry == answers[-1]
        else:
            assert told[purpose].allowed == (origin != "clinic")
            assert told[purpose].entry is None


def test_who_was_not_asked_did_not_agree() -> None:
    assert {s.state for s in standings("clinic", []).values()} == {ConsentState.NEVER_ASKED}
    assert not any(s.allowed for s in standings("clinic", []).values())


@given(days, days, st.integers(7, 400))
def test_a_clip_goes_after_its_days_and_never_without_crops(
    made: date, today: date, keep: int
) -> None:
    rule = RetentionRule(full_clip_days=keep)
    gone = clips_to_drop([KeptClip("a", made, True), KeptClip("b", made, False)], rule, today)
    assert gone == (("a",) if (today - made).days > keep else ())


@given(days, st.integers(1, 50), st.integers(-3, 3))
def test_records_are_kept_to_the_day(last: date, years: int, off: int) -> None:
    rule = RetentionRule(keep_years=years)
    until = kept_until(last, rule)
    assert (until.year - last.year) == years
    assert abs((until - last).days - 365.25 * years) < 2
    assert is_over(last, rule, until + timedelta(days=off)) == (off > 0)


def test_a_leap_day_is_kept_a_day_longer_not_less() -> None:
    assert kept_until(date(2024, 2, 29), RetentionRule()) == date(2029, 3, 1)
    assert kept_until(date(2024, 2, 29), RetentionRule(keep_years=4)) == date(2028, 2, 29)


def test_a_month_of_grace() -> None:
    assert not grace_is_over(DAY, DAY + timedelta(days=GRACE_DAYS))
    assert grace_is_over(DAY, DAY + timedelta(days=GRACE_DAYS + 1))
    assert not grace_is_over(DAY, DAY - timedelta(days=400)), "a clock set back"


@given(st.floats(-1e6, 1e6))
def test_a_round_after_a_jump_of_the_clock_is_not_trusted(hours: float) -> None:
    now = Moment(1_780_000_000_000, 540)
    before = Moment(now.utc_ms - round(hours * HOUR_MS), 540)
    assert round_is_trusted(before, now) == (0 <= now.hours_since(before) <= ROUND_TRUSTED_H)
    assert not round_is_trusted(None, now)


@pytest.mark.parametrize(("clips", "years"), [(6, 5), (3651, 5), (30, 0), (30, 51)])
def test_what_nobody_may_choose(clips: int, years: int) -> None:
    with pytest.raises(ValueError, match="chosen"):
        RetentionRule(clips, years)
