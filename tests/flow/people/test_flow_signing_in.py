"""A desk that is locked, taken up again, or handed over; and what goes on meanwhile."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.inbox.filing import AfterTakingIn, InboxPlan, InboxState
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import LOCAL, NOBODY, PROGRAM, Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.base.sitting import Sitting
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.inbox import scanning
from edema_desk.flow.people.access import sign_in
from edema_desk.flow.records.clip_checking import ClipRounds
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.people.patients import add_patient
from tests.flow.made_up_station import Station, kept, recorded
from tests.flow.made_up_worker import MadeUpWorker, clip_file
from tests.flow.people.signed_in import PASSWORD, with_administrator, with_user

WAIT_S = 30.0
AT = Moment.at_clinic(date(2026, 3, 2), 9, 0)
NURSE = Actor("nurse-1", frozenset({Role.NURSE}), "Aoki")


@pytest.fixture
def desk(profile: Profile, model: ModelInUse) -> Iterator[Desk]:
    """Of a clinic with a nurse, who is signed in, and a clinician."""
    with_administrator(profile)
    with_user(profile, "aoki", [Role.NURSE])
    with_user(profile, "baba", [Role.CLINICIAN])
    opened = open_desk(
        sign_in(profile, "aoki", PASSWORD),
        window=True,
        open_clinic=lambda into: Clinic(into, model=model, worker=MadeUpWorker()),
    )
    yield opened
    opened.close()


def acts(desk: Desk) -> list[tuple[str, str]]:
    return acts_of(desk._clinic)


def acts_of(clinic: Clinic) -> list[tuple[str, str]]:
    def ask(store: Store) -> list[tuple[str, str]]:
        with store.reading() as db:
            return [(r["actor"], r["kind"]) for r in db.query("select actor, kind from audit")]

    return clinic.acting_as(PROGRAM).database.call(ask)


def refused(future: Future[Any]) -> ErrorCode:
    with pytest.raises(ExpectedError) as caught:
        future.result(WAIT_S)
    return caught.value.code


def until(told: Callable[[], bool]) -> None:
    end_s = time.monotonic() + WAIT_S
    while not told():
        assert time.monotonic() < end_s
        time.sleep(0.02)


def new_patient(desk: Desk, number: str = "1") -> str:
    new = NewPatient(number, "Made Up", care_given=date(2026, 1, 5))
    return desk.add_patient(new_id(), new).result(WAIT_S).patient_id


def test_a_locked_desk_does_nothing_and_answers_the_same_person_later(desk: Desk) -> None:
    nurse = desk.person
    patient_id = new_patient(desk)
    desk.signs.lock(by_itself=True)
    asked, crops = desk.patient_card(patient_id), desk.crops("none")
    assert desk.person is nurse
    assert refused(desk.open_session(new_id(), patient_id, AT)) is ErrorCode.NOT_ALLOWED
    assert not asked.done()
    assert not crops.done()
    assert desk.signs.unlock(PASSWORD).result(WAIT_S) == nurse
    assert asked.result(WAIT_S).patient.patient_id == patient_id
    assert crops.exception(WAIT_S) is not None  # there is no such capture: it was looked for
    told = [kind for actor, kind in acts(desk) if actor == nurse.actor_id]
    assert told[:1] == [ActKind.SIGN_IN]
    assert [k for k in told if k in (ActKind.LOCK_DESK, ActKind.UNLOCK_DESK)] == [
        ActKind.LOCK_DESK,
        ActKind.UNLOCK_DESK,
    ]
    assert (NOBODY.actor_id, ActKind.REFUSED) in acts(desk)


def test_what_the_former_asked_is_not_answered_to_somebody_else(desk: Desk) -> None:
    nurse, patient_id = desk.person, new_patient(desk)
    desk.signs.lock(by_itself=False)
    asked = desk.patient_card(patient_id)
    other = desk.signs.switch("baba", PASSWORD).result(WAIT_S)
    assert other.roles == {Role.CLINICIAN}
    assert asked.cancelled()
    assert desk.patient_card(patient_id).result(WAIT_S).patient.patient_id == patient_id
    desk.set_dry_weight(new_id(), patient_id, 52_000, date(2026, 3, 1), "").result(WAIT_S)
    told = acts(desk)
    assert (nurse.actor_id, ActKind.SIGN_OUT) in told
    assert (other.actor_id, ActKind.SET_DRY_WEIGHT) in told


def test_a_quick_switch_needs_no_lock_before(desk: Desk) -> None:
    assert desk.signs.switch("baba", PASSWORD).result(WAIT_S).roles == {Role.CLINICIAN}
    assert not desk.sitting.locked


@pytest.mark.parametrize(("login", "password"), [("aoki", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_leaves_the_desk_locked(desk: Desk, login: str, password: str) -> None:
    desk.signs.lock(by_itself=False)
    assert refused(desk.signs.switch(login, password)) is ErrorCode.SIGN_IN_WRONG
    assert desk.sitting.locked
    assert desk._clinic.database.seat.actor is NOBODY


def test_who_was_shut_out_meanwhile_does_not_come_back(desk: Desk, profile: Profile) -> None:
    nurse = desk.person
    desk.signs.switch("hana", PASSWORD).result(WAIT_S)
    desk.users.disable(new_id(), nurse.actor_id).result(WAIT_S)
    assert refused(desk.signs.switch("aoki", PASSWORD)) is ErrorCode.SIGN_IN_WRONG


def test_closing_a_locked_desk_ends_what_waits(desk: Desk) -> None:
    desk.signs.lock(by_itself=False)
    asked = desk.worklist(AT.day)
    desk.sitting.close()
    assert asked.cancelled()


def test_a_clip_that_was_added_before_the_lock_is_the_nurses(desk: Desk, tmp_path: Path) -> None:
    nurse, patient_id = desk.person, new_patient(desk)
    gate = desk.captures.gate
    gate.shut()
    path = clip_file(tmp_path, "pre.mp4", g_kg=4.0)
    added = desk.add_clip(new_id(), path, patient_id, None, Phase.PRE, AT, unheard, Cancel())
    desk.signs.lock(by_itself=True)
    gate.open()
    taken = added.result(WAIT_S)
    told = acts(desk)
    assert taken.patient_id == patient_id
    for kind in (ActKind.BEGIN_CAPTURE, ActKind.COMPLETE_CAPTURE, ActKind.RECORD_ANALYSIS):
        assert (nurse.actor_id, kind) in told
    assert not [kind for actor, kind in told if actor == NOBODY.actor_id]


def test_what_follows_an_act_is_of_who_did_it(desk: Desk, tmp_path: Path) -> None:
    """A dry weight makes a reference of an earlier capture: later ones get their number."""
    patient_id = new_patient(desk)
    for day in (2, 4):
        at = Moment.at_clinic(date(2026, 3, day), 9, 0)
        session = desk.open_session(new_id(), patient_id, at, 4.0).result(WAIT_S)
        desk.enter_weight(new_id(), session, Phase.PRE, 52_000, 0, at).result(WAIT_S)
        path = clip_file(tmp_path, f"{day}.mp4", g_kg=4.0)
        desk.add_clip(new_id(), path, patient_id, session, Phase.PRE, at, unheard, Cancel()).result(
            WAIT_S
        )
    clinician = desk.signs.switch("baba", PASSWORD).result(WAIT_S)
    given = desk.set_dry_weight(new_id(), patient_id, 50_000, date(2026, 1, 1), "")
    desk.signs.lock(by_itself=True)
    given.result(WAIT_S)
    until(lambda: (clinician.actor_id, ActKind.ADD_ESTIMATE) in acts(desk))
    assert not [kind for actor, kind in acts(desk) if actor == NOBODY.actor_id]


def test_the_inbox_takes_in_while_the_desk_is_locked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "REST_S", 0.0)
    new_patient(desk, "104-221")
    folder = tmp_path / "inbox"
    folder.mkdir()
    desk.signs.lock(by_itself=True)
    clip_file(folder, "104-221_pre_2026-03-02T09-00.mp4", g_kg=4.0)
    desk.inbox.watch(InboxPlan(folder, AfterTakingIn.KEEP))
    until(lambda: (PROGRAM.actor_id, ActKind.COMPLETE_CAPTURE) in acts(desk))
    assert not [kind for actor, kind in acts(desk) if actor == NOBODY.actor_id]
    desk.signs.unlock(PASSWORD).result(WAIT_S)
    until(lambda: desk.inbox.entries().result(WAIT_S)[0].item.state is InboxState.TAKEN_IN)


def test_nobody_decides_about_the_inbox(desk: Desk) -> None:
    desk.signs.lock(by_itself=False)
    assert refused(desk.inbox.set_aside("none")) is ErrorCode.NOT_ALLOWED
    assert refused(desk.inbox.face("none")) is ErrorCode.NOT_ALLOWED


def test_nobody_installs_or_compares_models(desk: Desk, tmp_path: Path) -> None:
    desk.signs.lock(by_itself=False)
    assert refused(desk.models.back(new_id())) is ErrorCode.NOT_ALLOWED
    assert refused(desk.models.remove(new_id(), "made-up")) is ErrorCode.NOT_ALLOWED
    compared = desk.models.compare("a", "b", unheard, Cancel())
    assert refused(compared) is ErrorCode.NOT_ALLOWED


def test_a_recording_that_goes_on_after_the_lock_is_who_began_it(station: Station) -> None:
    clinic, seat = station.clinic, station.clinic.database.seat
    seat.take(NURSE)
    live = station.begin()
    recorded(live)
    seat.leave()
    time.sleep(0.3)
    live.finish()
    assert kept(live).patient_id == station.patient_id
    seat.take(LOCAL)
    told = acts_of(clinic)
    for kind in (ActKind.BEGIN_RECORDING, ActKind.END_RECORDING, ActKind.RECORD_ANALYSIS):
        assert (NURSE.actor_id, kind) in told
    assert not [kind for actor, kind in told if actor == NOBODY.actor_id]


def test_nobody_begins_a_recording(station: Station) -> None:
    station.clinic.database.seat.leave()
    live = station.begin()
    assert refused(live.result) is ErrorCode.NOT_ALLOWED
    station.clinic.database.seat.take(LOCAL)


def test_rounds_through_the_clips_are_the_programs(clinic: Clinic, tmp_path: Path) -> None:
    new = NewPatient("1", "Made Up", care_given=date(2026, 1, 5))
    patient_id = clinic.database.call(lambda s: add_patient(s, new_id(), new)).patient_id
    path = clip_file(tmp_path, "pre.mp4", g_kg=4.0)
    take_in(clinic, new_id(), path, Slot(patient_id, None, Phase.PRE, AT), unheard, Cancel())
    clinic.database.seat.leave()
    rounds = ClipRounds(clinic, Gate(), lambda change: None, first_after_s=0.0)
    until(lambda: (PROGRAM.actor_id, ActKind.CHECK_CLIPS) in acts_of(clinic))
    rounds.close()
    assert not [kind for actor, kind in acts_of(clinic) if actor == NOBODY.actor_id]


def test_a_model_that_is_switched_is_the_same_for_all_who_act(
    clinic: Clinic, model: ModelInUse
) -> None:
    of_nurse = clinic.acting_as(NURSE)
    clinic.use(model)
    assert of_nurse.model is clinic.model


def test_questions_asked_while_it_locks_and_unlocks_are_all_answered(clinic: Clinic) -> None:
    sitting = Sitting(clinic.database)
    who = clinic.database.seat.actor
    answers: list[Future[int]] = []
    for turn in range(200):
        if turn % 20 == 7:
            sitting.lock()
        if turn % 20 == 15:
            sitting.take(who)
        answers.append(sitting.ask(Store.data_version))
    sitting.take(who)
    assert len([answer.result(WAIT_S) for answer in answers]) == 200
