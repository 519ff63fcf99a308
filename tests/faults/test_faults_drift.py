"""Row M3: estimates that come to lie half a kilogram beside the scale are noticed from what the
records hold, and chance is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.course.course_rows import gathered
from edema_desk.domain.course.drift_view import clinic_drift, patient_drifts
from edema_desk.domain.models.patient_models import patient_models
from edema_desk.domain.statistics.drift import Side
from edema_desk.domain.terms.records import Patient, Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.courses.whole_course import course_rows
from edema_desk.store.people.patients import patients
from tests.faults.rounds import rounds
from tests.store.store_samples import (
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

FIRST = date(2026, 1, 5)
ERROR_KG, BIAS_KG, EXCESS_KG, DRY_G = 0.4, 0.5, 2.0, 52_000
HALF_KG = 1.645 * ERROR_KG
QUIET, BIASED = 4, 10


def live(store: Store, number: int, off_kg: Sequence[float]) -> Patient:
    """A patient whose estimates lie so far beside the scale, session by session."""
    patient_id = some_patient(store, str(number))
    for place, off in enumerate(off_kg):
        day = FIRST + timedelta(days=2 * place)
        session = session_on(store, patient_id, day)
        weigh(store, session, Phase.PRE, DRY_G + round(1000 * EXCESS_KG), at(day))
        one = stored_capture(store, patient_id, session, Phase.PRE, at(day, 9, 5))
        said = replace(estimate(one.capture_id, EXCESS_KG + off), spread_kg=HALF_KG)
        record_analysis(store, new_id(), one.capture_id, analysis(), said)
    return next(one for one in patients(store) if one.patient_id == patient_id)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    profile = Profile(tmp_path / "clinic")
    profile.create()
    return open_store(profile)


def test_half_a_kilogram_is_flagged_within_ten_sessions_and_chance_is_not(store: Store) -> None:
    """At least nine of ten patients with a bias, and at most one flag in a hundred sessions
    without one."""
    rng = np.random.default_rng(11)
    many = max(10, rounds(100))
    with store:
        know_model(store)
        biased = [
            live(store, n, rng.normal([0.0] * QUIET + [BIAS_KG] * BIASED, ERROR_KG).tolist())
            for n in range(many)
        ]
        steady = [
            live(store, many + n, rng.normal(0.0, ERROR_KG, 20).tolist()) for n in range(many // 2)
        ]
        rows = {one.patient_id: course_rows(store, one.patient_id) for one in [*biased, *steady]}
    course = gathered([(one, rows[one.patient_id]) for one in [*biased, *steady]])
    drifts = {one.patient.patient_id: one.drift for one in patient_drifts(course)}
    flagged = [drifts[one.patient_id].watch.drifted is Side.ABOVE for one in biased]
    assert sum(flagged) >= 0.9 * many, f"{sum(flagged)} of {many}"
    alarms = sum(drifts[one.patient_id].since is not None for one in steady)
    sessions = sum(drifts[one.patient_id].sessions for one in steady)
    assert alarms <= sessions / 100, f"{alarms} in {sessions}"
    whole = clinic_drift(gathered([(one, rows[one.patient_id]) for one in biased]))
    assert whole.watch.drifted is Side.ABOVE, "a bias of all is one of the clinic"
    told = {one.patient.patient_id: one for one in patient_models(course)}
    assert {told[one.patient_id].estimates for one in biased} == {QUIET + BIASED}
