"""A kept course is never older than what it was made of."""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from edema_desk.domain.course.course_rows import CourseRows
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import NOBODY
from edema_desk.domain.terms.records import (
    Capture,
    DialysisSession,
    DryWeight,
    Phase,
    Schedule,
    StoredEstimate,
    new_id,
)
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.course_packing import pack_course, unpack_course
from edema_desk.store.base.database import Done, Store, open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.base.kept_courses import KeptCourses
from edema_desk.store.captures.analyses import add_estimate, record_analysis
from edema_desk.store.captures.captures import reassign_capture
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.removals import remove_capture, take_capture_back
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.courses.clinic_rows import rows_in
from edema_desk.store.courses.course import patient_trend
from edema_desk.store.courses.whole_course import (
    course_rows,
    keep_one,
    kept_rows,
    sweep_courses,
    whole_course,
)
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.erasing import destroy_pictures, erase_patient
from edema_desk.store.people.patients import patients, set_dry_weight
from edema_desk.store.people.schedules import set_schedule
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


def course(store: Store, patient_id: str) -> Trend:
    with store.reading() as db:
        return whole_course(db, store.courses, patient_id)


def made_anew(store: Store, patient_id: str) -> Trend:
    with store.reading() as db:
        return patient_trend(db, patient_id)


def bare_rows(store: Store, patient_id: str) -> CourseRows:
    with store.reading() as db:
        return rows_in(db, patient_id, patient_trend(db, patient_id))


def same_rows(one: CourseRows, other: CourseRows) -> bool:
    names = (one.models, one.cameras) == (other.models, other.cameras)
    return names and one.table.tobytes() == other.table.tobytes()


def opened_anew(store: Store) -> KeptCourses:
    """What another start of the program would find."""
    return KeptCourses(store.profile.courses, enter_here(store.profile).data_key)


def stamp_of(store: Store, patient_id: str) -> bytes:
    with store.reading() as db:
        question = "select stamp from course_stamp where patient_id = ?"
        found: bytes = db.execute(question, [patient_id]).fetchone()[0]
    return found


def files(store: Store) -> list[Path]:
    return sorted(store.profile.courses.iterdir())


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


def one_course(store: Store) -> str:
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
    return patient_id


def test_a_course_is_the_same_after_packing(store: Store) -> None:
    patient_id = one_course(store)
    trend = made_anew(store, patient_id)
    first, second = (s.pre for s in trend.sessions)
    assert first is not None
    assert first.capture is not None
    assert second is not None
    assert second.estimate is not None
    assert second.estimate.references == (first.capture.capture_id,)
    assert unpack_course(pack_course(trend), patient_id) == trend
    bare = replace(first, capture=None, estimate=None, corrected=True)
    stranger = replace(second.estimate, references=("elsewhere", first.capture.capture_id))
    odd = Trend(
        (
            replace(trend.sessions[0], pre=None, post=bare),
            replace(trend.sessions[1], pre=replace(second, estimate=stranger)),
        ),
        (replace(first, phase=Phase.SPOT, capture=spot_of(first.capture)),),
        trend.dry_weights,
    )
    assert unpack_course(pack_course(odd), patient_id) == odd
    assert unpack_course(pack_course(Trend((), (), ())), patient_id) == Trend((), (), ())


@pytest.mark.parametrize(
    ("record", "packed"),
    [
        (Capture, 13),
        (DialysisSession, 6),
        (DryWeight, 8),
        (Moment, 2),
        (PhaseEntry, 8),  # `veiled` is laid over what was read, and never kept
        (SessionEntry, 8),
        (StoredEstimate, 13),
        (Trend, 3),
    ],
)
def test_a_record_that_grew_is_packed_anew(record: type, packed: int) -> None:
    """Who adds a field packs it, raises LAYOUT, and then this number."""
    assert len(fields(record)) == packed


def spot_of(capture: Capture) -> Capture:
    return replace(capture, session_id=None, phase=Phase.SPOT)


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


def test_names_of_files_and_their_content_tell_nothing(store: Store) -> None:
    patient_id = one_course(store)
    wanted = course(store, patient_id)
    assert len(files(store)) == 2
    for path in files(store):
        assert patient_id not in path.name
        content = path.read_bytes()
        for word in (patient_id, wanted.sessions[0].session.session_id, "base", "sessions"):
            assert word.encode() not in content
        if os.name == "posix":
            assert path.stat().st_mode & 0o077 == 0
    assert store.profile.courses.stat().st_mode & 0o077 == 0 or os.name != "posix"


@pytest.mark.parametrize("fault", ["cut", "bit", "empty", "other_key", "exchanged", "folder"])
def test_what_cannot_be_opened_is_made_anew(store: Store, fault: str) -> None:
    patient_id = one_course(store)
    wanted = course(store, patient_id)
    store.courses.forget()
    for path in files(store):
        content = path.read_bytes()
        if fault == "cut":
            path.write_bytes(content[: len(content) // 2])
        elif fault == "bit":
            path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
        elif fault == "empty":
            path.write_bytes(b"")
        elif fault == "folder":
            path.unlink()
            path.mkdir()
    if fault == "exchanged":
        course_file, rows_file = files(store)
        held = course_file.read_bytes()
        course_file.write_bytes(rows_file.read_bytes())
        rows_file.write_bytes(held)
    if fault == "other_key":
        strange = KeptCourses(store.profile.courses, b"k" * 32)
        assert strange.trend(patient_id, stamp_of(store, patient_id)) is None
    with open_store(store.profile) as again:
        assert patient_id not in kept_rows(again) or fault == "other_key"
        assert course(again, patient_id) == wanted
        assert same_rows(course_rows(again, patient_id), bare_rows(again, patient_id))


def test_another_stamp_opens_nothing(store: Store) -> None:
    """As after a backup came back: what was worked out of newer records stays shut."""
    patient_id = one_course(store)
    course(store, patient_id)
    fresh = opened_anew(store)
    assert fresh.trend(patient_id, stamp_of(store, patient_id)) is not None
    assert opened_anew(store).trend(patient_id, os.urandom(16)) is None


def test_of_an_erased_patient_neither_course_nor_key_is_left(store: Store) -> None:
    patient_id, other = one_course(store), some_patient(store, "2")
    course(store, patient_id)
    course(store, other)
    stolen = {path: path.read_bytes() for path in files(store)}
    stamp = stamp_of(store, patient_id)
    erase_patient(store, new_id(), patient_id, "1001", "asked for")
    with store.reading() as db:
        assert [row["patient_id"] for row in db.table("course_stamp").rows] == [other]
    assert len(files(store)) == 2
    assert patient_id not in kept_rows(store)
    for path, content in stolen.items():  # somebody had a copy of the folder
        path.write_bytes(content)
    assert opened_anew(store).trend(patient_id, stamp) is not None, "only the stamp opened it"
    sweep_courses(store)
    assert len(files(store)) == 2


def test_pictures_that_are_destroyed_leave_no_course_with_estimates(store: Store) -> None:
    patient_id = one_course(store)
    course(store, patient_id)
    set_consent(store, new_id(), patient_id, Purpose.CARE, FIRST, given=False, remark="no")
    destroy_pictures(store, new_id(), patient_id)
    assert files(store) == []
    assert all(s.pre is None or s.pre.estimate is None for s in course(store, patient_id).sessions)


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


def test_a_course_that_cannot_be_kept_is_told_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient_id = one_course(store)
    usage = shutil.disk_usage(store.profile.root)
    monkeypatch.setattr(
        "edema_desk.store.base.kept_courses.shutil.disk_usage", lambda _: usage._replace(free=0)
    )
    assert course(store, patient_id) == made_anew(store, patient_id)
    assert files(store) == []
    assert not keep_one(store), "a round does not try for ever"
    monkeypatch.undo()
    store.profile.courses.rmdir()
    store.profile.courses.touch()  # no folder can be made there
    set_schedule(store, new_id(), patient_id, Schedule((1,), 2, ""))
    assert course(store, patient_id) == made_anew(store, patient_id)
    sweep_courses(store)
    store.courses.drop(patient_id)


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
