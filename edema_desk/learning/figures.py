"""What a card says of its model: figures from people it was not trained on."""

from collections.abc import Sequence
from itertools import groupby

from edema_desk.domain.agreement import figures
from edema_desk.domain.conformal import FEWEST_RESIDUALS, quantile_holding
from edema_desk.domain.model_card import Figures
from edema_desk.domain.population import cross_fitted
from edema_desk.domain.records import Phase
from edema_desk.domain.scored import ScoredCapture
from edema_desk.errors import ErrorCode, ExpectedError


def judge(captures: Sequence[ScoredCapture], measured_on: str) -> Figures:
    """Each day estimated from the person's other days, carried over as the other people say, and
    each pre compared with its post.

    Raises STUDY_TOO_SMALL where that leaves too little to say.
    """
    prior, predictions = cross_fitted(captures)
    estimates = [row.estimate_kg for row in predictions]
    residuals = [
        said - row.excess_kg
        for row, said in zip(predictions, estimates, strict=True)
        if said is not None
    ]
    changes = change_residuals(captures)
    if min(len(residuals), len(changes)) < FEWEST_RESIDUALS:
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL,
            found=f"{len(changes)} held-out sessions",
            limit=FEWEST_RESIDUALS,
        )
    reached = figures(predictions, estimates)
    return Figures(
        spread90_kg=quantile_holding(residuals),
        change_spread90_kg=quantile_holding(changes),
        mae_kg=reached.mae_kg,
        accuracy=reached.accuracy,
        people=len({capture.patient_id for capture in captures}),
        captures=len(residuals),
        measured_on=measured_on,
        transfer=prior,
    )


def change_residuals(captures: Sequence[ScoredCapture]) -> list[float]:
    """Seen minus true loss in kg of every session with a pre and a post, without references."""

    def session(capture: ScoredCapture) -> tuple[str, int]:
        return capture.patient_id, capture.day.toordinal()

    residuals = []
    for _, group in groupby(sorted(captures, key=session), key=session):
        rest = {c.phase: c.score.g_kg - c.excess_kg for c in group if c.score is not None}
        if Phase.PRE in rest and Phase.POST in rest:
            residuals.append(rest[Phase.PRE] - rest[Phase.POST])
    return residuals
