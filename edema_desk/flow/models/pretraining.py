"""Train a base model on studies, and judge it on people it has not seen."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edema_desk.domain.models.card import ModelCard, read_card
from edema_desk.domain.models.judging import quoted
from edema_desk.domain.models.objectives import (
    DEFAULT_MIXTURE,
    DeviceChoice,
    Mixture,
    render_mixture,
)
from edema_desk.domain.statistics.population import DEFAULT_KIND
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.gate import Gate
from edema_desk.flow.base.model import ModelInUse, make_known
from edema_desk.flow.base.progress import Cancel, Listener, Progress, unheard
from edema_desk.flow.models.clinic_faces import faces_of_clinic
from edema_desk.flow.studies.crops import PreparedStudy, StudyFace, prepare_study
from edema_desk.store.base.database import open_store
from edema_desk.store.base.entered import Entered, Where, entered
from edema_desk.store.models.models import note_model_saw
from edema_desk.worker.client import WorkerClient
from edema_desk.worker.protocol.training import TrainingCapture, TrainingOrder


@dataclass(frozen=True, slots=True)
class PretrainRequest:
    """What to train on, whom to leave out, and what the card shall say.

    The figures of the card come from `judged_on`, a study of other people, or from the
    `exclude`d patients of the studies themselves, or are `quoted` from the package of a twin:
    the same training on fewer people, judged on those whom the new model learns from as well.
    With `database` the clinic's own patients who agreed to it are learned from too, one in five
    of them left out to judge where nobody else does; `exclude` names them by chart number. Taken
    up again with the same `until`, their later captures make no other training of it. What is
    learned is laid aside at `checkpoint`, or in the profile's cache.
    """

    studies: tuple[Path, ...]
    out: Path
    judged_on: Path | None = None
    exclude: tuple[str, ...] = ()
    quoted: Path | None = None
    steps: int = 3000
    minutes: float | None = None
    seed: int = 0
    objectives: Mixture = DEFAULT_MIXTURE
    learning_rate: float = 1e-3
    device: DeviceChoice = DeviceChoice.AUTO
    threads: int = 2
    lay_over: bool = False
    database: bool = False
    until: Moment | None = None
    checkpoint: Path | None = None
    transfer: TransferKind = DEFAULT_KIND
    licence: str = "CC-BY-4.0"
    attributions: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def pretrain_model(
    where: Where,
    request: PretrainRequest,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
    gate: Gate | None = None,
) -> ModelCard:
    """Train and save a model package at `request.out`; resumes what was stopped before.

    Raises ExpectedError: STUDY_*, STUDY_TOO_SMALL without anyone to judge on or to learn from,
    UNKNOWN_PATIENT for one to leave out whom nobody has, NOT_ALLOWED, DEVICE_MISSING,
    OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE, MODEL_* of the twin, CANCELLED (what was learned is kept
    for next time). While the `gate` is shut it stands still.
    """
    cancel, gate = cancel or Cancel(), gate or Gate()
    if request.out.exists():
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(request.out))
    twin = read_card(request.quoted) if request.quoted is not None else None
    with WorkerClient() as worker, gate.halting(worker):

        def prepared(folder: Path) -> PreparedStudy:
            return prepare_study(where, folder, worker, listener=listener, cancel=cancel)

        studies = [prepared(folder) for folder in request.studies]
        other = prepared(request.judged_on) if request.judged_on is not None else None
    own = faces_of_clinic(entered(where), request.until) if request.database else None
    if own is not None:
        studies.append(own.study)
        if twin is None and other is None and not request.exclude:
            request = replace(request, exclude=own.judges())
    people = {face.row.patient_id for study in studies for face in study.faces}
    if not people.issuperset(request.exclude):
        raise ExpectedError(ErrorCode.UNKNOWN_PATIENT)
    _refuse_shared_people(studies, other, request.exclude)
    judging = other is not None or bool(request.exclude)
    if twin is None and not judging:
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL, found="nobody to judge the model on", limit="two people"
        )
    watch = _Pace(listener)
    training = WorkerClient(threads=request.threads, low_priority=True)
    with training as worker, gate.halting(worker):
        card = worker.pretrain(
            _order(where, request, studies, other, twin),
            _captures(studies, other, request.exclude),
            on_progress=lambda progress: watch.report(progress.done),
            cancelled=lambda: cancel.asked,
        )
    if own is not None:
        learned = [own.ids[number] for number in own.ids if number not in request.exclude]
        _note_whom(entered(where), ModelInUse(request.out, card), learned)
    return card


class _Pace:
    """Progress with a time to go, of a training that may have been taken up half-way."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._began: tuple[float, float] | None = None

    def report(self, done: float) -> None:
        now_s = time.monotonic()
        began_s, done_then = self._began or (now_s, done)
        if done > 0:  # before that faces are sent, and what was laid aside is taken up
            self._began = began_s, done_then
        gained = done - done_then
        left_s = (now_s - began_s) * (1.0 - done) / gained if gained > 0 else None
        self._listener(Progress("train", done, 1.0, left_s))


def _note_whom(into: Entered, model: ModelInUse, patient_ids: Sequence[str]) -> None:
    """Keep whose captures a model was trained on. Who judged it taught it nothing."""
    with open_store(into) as store:
        make_known(store, model)
        note_model_saw(store, new_id(), model.model_id, patient_ids)


def _refuse_shared_people(
    studies: Sequence[PreparedStudy], other: PreparedStudy | None, exclude: Sequence[str]
) -> None:
    """Made-up patients name the person they were drawn on: none may be on both sides."""
    learned, judged = set(), _sources(other.faces) if other is not None else set()
    for study in studies:
        left_out = [face for face in study.faces if face.row.patient_id in exclude]
        judged |= _sources(left_out)
        learned |= _sources([face for face in study.faces if face.row.patient_id not in exclude])
    if shared := learned & judged:
        raise ExpectedError(ErrorCode.STUDY_SHARED_PEOPLE, count=len(shared))


def _sources(faces: Sequence[StudyFace]) -> set[str]:
    return {face.drawn_on for face in faces if face.drawn_on is not None}


def _captures(
    studies: Sequence[PreparedStudy], other: PreparedStudy | None, exclude: Sequence[str]
) -> Iterator[TrainingCapture]:
    """Crops are read one capture at a time, while they are sent."""
    people: dict[tuple[int, str], int] = {}
    sessions: dict[tuple[int, str, object], int] = {}
    judged = [other] if other is not None else []
    for which, study in enumerate([*studies, *judged]):
        for face in study.faces:
            if not face.crops:
                continue
            name = (which, face.row.patient_id)
            person = people.setdefault(name, len(people))
            session = sessions.setdefault((*name, face.row.day), len(sessions))
            held_out = study is other or face.row.patient_id in exclude
            yield _capture(face, person, session, held_out=held_out)


def _capture(face: StudyFace, person: int, session: int, *, held_out: bool) -> TrainingCapture:
    return TrainingCapture(
        person, session, face.row.phase, face.excess_kg, tuple(face.crops), held_out
    )


def _order(
    where: Where,
    request: PretrainRequest,
    studies: Sequence[PreparedStudy],
    other: PreparedStudy | None,
    twin: ModelCard | None,
) -> TrainingOrder:
    made_up = any(study.made_up for study in [*studies, *([other] if other else [])])
    judged = other.reading.name if other else f"{len(request.exclude)} patients left out"
    kind = "made-up swelling" if made_up else "patients"
    task = "".join([str(request.out.absolute()), *(study.sha256 for study in studies)])
    name = hashlib.sha256(task.encode()).hexdigest()
    return TrainingOrder(
        folder=request.out.absolute(),
        checkpoint=request.checkpoint
        or entered(where).profile.root / "cache" / f"training-{name[:16]}",
        steps=request.steps,
        minutes=request.minutes,
        seed=request.seed,
        objectives=render_mixture(request.objectives),
        learning_rate=request.learning_rate,
        device=request.device,
        lay_over=request.lay_over,
        transfer=request.transfer,
        made_up=made_up,
        measured_on=f"{kind}, {judged}, one day held out at a time",
        figures=quoted(twin) if twin is not None else None,
        licence=request.licence,
        attributions=request.attributions,
        commands=request.commands,
    )
