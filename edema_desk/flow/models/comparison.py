"""Two models on the same captures: figures side by side, and how sure the difference is."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.models.view import ModelComparison, PatientErrors
from edema_desk.domain.statistics.agreement import Columns, columns, figures_of
from edema_desk.domain.statistics.held_out import leave_one_day_out
from edema_desk.domain.statistics.resampling import difference_intervals, figure_intervals
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch, unheard
from edema_desk.flow.estimates.estimating import prior_of
from edema_desk.flow.estimates.reestimating import seen_by
from edema_desk.flow.studies.crops import PreparedStudy, StudyFace
from edema_desk.media.library import ClipLibrary
from edema_desk.store.captures.analyses import KeptScore
from edema_desk.store.captures.rescoring import WeighedCapture, weighed_captures
from edema_desk.store.models.models import patients_learned_from
from edema_desk.worker.client import WorkerClient

FEWEST_CAPTURES = 2


def compare_on_study(
    study: PreparedStudy,
    worker: WorkerClient,
    first: ModelInUse,
    second: ModelInUse,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> ModelComparison:
    """On the faces of a study. Raises STUDY_TOO_SMALL, MODEL_*, WORKER_*, CANCELLED."""
    cancel = cancel or Cancel()
    faces = [face for face in study.faces if face.crops]

    def see(face: StudyFace, model: ModelInUse) -> ScoredCapture:
        said = worker.embed(tuple(face.crops), model.folder, lambda: cancel.asked)
        return ScoredCapture(
            face.crops_id,
            face.row.patient_id,
            face.row.day,
            face.row.phase,
            face.excess_kg,
            said.score,
            None,
            said.vector,
        )

    return _compare(faces, first, second, see, listener, cancel)


def compare_on_database(
    clinic: Clinic,
    library: ClipLibrary,
    first: ModelInUse,
    second: ModelInUse,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> ModelComparison:
    """On the clinic's own captures of known weight, from their stored faces; nothing is written.
    Patients whom one of the two learned from are left out: it would look better than it is.

    Raises as `compare_on_study`, and MODEL_KNOWS_EVERYBODY where nobody is left.
    """
    cancel = cancel or Cancel()
    weighed = clinic.database.call(weighed_captures)
    there = [w for w in weighed if library.has_crops(w.capture.capture_id)]
    models = (first.model_id, second.model_id)
    learned = clinic.database.call(lambda store: patients_learned_from(store, models))
    held = [w for w in there if w.capture.patient_id not in learned]
    if there and not held:
        raise ExpectedError(ErrorCode.MODEL_KNOWS_EVERYBODY)

    def see(one: WeighedCapture, model: ModelInUse) -> ScoredCapture:
        kept = seen_by(clinic, library, one.capture, model, cancel)
        return _scored(one, kept)

    told = _compare(held, first, second, see, listener, cancel)
    left_out = {w.capture.patient_id for w in there} & learned
    return replace(told, learned_from=len(left_out))


def _scored(one: WeighedCapture, kept: KeptScore | None) -> ScoredCapture:
    capture = one.capture
    return ScoredCapture(
        capture.capture_id,
        capture.patient_id,
        one.day,
        capture.phase,
        one.excess_kg,
        kept.score if kept else None,
        None,
        kept.embedding if kept else None,
    )


def _compare(
    faces: Sequence[object],
    first: ModelInUse,
    second: ModelInUse,
    see: Callable[..., ScoredCapture],
    listener: Listener,
    cancel: Cancel,
) -> ModelComparison:
    if len(faces) < FEWEST_CAPTURES:
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL, found=f"{len(faces)} captures", limit=FEWEST_CAPTURES
        )
    watch = Stopwatch("evaluate", 2 * len(faces), listener)
    scored: list[list[ScoredCapture]] = []
    for turn, model in enumerate((first, second)):  # one after the other: each is loaded once
        seen = []
        for done, face in enumerate(faces, 1):
            cancel.check()
            seen.append(see(face, model))
            watch.report(turn * len(faces) + done)
        scored.append(seen)
    return compared(first, scored[0], second, scored[1])


def compared(
    first: ModelInUse,
    first_scored: Sequence[ScoredCapture],
    second: ModelInUse,
    second_scored: Sequence[ScoredCapture],
) -> ModelComparison:
    """What two models' scores of the same captures, in the same order, come to.

    Raises STUDY_TOO_SMALL where no capture gets an estimate from both.
    """
    rows, others = (
        leave_one_day_out(scored, prior=prior_of(model))
        for scored, model in ((first_scored, first), (second_scored, second))
    )
    both = [
        a.estimate_kg is not None and b.estimate_kg is not None
        for a, b in zip(rows, others, strict=True)
    ]
    if not any(both):
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL, found="no day to compare with", limit="two days"
        )
    said = [
        columns(told, [p.estimate_kg if b else None for p, b in zip(told, both, strict=True)])
        for told in (rows, others)
    ]
    return ModelComparison(
        first=first.model_id,
        second=second.model_id,
        patients=len({r.patient_id for r, b in zip(rows, both, strict=True) if b}),
        captures=sum(both),
        first_figures=figures_of(said[0]),
        second_figures=figures_of(said[1]),
        differences=difference_intervals(said[1], said[0]),
        first_mae_kg=figure_intervals(said[0])["mae_kg"],
        second_mae_kg=figure_intervals(said[1])["mae_kg"],
        second_nearer=float(np.mean((_errors(said[1]) < _errors(said[0]))[np.array(both)])),
        by_patient=_by_patient([row.patient_id for row in rows], *said),
    )


def _errors(said: Columns) -> NDArray[np.float64]:
    return np.abs(said.said_kg - said.truth_kg)


def _by_patient(
    patient_ids: Sequence[str], first: Columns, second: Columns
) -> tuple[PatientErrors, ...]:
    one, other = _errors(first), _errors(second)
    owners = np.array(patient_ids)
    found = []
    for patient_id in dict.fromkeys(patient_ids):
        own = (owners == patient_id) & ~np.isnan(one)
        if own.any():
            means = float(one[own].mean()), float(other[own].mean())
            found.append(PatientErrors(patient_id, int(own.sum()), *means))
    return tuple(sorted(found, key=lambda errors: -abs(errors.gain_kg)))
