"""Training on the clinic's own patients: those who agreed, and it is kept who they were."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from edema_desk.commands.pretrain import _without_numbers
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.models.card import ModelCard, render_card
from edema_desk.domain.models.training_plan import ONE_OF
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.people import Actor, Role
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import StudyReading
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.progress import Cancel, unheard
from edema_desk.flow.estimates.intake import Slot, take_in
from edema_desk.flow.models.clinic_faces import ClinicFaces, faces_of_clinic
from edema_desk.flow.models.pretraining import PretrainRequest, pretrain_model
from edema_desk.flow.studies.crops import PreparedStudy, StudyFace
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.models.models import models, models_that_saw
from edema_desk.store.people.consents import set_consent
from edema_desk.store.people.patients import add_patient
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    TrainingProgress,
)
from tests.flow.made_up_worker import MadeUpWorker, clip_file, make_card

DAY = date(2026, 3, 2)
PEOPLE = 8


class TrainingWorker(MadeUpWorker):
    """Notes what it was asked to learn, and makes a package."""

    asked: list[list[TrainingCapture]]

    def __init__(self, *, threads: int = 2, low_priority: bool = False) -> None:
        del threads, low_priority
        super().__init__()

    def pretrain(
        self,
        order: TrainingOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[TrainingProgress], None],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ModelCard:
        del on_progress, cancelled
        self.asked.append(list(captures))
        card = replace(make_card(), name="own", weights_sha256="d" * 64)
        order.folder.mkdir()
        (order.folder / "card.json").write_text(render_card(card))
        return card


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[TrainingCapture]]:
    TrainingWorker.asked = []
    monkeypatch.setattr("edema_desk.flow.models.pretraining.WorkerClient", TrainingWorker)
    return TrainingWorker.asked


@pytest.fixture
def people(clinic: Clinic, tmp_path: Path) -> list[str]:
    """Patients with a pre and a post of one day, and all consents; one of the demo besides."""
    made = []
    for number in range(PEOPLE + 1):
        demo = number == PEOPLE
        new = NewPatient(
            f"CH-{number}",
            f"Name {number}",
            dry_weight_g=50_000,
            origin="demo" if demo else "clinic",
            care_given=date(2026, 1, 5),
        )
        patient_id = clinic.database.call(partial(add_patient, act_id=new_id(), new=new)).patient_id
        _answer(clinic, patient_id, given=True)
        _day(clinic, tmp_path, patient_id)
        made += [] if demo else [patient_id]
    return made


def _answer(clinic: Clinic, patient_id: str, *, given: bool) -> None:
    clinic.database.call(
        lambda s: set_consent(
            s, new_id(), patient_id, Purpose.TRAINING, DAY, given=given, remark="asked"
        )
    )


def _day(clinic: Clinic, folder: Path, patient_id: str) -> None:
    today = Moment.now().day + timedelta(days=1)
    start = Moment.at_clinic(today, 9, 0)
    session_id = clinic.database.call(lambda s: open_session(s, new_id(), patient_id, start))
    for phase, hour, grams in ((Phase.PRE, 9, 52_000), (Phase.POST, 13, 50_000)):
        at = Moment.at_clinic(today, hour, 1)
        _weigh(clinic, session_id, phase, grams, at)
        clip = clip_file(folder, f"{patient_id}-{phase.value}.mp4", g_kg=1.0)
        slot = Slot(patient_id, session_id, phase, at)
        take_in(clinic, new_id(), clip, slot, unheard, Cancel())


def _weigh(clinic: Clinic, session_id: str, phase: Phase, grams: int, at: Moment) -> None:
    clinic.database.call(
        lambda s: enter_weighing(s, new_id(), session_id, phase, grams, 0, at, "made up")
    )


def request(out: Path) -> PretrainRequest:
    return PretrainRequest(studies=(), out=out, database=True)


def test_only_those_who_agree_are_learned_from_and_kept_as_seen(
    clinic: Clinic, people: list[str], tmp_path: Path, asked: list[list[TrainingCapture]]
) -> None:
    left_out = people[2]
    _answer(clinic, left_out, given=False)
    card = pretrain_model(clinic.entered, request(tmp_path / "one"))
    (captures,) = asked
    assert len(captures) == 2 * (PEOPLE - 1)
    assert {c.excess_kg for c in captures} == {0.0, 2.0}
    judging = {c.person for c in captures if c.held_out}
    assert len(judging) == -(-(PEOPLE - 1) // ONE_OF)

    def saw(patient_id: str) -> bool:
        return card.model_id in clinic.database.call(lambda s: models_that_saw(s, patient_id))

    assert not saw(left_out)
    assert sum(saw(one) for one in people) == PEOPLE - 1 - len(judging)
    known = clinic.database.call(models)
    assert card.model_id in {model.model_id for model in known}


def test_a_model_is_trained_again_without_who_withdrew(
    clinic: Clinic, people: list[str], tmp_path: Path, asked: list[list[TrainingCapture]]
) -> None:
    pretrain_model(clinic.entered, request(tmp_path / "one"))
    gone = people[0]
    _answer(clinic, gone, given=False)
    before = faces_of_clinic(clinic.entered)
    assert gone not in before.ids.values()
    pretrain_model(clinic.entered, request(tmp_path / "two"))
    assert [len(one) for one in asked] == [2 * PEOPLE, 2 * (PEOPLE - 1)]


def test_without_care_nobody_learns_from_what_is_kept(clinic: Clinic, people: list[str]) -> None:
    clinic.database.call(
        lambda s: set_consent(
            s, new_id(), people[1], Purpose.CARE, DAY, given=False, remark="said so"
        )
    )
    assert people[1] not in faces_of_clinic(clinic.entered).ids.values()


def test_too_few_who_agree_or_too_few_rights_train_nothing(
    clinic: Clinic, people: list[str], tmp_path: Path
) -> None:
    nurse = clinic.entered.by(Actor("n", frozenset({Role.NURSE})))
    with pytest.raises(ExpectedError) as refused:
        faces_of_clinic(nurse)
    assert refused.value.code is ErrorCode.NOT_ALLOWED
    for one in people[3:]:
        _answer(clinic, one, given=False)
    with pytest.raises(ExpectedError) as refused:
        pretrain_model(clinic.entered, request(tmp_path / "none"))
    assert refused.value.code is ErrorCode.STUDY_TOO_SMALL


def test_the_card_tells_no_chart_number() -> None:
    told = "edema-desk pretrain --database --exclude '10 4' --exclude=77-1 --out new"
    assert _without_numbers(told, ["10 4", "77-1"]) == (
        "edema-desk pretrain --database --exclude PATIENT --exclude=PATIENT --out new"
    )


@pytest.mark.parametrize(
    ("with_two_days", "judging"),
    [
        ("abcdefghij", "af"),
        ("cdgh", "cg"),
        ("j", "ja"),
        ("", "ab"),
    ],
)
def test_who_has_two_days_judges_before_others(with_two_days: str, judging: str) -> None:
    """Ten patients, so two judge; their ids are in the order of their numbers."""
    faces = []
    for number in "abcdefghij":
        for day in range(2 if number in with_two_days else 1):
            row = StudyRow(
                0, number, DAY + timedelta(days=day), Phase.PRE, 52_000, 50_000, Path("x")
            )
            faces.append(StudyFace(row, "x", (), None))
    study = PreparedStudy(StudyReading(Path("x"), (), (), ()), tuple(faces), "")
    clinic = ClinicFaces(study, {number: f"id-{number}" for number in "abcdefghij"})
    assert "".join(clinic.judges()) == judging
