"""The figures that say how far an estimate may be believed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.course.belief import believe, difference_kg
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    Phase,
    StoredEstimate,
)

DRY_G = 50_000


def entry(
    scale_kg: float | None,
    estimate_kg: float | None,
    *,
    spread_kg: float = 0.5,
    phase: Phase = Phase.PRE,
    model: str = "base-1",
) -> PhaseEntry:
    at = Moment(1_700_000_000_000, 540)
    capture = estimate = None
    if estimate_kg is not None:
        capture = Capture("c", "p", "s", phase, at, CaptureState.ANALYSED, "file")
        estimate = StoredEstimate("e", "c", model, at, estimate_kg, spread_kg, None)
    net_g = None if scale_kg is None else DRY_G + round(scale_kg * 1000)
    return PhaseEntry(phase, at, net_g, DRY_G, capture, estimate)


def trend_of(*entries: PhaseEntry) -> Trend:
    sessions = []
    for i, one in enumerate(entries):
        day = date(2026, 1, 5) + timedelta(days=2 * i)
        session = DialysisSession(f"s{i}", "p", day, one.at)
        pre, post = (one, None) if one.phase is Phase.PRE else (None, one)
        sessions.append(SessionEntry(session, pre, post, DRY_G, None, None, None, None))
    return Trend(tuple(sessions), (), ())


def test_no_session_with_both_gives_none() -> None:
    assert believe(trend_of(), Phase.PRE) is None
    assert believe(trend_of(entry(2.0, None), entry(None, 2.0)), Phase.PRE) is None
    assert believe(trend_of(entry(2.0, 2.1)), Phase.POST) is None


def test_the_usual_value_leaves_the_session_itself_out() -> None:
    belief = believe(trend_of(entry(1.0, 1.2), entry(2.0, 2.1), entry(3.0, 4.2)), Phase.PRE)
    assert belief is not None
    assert belief.sessions == 3
    assert belief.estimate_error_kg == pytest.approx((0.2 + 0.1 + 1.2) / 3)
    # usual values of the three: 2.5, 2.0, 1.5
    assert belief.usual_error_kg == pytest.approx((1.5 + 0.0 + 1.5) / 3)
    assert belief.closer == 2
    assert belief.within_spread == 2
    assert belief.beats_usual


def test_sessions_without_an_estimate_count_for_the_usual_value_only() -> None:
    belief = believe(trend_of(entry(1.0, None), entry(3.0, 2.0)), Phase.PRE)
    assert belief is not None
    assert belief.sessions == 1
    assert belief.usual_error_kg == pytest.approx(2.0)


def test_one_session_has_no_usual_value_to_beat() -> None:
    belief = believe(trend_of(entry(2.0, 2.0)), Phase.PRE)
    assert belief is not None
    assert belief.usual_error_kg is None
    assert not belief.beats_usual


def test_an_estimate_that_only_repeats_the_usual_value_does_not_beat_it() -> None:
    belief = believe(trend_of(entry(1.0, 3.0), entry(3.0, 1.0)), Phase.PRE)
    assert belief is not None
    assert belief.closer == 0
    assert not belief.beats_usual


def test_models_are_named_once_in_order_of_use() -> None:
    belief = believe(
        trend_of(
            entry(1.0, 1.0), entry(1.0, 1.0, model="base-2"), entry(2.0, 2.0), entry(2.0, 2.0)
        ),
        Phase.PRE,
    )
    assert belief is not None
    assert belief.model_ids == ("base-1", "base-2")


def test_difference_is_estimate_minus_scale() -> None:
    assert difference_kg(entry(2.0, 2.5)) == pytest.approx(0.5)
    assert difference_kg(entry(None, 2.5)) is None
    assert difference_kg(entry(2.0, None)) is None
    assert difference_kg(None) is None


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=30),
    st.floats(-2, 2),
)
def test_a_shift_of_both_changes_nothing(pairs: list[tuple[float, float]], shift: float) -> None:
    shift = round(shift, 3)
    rounded = [(round(s, 3), e) for s, e in pairs]
    plain = believe(trend_of(*(entry(s, e) for s, e in rounded)), Phase.PRE)
    moved = believe(trend_of(*(entry(s + shift, e + shift) for s, e in rounded)), Phase.PRE)
    assert plain is not None
    assert moved is not None
    assert moved.estimate_error_kg == pytest.approx(plain.estimate_error_kg, abs=1e-6)
    assert moved.usual_error_kg == pytest.approx(plain.usual_error_kg, abs=1e-6)
