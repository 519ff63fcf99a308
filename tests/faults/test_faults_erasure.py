"""C2: what is erased is gone from every page, key and file; what is kept is a skeleton of ids."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.keeping.retention import GRACE_DAYS
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel
from edema_desk.flow.inbox.spool import Spool
from edema_desk.flow.records.erasing import (
    destroy_pictures_of,
    erase_whole_patient,
    finish_erasures,
    read_erased,
)
from edema_desk.flow.records.retention import OVER_REASON, keep_to_retention
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import ClipLibrary
from edema_desk.paths import Profile
from edema_desk.store.audit.verifying import verify_audit
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.captures.captures import capture_states
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.inbox import inbox_item
from edema_desk.store.people.consents import set_consent, standings_of
from edema_desk.store.people.erasing import (
    EVERYTHING,
    STAYS,
    dropped_clips,
    erase_patient,
    erased_captures,
    erased_patients,
)
from edema_desk.store.people.patients import patients
from edema_desk.store.people.retention import announced
from tests.faults.erased_person import (
    DAY,
    NAME,
    NUMBER,
    embedding_bytes_of,
    found_in,
    person_with_everything,
    plain_pages,
    rows_of,
)
from tests.faults.kill_points import kill_points, killed_at
from tests.faults.rounds import rounds
from tests.flow.made_up_worker import MadeUpWorker

_SUBJECTS = ("patient_id", "session_id", "capture_id", "assignment_id")
WHY = "asked for it in writing"


def key_of(profile: Profile) -> bytes:
    return enter_here(profile).data_key


def erase(clinic: Clinic, patient_id: str) -> None:
    erase_whole_patient(clinic, new_id(), patient_id, NUMBER, WHY)


def test_nothing_planted_is_left_on_the_disk(clinic: Clinic, tmp_path: Path) -> None:
    folder = tmp_path / "outside"
    folder.mkdir()
    profile, key = clinic.profile, clinic.entered.data_key
    patient_id = person_with_everything(clinic, folder)
    faces = clinic.database.call(lambda store: _asked(store, patient_id))
    before = plain_pages(profile, key)
    assert len(found_in(before)) == 7, "the test finds what is there"
    assert faces
    assert all(face in before for face in faces)
    erase(clinic, patient_id)
    after = plain_pages(profile, key)
    assert found_in(after) == []
    assert not any(face in after for face in faces)
    for path in profile.root.rglob("*"):
        if path.is_file():
            assert found_in(path.read_bytes()) == []
            assert found_in(str(path).encode()) == []


def _asked(store: Store, patient_id: str) -> list[bytes]:
    with store.reading() as db:
        return embedding_bytes_of(db, patient_id)


def test_a_copy_of_the_clips_is_shut_for_good(clinic: Clinic, tmp_path: Path) -> None:
    patient_id = person_with_everything(clinic, tmp_path)
    copy = tmp_path / "copy"
    shutil.copytree(clinic.profile.clips, copy)
    ids = sorted(clinic.database.call(capture_states))
    assert len(clinic.library.crops(ids[0])) > 0
    erase(clinic, patient_id)
    assert list(clinic.profile.clips.iterdir()) == []
    keys = CaptureKeys(clinic.profile.capture_keys, clinic.entered.data_key)
    thief = ClipLibrary(copy, keys)
    for capture_id in ids:
        with pytest.raises(ExpectedError) as shut:
            thief.crops(capture_id)
        assert shut.value.code is ErrorCode.CLIP_KEY_MISSING
    for line in clinic.profile.capture_keys.read_bytes().splitlines():
        assert not line.strip()


def test_only_a_skeleton_stays_and_the_neighbour_is_untouched(
    clinic: Clinic, tmp_path: Path
) -> None:
    patient_id = person_with_everything(clinic, tmp_path)
    other_id = person_with_everything(clinic, tmp_path, "104-221")
    card = replace(clinic.database.call(lambda store: patient_card(store, other_id)), alike=())
    before = clinic.database.call(_rows)
    erase(clinic, patient_id)
    after = clinic.database.call(_rows)
    assert clinic.database.call(lambda store: patient_card(store, other_id)) == card
    for table, rows in before.items():
        if table not in ("act", "audit"):
            mine = [row for row in rows if other_id in map(str, row)]
            assert [row for row in after[table] if other_id in map(str, row)] == mine
    assert [p.patient_id for p in clinic.database.call(patients)] == [other_id]
    assert len(after["session"]) == len(before["session"])
    assert len(after["model_saw"]) == len(before["model_saw"])
    assert len(after["weighing"]) < len(before["weighing"])
    (gone,) = clinic.database.call(erased_patients)
    assert (gone.patient_id, gone.reason, gone.actor) == (patient_id, WHY, "local")
    with pytest.raises(ExpectedError) as unknown:
        clinic.database.call(lambda store: patient_card(store, patient_id))
    assert unknown.value.code is ErrorCode.UNKNOWN_PATIENT


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.reading() as db:
        return rows_of(db)


def test_the_record_of_acts_stays_whole_and_tells_of_it(clinic: Clinic, tmp_path: Path) -> None:
    patient_id = person_with_everything(clinic, tmp_path)
    assert clinic.database.call(verify_audit).sound
    erase(clinic, patient_id)
    check = clinic.database.call(verify_audit)
    assert check.sound, check
    rows = clinic.database.call(_rows)["audit"]
    assert any("erase_patient" in row and patient_id in row for row in rows)


def test_the_wrong_number_no_reason_or_a_nurse_erase_nothing(
    clinic: Clinic, tmp_path: Path
) -> None:
    patient_id = person_with_everything(clinic, tmp_path)
    nurse = clinic.acting_as(Actor("n", frozenset({Role.NURSE, Role.CLINICIAN})))
    refused = [
        (clinic, "104-221", WHY, ErrorCode.ERASE_NUMBER_WRONG),
        (clinic, "", WHY, ErrorCode.ERASE_NUMBER_WRONG),
        (clinic, NUMBER, "  ", ErrorCode.REASON_NEEDED),
        (nurse, NUMBER, WHY, ErrorCode.NOT_ALLOWED),
    ]
    for who, number, why, code in refused:
        with pytest.raises(ExpectedError) as told:
            erase_whole_patient(who, new_id(), patient_id, number, why)
        assert told.value.code is code
    assert clinic.database.call(patients)[0].patient_id == patient_id
    assert len(list(clinic.profile.clips.iterdir())) == 6
    wanted = [row for row in clinic.database.call(_rows)["audit"] if "refused" in row]
    assert any("erase_patient" in str(row) for row in wanted)


def test_the_waiting_copy_of_a_file_goes_too(clinic: Clinic, tmp_path: Path) -> None:
    patient_id = person_with_everything(clinic, tmp_path)
    (item_id,) = [str(row[0]) for row in clinic.database.call(_rows)["inbox_item"]]
    item = clinic.database.call(lambda store: inbox_item(store, item_id))
    spool = Spool(clinic.entered)
    spool.keep_face(item.item_id, b"\xff\xd8face")
    erase(clinic, patient_id)
    assert spool.face(item.item_id) is None
    assert clinic.database.call(_rows)["inbox_item"] == []


def test_the_door_opens_for_an_erasure_and_for_nothing_else(clinic: Clinic, tmp_path: Path) -> None:
    patient_id = person_with_everything(clinic, tmp_path)

    def tries(store: Store) -> None:
        with store.reading() as db:
            done = [row["act_id"] for row in db.query("select act_id from act")]
        for wrong in (
            "delete from weighing",
            "update dry_weight set weight_g = 60000",
            "insert or replace into consent select * from consent",
            "delete from estimate",
        ):
            with pytest.raises(dbapi2.IntegrityError), store.reading() as db:
                db.execute(wrong)
        for act_id in done:  # one that erased somebody before opens it no more than others
            with pytest.raises(dbapi2.IntegrityError), store.reading() as db:
                db.execute("insert into erasing (act_id) values (?)", [act_id])

    clinic.database.call(tries)
    erase(clinic, patient_id)
    assert clinic.database.call(_rows)["erasing"] == []
    person_with_everything(clinic, tmp_path, "104-221")
    clinic.database.call(tries)


def test_every_table_that_names_somebody_is_spoken_of(clinic: Clinic) -> None:
    def ask(store: Store) -> set[str]:
        with store.reading() as db:
            return {
                table.name
                for table in db.tables
                if {column.name for column in table.columns} & set(_SUBJECTS)
            }

    named = clinic.database.call(ask)
    assert named - set(EVERYTHING) - STAYS == set()


def erase_in_child(root: str, patient_id: str, step: Callable[[str], None]) -> None:
    """To be killed at any moment."""
    del step
    with Clinic(Profile(Path(root)), model=None, worker=MadeUpWorker()) as clinic:
        erase(clinic, patient_id)


def test_killed_anywhere_an_erasure_is_not_begun_or_is_finished(
    profile: Profile, model: ModelInUse, tmp_path: Path
) -> None:
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        patient_id = person_with_everything(clinic, tmp_path)
    whole = tmp_path / "whole"
    shutil.copytree(profile.root, whole)
    begun = kills = 0
    for last in kill_points(max(1, 5 - rounds(4))):
        shutil.rmtree(profile.root)
        shutil.copytree(whole, profile.root)
        killed = killed_at(profile.root, last, erase_in_child, str(profile.root), patient_id)
        with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
            finish_erasures(clinic)
            assert clinic.database.call(verify_audit).sound
            if clinic.database.call(erased_patients):
                begun += 1
                assert list(profile.clips.iterdir()) == []
                assert read_erased(profile.erased).patients == {patient_id}
                assert not finish_erasures(clinic), "nothing is left to do"
                data_key = clinic.entered.data_key
            else:
                assert len(list(profile.clips.iterdir())) == 6
                data_key = None
        if data_key is not None:
            assert found_in(plain_pages(profile, data_key)) == []
        kills += killed
        if not killed:
            break
    assert kills > 2
    assert begun > 1


def test_an_older_database_that_comes_back_is_erased_again(
    profile: Profile, model: ModelInUse, tmp_path: Path
) -> None:
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        patient_id = person_with_everything(clinic, tmp_path)
        other_id = person_with_everything(clinic, tmp_path, "104-221")
    old = tmp_path / "old.db"
    shutil.copyfile(profile.database, old)
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        erase(clinic, patient_id)
        gone = clinic.database.call(erased_captures)
    shutil.copyfile(old, profile.database)
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        assert len(clinic.database.call(patients)) == 2
        assert finish_erasures(clinic)
        assert [p.patient_id for p in clinic.database.call(patients)] == [other_id]
        assert clinic.database.call(erased_captures) == gone
        left = found_in(plain_pages(profile, clinic.entered.data_key))
        assert {NAME, NUMBER}.isdisjoint(left)
        (mark,) = clinic.database.call(erased_patients)
        assert mark.actor == "program"
        assert clinic.database.call(verify_audit).sound


def test_pictures_destroyed_after_a_withdrawal_stay_destroyed(
    profile: Profile, model: ModelInUse, tmp_path: Path
) -> None:
    """Also when an older database comes back, which knows of no withdrawal."""
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        patient_id = person_with_everything(clinic, tmp_path)
    old = tmp_path / "old.db"
    shutil.copyfile(profile.database, old)
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        care, why = Purpose.CARE, "said so"
        clinic.database.call(
            lambda s: set_consent(s, new_id(), patient_id, care, DAY, given=False, remark=why)
        )
        assert len(destroy_pictures_of(clinic, new_id(), patient_id)) == 3
        check = clinic.database.call(verify_audit)
        assert check.sound, check
        card = clinic.database.call(lambda store: patient_card(store, patient_id))
        assert card.patient.name == NAME, "who it is and what was weighed stays"
        assert card.trend.sessions[0].pre is not None
        assert card.trend.sessions[0].pre.net_g == 54_100
        assert list(clinic.profile.clips.iterdir()) == []
        assert found_in(plain_pages(profile, clinic.entered.data_key)).count("photo") == 0
    shutil.copyfile(old, profile.database)
    with MadeUpWorker() as worker, Clinic(profile, model=model, worker=worker) as clinic:
        assert finish_erasures(clinic)
        stand = clinic.database.call(lambda store: standings_of(store, patient_id))
        assert not stand[Purpose.CARE].allowed
        assert clinic.database.call(_rows)["change_score"] == []
        assert clinic.database.call(verify_audit).sound


# retention, by a clock that is moved


def round_at(clinic: Clinic, day: date) -> tuple[bool, int, int, int]:
    done = keep_to_retention(clinic, Moment.at_clinic(day, 23, 0), Cancel())
    return done.trusted, done.clips, done.announced, done.erased


def daily(clinic: Clinic, start: date, days: int) -> list[tuple[bool, int, int, int]]:
    return [round_at(clinic, start + timedelta(days=n)) for n in range(days)]


def test_full_clips_go_after_their_days_and_crops_stay(clinic: Clinic, tmp_path: Path) -> None:
    person_with_everything(clinic, tmp_path)
    assert daily(clinic, date(2026, 3, 31), 2) == [(False, 0, 0, 0), (True, 0, 0, 0)]
    assert round_at(clinic, date(2026, 4, 2)) == (True, 3, 0, 0)
    ids = sorted(clinic.database.call(capture_states))
    for capture_id in ids:
        assert not clinic.library.has_clip(capture_id)
        assert clinic.library.crops(capture_id)
    assert clinic.database.call(dropped_clips) == set(ids)
    assert round_at(clinic, date(2026, 4, 3)) == (True, 0, 0, 0)
    dropped = [r for r in clinic.database.call(_rows)["audit"] if ActKind.DROP_CLIPS.value in r]
    assert len(dropped) == 1
    assert all(one in str(dropped[0]) for one in ("program", *ids))


def test_after_the_retention_period_a_patient_is_announced_and_erased_a_month_later(
    clinic: Clinic, tmp_path: Path
) -> None:
    patient_id = person_with_everything(clinic, tmp_path)
    # the row itself was made today, later than the sessions: the newest entry counts
    last = max(Moment.now().day, date(2026, 3, 2))
    end = last.replace(year=last.year + 5, day=min(last.day, 28))
    over = end + timedelta(days=5)
    assert [r[2:] for r in daily(clinic, end - timedelta(days=2), 2)] == [(0, 0), (0, 0)]
    for day in range((over - end).days + 1):
        round_at(clinic, end + timedelta(days=day))
    assert set(clinic.database.call(announced)) == {patient_id}
    (since,) = clinic.database.call(announced).values()
    for day in range(1, GRACE_DAYS + 1):
        assert round_at(clinic, since + timedelta(days=day))[3] == 0
    assert round_at(clinic, since + timedelta(days=GRACE_DAYS + 1))[3] == 1
    (gone,) = clinic.database.call(erased_patients)
    assert (gone.patient_id, gone.reason, gone.actor) == (patient_id, OVER_REASON, "program")
    assert found_in(plain_pages(clinic.profile, clinic.entered.data_key)) == []


def test_a_clock_that_jumps_ahead_removes_nothing(clinic: Clinic, tmp_path: Path) -> None:
    person_with_everything(clinic, tmp_path)
    round_at(clinic, date(2026, 3, 3))
    assert round_at(clinic, date(2044, 3, 4)) == (False, 0, 0, 0)
    assert round_at(clinic, date(2026, 3, 5)) == (False, 0, 0, 0)
    assert len(list(clinic.profile.clips.iterdir())) == 6
    assert clinic.database.call(announced) == {}


def test_the_store_alone_erases_only_for_whom_it_may(profile: Profile) -> None:
    with open_store(profile) as store:
        nurse = store.by(Actor("n", frozenset({Role.NURSE})))
        with pytest.raises(ExpectedError) as refused:
            erase_patient(nurse, new_id(), "anybody", "1", WHY)
    assert refused.value.code is ErrorCode.NOT_ALLOWED
