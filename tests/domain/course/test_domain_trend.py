"""The course of a patient, against figures worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.course.trend import (
    Trend,
    build_trend,
    dry_weight_on,
    live_weighings,
    uf_rate_ml_kg_h,
    valid_dry_weights,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Phase,
    StoredEstimate,
    Weighing,
)

MONDAY = date(2026, 3, 2)


def at(day: int, hour: float) -> Moment:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    return Moment.of(start + timedelta(days=day, hours=hour))


def session(day: int, *, hours: float | None = 4.0) -> DialysisSession:
    return DialysisSession(f"s{day}", "p", MONDAY + timedelta(days=day), at(day, 8), hours)


def weighed(
    day: int, phase: Phase, net_g: int, *, tare_g: int = 0, supersedes: str | None = None
) -> Weighing:
    hour = 8 if phase is Phase.PRE else 12.5
    name = f"w{day}{phase}{net_g}"
    return Weighing(
        name, f"s{day}", phase, net_g + tare_g, tare_g, at(day, hour), "local", "", supersedes
    )


def captured(day: int, phase: Phase, name: str = "", hour: float = 8.1) -> Capture:
    owner = None if phase is Phase.SPOT else f"s{day}"
    return Capture(
        name or f"c{day}{phase}", "p", owner, phase, at(day, hour), CaptureState.ANALYSED, "camera"
    )


def estimated(capture: Capture, excess_kg: float) -> StoredEstimate:
    return StoredEstimate("e", capture.capture_id, "base-1", at(0, 9), excess_kg, 0.4, None)


def dry(
    name: str, weight_g: int, day: int, *, hour: float = 0, supersedes: str | None = None
) -> DryWeight:
    start = MONDAY + timedelta(days=day)
    return DryWeight(name, "p", weight_g, start, at(day, hour), "local", "", supersedes)


def a_week() -> Trend:
    """Monday to Friday: 52.4 -> 50.1, then 52.1 -> 50.0, then only a clip before."""
    last = captured(4, Phase.PRE)
    return build_trend(
        [session(4), session(0), session(2, hours=None)],
        {
            "s0": [weighed(0, Phase.PRE, 52_400, tare_g=1_100), weighed(0, Phase.POST, 50_100)],
            "s2": [weighed(2, Phase.POST, 50_000), weighed(2, Phase.PRE, 52_100)],
        },
        [last],
        {last.capture_id: estimated(last, 1.9)},
        [dry("a", 50_000, -30), dry("b", 49_500, 2)],
    )


def test_sessions_come_in_time_order_with_their_figures() -> None:
    monday, wednesday, friday = a_week().sessions
    assert [s.session.session_id for s in (monday, wednesday, friday)] == ["s0", "s2", "s4"]
    assert (monday.gain_g, monday.gain_percent, monday.days_since_last) == (None, None, None)
    assert wednesday.gain_g == 2_000
    assert wednesday.gain_percent == pytest.approx(100 * 2_000 / 49_500)
    assert wednesday.days_since_last == pytest.approx((48 - 4.5) / 24)
    assert friday.gain_g is None
    assert friday.days_since_last == pytest.approx((48.1 - 4.5) / 24)


def test_excess_counts_from_the_dry_weight_of_that_day() -> None:
    monday, wednesday, friday = a_week().sessions
    assert monday.pre is not None
    assert monday.pre.net_g == 52_400
    assert monday.pre.scale_excess_kg == pytest.approx(2.4)
    assert wednesday.post is not None
    assert wednesday.post.scale_excess_kg == pytest.approx(0.5)
    assert friday.pre is not None
    assert friday.pre.scale_excess_kg is None
    assert friday.pre.estimate is not None
    assert friday.pre.estimate.excess_kg == 1.9
    assert friday.post is None


def test_the_rate_needs_the_planned_hours_and_both_weights() -> None:
    monday, wednesday, friday = a_week().sessions
    assert monday.uf_rate_ml_kg_h == pytest.approx(2_300 / 50.1 / 4)
    assert wednesday.uf_rate_ml_kg_h is None
    assert friday.uf_rate_ml_kg_h is None
    assert uf_rate_ml_kg_h(2_600, 50_000, 4.0) == pytest.approx(13.0)


def test_a_session_without_a_post_does_not_hide_the_one_before() -> None:
    trend = build_trend(
        [session(0), session(2), session(4)],
        {
            "s0": [weighed(0, Phase.POST, 50_000)],
            "s2": [weighed(2, Phase.PRE, 52_000)],
            "s4": [weighed(4, Phase.PRE, 53_500)],
        },
        [],
        {},
        [],
    )
    assert [s.gain_g for s in trend.sessions] == [None, 2_000, 3_500]
    assert [s.gain_percent for s in trend.sessions] == [None, None, None]


def test_spots_belong_to_no_session() -> None:
    spot = captured(1, Phase.SPOT)
    trend = build_trend(
        [session(0)], {}, [spot], {spot.capture_id: estimated(spot, 0.7)}, [dry("a", 50_000, 0)]
    )
    (entry,) = trend.spots
    assert (entry.phase, entry.dry_weight_g, entry.net_g) == (Phase.SPOT, 50_000, None)
    assert entry.estimate is not None
    assert trend.sessions[0].pre is None


def test_the_later_of_two_captures_of_a_phase_counts() -> None:
    first, second = captured(0, Phase.PRE, "x", 8.1), captured(0, Phase.PRE, "y", 8.3)
    for order in ([first, second], [second, first]):
        pre = build_trend([session(0)], {}, order, {}, []).sessions[0].pre
        assert pre is not None
        assert pre.capture == second


def test_a_corrected_weight_replaces_the_old_one() -> None:
    wrong = weighed(0, Phase.PRE, 62_400)
    right = weighed(0, Phase.PRE, 52_400, supersedes=wrong.weighing_id)
    for order in ([wrong, right], [right, wrong]):
        assert live_weighings(order) == (right,)
        pre = build_trend([session(0)], {"s0": order}, [], {}, []).sessions[0].pre
        assert pre is not None
        assert pre.net_g == 52_400


def test_corrections_of_corrections() -> None:
    first = dry("a", 50_000, 0)
    second, third = dry("b", 51_000, 0, supersedes="a"), dry("c", 50_500, 0, supersedes="b")
    assert valid_dry_weights([third, first, second]) == (third,)
    assert dry_weight_on(MONDAY, [third, first, second]) == 50_500


def test_a_dry_weight_starts_on_its_day_and_the_last_word_of_a_day_counts() -> None:
    steps = [dry("a", 50_000, 0), dry("b", 49_000, 7, hour=9), dry("c", 48_500, 7, hour=15)]
    on = [dry_weight_on(MONDAY + timedelta(days=d), steps) for d in (-1, 0, 6, 7, 400)]
    assert on == [None, 50_000, 50_000, 48_500, 48_500]
    assert dry_weight_on(MONDAY, []) is None


@given(st.permutations(range(6)))
def test_the_order_of_entry_does_not_matter(order: list[int]) -> None:
    steps = [dry(f"d{i}", 50_000 - 100 * i, 3 * i) for i in range(6)]
    shuffled = [steps[i] for i in order]
    for day in range(-1, 20, 2):
        there = MONDAY + timedelta(days=day)
        assert dry_weight_on(there, shuffled) == dry_weight_on(there, steps)


def test_entries_are_all_there_in_time_order() -> None:
    spot = captured(1, Phase.SPOT)
    trend = replace(a_week(), spots=build_trend([], {}, [spot], {}, []).spots)
    times = [entry.at for entry in trend.entries()]
    assert times == sorted(times)
    assert [e.phase for e in trend.entries()] == [
        Phase.PRE,
        Phase.POST,
        Phase.SPOT,
        Phase.PRE,
        Phase.POST,
        Phase.PRE,
    ]


def test_what_counts_of_several_captures_of_a_phase() -> None:
    """A whole one before a part, the last of equals, and one given up only where it is alone."""
    part = replace(captured(0, Phase.PRE, "part", 8.3), whole=False, sha256="aa")
    whole = replace(captured(0, Phase.PRE, "whole", 8.1), sha256="bb")
    later = replace(captured(0, Phase.PRE, "later", 8.2), sha256="cc")
    gone = replace(captured(0, Phase.PRE, "gone", 8.9), state=CaptureState.INCOMPLETE)

    def counting(*captures: Capture) -> str | None:
        shown = build_trend([session(0)], {}, list(captures), {}, []).sessions[0].pre
        return shown.capture.capture_id if shown and shown.capture else None

    assert counting(part, whole) == "whole"
    assert counting(later, whole, part, gone) == "later"
    assert counting(gone, part) == "part"
    assert counting(gone) == "gone"


def test_a_spot_capture_that_was_given_up_is_none() -> None:
    gone = replace(captured(0, Phase.SPOT, "gone"), state=CaptureState.INCOMPLETE)
    kept = replace(captured(0, Phase.SPOT, "kept"), sha256="aa")
    trend = build_trend([], {}, [gone, kept], {}, [])
    assert [s.capture for s in trend.spots] == [kept]
