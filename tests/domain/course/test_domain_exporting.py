"""What of a course goes out, under which codes, and which captures make rows of a study."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.course.exporting import (
    ExportedPatient,
    Period,
    exported,
    judge_code,
    study_code,
)
from edema_desk.domain.course.trend import Trend, build_trend
from edema_desk.domain.models.export_plan import LeftOut
from edema_desk.domain.models.study_plan import study_plan
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Patient,
    Phase,
    Weighing,
)

WHO = Patient("id-1", "1", "Made Up")
DAY = date(2026, 3, 2)


def at(day: date, hour: int) -> Moment:
    return Moment.at_clinic(day, hour, 0)


def step(day: date, weight_g: int) -> DryWeight:
    return DryWeight(str(day), WHO.patient_id, weight_g, day, at(day, 8))


def capture(name: str, session: str | None, phase: Phase, when: Moment) -> Capture:
    state = CaptureState.ANALYSED
    return Capture(name, WHO.patient_id, session, phase, when, state, "file", "ab" * 32)


def course(*captures: Capture, dry: bool = True, weighed: bool = True) -> ExportedPatient:
    """One session of a day with both weights, and these captures."""
    session = DialysisSession("s", WHO.patient_id, DAY, at(DAY, 9))
    weights = [
        Weighing(phase, "s", phase, 52_000, 0, at(DAY, hour))
        for phase, hour in ((Phase.PRE, 9), (Phase.POST, 13))
    ]
    steps = [step(date(2026, 1, 1), 50_000)] if dry else []
    trend = build_trend([session], {"s": weights if weighed else []}, captures, {}, steps)
    return exported(WHO, trend, Period())


@given(
    days=st.lists(st.integers(0, 400), unique=True, max_size=8),
    first=st.none() | st.integers(0, 400),
    length=st.none() | st.integers(0, 400),
)
def test_a_period_keeps_the_dry_weights_that_were_valid_in_it(
    days: list[int], first: int | None, length: int | None
) -> None:
    start = date(2025, 1, 1)
    steps = tuple(step(start + timedelta(day), 50_000 + day) for day in sorted(days))
    period = Period(
        start + timedelta(first) if first is not None else None,
        start + timedelta((first or 0) + length) if length is not None else None,
    )
    kept = exported(WHO, Trend((), (), steps), period).trend.dry_weights
    valid = set()
    for day in range(900):
        now = [s for s in steps if s.valid_from <= start + timedelta(day)]
        if now and period.holds(start + timedelta(day)):
            valid.add(now[-1].entry_id)
    assert {s.entry_id for s in kept} == valid


def test_codes_are_the_same_each_time_and_tell_nothing() -> None:
    assert study_code("id-1") == study_code("id-1") != study_code("id-2")
    assert study_code("id-1")[1:] != judge_code("id-1")[1:]
    assert "id-1" not in study_code("id-1")
    assert len({study_code(str(number)) for number in range(20_000)}) == 20_000


def test_captures_with_clip_and_weights_make_rows() -> None:
    pre = capture("a", "s", Phase.PRE, at(DAY, 9))
    post = capture("b", "s", Phase.POST, at(DAY, 13))
    spot = capture("c", None, Phase.SPOT, at(DAY, 20))
    plan = study_plan(course(pre, post, spot), {"a", "b", "c"})
    code = study_code(WHO.patient_id)
    assert [(c.stem, c.weight_g, c.timed) for c in plan.captures] == [
        (f"{code}_2026-03-02_pre", 52_000, True),
        (f"{code}_2026-03-02_post", 52_000, True),
        (f"{code}_2026-03-02_spot_2000", None, True),
    ]
    assert not plan.left_out


def test_what_makes_no_row_is_counted_by_its_reason() -> None:
    pre, post = (capture(p, "s", p, at(DAY, 9)) for p in (Phase.PRE, Phase.POST))
    both = {"pre", "post", "one", "two"}
    assert study_plan(course(pre, post), {"pre"}).left_out == {LeftOut.NO_CLIP: 1}
    assert study_plan(course(pre, dry=False), both).left_out == {LeftOut.NO_DRY_WEIGHT: 1}
    assert study_plan(course(pre, weighed=False), both).left_out == {LeftOut.NO_WEIGHT: 1}
    spots = (capture(name, None, Phase.SPOT, at(DAY, 20)) for name in ("one", "two"))
    plan = study_plan(course(*spots), both)
    assert (len(plan.captures), plan.left_out) == (1, {LeftOut.TWICE: 1})


@pytest.mark.parametrize(
    ("pre", "post", "timed"),
    [
        ((DAY, 9), (DAY, 13), True),
        ((DAY, 22), (DAY + timedelta(1), 4), False),
        ((DAY, 13), (DAY, 9), False),
    ],
)
def test_times_are_told_only_where_they_fit_the_session_s_day(
    pre: tuple[date, int], post: tuple[date, int], timed: bool
) -> None:
    both = (
        capture("a", "s", Phase.PRE, at(*pre)),
        capture("b", "s", Phase.POST, at(*post)),
    )
    plan = study_plan(course(*both), {"a", "b"})
    assert [(c.day, c.timed) for c in plan.captures] == [(DAY, timed)] * 2
