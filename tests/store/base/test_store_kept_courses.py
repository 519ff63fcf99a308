"""A kept course is never older than what it was made of."""

import os
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from edema_desk.domain.course.trend import Trend
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.people import NOBODY
from edema_desk.domain.terms.records import Phase, Schedule, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store, open_store
from edema_desk.store.captures.analyses import add_estimate, record_analysis
from edema_desk.store.captures.captures import reassign_capture
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.removals import remove_capture, take_capture_back
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.courses.whole_course import course_rows, keep_one, kept_rows, sweep_courses
from edema_desk.store.people.patients import patients, set_dry_weight
from edema_desk.store.people.schedules import set_schedule
from tests.store.base.courses_kit import (
    FIRST,
    bare_rows,
    course,
    made_anew,
    one_course,
    opened_anew,
    same_rows,
    stamp_of,
)
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
            wanted = made_anew(store, patient_id)
            assert course(store, patient_id) == wanted
            assert course(store, patient_id) == wanted  # now from memory
            stamp = stamp_of(store, patient_id)
            assert opened_anew(store).trend(patient_id, stamp) == wanted
            assert same_rows(course_rows(store, patient_id), bare_rows(store, patient_id))
    assert len(met) >= 7


@pytest.mark.parametrize("conflict", ["", "or ignore", "or replace"])
def test_each_row_of_a_course_makes_another_stamp(store: Store, conflict: str) -> None:
    """By whatever words it is written: a trigger takes over how the words outside it resolve
    conflicts."""
    patient_id = some_patient(store)
    before = stamp_of(store, patient_id)

    def work(db: Database) -> Done:
        db.execute(
            f"insert {conflict} into session (session_id, patient_id, day, opened_utc_ms, "  # noqa: S608
            "opened_offset_min, act_id) select 's', ?, '2026-03-02', 0, 0, act_id from act limit 1",
            [patient_id],
        )
        return Done("")

    store.act(new_id(), ActKind.OPEN_SESSION, work)
    assert stamp_of(store, patient_id) != before


def test_a_capture_that_was_moved_there_and_back_stamps_both(store: Store) -> None:
    know_model(store)
    one, other = some_patient(store, "1"), some_patient(store, "2")
    own = session_on(store, one, FIRST)
    elsewhere = session_on(store, other, FIRST)
    capture = stored_capture(store, one, own, Phase.PRE, at(FIRST, 9, 5))
    capture_id = capture.capture_id
    record_analysis(store, new_id(), capture_id, analysis(), estimate(capture_id))
    stamps = []
    for patient_id, session_id in ((other, elsewhere), (one, own)):
        reassign_capture(store, new_id(), capture_id, patient_id, session_id, Phase.PRE, "wrong")
        stamps.append((stamp_of(store, one), stamp_of(store, other)))
    assert len({stamp for pair in stamps for stamp in pair}) == 4
    assert course(store, other).sessions[0].pre is None


def test_what_is_kept_is_not_worked_out_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient_id = one_course(store)
    wanted = course(store, patient_id)
    store.courses.forget()

    def never(db: Database, patient_id: str) -> Trend:
        raise AssertionError("worked out again")

    monkeypatch.setattr("edema_desk.store.courses.whole_course.patient_trend", never)
    assert course(store, patient_id) == wanted
    assert same_rows(kept_rows(store)[patient_id], course_rows(store, patient_id))
    assert patient_card(store, patient_id).trend == wanted


def test_another_stamp_opens_nothing(store: Store) -> None:
    """As after a backup came back: what was worked out of newer records stays shut."""
    patient_id = one_course(store)
    course(store, patient_id)
    fresh = opened_anew(store)
    assert fresh.trend(patient_id, stamp_of(store, patient_id)) is not None
    assert opened_anew(store).trend(patient_id, os.urandom(16)) is None


def test_courses_are_made_one_by_one_ahead_of_time(store: Store) -> None:
    people = [some_patient(store, number) for number in ("1", "2")]
    assert kept_rows(store) == {}
    assert keep_one(store)
    assert keep_one(store)
    assert not keep_one(store)
    assert sorted(kept_rows(store)) == sorted(people)
    session_on(store, people[0], FIRST)
    assert keep_one(store)
    assert not keep_one(store)
    with open_store(store.profile) as again:  # another start finds them as they are
        assert not keep_one(again)


def test_nobody_sees_a_course_who_may_see_no_patient(store: Store) -> None:
    patient_id = some_patient(store)
    nobody = store.by(NOBODY)
    for ask in (
        lambda: course_rows(nobody, patient_id),
        lambda: kept_rows(nobody),
        lambda: keep_one(nobody),
        lambda: patient_card(nobody, patient_id),
    ):
        with pytest.raises(ExpectedError) as refused:
            ask()
        assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_asking_writes_nothing_into_the_database(store: Store) -> None:
    patient_id = one_course(store)
    before = changes(store)
    course(store, patient_id)
    assert keep_one(store) is False
    sweep_courses(store)
    assert changes(store) == before


def changes(store: Store) -> int:
    with store.reading() as db:
        return int(db.execute("select total_changes()").fetchone()[0])


def test_few_courses_stay_in_memory_and_none_when_they_are_to_be_forgotten(store: Store) -> None:
    people = [some_patient(store, str(number)) for number in range(6)]
    told = [course(store, patient_id) for patient_id in people]
    assert course(store, people[-1]) is told[-1]
    assert course(store, people[0]) is not told[0]
    store.courses.forget()
    assert course(store, people[-1]) is not told[-1]


def test_a_clinic_without_patients_keeps_nothing(store: Store) -> None:
    assert patients(store) == ()
    assert kept_rows(store) == {}
    assert not keep_one(store)
