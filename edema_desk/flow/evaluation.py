"""Evaluate a model on a study: each day held out in turn, judged beside dumb baselines."""

from pathlib import Path

from edema_desk.domain.held_out import ScoredCapture, leave_one_day_out
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.evaluation_result import Evaluation
from edema_desk.flow.model import ModelInUse
from edema_desk.flow.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.flow.study_crops import PreparedStudy, StudyFace, prepare_study
from edema_desk.paths import Profile
from edema_desk.worker.client import WorkerClient

PROTOCOL = "leave-one-day-out"
FEWEST_DAYS = 2


def evaluate_study(
    profile: Profile,
    folder: Path,
    model: ModelInUse,
    *,
    seed: int = 0,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> Evaluation:
    """Estimate every capture of the study from the patient's other days with `model`.

    Works in a cache of its own; the patient tables are not touched. Raises ExpectedError
    STUDY_*, MODEL_*, CANCELLED.
    """
    cancel = cancel or Cancel()
    with WorkerClient() as worker:
        study = prepare_study(profile, folder, worker, listener=listener, cancel=cancel)
        _check_days(study)
        watch = Stopwatch("evaluate", len(study.faces), listener)
        scored = []
        for done, face in enumerate(study.faces):
            cancel.check()
            scored.append(_score(face, worker, model))
            watch.report(done + 1)
    return Evaluation(
        protocol=PROTOCOL,
        study=study.reading.name,
        model_id=model.model_id,
        study_sha256=study.sha256,
        made_up=study.made_up,
        seed=seed,
        folds=0,
        planted_kg=tuple(face.row.planted_truth_kg for face in study.faces),
        predictions=leave_one_day_out(scored, spread90_kg=model.card.figures.spread90_kg),
    )


def _check_days(study: PreparedStudy) -> None:
    days: dict[str, set[object]] = {}
    for face in study.faces:
        days.setdefault(face.row.patient_id, set()).add(face.row.day)
    most = max(len(d) for d in days.values())
    if most < FEWEST_DAYS:
        raise ExpectedError(ErrorCode.STUDY_TOO_SMALL, found="one day a patient", limit="two days")


def _score(face: StudyFace, worker: WorkerClient, model: ModelInUse) -> ScoredCapture:
    score = worker.embed(face.crops, model.folder).score if face.crops else None
    return ScoredCapture(
        capture_id=face.crops_id,
        patient_id=face.row.patient_id,
        day=face.row.day,
        phase=face.row.phase,
        excess_kg=face.excess_kg,
        score=score,
        refusal=face.refusal,
    )
