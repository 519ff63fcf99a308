"""A kept course is never older than what it was made of."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from edema_desk.domain.clinic_rows import ClinicRows
from edema_desk.domain.estimate import Refusal
from edema_desk.domain.people import NOBODY
from edema_desk.domain.records import Phase, Schedule, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.analyses import add_estimate, record_analysis
from edema_desk.store.captures import reassign_capture
from edema_desk.store.course import patient_trend
from edema_desk.store.course_cache import clinic_course, course, keep_one
from edema_desk.store.course_packing import pack_course, unpack_course
from edema_desk.store.database import Store
from edema_desk.store.erasing import erase_patient
from edema_desk.store.patients import set_dry_weight
from edema_desk.store.removals import remove_capture, take_capture_back
from edema_desk.store.schedules import set_schedule
from edema_desk.store.sessions import enter_weighing
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


class Clinic:
    """Two patients to whom everything may happen that changes a course."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self._dice = random.Random(seed)
        know_model(store)
        self.patients = [some_patient(store, number) for number in ("1", "2")]
        self._days = dict.fromkeys(self.patients, 0)
        self._sessions: list[tuple[str, str, date]] = []
        self._captures: list[tuple[str, str, str, date]] = []
        self._removed: list[str] = []
        self._moved: set[str] = set()

    def happens(self) -> str:
        """One act; its name."""
        acts: list[Callable[[], bool]] = [
            self.session, self.capture, self.correction, self.dry_weight, self.estimate,
            self.move, self.remove, self.take_back, self.schedule,
        ]  # fmt: skip
        while True:
            act = self._dice.choice(acts)
            if act():
                return act.__name__

    def session(self) -> bool:
        patient = self._dice.choice(self.patients)
        self._days[patient] += self._dice.randint(1, 3)
        day = FIRST + timedelta(self._days[patient])
        session = session_on(self.store, patient, day)
        weigh(self.store, session, Phase.PRE, 54_000 + self._dice.randint(-500, 500), at(day))
        if self._dice.random() < 0.8:
            weigh(self.store, session, Phase.POST, 52_100, at(day, 13))
        self._sessions.append((patient, session, day))
        return True

    def capture(self) -> bool:
        if not self._sessions:
            return False
        patient, session, day = self._sessions[-1]
        if any(session == known[2] for known in self._captures):
            return False
        one = stored_capture(self.store, patient, session, Phase.PRE, at(day, 9, 5))
        refusal = Refusal.NO_REFERENCE if self._dice.random() < 0.2 else None
        said = estimate(one.capture_id, refusal=refusal)
        record_analysis(self.store, new_id(), one.capture_id, analysis(), said)
        self._captures.append((one.capture_id, patient, session, day))
        return True

    def correction(self) -> bool:
        if not self._sessions:
            return False
        _, session, day = self._dice.choice(self._sessions)
        gross = 56_000 + self._dice.randint(0, 400)
        enter_weighing(
            self.store, new_id(), session, Phase.PRE, gross, 2_000, at(day), "read again"
        )
        return True

    def dry_weight(self) -> bool:
        day = FIRST + timedelta(self._dice.randint(0, 20))
        grams = 52_000 + self._dice.randint(-300, 300)
        patient = self._dice.choice(self.patients)
        set_dry_weight(self.store, new_id(), patient, grams, day, "round")
        return True

    def estimate(self) -> bool:
        if not self._captures:
            return False
        one = self._dice.choice(self._captures)[0]
        if one in self._removed:
            return False
        add_estimate(self.store, new_id(), estimate(one, excess_kg=self._dice.random()))
        return True

    def move(self) -> bool:
        free = [c for c in self._captures if c[0] not in self._moved and c[0] not in self._removed]
        if not free:
            return False
        one, patient, _, day = free[-1]
        other = next(p for p in self.patients if p != patient)
        session = session_on(self.store, other, day, 15)
        reassign_capture(self.store, new_id(), one, other, session, Phase.PRE, "wrong chart")
        add_estimate(self.store, new_id(), estimate(one))
        self._moved.add(one)
        return True

    def remove(self) -> bool:
        there = [c[0] for c in self._captures if c[0] not in self._removed]
        if not there:
            return False
        self._removed.append(there[-1])
        remove_capture(self.store, new_id(), there[-1], "not usable")
        return True

    def take_back(self) -> bool:
        if not self._removed:
            return False
        take_capture_back(self.store, new_id(), self._removed.pop(), "usable after all")
        return True

    def schedule(self) -> bool:
        patient = self._dice.choice(self.patients)
        set_schedule(self.store, new_id(), patient, Schedule((0,), self._dice.randint(1, 3), "A1"))
        return True


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_a_course_is_what_the_records_say(store: Store, seed: int) -> None:
    clinic = Clinic(store, seed)
    met = set()
    for _ in range(40):
        met.add(clinic.happens())
        for patient_id in clinic.patients:
            kept = course(store, patient_id)
            with store.reading() as db:
                assert kept == patient_trend(db, patient_id)
            assert course(store, patient_id) == kept  # now from what is kept
        rows = clinic_course(store).rows
        assert rows.truth_kg.tolist() == pytest.approx(truths(store, clinic.patients))
    assert len(met) >= 7


def truths(store: Store, patients: list[str]) -> list[float]:
    """Scale excess of every capture with an estimate in force, patients by their ids."""
    found = []
    for patient_id in sorted(patients):
        with store.reading() as db:
            trend = patient_trend(db, patient_id)
        phases = [e for s in trend.sessions for e in (s.pre, s.post) if e and e.estimate]
        found += [e.scale_excess_kg for e in phases if e.scale_excess_kg is not None]
    return found


def one_course(store: Store) -> tuple[str, ClinicRows]:
    know_model(store)
    patient_id = some_patient(store)
    earlier = ""
    for number, kg in enumerate((1.25, 1.5)):
        day = FIRST + timedelta(2 * number)
        session = session_on(store, patient_id, day)
        weigh(store, session, Phase.PRE, 54_000, at(day))
        one = stored_capture(store, patient_id, session, Phase.PRE, at(day, 9, 5))
        said = estimate(one.capture_id, kg, references=(earlier,) if earlier else ())
        record_analysis(store, new_id(), one.capture_id, analysis(), said)
        earlier = one.capture_id
    return patient_id, clinic_course(store).rows


def test_rows_are_numbered_over_the_clinic_and_say_what_the_course_says(store: Store) -> None:
    patient_id, rows = one_course(store)
    other = some_patient(store, "2")
    found = clinic_course(store)
    assert found.patients == tuple(sorted((patient_id, other)))
    assert found.models == ("base",)
    assert found.cameras == ()
    assert rows.truth_kg.tolist() == [2.0, 2.0]
    assert rows.estimate_kg.tolist() == [1.25, 1.5]
    assert (rows.half_kg.tolist(), rows.p_edema.tolist()) == ([0.5, 0.5], [0.75, 0.75])
    assert rows.session.tolist() == [0, 1]
    assert rows.shift.tolist() == [1, 1]
    assert rows.camera.tolist() == [-1, -1]
    assert rows.model.tolist() == [0, 0]
    assert rows.pre.all()
    assert np.diff(rows.day).tolist() == [2]


def test_references_come_back_by_their_ids(store: Store) -> None:
    patient_id, _ = one_course(store)
    trend = course(store, patient_id)
    first, second = (s.pre for s in trend.sessions)
    assert first is not None
    assert first.capture is not None
    assert second is not None
    assert second.estimate is not None
    assert second.estimate.references == (first.capture.capture_id,)
    assert unpack_course(pack_course(trend), patient_id) == trend


def test_an_erased_patient_has_no_course_left(store: Store) -> None:
    patient_id, _ = one_course(store)
    course(store, patient_id)
    erase_patient(store, new_id(), patient_id, "1001", "asked for")
    with store.reading() as db:
        assert db.table("course_cache").count == 0


def test_a_clinic_without_patients_has_no_rows(store: Store) -> None:
    assert len(clinic_course(store).rows) == 0
    assert not keep_one(store)


def test_courses_are_made_one_by_one_ahead_of_time(store: Store) -> None:
    for number in ("1", "2"):
        some_patient(store, number)
    assert keep_one(store)
    assert keep_one(store)
    assert not keep_one(store)


def test_nobody_sees_a_course_who_may_see_no_patient(store: Store) -> None:
    patient_id = some_patient(store)
    for ask in (lambda s: course(s, patient_id), clinic_course):
        with pytest.raises(ExpectedError) as refused:
            ask(store.by(NOBODY))
        assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_a_course_that_cannot_be_kept_is_told_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient_id, _ = one_course(store)
    wanted = course(store, patient_id)
    set_schedule(store, new_id(), patient_id, Schedule((1,), 2, ""))

    def full(_: Store) -> None:
        raise ExpectedError(ErrorCode.DISK_FULL)

    monkeypatch.setattr(Store, "copying", full)
    assert course(store, patient_id) == wanted
