"""What a card says of its model: figures from people it was not trained on."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from edema_desk.domain.models.card import Figures, ModelCard
from edema_desk.domain.statistics.agreement import figures
from edema_desk.domain.statistics.conformal import FEWEST_RESIDUALS, quantile_holding
from edema_desk.domain.statistics.population import DEFAULT_KIND, allows, cross_fitted
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError

FEWEST_SESSIONS = FEWEST_RESIDUALS
"""With fewer, nothing holds 90 %."""
FEWEST_DAYS = 2
"""Of one person: with one there is no other day to estimate from."""


def judge(
    captures: Sequence[ScoredCapture], measured_on: str, kind: TransferKind = DEFAULT_KIND
) -> Figures:
    """Each day estimated from the person's other days, carried over as the other people say, and
    each pre compared with its post.

    Raises STUDY_TOO_SMALL where that leaves too little to say, and MODEL_TRANSFER_UNFIT where
    the scores lack what `kind` looks at.
    """
    scored = [c for c in captures if c.score is not None]
    require_enough((c.patient_id, c.day, c.phase) for c in scored)
    if not allows(kind, scored):
        raise ExpectedError(ErrorCode.MODEL_TRANSFER_UNFIT, kind=kind.value)
    prior, predictions = cross_fitted(scored, kind)
    estimates = [row.estimate_kg for row in predictions]
    residuals = [
        said - row.excess_kg
        for row, said in zip(predictions, estimates, strict=True)
        if said is not None
    ]
    reached = figures(predictions, estimates)
    return Figures(
        spread90_kg=quantile_holding(residuals),
        change_spread90_kg=quantile_holding(change_residuals(scored)),
        mae_kg=reached.mae_kg,
        accuracy=reached.accuracy,
        people=len({capture.patient_id for capture in captures}),
        captures=len(residuals),
        measured_on=measured_on,
        transfer=prior,
    )


def require_enough(captures: Iterable[tuple[Hashable, Hashable, Phase]]) -> None:
    """Whether captures, told as person, day and phase, are enough to judge a model by.

    Known before anything is trained. Raises STUDY_TOO_SMALL.
    """
    found = sessions_to_judge(captures)
    if found < FEWEST_SESSIONS:
        raise ExpectedError(
            ErrorCode.STUDY_TOO_SMALL, found=f"{found} held-out sessions", limit=FEWEST_SESSIONS
        )


def sessions_to_judge(captures: Iterable[tuple[Hashable, Hashable, Phase]]) -> int:
    """Days with a pre and a post, of people of whom there are two days or more."""
    days: dict[Hashable, dict[Hashable, set[Phase]]] = {}
    for person, day, phase in captures:
        days.setdefault(person, {}).setdefault(day, set()).add(phase)
    both = {Phase.PRE, Phase.POST}
    return sum(
        both <= phases
        for own in days.values()
        if len(own) >= FEWEST_DAYS
        for phases in own.values()
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


def quoted(twin: ModelCard) -> Figures:
    """The twin's figures for the card of a model trained alike on more people, saying whose they
    are. Raises MODEL_TRANSFER_UNFIT for `ridge`: its directions are those of one embedding."""
    told = twin.figures
    if told.transfer is not None and told.transfer.kind is TransferKind.RIDGE:
        raise ExpectedError(ErrorCode.MODEL_TRANSFER_UNFIT, kind=TransferKind.RIDGE.value)
    by = f"{told.measured_on}, by {twin.model_id}, which never saw these people"
    return replace(told, measured_on=by)
