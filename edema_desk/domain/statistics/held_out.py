"""Leave one day out: each day estimated from the patient's other days."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.conformal import interval_of
from edema_desk.domain.statistics.scored import ScoredCapture as ScoredCapture
from edema_desk.domain.statistics.transfer import Personal, PersonalEstimate, personal
from edema_desk.domain.statistics.transfer_prior import LEAST_KG, TransferPrior, plain_prior
from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.domain.terms.records import Phase


def leave_one_day_out(
    captures: Sequence[ScoredCapture],
    *,
    spread90_kg: float = 0.0,
    prior: TransferPrior | None = None,
    widest_half_kg: float = math.inf,
) -> tuple[Prediction, ...]:
    """One prediction a capture. Of its own day nothing is used but its score.

    Without a `prior` references are averaged and `spread90_kg` is the half width of the card.
    A patient's own residuals give the interval once there are nine, on days not held out. With
    `widest_half_kg` an estimate whose interval is wider is refused, as the program does.
    """
    prior = prior or plain_prior(spread90_kg)
    people: dict[str, list[ScoredCapture]] = {}
    for capture in captures:
        people.setdefault(capture.patient_id, []).append(capture)
    transfers = {name: _transfers(prior, own) for name, own in people.items()}
    return tuple(
        _predict(c, transfers[c.patient_id].get(c.day), prior, widest_half_kg) for c in captures
    )


class _Transfer:
    """The patient's model without one day, and its residuals on the others."""

    def __init__(self, prior: TransferPrior, others: Sequence[ScoredCapture]) -> None:
        self.model = personal(prior, others)
        self.residuals = normalised_residuals(prior, others)
        self.edema_threshold_kg = (
            (self.model.pre.mean_kg + self.model.post.mean_kg) / 2
            if {Phase.PRE, Phase.POST} <= {o.phase for o in others}
            else None
        )


def _transfers(prior: TransferPrior, own: Sequence[ScoredCapture]) -> dict[date, _Transfer]:
    return {
        day: _Transfer(prior, others)
        for day, others in _each_day_out(own)
        if any(o.score is not None for o in others)
    }


def _each_day_out(own: Sequence[ScoredCapture]) -> Iterator[tuple[date, list[ScoredCapture]]]:
    for day in dict.fromkeys(c.day for c in own):
        yield day, [c for c in own if c.day != day]


def normalised_residuals(prior: TransferPrior, own: Sequence[ScoredCapture]) -> list[float]:
    """Estimate less scale over the model's standard deviation, of each capture of one patient
    that the patient's other days allow an estimate of."""
    return [
        (estimate.excess_kg - capture.excess_kg) / max(estimate.sd_kg, LEAST_KG)
        for capture, estimate in held_out_estimates(prior, own)
    ]


def held_out_estimates(
    prior: TransferPrior, own: Sequence[ScoredCapture]
) -> Iterator[tuple[ScoredCapture, PersonalEstimate]]:
    """Each scored capture of one patient with what the patient's other days make of it."""
    for day, others in _each_day_out([c for c in own if c.score is not None]):
        if others:
            model = personal(prior, others)
            for capture in own:
                if capture.day == day and capture.score is not None:
                    yield capture, estimate_with(model, capture, capture.score)


def estimate_with(model: Personal, capture: ScoredCapture, score: ChangeScore) -> PersonalEstimate:
    """What the patient's model makes of a capture; its phase tells only whether it is a spot."""
    return model.estimate(score, capture.embedding, spot=capture.phase is Phase.SPOT)


def _predict(
    capture: ScoredCapture,
    transfer: _Transfer | None,
    prior: TransferPrior,
    widest_half_kg: float,
) -> Prediction:
    said, width_kg, refusal = None, None, capture.refusal
    if capture.score is not None and transfer is not None:
        said = estimate_with(transfer.model, capture, capture.score)
        interval = interval_of(said.sd_kg, transfer.residuals, {}, prior.interval90)
        width_kg, refusal = interval.half_width_kg, None
        if width_kg > widest_half_kg:
            said, width_kg, refusal = None, None, Refusal.TOO_UNSURE
    elif capture.score is not None:
        refusal = Refusal.NO_REFERENCE
    return Prediction(
        patient_id=capture.patient_id,
        day=capture.day,
        phase=capture.phase,
        excess_kg=capture.excess_kg,
        estimate_kg=said.excess_kg if said else None,
        spread_kg=width_kg,
        edema_threshold_kg=transfer.edema_threshold_kg if transfer else None,
        refused=refusal.value if refusal else None,
        p_edema=said.p_edema if said else None,
    )
