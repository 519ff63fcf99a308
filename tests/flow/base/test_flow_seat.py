"""Whoever sits at the PC when something is asked for is whose act it is."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.people import LOCAL, NOBODY, PROGRAM, Actor, Role
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.database import DatabaseThread
from edema_desk.flow.base.seat import Seat
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.base.entered import enter_here
from edema_desk.store.people.patients import add_patient, patients, set_dry_weight

NURSE = Actor("nurse-7", frozenset({Role.NURSE}), "Mori")


@pytest.fixture
def thread(profile: Profile) -> Iterator[DatabaseThread]:
    opened = DatabaseThread(profile)
    yield opened
    opened.close()


def somebody(store: Store) -> str:
    added = add_patient(store, new_id(), NewPatient(new_id()[:8], "Made Up"))
    return added.patient_id


def acts(thread: DatabaseThread) -> list[tuple[str, str, str]]:
    def ask(store: Store) -> list[tuple[str, str, str]]:
        with store.by(LOCAL).reading() as db:
            rows = db.query("select actor, kind, details from audit order by seq")
            return [(r["actor"], r["kind"], r["details"]) for r in rows]

    return thread.call(ask)


def test_a_seat_is_taken_and_left() -> None:
    seat = Seat(LOCAL)
    seat.take(NURSE)
    assert seat.actor is NURSE
    seat.leave()
    assert seat.actor is NOBODY


def test_what_waits_in_the_queue_stays_the_act_of_who_asked_for_it(thread: DatabaseThread) -> None:
    hold = threading.Event()
    thread.seat.take(NURSE)
    thread.submit(lambda _: hold.wait(10))
    waiting = thread.submit(somebody)
    thread.seat.leave()
    hold.set()
    waiting.result()
    assert acts(thread)[-1][:2] == ("nurse-7", ActKind.ADD_PATIENT)


def test_with_nobody_there_nothing_is_answered_and_nothing_done(thread: DatabaseThread) -> None:
    thread.seat.leave()
    for work in (somebody, patients):
        with pytest.raises(ExpectedError) as refused:
            thread.call(work)
        assert refused.value.code is ErrorCode.NOT_ALLOWED
    wanted = ['{"wanted":"add_patient"}', '{"wanted":"patients"}']
    assert acts(thread) == [("nobody", ActKind.REFUSED, told) for told in wanted]


def test_a_way_of_somebody_s_own_does_not_ask_who_sits_there(thread: DatabaseThread) -> None:
    of_nurse = thread.acting_as(NURSE)
    thread.seat.leave()
    of_nurse.call(somebody)
    assert thread.acting_as(PROGRAM).call(patients)
    assert acts(thread)[-1][:2] == ("nurse-7", ActKind.ADD_PATIENT)


def test_a_refused_act_changes_nothing_and_is_on_record(thread: DatabaseThread) -> None:
    patient_id = thread.call(somebody)
    thread.seat.take(NURSE)
    with pytest.raises(ExpectedError) as refused:
        thread.call(
            lambda store: set_dry_weight(
                store, new_id(), patient_id, 52_000, date(2026, 11, 20), "by a nurse"
            )
        )
    assert refused.value.code is ErrorCode.NOT_ALLOWED
    assert acts(thread)[-1] == ("nurse-7", ActKind.REFUSED, '{"wanted":"set_dry_weight"}')


def test_a_nurse_adds_nobody_with_a_dry_weight(thread: DatabaseThread) -> None:
    thread.seat.take(NURSE)
    new = NewPatient("A-1", "Made Up", dry_weight_g=50_000, care_given=date(2026, 1, 5))
    with pytest.raises(ExpectedError) as refused:
        thread.call(lambda store: add_patient(store, new_id(), new))
    assert refused.value.code is ErrorCode.NOT_ALLOWED
    assert thread.call(patients) == ()


def test_a_profile_with_users_is_not_entered_without_one(profile: Profile) -> None:
    enter_here(profile)
    profile.users.write_text("{}", encoding="ascii")
    with pytest.raises(ExpectedError) as refused:
        enter_here(profile)
    assert refused.value.code is ErrorCode.SIGN_IN_NEEDED


def test_the_key_is_not_shown_with_what_was_entered(profile: Profile) -> None:
    into = enter_here(profile)
    assert into.data_key.hex() not in repr(into)
    assert str(into.data_key) not in repr(into)
