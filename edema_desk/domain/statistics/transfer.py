"""Transfer to a patient: the population's mixed model, conditioned on what the scale knows.

Everything is closed form (Henderson's best linear unbiased prediction, 1975): no training at the
patient, the order of the references does not matter, and more of them never make the model's
own standard deviation larger.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.statistics.transfer_prior import (
    AVERAGING,
    Floats,
    TransferPrior,
    features_of,
)
from edema_desk.domain.statistics.two_levels import Level, level_of, place
from edema_desk.domain.terms.estimate import ChangeScore
from edema_desk.domain.terms.records import Phase


@dataclass(frozen=True, slots=True)
class PersonalEstimate:
    """Excess in kg, the model's own standard deviation, and how probable it is that the face is
    as before dialysis rather than as after it."""

    excess_kg: float
    sd_kg: float
    p_edema: float


@dataclass(frozen=True, slots=True, eq=False)
class Personal:
    """The mixed model of one patient: means (1 + k) and covariance of intercept and slopes.

    `pre` and `post` are where the patient's days lie before and after dialysis, drawn towards
    the population while few days are known.
    """

    prior: TransferPrior
    mean: Floats
    covariance: Floats
    pre: Level
    post: Level

    def estimate(
        self,
        score: ChangeScore,
        embedding: NDArray[np.float16] | None = None,
        *,
        spot: bool = False,
    ) -> PersonalEstimate:
        """The estimate of a capture on a day of its own. `ridge` needs the embedding. A `spot`
        capture may lie anywhere, so that its number is not drawn to the two levels."""
        design = _design(self.prior, [(score, embedding)])[0]
        excess_kg = float(design @ self.mean)
        variance = float(design @ self.covariance @ design)
        variance += self.prior.day_sd_kg**2 + _capture_variance(self.prior, score)
        sd_kg = math.sqrt(max(variance, 0.0))
        regressed = self.prior.kind not in AVERAGING
        placed = place(excess_kg, sd_kg, self.pre, self.post, regressed=regressed)
        p_edema = 0.5 * (1 + math.tanh(self.prior.edema_slope * placed.logit / 2))
        if self.prior.two_levels and not spot:
            excess_kg, sd_kg = placed.excess_kg, placed.sd_kg
        return PersonalEstimate(excess_kg, sd_kg, p_edema)


def personal(prior: TransferPrior, references: Sequence[ScoredCapture]) -> Personal:
    """The patient's model from captures of known excess; those without a score are passed over.

    Without any it is the population's, which is for comparison: no number is shown on it.
    """
    scored = [(r, r.score) for r in references if r.score is not None]
    mean, covariance = np.array(prior.mean), np.array(prior.covariance)
    if scored:
        design = _design(prior, [(score, r.embedding) for r, score in scored])
        days = np.array([r.day.toordinal() for r, _ in scored])
        errors = prior.day_sd_kg**2 * (days[:, None] == days[None, :])
        errors = errors + np.diag([_capture_variance(prior, score) for _, score in scored])
        excess_kg = np.array([r.excess_kg for r, _ in scored])
        mean, covariance = _conditioned(mean, covariance, design, errors, excess_kg)
    pre, post = (
        level_of(level, [r.excess_kg for r in references if r.phase is phase])
        for phase, level in ((Phase.PRE, prior.pre), (Phase.POST, prior.post))
    )
    return Personal(prior, mean, covariance, pre, post)


def _conditioned(
    mean: Floats, covariance: Floats, design: Floats, errors: Floats, excess_kg: Floats
) -> tuple[Floats, Floats]:
    """Means and covariance given that design . coefficients + errors is the excess.

    Solved in the standardised coefficients, which stands slopes that cannot vary as well as a
    level of which nothing is known.
    """
    sizes, axes = np.linalg.eigh(covariance)
    root = axes * np.sqrt(np.maximum(sizes, 0.0))
    seen = design @ root
    weighed = np.linalg.solve(errors, seen)
    posterior = np.linalg.inv(np.eye(len(mean)) + seen.T @ weighed)
    found = root @ (posterior @ (weighed.T @ (excess_kg - design @ mean)))
    return mean + found, root @ posterior @ root.T


def _design(
    prior: TransferPrior, captures: Sequence[tuple[ChangeScore, NDArray[np.float16] | None]]
) -> Floats:
    features = np.array(
        [
            features_of(prior.kind, score, embedding, prior.centre, prior.directions)
            for score, embedding in captures
        ]
    )
    return np.column_stack([np.ones(len(features)), features - np.array(prior.feature_mean)])


def _capture_variance(prior: TransferPrior, score: ChangeScore) -> float:
    """That of the population, more where this capture's frames agree less than is usual."""
    more = score.standard_error_kg**2 - prior.usual_error_kg**2
    return prior.capture_sd_kg**2 + max(more, 0.0)
