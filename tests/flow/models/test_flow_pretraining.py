"""What a training is told: who teaches it, who judges it, and that nobody does both."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from edema_desk.domain.models.card import ModelCard, render_card
from edema_desk.domain.models.objectives import DeviceChoice, parse_mixture
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.study_folder import StudyReading
from edema_desk.exchange.study_row import StudyRow
from edema_desk.flow.models.pretraining import PretrainRequest, pretrain_model
from edema_desk.flow.studies.crops import PreparedStudy, StudyFace
from edema_desk.paths import Profile
from edema_desk.worker.protocol.training import (
    TrainingCapture,
    TrainingOrder,
    TrainingProgress,
)
from tests.flow.made_up_worker import JPEG, MadeUpWorker, make_card

DRY_G = 60_000


def face(patient: str, day: int, phase: Phase, source: str) -> StudyFace:
    weight_g = DRY_G + (2000 if phase is Phase.PRE else 0)
    row = StudyRow(
        1,
        patient,
        date(2026, 3, day),
        phase,
        weight_g,
        DRY_G,
        Path("clip"),
        planted_truth_kg=9.0,
        extra={"source": source},
    )
    return StudyFace(row, f"{patient}-{day}-{phase}", (JPEG,), None)


def study(folder: Path, people: dict[str, str]) -> PreparedStudy:
    """Two days of each person; values are whom they were drawn on."""
    faces = [
        face(patient, day, phase, source)
        for patient, source in people.items()
        for day in (1, 2)
        for phase in (Phase.PRE, Phase.POST)
    ]
    return PreparedStudy(StudyReading(folder, (), (), ()), tuple(faces), folder.name)


STUDIES = {
    "photographs": {"P1": "anna", "P2": "ben", "P3": "carl"},
    "clips": {"P1": "dora", "P2": "anna"},
    "others": {"P1": "emil"},
    "shared": {"P9": "ben"},
}


class TrainingWorker(MadeUpWorker):
    """Notes what it was asked to learn."""

    asked: list[tuple[TrainingOrder, list[TrainingCapture], int]]

    def __init__(self, *, threads: int = 2, low_priority: bool = False) -> None:
        del low_priority
        super().__init__()
        self._threads = threads

    def pretrain(
        self,
        order: TrainingOrder,
        captures: Iterable[TrainingCapture],
        on_progress: Callable[[TrainingProgress], None],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ModelCard:
        del on_progress, cancelled
        self.asked.append((order, list(captures), self._threads))
        return make_card()


@pytest.fixture(autouse=True)
def asked(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[list[tuple[TrainingOrder, list[TrainingCapture], int]]]:
    TrainingWorker.asked = []
    monkeypatch.setattr("edema_desk.flow.models.pretraining.WorkerClient", TrainingWorker)

    def prepared(profile: Profile, folder: Path, worker: object, **more: object) -> PreparedStudy:
        del profile, worker, more
        return study(folder, STUDIES[folder.name])

    monkeypatch.setattr("edema_desk.flow.models.pretraining.prepare_study", prepared)
    yield TrainingWorker.asked
    TrainingWorker.asked = []


def request(tmp_path: Path, *studies: str, judged_on: str = "", **more: object) -> PretrainRequest:
    return PretrainRequest(
        studies=tuple(Path(name) for name in studies),
        out=tmp_path / "model",
        judged_on=Path(judged_on) if judged_on else None,
        **more,  # type: ignore[arg-type]
    )


def test_those_left_out_only_judge(
    tmp_path: Path, asked: list[tuple[TrainingOrder, list[TrainingCapture], int]]
) -> None:
    wanted = request(
        tmp_path,
        "photographs",
        exclude=("P2",),
        objectives=parse_mixture("change+contrast:0.5"),
        learning_rate=2e-4,
        device=DeviceChoice.CPU,
        threads=1,
        lay_over=True,
    )
    pretrain_model(Profile(tmp_path), wanted)
    ((order, captures, threads),) = asked
    assert (order.objectives, order.learning_rate) == ("change+contrast:0.5", 2e-4)
    assert (order.device, order.lay_over, threads) == (DeviceChoice.CPU, True, 1)
    assert len(captures) == 12
    assert {c.person for c in captures if c.held_out} == {1}
    assert len({c.session for c in captures}) == 6
    assert {c.excess_kg for c in captures} == {0.0, 2.0}  # by the scale, not what was put in


def test_people_of_several_studies_are_different_people(
    tmp_path: Path, asked: list[tuple[TrainingOrder, list[TrainingCapture], int]]
) -> None:
    pretrain_model(Profile(tmp_path), request(tmp_path, "photographs", "clips", judged_on="others"))
    ((_, captures, _),) = asked
    assert len({c.person for c in captures}) == 6
    assert sum(c.held_out for c in captures) == 4


@pytest.mark.parametrize(
    ("studies", "judged_on", "exclude"),
    [
        (("photographs",), "shared", ()),
        (("photographs", "clips"), "others", ("P1",)),  # anna teaches as P2 of the clips
        (("photographs", "shared"), "", ("P9",)),
    ],
)
def test_nobody_teaches_and_judges(
    tmp_path: Path,
    asked: list[tuple[TrainingOrder, list[TrainingCapture], int]],
    studies: tuple[str, ...],
    judged_on: str,
    exclude: tuple[str, ...],
) -> None:
    with pytest.raises(ExpectedError) as caught:
        pretrain_model(
            Profile(tmp_path), request(tmp_path, *studies, judged_on=judged_on, exclude=exclude)
        )
    assert caught.value.code is ErrorCode.STUDY_SHARED_PEOPLE
    assert not asked


def test_whoever_shall_be_left_out_must_be_there(
    tmp_path: Path, asked: list[tuple[TrainingOrder, list[TrainingCapture], int]]
) -> None:
    """A number mistyped would teach the model of the person it was to be kept from."""
    with pytest.raises(ExpectedError) as caught:
        pretrain_model(Profile(tmp_path), request(tmp_path, "photographs", exclude=("P2", "P03")))
    assert caught.value.code is ErrorCode.UNKNOWN_PATIENT
    assert not asked


def test_someone_has_to_judge(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        pretrain_model(Profile(tmp_path), request(tmp_path, "photographs"))
    assert caught.value.code is ErrorCode.STUDY_TOO_SMALL


def test_two_models_of_one_study_are_laid_aside_apart(
    tmp_path: Path, asked: list[tuple[TrainingOrder, list[TrainingCapture], int]]
) -> None:
    for folder in (tmp_path / "a", tmp_path / "b", tmp_path / "a"):
        pretrain_model(Profile(tmp_path), request(folder, "photographs", judged_on="others"))
    first, second, again = (order.checkpoint for order, _, _ in asked)
    assert first == again
    assert first != second


def test_a_twin_lends_its_figures_and_says_so(
    tmp_path: Path, asked: list[tuple[TrainingOrder, list[TrainingCapture], int]]
) -> None:
    twin = make_card()
    (tmp_path / "twin").mkdir()
    (tmp_path / "twin" / "card.json").write_text(render_card(twin), encoding="utf-8")
    pretrain_model(Profile(tmp_path), request(tmp_path, "photographs", quoted=tmp_path / "twin"))
    ((order, captures, _),) = asked
    assert not any(capture.held_out for capture in captures)
    assert order.figures is not None
    assert order.figures.mae_kg == twin.figures.mae_kg
    assert twin.model_id in order.figures.measured_on


def test_without_its_twin_nothing_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        pretrain_model(Profile(tmp_path), request(tmp_path, "photographs", quoted=tmp_path / "no"))
    assert caught.value.code is ErrorCode.MODEL_MISSING
