"""The record of acts in daily use: heads are signed, looks are noted, tampering is found."""

import csv
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, Actor, Role
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.desk import open_desk
from edema_desk.flow.records import views_noted
from edema_desk.flow.records.auditing import AuditDesk, HeadSigner, verify_record
from edema_desk.flow.records.views_noted import ViewsNoted
from edema_desk.paths import Profile
from edema_desk.store.audit.heads import HeadsCopied, copy_heads, heads_in, restore_heads
from edema_desk.store.audit.proof import verify_newest
from edema_desk.store.audit.reading import acts, last_verification
from edema_desk.store.base.chain import AuditFault
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.base.noting import note
from edema_desk.store.people.patients import add_patient, set_dry_weight
from tests.flow.made_up_worker import MadeUpWorker

NURSE = Actor("nurse-7", frozenset({Role.NURSE}), "Mori")
EVERYTHING = ActFilter()


@pytest.fixture
def thread(profile: Profile) -> Iterator[DatabaseThread]:
    opened = DatabaseThread(profile)
    yield opened
    opened.close()


@pytest.fixture
def signer(thread: DatabaseThread, profile: Profile) -> HeadSigner:
    return HeadSigner(enter_here(profile), thread)


@pytest.fixture
def desk(clinic: Clinic) -> Iterator[AuditDesk]:
    opened = AuditDesk(clinic, Gate(), lambda _: None, clinic.database.submit)
    yield opened
    opened.close()


def somebody(store: Store) -> str:
    return add_patient(store, new_id(), NewPatient(new_id()[:8], "Made Up")).patient_id


def told(thread: DatabaseThread, wanted: ActFilter = EVERYTHING) -> tuple[ActEntry, ...]:
    return thread.acting_as(LOCAL).call(lambda store: acts(store, wanted))


def raw(thread: DatabaseThread, change: Callable[[Database], object]) -> None:
    """As somebody with the key would: the triggers go first."""

    def work(store: Store) -> None:
        with store.reading() as db:
            triggers = db.query("select name from sqlite_master where type = 'trigger'")
            for trigger in list(triggers):
                db.execute(f"drop trigger {trigger['name']}")
            change(db)

    thread.acting_as(LOCAL).call(work)


def test_a_head_is_signed_once_for_each_state_and_the_key_is_on_record(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile
) -> None:
    assert signer.sign().result() is None
    thread.call(somebody)
    first = signer.sign().result()
    assert first is not None
    assert [entry.kind for entry in told(thread)] == [ActKind.KEEP_HEAD_KEY, ActKind.ADD_PATIENT]
    assert first.head.rows == 2
    assert signer.sign().result() == first
    thread.call(somebody)
    second = signer.sign().result()
    assert second is not None
    assert heads_in(profile.audit_heads) == (first, second)
    assert profile.audit_key.read_bytes().hex() not in profile.audit_heads.read_text()
    assert verify_record(thread).sound


def test_another_program_of_the_profile_signs_with_the_same_key(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile
) -> None:
    thread.call(somebody)
    signer.sign().result()
    thread.call(somebody)
    HeadSigner(enter_here(profile), thread).sign().result()
    assert len({head.key_id for head in heads_in(profile.audit_heads)}) == 1


def test_a_key_that_was_lost_is_followed_by_a_new_one(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile
) -> None:
    thread.call(somebody)
    signer.sign().result()
    profile.audit_key.unlink()
    thread.call(somebody)
    HeadSigner(enter_here(profile), thread).sign().result()
    assert len({head.key_id for head in heads_in(profile.audit_heads)}) == 2
    assert verify_record(thread).sound
    assert thread.call(verify_newest).sound


def test_a_line_cut_off_by_a_power_cut_spoils_no_other(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile
) -> None:
    thread.call(somebody)
    signer.sign().result()
    with profile.audit_heads.open("ab") as file:
        file.write(b"head 17 0000")
    assert thread.call(verify_newest).sound
    thread.call(somebody)
    signer.sign().result()
    assert len(heads_in(profile.audit_heads)) == 2
    assert verify_record(thread).sound


def test_a_forged_or_vanished_head_is_found(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile
) -> None:
    thread.call(somebody)
    signer.sign().result()
    good = profile.audit_heads.read_bytes()
    profile.audit_heads.write_bytes(good.replace(b"head 2 ", b"head 1 "))
    assert thread.call(verify_newest).fault is AuditFault.HEAD_FORGED
    assert verify_record(thread).fault is AuditFault.HEAD_FORGED
    profile.audit_heads.unlink()
    assert thread.call(verify_newest).fault is AuditFault.HEADS_GONE
    assert verify_record(thread).fault is AuditFault.HEADS_GONE
    profile.audit_heads.write_bytes(good)
    assert verify_record(thread).sound


def test_a_copy_elsewhere_finds_what_the_heads_beside_the_database_no_longer_tell(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile, tmp_path: Path
) -> None:
    thread.call(somebody)
    signer.sign().result()
    early = profile.audit_heads.read_bytes()
    thread.call(somebody)
    signer.sign().result()
    assert copy_heads(profile, tmp_path) is HeadsCopied.SAME
    raw(thread, cut_after_two)
    profile.audit_heads.write_bytes(early)
    assert thread.call(verify_newest).sound
    check = verify_record(thread, elsewhere=(tmp_path,))
    assert (check.fault, check.at_row) == (AuditFault.HEAD_DIFFERS, 3)
    kept = (tmp_path / "audit.heads").read_bytes()
    assert copy_heads(profile, tmp_path) is HeadsCopied.DIFFERED
    assert kept in [path.read_bytes() for path in tmp_path.glob("audit.heads.other-*")]
    after = verify_record(thread, elsewhere=(tmp_path,))  # what was set aside still tells of it
    assert (after.fault, after.at_row) == (AuditFault.HEAD_DIFFERS, 3)


def cut_after_two(db: Database) -> None:
    db.execute("delete from audit where seq > 2")
    db.execute("delete from schedule where act_id not in (select act_id from audit)")
    gone = "select patient_id from patient where act_id not in (select act_id from audit)"
    db.execute(f"delete from course_stamp where patient_id in ({gone})")  # noqa: S608
    db.execute("delete from patient where act_id not in (select act_id from audit)")
    db.execute("delete from act where act_id not in (select act_id from audit)")


def test_a_restored_backup_is_not_taken_for_a_cut_record(
    thread: DatabaseThread, signer: HeadSigner, profile: Profile, tmp_path: Path
) -> None:
    thread.call(somebody)
    signer.sign().result()
    thread.call(somebody)
    signer.sign().result()
    copy_heads(profile, tmp_path)
    raw(thread, cut_after_two)
    assert restore_heads(tmp_path, profile, 2) == 1
    assert len(heads_in(profile.audit_heads)) == 1
    thread.call(lambda store: note(store, ActKind.RESTORE_BACKUP))
    assert thread.call(verify_newest).sound
    assert verify_record(thread, elsewhere=(tmp_path,)).sound
    assert signer.sign().result() is not None
    assert copy_heads(profile, tmp_path) is HeadsCopied.DIFFERED
    assert verify_record(thread, elsewhere=(tmp_path,)).sound


def test_the_whole_record_is_verified_with_progress_and_cancel_and_that_is_on_record(
    thread: DatabaseThread,
) -> None:
    for _ in range(3):
        thread.call(somebody)
    reports: list[Progress] = []
    assert verify_record(thread, reports.append).sound
    assert reports[-1].what == "verify"
    assert reports[-1].done <= reports[-1].total
    last = thread.call(last_verification)
    assert last is not None
    assert (last.rows, last.fault, last.actor_id) == (3, None, "local")
    cancel = Cancel()
    cancel.set()
    with pytest.raises(ExpectedError) as stopped:
        verify_record(thread, unheard, cancel)
    assert stopped.value.code is ErrorCode.CANCELLED


def test_a_desk_proves_the_newest_acts_at_its_start_and_signs_at_its_end(
    clinic: Clinic, profile: Profile
) -> None:
    news: list[Change] = []
    heard = threading.Event()

    def tell(change: Change) -> None:
        news.append(change)
        heard.set()

    def opened() -> AuditDesk:
        made = AuditDesk(clinic, Gate(), tell, clinic.database.submit)
        made.begin()
        return made

    clinic.database.call(somebody)
    opened().close()
    (head,) = heads_in(profile.audit_heads)
    clinic.database.call(somebody)
    thread = clinic.database
    assert isinstance(thread, DatabaseThread)
    raw(
        thread,
        lambda db: db.execute("update audit set actor = 'x' where seq > ?", [head.head.rows]),
    )
    desk = opened()
    assert heard.wait(10)
    assert [change.kind for change in news] == [ChangeKind.RECORD_OF_ACTS]
    state = desk.state().result()
    assert (state.fault, state.at_row) == ("row_altered", head.head.rows + 1)
    assert state.head_rows == head.head.rows
    desk.close()


def test_a_look_is_noted_once_for_each_person_patient_and_sitting(thread: DatabaseThread) -> None:
    one, other = thread.call(somebody), thread.call(somebody)
    views = ViewsNoted(thread)

    def look(patient_id: str) -> None:
        thread.call(lambda store: views.seen(store, patient_id))

    for actor in (NURSE, LOCAL, NURSE):
        thread.seat.take(actor)
        for patient_id in (one, one, other, one):
            look(patient_id)
    seen = [(e.actor_id, e.patient_id) for e in told(thread, ActFilter(kind=ActKind.VIEW_PATIENT))]
    assert seen[::-1] == [(a, p) for a in ("nurse-7", "local", "nurse-7") for p in (one, other)]


def test_a_look_that_finds_no_room_is_shown_told_in_the_log_and_noted_the_next_time(
    thread: DatabaseThread, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    patient_id = thread.call(somebody)
    views = ViewsNoted(thread)

    def full(store: Store, patient_id: str) -> None:
        raise ExpectedError(ErrorCode.DISK_FULL)

    with monkeypatch.context() as patch:
        patch.setattr(views_noted, "note_view", full)
        thread.call(lambda store: views.seen(store, patient_id))
        thread.call(lambda store: None)
    assert "disk_full" in caplog.text
    assert patient_id not in caplog.text
    thread.call(lambda store: views.seen(store, patient_id))
    assert len(told(thread, ActFilter(kind=ActKind.VIEW_PATIENT))) == 1


def test_a_look_at_nobody_is_not_noted(thread: DatabaseThread) -> None:
    views = ViewsNoted(thread)
    thread.call(lambda store: views.seen(store, "nobody"))
    assert told(thread, ActFilter(kind=ActKind.VIEW_PATIENT)) == ()


def test_an_export_runs_no_formula_is_whole_and_is_itself_on_record(
    clinic: Clinic, desk: AuditDesk, tmp_path: Path
) -> None:
    patient_id = clinic.database.call(somebody)
    evil = clinic.database.acting_as(Actor("=cmd()", frozenset({Role.CLINICIAN})))
    evil.call(lambda s: set_dry_weight(s, new_id(), patient_id, 50_000, date(2026, 11, 2)))
    path = tmp_path / "acts.csv"
    count = desk.export(path, EVERYTHING, unheard, Cancel()).result()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    newest = rows[0]
    assert newest["actor"] == "'=cmd()"
    assert json.loads(newest["details"])["weight_g"] == 50_000
    (noted,) = clinic.database.call(lambda s: acts(s, ActFilter(kind=ActKind.EXPORT)))
    assert noted.details["what"] == "record_of_acts"
    assert noted.details["count"] == count
    assert heads_in(clinic.profile.audit_heads)[-1].head.rows > noted.row


@pytest.mark.parametrize("role", [Role.NURSE, Role.CLINICIAN])
def test_only_an_administrator_reads_the_record(
    clinic: Clinic, desk: AuditDesk, tmp_path: Path, role: Role
) -> None:
    clinic.database.seat.take(Actor("x", frozenset({role})))
    path = tmp_path / "acts.csv"
    for wish in (
        lambda: desk.acts(EVERYTHING),
        lambda: desk.act(1),
        desk.people,
        lambda: desk.export(path, EVERYTHING, unheard, Cancel()),
    ):
        with pytest.raises(ExpectedError) as refused:
            wish().result()
        assert refused.value.code is ErrorCode.NOT_ALLOWED
    assert not path.exists()
    assert desk.verify(unheard, Cancel()).result().sound


def test_a_window_notes_who_it_showed_and_leaves_a_signed_head(
    profile: Profile, model: ModelInUse
) -> None:
    desk = open_desk(
        profile,
        window=True,
        open_clinic=lambda into: Clinic(into, model=model, worker=MadeUpWorker()),
    )
    patient = desk.add_patient(new_id(), NewPatient("1001", "Made Up")).result()
    session_id = desk.open_session(new_id(), patient.patient_id, Moment.now()).result()
    for _ in range(2):
        desk.patient_card(patient.patient_id).result()
        desk.session_pair(session_id).result()
    views = desk.audit.acts(ActFilter(kind=ActKind.VIEW_PATIENT)).result()
    assert [(view.actor_id, view.patient_id) for view in views] == [("local", patient.patient_id)]
    desk.close()
    with open_store(profile) as store:
        newest = acts(store, EVERYTHING, None, 1)[0].row
        assert verify_newest(store).sound
    assert heads_in(profile.audit_heads)[-1].head.rows == newest
