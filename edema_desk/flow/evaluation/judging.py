"""A finished package is judged on people it was not trained on, and its card says the result.

The weights stay as they are, and with them the model's id, its self-check and its estimates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edema_desk.domain.models.card import (
    CARD_FILE,
    Figures,
    ModelCard,
    read_card,
    render_card,
)
from edema_desk.domain.models.judging import judge, quoted, require_enough
from edema_desk.domain.statistics.population import DEFAULT_KIND
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model import ModelInUse, model_at
from edema_desk.flow.base.model_signature import SIGNATURE_FILE
from edema_desk.flow.base.progress import Cancel, Listener, unheard
from edema_desk.flow.evaluation.bench import CAPTURE_S, Bench, Meter
from edema_desk.flow.evaluation.captures import StudyCapture, captures_of
from edema_desk.flow.evaluation.networks import said_by_model
from edema_desk.flow.evaluation.pieces import Pieces
from edema_desk.flow.evaluation.report import check_writable
from edema_desk.flow.evaluation.rows import scored_capture
from edema_desk.flow.studies.crops import PreparedStudy, prepare_study
from edema_desk.store.base.entered import Where
from edema_desk.worker.client import WorkerClient


@dataclass(frozen=True, slots=True)
class JudgeRequest:
    """Which package is to say what it reaches, on a study of people nobody trained it on.

    With `twin` its twin is judged, trained alike on fewer people, and quoted. Without a `kind`
    it is carried over to a patient as its card said before.
    """

    package: Path
    study: Path
    twin: Path | None = None
    kind: TransferKind | None = None
    command: str = ""


def judge_model(
    where: Where,
    request: JudgeRequest,
    *,
    listener: Listener = unheard,
    cancel: Cancel | None = None,
) -> ModelCard:
    """Fit transfer and figures, and write them into the package's card; the new card.

    A signature under the card is removed, for it is another card now. Whether the people of the
    study were learned from cannot be told from a package: whoever asks knows. Raises STUDY_*,
    STUDY_TOO_SMALL, MODEL_*, MODEL_TRANSFER_UNFIT where the network does not tell what the kind
    looks at, OUTPUT_NOT_WRITABLE, CANCELLED.
    """
    cancel = cancel or Cancel()
    card = read_card(request.package)
    check_writable(request.package / CARD_FILE)
    judged = model_at(request.twin) if request.twin is not None else model_at(request.package)
    kind = request.kind or _kind_of(card)
    if request.twin is not None:
        _require_alike(card, judged.card, kind)
    with WorkerClient(low_priority=True) as worker:
        study = prepare_study(where, request.study, worker, listener=listener, cancel=cancel)
        captures = captures_of(study)
        require_enough((c.patient_id, c.day, c.phase) for c in captures if c.crops)
        meter = Meter(CAPTURE_S * len(captures), listener)
        bench = Bench(worker, Pieces(where), meter, cancel)
        figures = _figures(bench, judged, study, captures, kind)
    if request.twin is not None:
        figures = quoted(replace(judged.card, figures=figures))
    told = replace(card, figures=figures, commands=(*card.commands, request.command))
    _write(request.package, told)
    return told


def _kind_of(card: ModelCard) -> TransferKind:
    prior = card.figures.transfer
    return DEFAULT_KIND if prior is None else prior.kind


def _require_alike(card: ModelCard, twin: ModelCard, kind: TransferKind) -> None:
    """Before an hour of judging: what a twin is quoted for must mean the same in both."""
    alike = (card.encoder, card.input) == (twin.encoder, twin.input)
    if kind is TransferKind.RIDGE or not alike:
        raise ExpectedError(ErrorCode.MODEL_TRANSFER_UNFIT, kind=kind.value)


def _figures(
    bench: Bench,
    model: ModelInUse,
    study: PreparedStudy,
    captures: Sequence[StudyCapture],
    kind: TransferKind,
) -> Figures:
    said = said_by_model(bench, model, captures)
    made_up = "made-up swelling" if study.made_up else "patients"
    return judge(
        [scored_capture(c, said[c.key]) for c in captures],
        f"{made_up}, {study.reading.name}, one day held out at a time",
        kind,
    )


def _write(package: Path, card: ModelCard) -> None:
    part = package / f"{CARD_FILE}.part"
    try:
        (package / SIGNATURE_FILE).unlink(missing_ok=True)
        part.write_text(render_card(card), encoding="utf-8")
        part.replace(package / CARD_FILE)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(package)) from error
