"""The desk: answers on threads, news after acts, one window, nothing left running."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.capture.pairing import Pairing
from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.desk import Desk, open_desk
from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered
from edema_desk.store.people.patients import add_patient
from tests.flow.made_up_worker import MadeUpWorker, clip_file

WAIT_S = 20.0


def open_with(model: ModelInUse, profile: Profile) -> Desk:
    return open_desk(
        profile,
        window=True,
        open_clinic=lambda p: Clinic(p, model=model, worker=MadeUpWorker()),
    )


@pytest.fixture
def desk(profile: Profile, model: ModelInUse) -> Iterator[Desk]:
    opened = open_with(model, profile)
    yield opened
    opened.close()
    assert not [t.name for t in threading.enumerate() if t.name.startswith(_OWN_THREADS)]


_OWN_THREADS = ("database", "intake", "files", "news")


class Heard:
    """Collects changes and lets a test wait for one."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._came = threading.Condition()

    def __call__(self, change: Change) -> None:
        with self._came:
            self.changes.append(change)
            self._came.notify_all()

    def wait_for(self, kind: ChangeKind) -> bool:
        with self._came:
            return self._came.wait_for(lambda: any(c.kind is kind for c in self.changes), WAIT_S)


def test_from_a_new_patient_to_an_estimate(desk: Desk, tmp_path: Path) -> None:
    heard = Heard()
    desk.listen(heard)
    new = NewPatient(
        "104-221", "佐藤 春子", "サトウ ハルコ", dry_weight_g=50_000, care_given=date(2026, 1, 5)
    )
    patient = desk.add_patient(new_id(), new).result(WAIT_S)
    desk.set_dry_weight(new_id(), patient.patient_id, 50_000, date(2026, 1, 1), "").result(WAIT_S)
    for day, g_kg in ((2, 4.0), (4, 4.5)):
        at = Moment.at_clinic(date(2026, 3, day), 9, 0)
        session = desk.open_session(new_id(), patient.patient_id, at, 4.0).result(WAIT_S)
        desk.enter_weight(new_id(), session, Phase.PRE, 52_000, 0, at).result(WAIT_S)
        path = clip_file(tmp_path, f"{day}.mp4", g_kg=g_kg)
        desk.add_clip(
            new_id(), path, patient.patient_id, session, Phase.PRE, at, unheard, Cancel()
        ).result(WAIT_S)
    card = desk.patient_card(patient.patient_id).result(WAIT_S)
    said = card.trend.sessions[1].pre
    assert said is not None
    assert said.estimate is not None
    assert said.estimate.excess_kg == pytest.approx(2.5)
    assert {c.kind for c in heard.changes} >= {ChangeKind.PATIENTS, ChangeKind.SESSION}
    (row,) = desk.worklist(date(2026, 3, 4), "さとう").result(WAIT_S)
    assert row.session is not None
    pair = desk.session_pair(row.session.session.session_id).result(WAIT_S)
    assert pair.pre is not None
    assert len(desk.crops(pair.pre.capture.capture_id).result(WAIT_S)) == 10
    assert desk.photo(patient.patient_id).result(WAIT_S) is not None


def test_weights_are_doubted_before_they_are_entered(desk: Desk) -> None:
    new = NewPatient("1", "A", dry_weight_g=50_000, care_given=date(2026, 1, 5))
    patient_id = desk.add_patient(new_id(), new).result(WAIT_S).patient_id
    at = Moment.now()
    doubts = desk.weight_doubts(patient_id, None, Phase.PRE, 60_000, at).result(WAIT_S)
    assert [d.doubt.value for d in doubts] == ["far_from_dry_weight"]
    assert desk.weight_doubts(patient_id, None, Phase.PRE, 52_000, at).result(WAIT_S) == ()


def test_a_post_without_a_pre_is_asked_about(desk: Desk) -> None:
    patient_id = (
        desk.add_patient(new_id(), NewPatient("1", "A", care_given=date(2026, 1, 5)))
        .result(WAIT_S)
        .patient_id
    )
    at = Moment.now()
    assert desk.propose_session(patient_id, Phase.PRE, at).result().pairing is Pairing.OPEN_NEW
    assert desk.propose_session(patient_id, Phase.POST, at).result().pairing is Pairing.ASK


def test_a_retried_act_does_nothing_twice(desk: Desk) -> None:
    first = desk.add_patient("act-1", NewPatient("1", "A")).result(WAIT_S)
    assert desk.add_patient("act-1", NewPatient("1", "A")).result(WAIT_S) == first
    with pytest.raises(ExpectedError) as caught:
        desk.add_patient("act-2", NewPatient("1", "A")).result(WAIT_S)
    assert caught.value.code is ErrorCode.CHART_NUMBER_TAKEN


def test_another_programs_writing_is_noticed(desk: Desk) -> None:
    heard = Heard()
    desk.listen(heard)
    with open_store(desk.profile) as other:
        add_patient(other, new_id(), NewPatient("2", "B"))
    assert heard.wait_for(ChangeKind.ELSEWHERE)


def test_a_second_window_is_refused_and_the_first_goes_on(desk: Desk, model: ModelInUse) -> None:
    with pytest.raises(ExpectedError) as caught:
        open_with(model, desk.profile)
    assert caught.value.code is ErrorCode.PROFILE_IN_USE
    assert desk.worklist(date(2026, 3, 4)).result(WAIT_S) == ()


def test_a_missing_model_holds_nothing_locked(
    profile: Profile, model: ModelInUse, tmp_path: Path
) -> None:
    def no_model(opened: Entered) -> Clinic:
        del opened
        raise ExpectedError(ErrorCode.MODEL_MISSING, name="base")

    with pytest.raises(ExpectedError):
        open_desk(profile, window=True, open_clinic=no_model)
    open_with(model, profile).close()
