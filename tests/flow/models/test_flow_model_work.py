"""After a switch: new estimates by the new model, old ones as they were, again only when asked."""

import time
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from edema_desk.domain.course.views import Change, ChangeKind, NewPatient
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.out_of_range import RangeCheck, Strangeness
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Progress, unheard
from edema_desk.flow.desk import Desk
from edema_desk.flow.estimates.reestimating import reestimate
from edema_desk.flow.models.changes import install_model
from edema_desk.flow.models.watch import models_watch
from edema_desk.store.base.database import Store, open_store
from edema_desk.store.models.use import use_model
from tests.flow.made_up_worker import MadeUpWorker, clip_file
from tests.flow.models.made_up_packages import no_check, package
from tests.flow.models.switch_kit import (
    EXCESS_KG,
    SEEN_BY_NEW,
    WAIT_S,
    EmbeddingWorker,
    counted,
    estimates,
)


def test_a_switch_changes_no_past_estimate(desk: Desk, model: ModelInUse, tmp_path: Path) -> None:
    before = estimates(desk)
    desk.models.install(package(tmp_path / "other")[0]).result(WAIT_S)
    desk.models.activate(new_id(), "other").result(WAIT_S)
    assert estimates(desk) == before
    assert {one.model_id for one in before} == {model.model_id}
    assert all(one.program_version for one in before)


def test_new_captures_are_estimated_by_the_new_model(
    desk: Desk, other: str, tmp_path: Path
) -> None:
    at = Moment.at_clinic(date(2026, 3, 9), 9, 0)
    patient_id = desk.worklist(date(2026, 3, 6)).result(WAIT_S)[0].patient.patient_id
    clip = clip_file(tmp_path, "9.mp4", g_kg=4.2)
    desk.add_clip(new_id(), clip, patient_id, None, Phase.PRE, at, unheard, Cancel()).result(WAIT_S)
    newest = estimates(desk)[-1]
    assert newest.model_id == other
    assert newest.refusal is Refusal.NO_REFERENCE  # scores of another model are no references


def test_estimating_again_adds_and_keeps(desk: Desk, other: str) -> None:
    before, count = estimates(desk), counted(desk)
    told: list[Progress] = []
    done = desk.models.reestimate(told.append, Cancel()).result(WAIT_S)
    assert (done.captures, done.without_crops) == (3, 0)
    after = estimates(desk)
    assert [one.model_id for one in after] == [other] * 3
    assert [one.refusal for one in after] == [Refusal.NO_REFERENCE, None, None]
    assert after[1].excess_kg == pytest.approx(EXCESS_KG + SEEN_BY_NEW[1] - SEEN_BY_NEW[0])
    assert after[1].references == (after[0].capture_id,)
    assert counted(desk) == count + 3
    with open_store(desk.profile) as store, store.reading() as db:
        kept = {r["estimate_id"] for r in db.query("select estimate_id from estimate")}
    assert {one.estimate_id for one in before} <= kept
    assert [p.done for p in told] == [1, 2, 3]
    again = desk.models.reestimate(unheard, Cancel()).result(WAIT_S)
    assert (again.captures, counted(desk)) == (0, count + 3)


def test_stopped_it_goes_on_where_it_was(
    desk: Desk, other: str, embedding_worker: EmbeddingWorker
) -> None:
    cancel = Cancel()

    def stop(progress: Progress) -> None:
        if progress.done == 2:
            cancel.set()

    with pytest.raises(ExpectedError) as caught:
        desk.models.reestimate(stop, cancel).result(WAIT_S)
    assert caught.value.code is ErrorCode.CANCELLED
    assert [one.model_id == other for one in estimates(desk)] == [True, True, False]
    assert desk.models.reestimate(unheard, Cancel()).result(WAIT_S).captures == 1
    assert len(embedding_worker.asked) == 3


def test_back_again_the_old_scores_are_still_there(
    desk: Desk, other: str, model: ModelInUse, embedding_worker: EmbeddingWorker
) -> None:
    del other
    numbers = [one.excess_kg for one in estimates(desk)]
    desk.models.reestimate(unheard, Cancel()).result(WAIT_S)
    with open_store(desk.profile) as store:
        use_model(store, new_id(), model.model_id, shipped=False)
    asked = len(embedding_worker.asked)
    with Clinic(desk.profile, model=model, worker=MadeUpWorker()) as clinic:
        assert reestimate(clinic, clinic.library).captures == 3
    assert [one.excess_kg for one in estimates(desk)] == numbers
    assert len(embedding_worker.asked) == asked


def test_another_programs_switch_is_followed(desk: Desk, other: str, tmp_path: Path) -> None:
    with Clinic(desk.profile, worker=EmbeddingWorker()) as elsewhere:
        folder, card = package(tmp_path / "third", b"third")
        install_model(elsewhere.database, desk.profile, folder, no_check)

        def switch(store: Store) -> None:
            use_model(store, new_id(), card.model_id, shipped=False)

        elsewhere.database.call(switch)
    for _ in range(200):
        (now,) = [e.model_id for e in desk.models.entries().result(WAIT_S) if e.in_use]
        if desk._clinic.model.model_id == now == card.model_id:
            break
        time.sleep(0.05)
    assert desk._clinic.model.model_id == card.model_id


def test_whom_the_new_model_finds_out_of_range_gets_a_reason_and_is_no_reference_to_it(
    desk: Desk, other: str, model: ModelInUse, embedding_worker: EmbeddingWorker
) -> None:
    numbers = [one.excess_kg for one in estimates(desk)]
    strange = RangeCheck(None, Strangeness(9.0, None))
    embedding_worker.checks = [RangeCheck(None, None), strange, RangeCheck(None, None)]
    desk.models.reestimate(unheard, Cancel()).result(WAIT_S)
    first, second, third = estimates(desk)
    assert {one.model_id for one in (first, second, third)} == {other}
    assert second.refusal is Refusal.UNLIKE_TRAINING
    assert third.references == (first.capture_id,)
    assert desk.models.reestimate(unheard, Cancel()).result(WAIT_S).captures == 0
    with open_store(desk.profile) as store:
        use_model(store, new_id(), model.model_id, shipped=False)
    with Clinic(desk.profile, model=model, worker=MadeUpWorker()) as clinic:
        reestimate(clinic, clinic.library)
    assert [one.excess_kg for one in estimates(desk)] == numbers, "nothing is lost to the old one"


def test_a_weight_that_comes_late_renews_on_a_thread_that_may_ask_the_worker(
    desk: Desk, tmp_path: Path
) -> None:
    patient_id = (
        desk.add_patient(new_id(), NewPatient("2", "B", care_given=date(2026, 1, 5)))
        .result(WAIT_S)
        .patient_id
    )
    desk.set_dry_weight(new_id(), patient_id, 50_000, date(2026, 1, 1), "").result(WAIT_S)
    sessions = []
    for day, g_kg in ((2, 4.0), (4, 4.5)):
        at = Moment.at_clinic(date(2026, 3, day), 9, 0)
        sessions.append(desk.open_session(new_id(), patient_id, at, 4.0).result(WAIT_S))
        clip = clip_file(tmp_path, f"late-{day}.mp4", g_kg=g_kg)
        desk.add_clip(
            new_id(), clip, patient_id, sessions[-1], Phase.PRE, at, unheard, Cancel()
        ).result(WAIT_S)
    heard: list[Change] = []
    desk.listen(heard.append)
    at = Moment.at_clinic(date(2026, 3, 2), 9, 0)
    desk.enter_weight(new_id(), sessions[0], Phase.PRE, 52_000, 0, at).result(WAIT_S)
    until = time.monotonic() + WAIT_S
    while Change(ChangeKind.PATIENT, patient_id) not in heard and time.monotonic() < until:
        time.sleep(0.01)
    assert estimates(desk)[-1].excess_kg == pytest.approx(2.5)


def test_signers_are_trusted_by_their_key_file_and_no_more(
    desk: Desk, model: ModelInUse, tmp_path: Path
) -> None:
    key = Ed25519PrivateKey.generate().public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "maker.pem").write_bytes(pem)
    (tmp_path / "letter.pem").write_text("no key")
    assert desk.models.signers().result(WAIT_S) == ()
    with pytest.raises(ExpectedError) as caught:
        desk.models.trust(new_id(), tmp_path / "letter.pem").result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_KEY_INVALID
    key_id = desk.models.trust(new_id(), tmp_path / "maker.pem").result(WAIT_S)
    assert desk.models.signers().result(WAIT_S) == (key_id,)
    with pytest.raises(ExpectedError) as caught:
        desk.models.install(package(tmp_path / "other")[0]).result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_UNSIGNED
    desk.models.distrust(new_id(), key_id).result(WAIT_S)
    installed = desk.models.install(tmp_path / "other").result(WAIT_S)
    desk.models.activate(new_id(), installed.model_id).result(WAIT_S)
    assert [use.model_id for use in desk.models.uses().result(WAIT_S)] == [installed.model_id]
    del model


def test_how_estimates_stand_is_told_of_everybody(desk: Desk, model: ModelInUse) -> None:
    told = models_watch(desk.agreement, unheard, Cancel()).result(WAIT_S)
    (one,) = told.models
    assert (one.days, one.estimates, one.refused) == (3, 2, 1)
    in_force = [e.excess_kg for e in estimates(desk) if e.excess_kg is not None]
    off = [abs(kg - EXCESS_KG) for kg in in_force]
    assert one.mae_kg == pytest.approx(sum(off) / len(off))
    assert told.drifted == ()
    assert told.clinic.sessions == 2
    del model
