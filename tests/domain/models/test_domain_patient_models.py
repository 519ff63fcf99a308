"""What is told of each patient's model, counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from edema_desk.domain.course.course_rows import gathered, rows_of_course
from edema_desk.domain.course.trend import Trend, build_trend
from edema_desk.domain.models.patient_models import patient_models, rests_on
from edema_desk.domain.terms.estimate import IntervalKind, Refusal, TransferKind
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
PATIENT = Patient("p", "1", "A")


def course(said: list[float | None], scale_kg: list[float]) -> Trend:
    """One pre capture a day; an estimate of None was refused. Half width 0.4 kg."""
    sessions, weighings, captures, estimates = [], {}, [], {}
    for number, (kg, true_kg) in enumerate(zip(said, scale_kg, strict=True)):
        day = FIRST + timedelta(days=2 * number)
        at = Moment.at_clinic(day, 9, 0)
        name = f"s{number}"
        sessions.append(DialysisSession(name, "p", day, at))
        grams = 50_000 + round(1000 * true_kg)
        weighings[name] = [Weighing(f"w{number}", name, Phase.PRE, grams, 0, at)]
        state = CaptureState.ANALYSED if kg is not None else CaptureState.REFUSED
        captures.append(
            Capture(f"c{number}", "p", name, Phase.PRE, at, state, "file", "0" * 64, 30_000)
        )
        estimates[f"c{number}"] = StoredEstimate(
            *(f"e{number}", f"c{number}", "base-aa", at, kg, None if kg is None else 0.4),
            Refusal.BLURRED if kg is None else None,
            references=tuple(f"c{n}" for n in range(number)),
            interval_kind=IntervalKind.OWN,
            transfer=TransferKind.SHRINK,
        )
    dry = DryWeight("d", "p", 50_000, FIRST, Moment.at_clinic(FIRST, 8, 0))
    return build_trend(sessions, weighings, captures, estimates, [dry])


def test_by_hand() -> None:
    trend = course([None, 2.5, 2.0, 1.5], [2.0, 2.0, 3.0, 1.0])
    (one,) = patient_models(gathered([(PATIENT, rows_of_course(trend, 1, {}))]))
    assert (one.days, one.estimates, one.refused) == (4, 3, 1)
    assert one.mae_kg == pytest.approx((0.5 + 1.0 + 0.5) / 3)
    # the usual value before each: 2.0, then 2.0, then 7/3
    assert one.usual_mae_kg == pytest.approx((0.0 + 1.0 + (7 / 3 - 1.0)) / 3)
    assert one.coverage == pytest.approx(0.0)
    assert one.last_day == FIRST + timedelta(days=6)


def test_an_interval_that_just_holds_holds() -> None:
    trend = course([2.4, 2.0], [2.0, 2.5])
    (one,) = patient_models(gathered([(PATIENT, rows_of_course(trend, 1, {}))]))
    assert one.coverage == pytest.approx(0.5)


def test_nobody_and_nothing() -> None:
    assert patient_models(gathered([])) == ()
    other = replace(PATIENT, patient_id="q", name="B")
    both = [(PATIENT, rows_of_course(course([], []), 1, {}))]
    both.append((other, rows_of_course(course([2.0], [1.0]), 1, {})))
    none, one = patient_models(gathered(both))
    assert (none.patient, none.days, none.estimates) == (PATIENT, 0, 0)
    assert (none.mae_kg, none.usual_mae_kg, none.coverage, none.last_day) == (None,) * 4
    assert (one.patient, one.days, one.mae_kg, one.usual_mae_kg) == (other, 1, 1.0, None)


def test_what_the_newest_estimate_rests_on() -> None:
    trend = course([None, 2.5, 2.0, None], [2.0, 2.0, 3.0, 1.0])
    told = rests_on(trend)
    assert told is not None
    assert (told.references, told.days, told.model_id) == (2, 2, "base-aa")
    assert (told.first_day, told.last_day) == (FIRST, FIRST + timedelta(days=2))
    assert (told.transfer, told.interval) == (TransferKind.SHRINK, IntervalKind.OWN)
    assert rests_on(course([None], [2.0])) is None
