"""Courses of a clinic as the desk gathers, keeps and forgets them."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

import numpy as np
import pytest

from edema_desk.domain.course.agreement_view import AgreementChoice, agreement_view
from edema_desk.domain.course.drift_view import clinic_drift, drift_of
from edema_desk.domain.terms.people import GIVEN_ROLES, Actor
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.estimates.agreement_desk import AgreementDesk
from edema_desk.flow.estimates.course_rounds import CourseRounds
from edema_desk.flow.people.access import sign_in
from edema_desk.flow.records.erasing import finish_erasures
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.base.kept_courses import KeptCourses
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.sessions import enter_weighing
from edema_desk.store.courses.whole_course import keep_one, kept_rows
from edema_desk.store.people.erasing import erase_patient
from tests.flow.made_up_worker import MadeUpWorker
from tests.flow.people.signed_in import PASSWORD, as_administrator, with_administrator, with_user
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
WAIT_S = 30.0
T = TypeVar("T")
EVERYTHING = Actor("everything", frozenset(GIVEN_ROLES))


def fill(store: Store) -> tuple[str, str]:
    """Two patients with two sessions each; estimates 0.5 kg below the scale and 1 kg above."""
    know_model(store)
    people = some_patient(store, "1"), some_patient(store, "2")
    for patient_id, kg in zip(people, (1.5, 3.0), strict=True):
        for number in range(2):
            day = FIRST + timedelta(2 * number)
            session = session_on(store, patient_id, day)
            weigh(store, session, Phase.PRE, 54_000, at(day))
            one = stored_capture(store, patient_id, session, Phase.PRE, at(day, 9, 5))
            record_analysis(
                store, new_id(), one.capture_id, analysis(), estimate(one.capture_id, kg)
            )
    return people


@pytest.fixture
def desk(profile: Profile, model: ModelInUse) -> Iterator[Desk]:
    """Of a clinic with somebody who may do everything, and is signed in."""
    with_administrator(profile)
    with_user(profile, "baba", list(GIVEN_ROLES))
    opened = open_desk(
        sign_in(profile, "baba", PASSWORD),
        window=True,
        open_clinic=lambda into: Clinic(into, model=model, worker=MadeUpWorker()),
    )
    yield opened
    opened.close()


def until(told: Callable[[], bool]) -> None:
    end_s = time.monotonic() + WAIT_S
    while not told():
        assert time.monotonic() < end_s
        time.sleep(0.02)


def within(desk: Desk, work: Callable[[Store], T]) -> T:
    return desk._clinic.acting_as(EVERYTHING).database.call(work)


def test_the_desk_tells_agreement_and_drift_of_what_was_measured(desk: Desk) -> None:
    within(desk, fill)
    course = desk.agreement.course(unheard, Cancel()).result(WAIT_S)
    assert [p.chart_number for p in course.patients] == ["1", "2"]
    off = course.rows.estimate_kg - course.rows.truth_kg
    assert off == pytest.approx([-0.5, -0.5, 1.0, 1.0])
    view = desk.agreement.view(AgreementChoice(patient=1), unheard, Cancel()).result(WAIT_S)
    assert view.difference_kg == pytest.approx([1.0, 1.0])
    drifts = desk.agreement.drift(unheard, Cancel()).result(WAIT_S)
    for one in drifts:
        card = desk.patient_card(one.patient.patient_id).result(WAIT_S)
        assert one.drift.sessions == 2
        assert one.drift == drift_of(card.trend)
    whole = desk.agreement.clinic_drift(unheard, Cancel()).result(WAIT_S)
    assert whole == clinic_drift(course)
    assert whole.sessions == 4


def test_an_act_is_seen_by_the_next_question(desk: Desk) -> None:
    one, _ = within(desk, fill)
    before = desk.agreement.course(unheard, Cancel()).result(WAIT_S)
    assert desk.agreement.course(unheard, Cancel()).result(WAIT_S) is before
    session = desk.patient_card(one).result(WAIT_S).trend.sessions[0].session.session_id
    desk.enter_weight(
        *(new_id(), session, Phase.PRE, 55_500, 2_000, at(FIRST), "read again")
    ).result(WAIT_S)
    rows = desk.agreement.course(unheard, Cancel()).result(WAIT_S).rows
    assert rows.truth_kg.tolist() == pytest.approx([1.5, 2.0, 2.0, 2.0])
    wanted = agreement_view(rows, AgreementChoice())
    told = desk.agreement.view(AgreementChoice(), unheard, Cancel()).result(WAIT_S)
    assert np.array_equal(told.difference_kg, wanted.difference_kg)


def test_who_leaves_the_seat_leaves_no_course_in_memory(desk: Desk) -> None:
    one, _ = within(desk, fill)
    desk.agreement.view(AgreementChoice(), unheard, Cancel()).result(WAIT_S)
    desk.patient_card(one).result(WAIT_S)
    assert within(desk, lambda store: len(store.courses._held)) == 2
    desk.signs.lock(by_itself=True)
    assert desk.agreement._held is None
    assert desk.agreement._worked_out is None
    until(lambda: within(desk, lambda store: len(store.courses._held)) == 0)
    waiting = desk.agreement.course(unheard, Cancel())
    time.sleep(0.1)
    assert not waiting.done(), "it is answered to who comes back"
    desk.signs.unlock(PASSWORD).result(WAIT_S)
    assert len(waiting.result(WAIT_S).patients) == 2


def test_what_is_gathered_while_somebody_leaves_is_not_held(desk: Desk) -> None:
    within(desk, fill)

    def listener(_: Progress) -> None:
        desk.agreement.forget()

    desk.agreement.course(listener, Cancel()).result(WAIT_S)
    assert desk.agreement._held is None


def test_courses_that_are_made_now_are_told_one_by_one_and_can_be_stopped(clinic: Clinic) -> None:
    people = clinic.database.call(fill)
    told: list[Progress] = []
    cancel = Cancel()

    def listener(progress: Progress) -> None:
        told.append(progress)
        cancel.set()

    desk = made(clinic)
    with pytest.raises(ExpectedError) as stopped:
        desk.course(listener, cancel).result(WAIT_S)
    assert stopped.value.code is ErrorCode.CANCELLED
    assert [(p.what, p.done, p.total) for p in told] == [("course", 0, 2)]
    assert sorted(clinic.database.call(kept_rows)) == [people[0]]
    desk.course(unheard, Cancel()).result(WAIT_S)
    assert sorted(clinic.database.call(kept_rows)) == sorted(people)
    desk.close()


def made(clinic: Clinic) -> AgreementDesk:
    return AgreementDesk(clinic, Sitting(clinic.database))


def test_courses_are_made_ahead_but_not_during_a_capture(clinic: Clinic) -> None:
    people = clinic.database.call(fill)
    gate = Gate()
    gate.shut()
    rounds = CourseRounds(clinic, gate, first_after_s=0.0, each_s=0.01, between_s=0.0)
    time.sleep(0.3)
    assert clinic.database.call(kept_rows) == {}
    gate.open()
    until(lambda: len(clinic.database.call(kept_rows)) == 2)
    clinic.database.call(lambda store: _weigh_again(store, people[0]))
    until(lambda: len(clinic.database.call(kept_rows)) == 2)
    rounds.close()
    assert not clinic.database.call(keep_one)
    assert not [t for t in threading.enumerate() if t.name == "courses"]


def _weigh_again(store: Store, patient_id: str) -> None:
    with store.reading() as db:
        question = "select session_id from session where patient_id = ? limit 1"
        session = db.execute(question, [patient_id]).fetchone()[0]
    enter_weighing(store, new_id(), session, Phase.PRE, 55_500, 2_000, at(FIRST), "read again")


def test_a_course_that_an_erasure_left_behind_is_swept(
    clinic: Clinic, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the power fails between the act and the file, or in the middle of writing one."""
    one, other = clinic.database.call(fill)
    for patient_id in (one, other):
        clinic.database.call(partial(patient_card, patient_id=patient_id))
    (profile.courses / "0123.course.89ab.part").write_bytes(b"half")
    assert len(list(profile.courses.iterdir())) == 5
    monkeypatch.setattr(KeptCourses, "drop", lambda self, patient_id: None)
    clinic.database.call(lambda store: erase_patient(store, new_id(), one, "1", "asked for"))
    assert len(list(profile.courses.iterdir())) == 5
    finish_erasures(clinic)
    assert len(list(profile.courses.iterdir())) == 2
    assert list(clinic.database.call(kept_rows)) == [other]


def test_another_data_key_takes_the_kept_courses_away(profile: Profile) -> None:
    profile.create()
    with open_store(profile) as store:
        one, _ = fill(store)
        before = patient_card(store, one)
    assert len(list(profile.courses.iterdir())) == 2
    with_administrator(profile)
    assert not profile.courses.exists()
    into = as_administrator(profile)
    with open_store(into.by(EVERYTHING)) as store:
        assert kept_rows(store) == {}
        assert patient_card(store, one) == before
        assert list(kept_rows(store)) == [one]


def test_a_backup_that_came_back_meets_no_course_of_later(profile: Profile) -> None:
    profile.create()
    with open_store(profile) as store:
        one, _ = fill(store)
        before = patient_card(store, one)
    old = profile.database.read_bytes()
    with open_store(profile) as store:
        _weigh_again(store, one)
        assert patient_card(store, one) != before
    profile.database.write_bytes(old)
    with open_store(profile) as store:
        assert kept_rows(store) == {}
        assert patient_card(store, one).trend == before.trend
        _weigh_again(store, one)  # again one change after the backup: a count would be the same
        assert patient_card(store, one) != before
