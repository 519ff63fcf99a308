"""Train a base model on a study, and judge it on people it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.model_card import ModelCard
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.flow.study_crops import PreparedStudy, StudyFace, prepare_study
from edema_desk.paths import Profile
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.training import TrainingCapture, TrainingOrder


@dataclass(frozen=True, slots=True)
class PretrainRequest:
    """What to train on, whom to leave out, and what the card shall say.

    The figures of the card come from `judged_on`, a study of other people, or from the
    `exclude`d patients of the study itself.
    """

    study: Path
    out: Path
    judged_on: Path | None = None
    exclude: tuple[str, ...] = ()
    steps: int = 3000
    minutes: float | None = None
    seed: int = 0
    licence: str = "CC-BY-4.0"
    attributions: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def pretrain_model(
    profile: Profile,
    request: PretrainRequest,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> ModelCard:
    """Train and save a model package at `request.out`; resumes what was stopped before.

    Raises ExpectedError: STUDY_*, STUDY_TOO_SMALL without anyone to judge on or to learn from,
    OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE, CANCELLED (what was learned is kept for next time).
    """
    cancel = cancel or Cancel()
    if request.out.exists():
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(request.out))
    with WorkerClient() as worker:
        study = prepare_study(profile, request.study, worker, listener=listener, cancel=cancel)
        other = None
        if request.judged_on is not None:
            other = prepare_study(
                profile, request.judged_on, worker, listener=listener, cancel=cancel
            )
            _refuse_shared_people(study, other)
        captures = _captures(study, other, request.exclude)
        if not any(c.held_out for c in captures):
            raise ExpectedError(
                ErrorCode.STUDY_TOO_SMALL, found="nobody to judge the model on", limit="two people"
            )
    watch = Stopwatch("train", 1.0, listener)
    with WorkerClient(low_priority=True) as worker:
        return worker.pretrain(
            _order(profile, request, study, other),
            captures,
            on_progress=lambda progress: watch.report(progress.done),
            cancelled=lambda: cancel.asked,
        )


def _refuse_shared_people(study: PreparedStudy, other: PreparedStudy) -> None:
    """Made-up patients name the photograph they were made of: none may be in both studies."""
    shared = _sources(study) & _sources(other)
    if shared:
        raise ExpectedError(ErrorCode.STUDY_SHARED_PEOPLE, count=len(shared))


def _sources(study: PreparedStudy) -> set[str]:
    return {face.row.extra.get("source", "") for face in study.faces} - {""}


def _captures(
    study: PreparedStudy, other: PreparedStudy | None, exclude: Sequence[str]
) -> list[TrainingCapture]:
    people: dict[tuple[int, str], int] = {}
    sessions: dict[tuple[int, str, object], int] = {}
    captures = []
    for which, faces in enumerate((study.faces, other.faces if other else ())):
        for face in faces:
            if not face.crops:
                continue
            name = (which, face.row.patient_id)
            person = people.setdefault(name, len(people))
            session = sessions.setdefault((*name, face.row.day), len(sessions))
            held_out = which == 1 or face.row.patient_id in exclude
            captures.append(_capture(face, person, session, held_out=held_out))
    return captures


def _capture(face: StudyFace, person: int, session: int, *, held_out: bool) -> TrainingCapture:
    return TrainingCapture(person, session, face.row.phase, face.excess_kg, face.crops, held_out)


def _order(
    profile: Profile, request: PretrainRequest, study: PreparedStudy, other: PreparedStudy | None
) -> TrainingOrder:
    made_up = study.made_up or (other.made_up if other else False)
    judged = other.reading.name if other else f"{len(request.exclude)} patients left out"
    kind = "made-up swelling" if made_up else "patients"
    return TrainingOrder(
        folder=request.out.absolute(),
        checkpoint=profile.root / "cache" / f"training-{study.sha256[:16]}",
        steps=request.steps,
        minutes=request.minutes,
        seed=request.seed,
        made_up=made_up,
        measured_on=f"{kind}, {judged}, one day held out at a time",
        licence=request.licence,
        attributions=request.attributions,
        commands=request.commands,
    )
