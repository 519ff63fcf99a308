"""A course that was being kept when the power failed is whole, or is made anew."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.courses.clinic_rows import rows_in
from edema_desk.store.courses.course import patient_trend
from edema_desk.store.courses.whole_course import keep_one, kept_rows, sweep_courses
from edema_desk.store.people.patients import patients, set_dry_weight
from tests.faults.kill_points import kill_points, killed_at
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

FIRST = date(2026, 3, 2)


def change_and_keep(root: str, step: Callable[[str], None]) -> None:
    """To be killed at any moment."""
    del step
    with open_store(Profile(Path(root))) as store:
        one, other = (known.patient_id for known in patients(store))
        patient_card(store, one)
        set_dry_weight(store, new_id(), one, 51_500, FIRST, "round")
        patient_card(store, one)
        keep_one(store)
        patient_card(store, other)


def test_killed_anywhere_no_course_is_other_than_the_records(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "clinic")
    with open_store(profile) as store:
        know_model(store)
        for number in ("1", "2"):
            patient_id = some_patient(store, number)
            for days in range(3):
                day = FIRST + timedelta(2 * days)
                session_id = session_on(store, patient_id, day)
                weigh(store, session_id, Phase.PRE, 54_000, at(day))
                one = stored_capture(store, patient_id, session_id, Phase.PRE, at(day, 9, 5))
                said = estimate(one.capture_id)
                record_analysis(store, new_id(), one.capture_id, analysis(), said)
    whole = tmp_path / "whole"
    shutil.copytree(profile.root, whole)
    kills, left = 0, set()
    for last in kill_points():
        shutil.rmtree(profile.root)
        shutil.copytree(whole, profile.root)
        killed = killed_at(profile.root, last, change_and_keep, str(profile.root))
        with open_store(profile) as store:
            left.add(len(list(profile.courses.iterdir())) if profile.courses.exists() else 0)
            _as_the_records(store)
            while keep_one(store):
                pass
            sweep_courses(store)
            assert len(list(profile.courses.iterdir())) == 4
        kills += killed
        if not killed:
            break
    assert kills > 10
    assert {0, 1, 2, 3, 4} <= left, (
        "also between the two files of a course, and in the midst of one"
    )


def _as_the_records(store: Store) -> None:
    kept = kept_rows(store)
    for one in patients(store):
        with store.reading() as db:
            trend = patient_trend(db, one.patient_id)
            rows = rows_in(db, one.patient_id, trend)
        assert len(rows.table) == 3
        assert kept.get(one.patient_id, rows).table.tobytes() == rows.table.tobytes()
        assert patient_card(store, one.patient_id).trend == trend
