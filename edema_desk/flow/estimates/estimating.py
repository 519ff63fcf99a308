"""From a capture's score to its estimate, by the patient's earlier captures of known weight."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk import __version__
from edema_desk.domain.statistics.conformal import Interval, interval_of
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.statistics.transfer import PersonalEstimate, personal
from edema_desk.domain.statistics.transfer_prior import TransferPrior, plain_prior
from edema_desk.domain.terms.estimate import (
    WIDEST_HALF_KG,
    ChangeScore,
    IntervalKind,
    Refusal,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, Phase, StoredEstimate, new_id
from edema_desk.flow.base.model import ModelInUse
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import (
    KnownCapture,
    references_for,
)
from edema_desk.store.captures.residuals import normalised_residuals_of

MOST_REFERENCES = 40
"""The newest of them: faces change over the years, and more average no better."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one analysis says of a capture: a score with its embedding, or why there is none."""

    score: ChangeScore | None
    refusal: Refusal | None
    embedding: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """A number with its interval, or why there is none."""

    said: PersonalEstimate | None
    interval: Interval | None
    refusal: Refusal | None


def make_estimate(store: Store, capture: Capture, seen: Seen, model: ModelInUse) -> StoredEstimate:
    """The estimate of a capture, not yet kept."""
    prior = prior_of(model)
    known = references_for(store, capture.patient_id, capture.captured_at, model.model_id)
    references = [_reference(one) for one in known[-MOST_REFERENCES:]]
    answer = _answer(store, capture, seen, model.model_id, prior, references)
    said, interval = answer.said, answer.interval
    return StoredEstimate(
        estimate_id=new_id(),
        capture_id=capture.capture_id,
        model_id=model.model_id,
        made_at=Moment.now(),
        excess_kg=said.excess_kg if said else None,
        spread_kg=interval.half_width_kg if interval else None,
        refusal=answer.refusal,
        references=tuple(r.capture_id for r in references) if said else (),
        program_version=__version__,
        sd_kg=said.sd_kg if said else None,
        p_edema=said.p_edema if said else None,
        interval_kind=interval.kind if interval else IntervalKind.SPREAD,
        transfer=prior.kind,
    )


def prior_of(model: ModelInUse) -> TransferPrior:
    """How the model is carried over to a patient: as its card says, else by averaging."""
    figures = model.card.figures
    return figures.transfer or plain_prior(figures.spread90_kg)


def _answer(
    store: Store,
    capture: Capture,
    seen: Seen,
    model_id: str,
    prior: TransferPrior,
    references: Sequence[ScoredCapture],
) -> _Answer:
    if seen.refusal is not None or seen.score is None:
        return _Answer(None, None, seen.refusal)
    if not references:
        return _Answer(None, None, Refusal.NO_REFERENCE)
    spot = capture.phase is Phase.SPOT
    said = personal(prior, references).estimate(seen.score, seen.embedding, spot=spot)
    pooled = normalised_residuals_of(
        store, capture.patient_id, model_id, prior.kind, but=capture.capture_id
    )
    own = pooled.get(capture.patient_id, [])
    interval = interval_of(said.sd_kg, own, pooled, prior.interval90)
    if interval.half_width_kg > WIDEST_HALF_KG:
        return _Answer(None, None, Refusal.TOO_UNSURE)
    return _Answer(said, interval, None)


def _reference(known: KnownCapture) -> ScoredCapture:
    capture = known.capture
    return ScoredCapture(
        capture_id=capture.capture_id,
        patient_id=capture.patient_id,
        day=known.day,
        phase=capture.phase,
        excess_kg=known.excess_kg,
        score=known.score,
        refusal=None,
        embedding=known.embedding,
    )
