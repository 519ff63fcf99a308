"""Drift of one course, of each patient of a clinic, and of the clinic; counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from edema_desk.domain.course.course_rows import CourseRows, gathered, rows_of_course
from edema_desk.domain.course.drift_view import Drift, clinic_drift, drift_of, patient_drifts
from edema_desk.domain.course.trend import Trend, build_trend
from edema_desk.domain.statistics.drift import CLINIC_RULE, Side, Watch, watch_after
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Patient,
    Phase,
    StoredEstimate,
    Weighing,
)

FIRST = date(2026, 3, 2)
DRY_G = 50_000
Off = tuple[float | None, ...]


def course_of(sessions: list[Off], patient_id: str = "p") -> Trend:
    """Sessions two days apart; by how much the estimates of pre and post are off, None where they
    are refused. The half width is 0.658 kg: one standard deviation is 0.4 kg."""
    days = [FIRST + timedelta(2 * n) for n in range(len(sessions))]
    opened = [DialysisSession(f"{patient_id}{d}", patient_id, d, at(d)) for d in days]
    weighings: dict[str, list[Weighing]] = {}
    captures, estimates = [], {}
    for session, offs in zip(opened, sessions, strict=True):
        own = weighings.setdefault(session.session_id, [])
        for phase, excess_kg, off in zip((Phase.PRE, Phase.POST), (2.0, 0.0), offs, strict=False):
            one = f"{session.session_id}-{phase}"
            grams = DRY_G + round(1000 * excess_kg)
            moment = at(session.day, 9 if phase is Phase.PRE else 13)
            own.append(Weighing(one, session.session_id, phase, grams, 0, moment))
            captures.append(
                Capture(
                    *(one, patient_id, session.session_id, phase, moment),
                    *(CaptureState.ANALYSED, "file"),
                )
            )
            kg = None if off is None else excess_kg + off
            refusal = Refusal.BAD_LIGHT if off is None else None
            estimates[one] = StoredEstimate(one, one, "base", moment, kg, 0.658, refusal)
    dry = DryWeight("d", patient_id, DRY_G, FIRST, at(FIRST))
    return build_trend(opened, weighings, captures, estimates, [dry])


def at(day: date, hour: int = 9) -> Moment:
    return Moment.at_clinic(day, hour, 0)


def clinic_of(*courses: list[Off]) -> list[tuple[Patient, CourseRows]]:
    return [
        (
            Patient(f"p{n}", str(n), f"Person {n}"),
            rows_of_course(course_of(sessions, f"p{n}"), 1, {}),
        )
        for n, sessions in enumerate(courses)
    ]


def test_without_a_session_there_is_nothing_to_watch() -> None:
    drift = drift_of(course_of([]))
    assert drift == Drift(Watch(), 0)


def test_a_bias_of_two_standard_deviations_is_noticed_at_the_third_session() -> None:
    # two standard deviations less the slack of half a one: 1.5, 3.0, 4.5 > 3.6
    drift = drift_of(course_of([(0.8, 0.8)] * 4))
    assert drift.watch.drifted is Side.ABOVE
    assert (drift.watch.since, drift.sessions) == (2, 4)
    assert drift.since == FIRST + timedelta(4)
    assert drift.residual_kg == pytest.approx(0.8)


def test_the_mean_off_the_scale_is_of_captures_since_it_was_noticed() -> None:
    sessions: list[Off] = [(-4.0,), (-0.9, -0.6), (-0.3,)]
    drift = drift_of(course_of(sessions))
    assert drift.watch.drifted is Side.BELOW
    assert drift.since == FIRST
    assert drift.residual_kg == pytest.approx((-4.0 - 0.9 - 0.6 - 0.3) / 4)


def test_what_was_refused_counts_nowhere() -> None:
    drift = drift_of(course_of([(None, None), (0.8, None), (None,), (0.8,), (0.8,)]))
    assert drift.sessions == 3
    assert drift.since == FIRST + timedelta(8)
    assert drift.residual_kg == pytest.approx(0.8)


def test_an_estimate_without_a_width_counts_with_the_usual_error() -> None:
    trend = course_of([(0.8,)] * 4)
    bare = tuple(
        replace(s, pre=replace(s.pre, estimate=replace(s.pre.estimate, spread_kg=None)))
        for s in trend.sessions
        if s.pre is not None and s.pre.estimate is not None
    )
    told = drift_of(trend)
    assert told.watch.since == drift_of(replace(trend, sessions=bare)).watch.since == 2


def test_a_clinic_says_of_each_patient_what_the_course_says() -> None:
    rng = np.random.default_rng(3)
    courses = [
        [(float(a), float(b)) for a, b in rng.normal(bias, 0.4, (40, 2))] for bias in (0, 0.6, -0.5)
    ]
    courses[0][3] = (0.2, float("nan"))
    courses.insert(1, [])
    told = [[tuple(None if v != v else v for v in offs) for offs in one] for one in courses]
    found = patient_drifts(gathered(clinic_of(*told)))
    assert [one.patient.patient_id for one in found] == ["p0", "p1", "p2", "p3"]
    for one, sessions in zip(found, told, strict=True):
        alone = drift_of(course_of(sessions))
        assert one.drift.sessions == alone.sessions == len(sessions)
        assert (one.drift.watch.drifted, one.drift.since) == (alone.watch.drifted, alone.since)
        assert one.drift.watch.above == pytest.approx(alone.watch.above)
        assert one.drift.residual_kg == pytest.approx(alone.residual_kg)
    assert [one.drift.watch.drifted for one in found[2:]] == [Side.ABOVE, Side.BELOW]


def test_the_clinic_is_watched_in_the_order_of_days() -> None:
    # each day both patients, two and one standard deviations off: 1.5 and 0.5 a day, 8 is passed
    # at the first of the fifth day
    course = gathered(clinic_of([(0.8,)] * 6, [(0.4,)] * 6))
    drift = clinic_drift(course)
    assert drift.sessions == 12
    assert drift.watch.since == 8
    assert drift.since == FIRST + timedelta(8)
    assert drift.residual_kg == pytest.approx(0.6)
    assert drift.watch.above == pytest.approx(watch_after([2.0, 1.0] * 6, CLINIC_RULE).above)


def test_a_clinic_without_patients_does_not_drift() -> None:
    empty = gathered([])
    assert patient_drifts(empty) == ()
    assert clinic_drift(empty).sessions == 0
