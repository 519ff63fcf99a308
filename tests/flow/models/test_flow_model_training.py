"""Training from the window: it installs what it made, stops, goes on, and waits for captures."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.models.card import ModelCard, read_card
from edema_desk.domain.models.training_plan import TrainingPlan
from edema_desk.domain.models.view import TrainingStep
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.model_registry import list_models
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.models.changes import install_model
from edema_desk.flow.models.training import TrainingDesk
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.models.models import models_that_saw, patients_learned_from
from edema_desk.store.models.signers import trust_signer
from edema_desk.store.models.trainings import unfinished_training
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.patients import add_patient, patients
from edema_desk.worker.protocol.training import TrainingCapture, TrainingOrder, TrainingProgress
from tests.flow.made_up_worker import MadeUpWorker, clip_file
from tests.flow.models.made_up_packages import no_check, package

WAIT_S = 20.0
PEOPLE = 6
DAY = date(2026, 3, 2)


class CheckingWorker(MadeUpWorker):
    def check(self, model_dir: Path) -> float:
        return no_check(model_dir)


class SlowTrainer(MadeUpWorker):
    """Goes half-way, then as far as `go` lets it; lays aside how far it came."""

    go: threading.Event
    half_way: threading.Event
    begun_at: list[float]
    learned: list[int]
    halted: list[bool]

    def __init__(self, *, threads: int = 2, low_priority: bool = False) -> None:
        del threads, low_priority
        super().__init__()

    def suspend(self) -> None:
        self.halted.append(True)

    def resume(self) -> None:
        self.halted.append(False)

    def pretrain(
        self,
        order: TrainingOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[TrainingProgress], None],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ModelCard:
        self.learned.append(len(list(captures)))
        assert order.checkpoint is not None
        began = 0.5 if order.checkpoint.exists() else 0.0
        self.begun_at.append(began)
        on_progress(TrainingProgress(10, max(began, 0.5), 1.0))
        order.checkpoint.write_text("half-way")
        self.half_way.set()
        while not self.go.wait(0.01):
            if cancelled():
                raise ExpectedError(ErrorCode.CANCELLED)
        order.checkpoint.unlink()
        return package(order.folder)[1]


@pytest.fixture(autouse=True)
def trainer(monkeypatch: pytest.MonkeyPatch) -> type[SlowTrainer]:
    SlowTrainer.go, SlowTrainer.half_way = threading.Event(), threading.Event()
    SlowTrainer.begun_at, SlowTrainer.learned, SlowTrainer.halted = [], [], []
    monkeypatch.setattr("edema_desk.flow.models.pretraining.WorkerClient", SlowTrainer)
    return SlowTrainer


@pytest.fixture
def clinic(profile: Profile, model: ModelInUse, tmp_path: Path) -> Iterator[Clinic]:
    """Six patients with pre and post of one day, who agreed to training."""
    profile.create()
    with Clinic(profile, model=model, worker=CheckingWorker()) as opened:
        for number in range(PEOPLE):
            _add(opened, number, tmp_path)
        yield opened


def _add(clinic: Clinic, number: int, folder: Path) -> None:
    new = NewPatient(
        f"CH-{number}", f"Name {number}", dry_weight_g=50_000, care_given=date(2026, 1, 5)
    )
    patient_id = clinic.database.call(partial(add_patient, act_id=new_id(), new=new)).patient_id
    clinic.database.call(
        lambda s: set_consent(
            s, new_id(), patient_id, Purpose.TRAINING, DAY, given=True, remark="asked"
        )
    )
    _day(clinic, patient_id, folder, Moment.now().day)


def _day(clinic: Clinic, patient_id: str, folder: Path, day: date) -> None:
    start = Moment.at_clinic(day, 0, 0)
    session_id = clinic.database.call(lambda s: open_session(s, new_id(), patient_id, start))
    for phase, minute, grams in ((Phase.PRE, 1, 52_000), (Phase.POST, 2, 50_000)):
        at = Moment.at_clinic(day, 0, minute)
        _weigh(clinic, session_id, phase, grams, at)
        clip = clip_file(folder, f"{patient_id}-{day}-{phase.value}.mp4", g_kg=1.0)
        take_in(
            *(clinic, new_id(), clip, Slot(patient_id, session_id, phase, at)), unheard, Cancel()
        )


def _weigh(clinic: Clinic, session_id: str, phase: Phase, grams: int, at: Moment) -> None:
    clinic.database.call(
        lambda s: enter_weighing(s, new_id(), session_id, phase, grams, 0, at, "made up")
    )


def people(clinic: Clinic) -> list[str]:
    return [one.patient_id for one in clinic.database.call(patients)]


def _saw(patient_id: str, store: Store) -> tuple[str, ...]:
    return models_that_saw(store, patient_id)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def desk(clinic: Clinic, gate: Gate) -> Iterator[TrainingDesk]:
    made = TrainingDesk(clinic, gate, lambda change: None)
    yield made
    made.close()


def plan(name: str = "own") -> TrainingPlan:
    return TrainingPlan(new_id(), name, True, (), "", 60.0, Moment.now())


def reach(desk: TrainingDesk, step: TrainingStep) -> None:
    until = time.monotonic() + WAIT_S
    while desk.state.step is not step and time.monotonic() < until:
        time.sleep(0.005)
    assert desk.state.step is step, desk.state


def test_what_was_trained_is_installed_and_not_in_use(
    desk: TrainingDesk, clinic: Clinic, trainer: type[SlowTrainer]
) -> None:
    told = desk.learners().result(WAIT_S)
    assert (told.patients, told.sessions, told.captures) == (PEOPLE, PEOPLE, 2 * PEOPLE)
    assert (told.judging, told.judging_sessions) == (2, 0), "nobody has two days"
    trainer.go.set()
    desk.begin(new_id(), plan()).result(WAIT_S)
    reach(desk, TrainingStep.DONE)
    entries = clinic.database.call(list_models)
    (own,) = [e for e in entries if e.model_id == desk.state.model_id]
    assert not own.in_use
    assert own.card is not None
    assert clinic.database.call(unfinished_training) is None
    model_id = desk.state.model_id
    saw = [p for p in people(clinic) if model_id in clinic.database.call(partial(_saw, p))]
    assert len(saw) == PEOPLE - 2, "one in five, the first of six and the sixth, only judged"
    assert not list((clinic.profile.root / "cache").glob("trained-*"))


def test_stopped_it_goes_on_from_there(
    desk: TrainingDesk, clinic: Clinic, trainer: type[SlowTrainer]
) -> None:
    desk.begin(new_id(), plan()).result(WAIT_S)
    assert trainer.half_way.wait(WAIT_S)
    assert desk.state.done == pytest.approx(0.5)
    desk.stop()
    assert desk.state.stopping or not desk.state.runs
    reach(desk, TrainingStep.WAITS)
    assert desk.state.error is None
    trainer.go.set()
    desk.go_on().result(WAIT_S)
    reach(desk, TrainingStep.DONE)
    assert trainer.begun_at == [0.0, 0.5]


def test_closing_lays_it_aside_for_the_next_time(
    desk: TrainingDesk, clinic: Clinic, gate: Gate, trainer: type[SlowTrainer], tmp_path: Path
) -> None:
    wanted = plan()
    desk.begin(new_id(), wanted).result(WAIT_S)
    assert trainer.half_way.wait(WAIT_S)
    desk.close()
    patient_id = people(clinic)[0]
    time.sleep(0.002)  # what comes from now on was taken later than the plan says
    start = Moment(Moment.now().utc_ms, 0)
    session = clinic.database.call(lambda s: open_session(s, new_id(), patient_id, start))
    clip = clip_file(tmp_path, "later.mp4", g_kg=1.0)
    slot = Slot(patient_id, session, Phase.PRE, start)
    _weigh(clinic, session, Phase.PRE, 52_000, start)
    take_in(clinic, new_id(), clip, slot, unheard, Cancel())
    again = TrainingDesk(clinic, gate, lambda change: None)
    try:
        reach(again, TrainingStep.WAITS)
        assert again.state.plan == wanted
        trainer.go.set()
        again.go_on().result(WAIT_S)
        reach(again, TrainingStep.DONE)
    finally:
        again.close()
    assert trainer.begun_at == [0.0, 0.5]
    assert trainer.learned == [2 * PEOPLE] * 2, "a capture that came meanwhile makes no other"


@pytest.mark.parametrize("withdraws", [False, True])
def test_made_but_not_installed_it_is_made_anew_only_without_who_withdrew(
    desk: TrainingDesk,
    clinic: Clinic,
    trainer: type[SlowTrainer],
    monkeypatch: pytest.MonkeyPatch,
    *,
    withdraws: bool,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise ExpectedError(ErrorCode.DISK_FULL)

    trainer.go.set()
    with monkeypatch.context() as patch:
        patch.setattr("edema_desk.flow.models.training.install_model", full)
        desk.begin(new_id(), plan()).result(WAIT_S)
        reach(desk, TrainingStep.WAITS)
    if withdraws:
        learned = clinic.database.call(lambda s: patients_learned_from(s, [last_made(s)]))
        gone = min(learned)
        clinic.database.call(
            lambda s: set_consent(
                s, new_id(), gone, Purpose.TRAINING, DAY, given=False, remark="asked"
            )
        )
    desk.go_on().result(WAIT_S)
    reach(desk, TrainingStep.DONE)
    assert trainer.learned == [2 * PEOPLE, 2 * PEOPLE - 2][: 2 if withdraws else 1]


def last_made(store: Store) -> str:
    with store.reading() as db:
        return str(db.execute("select model_id from model order by rowid desc").fetchone()[0])


def test_given_up_nothing_is_left(
    desk: TrainingDesk, clinic: Clinic, trainer: type[SlowTrainer]
) -> None:
    desk.begin(new_id(), plan()).result(WAIT_S)
    assert trainer.half_way.wait(WAIT_S)
    with pytest.raises(ExpectedError) as caught:
        desk.give_up(new_id()).result(WAIT_S)
    assert caught.value.code is ErrorCode.TRAINING_UNFINISHED
    desk.stop()
    reach(desk, TrainingStep.WAITS)
    desk.give_up(new_id()).result(WAIT_S)
    assert desk.state.step is TrainingStep.NONE
    assert not list((clinic.profile.root / "cache").glob("trained-*"))
    with pytest.raises(ExpectedError) as caught:
        desk.go_on().result(WAIT_S)
    assert caught.value.code is ErrorCode.TRAINING_NONE


def test_while_a_capture_runs_it_stands_still(
    desk: TrainingDesk, gate: Gate, trainer: type[SlowTrainer]
) -> None:
    gate.shut()
    desk.begin(new_id(), plan()).result(WAIT_S)
    assert not trainer.half_way.wait(0.3), "it does not begin beside a capture"
    assert desk.held
    gate.open()
    assert trainer.half_way.wait(WAIT_S)
    trainer.halted.clear()
    gate.shut()
    assert trainer.halted == [True]
    gate.open()
    assert trainer.halted == [True, False]
    trainer.go.set()
    reach(desk, TrainingStep.DONE)


def test_what_goes_wrong_is_told_and_it_may_go_on(
    desk: TrainingDesk, trainer: type[SlowTrainer], clinic: Clinic
) -> None:
    folder = clinic.profile.root / "no study"
    desk.begin(new_id(), replace(plan(), studies=(str(folder),))).result(WAIT_S)
    reach(desk, TrainingStep.WAITS)
    assert desk.state.error is not None
    assert desk.state.error.code is ErrorCode.STUDY_MISSING


def test_names_that_no_folder_may_bear_and_roles_that_may_not(
    desk: TrainingDesk, clinic: Clinic
) -> None:
    with pytest.raises(ExpectedError) as caught:
        desk.begin(new_id(), plan("../x")).result(WAIT_S)
    assert caught.value.code is ErrorCode.MODEL_NAME_INVALID
    clinic.database.seat.take(Actor("n", frozenset({Role.NURSE})))
    with pytest.raises(ExpectedError) as caught:
        desk.begin(new_id(), plan()).result(WAIT_S)
    assert caught.value.code is ErrorCode.NOT_ALLOWED
    assert desk.state.step is TrainingStep.NONE


def test_where_only_signed_models_are_taken_what_was_trained_here_is_too(
    desk: TrainingDesk, clinic: Clinic, trainer: type[SlowTrainer], tmp_path: Path
) -> None:
    clinic.database.call(lambda s: trust_signer(s, new_id(), b"k" * 32))
    trainer.go.set()
    desk.begin(new_id(), plan()).result(WAIT_S)
    reach(desk, TrainingStep.DONE)
    folder, _ = package(tmp_path / "stranger")
    with pytest.raises(ExpectedError) as caught:
        install_model(clinic.database, clinic.profile, folder, no_check)
    assert caught.value.code is ErrorCode.MODEL_UNSIGNED
    other = replace(read_card(folder), licence="another")  # not the card it came with
    with pytest.raises(ExpectedError) as caught:
        install_model(clinic.database, clinic.profile, folder, no_check, made_here=other)
    assert caught.value.code is ErrorCode.MODEL_UNSIGNED
