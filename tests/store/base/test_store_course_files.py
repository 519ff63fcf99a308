"""Files of kept courses: they tell nothing, damaged ones are made anew, erased ones are gone."""

import os
import shutil

import pytest

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.records import Schedule, new_id
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.kept_courses import KeptCourses
from edema_desk.store.courses.whole_course import course_rows, keep_one, kept_rows, sweep_courses
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.erasing import destroy_pictures, erase_patient
from edema_desk.store.people.schedules import set_schedule
from tests.store.base.courses_kit import (
    FIRST,
    bare_rows,
    course,
    files,
    made_anew,
    one_course,
    opened_anew,
    same_rows,
    stamp_of,
)
from tests.store.store_samples import some_patient


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
