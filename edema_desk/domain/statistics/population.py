"""What a population tells of how faces show fluid: fitted to people who are not the patient."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.conformal import pooled_quantile
from edema_desk.domain.statistics.held_out import held_out_estimates, leave_one_day_out
from edema_desk.domain.statistics.mixed_effects import MixedModel, Person, fit_mixed
from edema_desk.domain.statistics.scored import ScoredCapture, by_patient
from edema_desk.domain.statistics.transfer_prior import (
    AVERAGING,
    LEAST_KG,
    NORMAL_90,
    NOTHING_KNOWN_KG,
    USUAL_LEVELS,
    Floats,
    PhaseLevel,
    TransferPrior,
    features_of,
)
from edema_desk.domain.terms.estimate import TransferKind
from edema_desk.domain.terms.records import Phase

DEFAULT_KIND = TransferKind.SHRINK
JUDGED_KINDS = (
    TransferKind.REFERENCE,
    TransferKind.SHRINK,
    TransferKind.PARTS,
    TransferKind.RIDGE,
)
"""Those that a population's scores are enough for."""
RIDGE_DIRECTIONS = 4
_SLOPE_SD = 0.3
Directions = tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]
"""Centre of the embedding and the directions looked at from there."""
NO_DIRECTIONS: Directions = ((), ())
LEVEL_WIDENING = 2.0
"""Another camera or room shifts a person's level further than these people differ."""


def fit_prior(
    captures: Sequence[ScoredCapture],
    kind: TransferKind = DEFAULT_KIND,
    *,
    two_levels: bool | None = None,
) -> TransferPrior:
    """The prior of people who are not the patient, nor were trained on where that can be helped.

    Numbers are drawn to `two_levels` unless told otherwise, but not those of `reference`.
    Interval and probability are calibrated on each person by what the others say. Raises
    ValueError without a scored capture, or where the scores lack what the kind looks at.
    """
    return cross_fitted(captures, kind, two_levels=two_levels)[0]


def allows(kind: TransferKind, captures: Sequence[ScoredCapture]) -> bool:
    """Whether the scores hold what the kind looks at."""
    scored = [c for c in captures if c.score is not None]
    if kind is TransferKind.PARTS:
        return all(c.score.parts_kg for c in scored if c.score)
    return kind is not TransferKind.RIDGE or all(c.embedding is not None for c in scored)


def cross_fitted(
    captures: Sequence[ScoredCapture],
    kind: TransferKind = DEFAULT_KIND,
    *,
    two_levels: bool | None = None,
) -> tuple[TransferPrior, tuple[Prediction, ...]]:
    """As `fit_prior`, and what each person's captures would have been estimated as, one day held
    out at a time, by the prior of the other people."""
    people = list(by_patient(captures).values())
    if not people:
        raise ValueError("nobody to learn from")
    directions = _directions(people) if kind is TransferKind.RIDGE else NO_DIRECTIONS
    persons = _persons(kind, people, directions)
    bare = _bare(kind, people, persons, directions)
    if two_levels is not None:
        bare = replace(bare, two_levels=two_levels)
    centre = np.array(bare.feature_mean)
    model, others = _fit(kind, [replace(p, features=p.features - centre) for p in persons])
    prior = _with_levels(_filled(bare, model), people)
    without = [
        _with_levels(_filled(bare, other), people[:i] + people[i + 1 :])
        for i, other in enumerate(others)
    ] or [prior]
    interval90, edema_slope = _calibration(without, people)
    prior = replace(prior, interval90=interval90, edema_slope=edema_slope)
    predictions = [
        leave_one_day_out(own, prior=replace(w, interval90=interval90, edema_slope=edema_slope))
        for w, own in zip(without, people, strict=True)
    ]
    return prior, tuple(p for own in predictions for p in own)


def _bare(
    kind: TransferKind,
    people: Sequence[Sequence[ScoredCapture]],
    persons: Sequence[Person],
    directions: Directions,
) -> TransferPrior:
    """A prior of which everything but what is fitted stands."""
    feature_mean = np.concatenate([p.features for p in persons]).mean(axis=0)
    if kind in AVERAGING:
        feature_mean = np.zeros(1)
    size = 1 + len(feature_mean)
    errors_kg = [c.score.standard_error_kg for own in people for c in own if c.score]
    return TransferPrior(
        kind=kind,
        mean=(0.0,) * size,
        covariance=((0.0,) * size,) * size,
        feature_mean=_row(feature_mean),
        day_sd_kg=0.0,
        capture_sd_kg=0.0,
        usual_error_kg=float(np.sqrt(np.mean(np.square(errors_kg)))),
        pre=USUAL_LEVELS[Phase.PRE],
        post=USUAL_LEVELS[Phase.POST],
        edema_slope=1.0,
        interval90=NORMAL_90,
        two_levels=kind is not TransferKind.REFERENCE,
        people=len(people),
        captures=len(errors_kg),
        centre=directions[0],
        directions=directions[1],
    )


def _fit(kind: TransferKind, persons: Sequence[Person]) -> tuple[MixedModel, list[MixedModel]]:
    """`reference` and `tuned` have the slope 1 and know nothing of a patient's level."""
    several = len(persons) > 1
    if kind not in AVERAGING:
        slopes = np.ones(persons[0].features.shape[1])
        if kind is TransferKind.RIDGE:
            slopes[1:] = 0.0
        return fit_mixed(persons, slopes, without=several)
    rests = [Person(p.features[:, :0], p.excess_kg - p.features[:, 0], p.day) for p in persons]
    model, others = fit_mixed(rests, np.zeros(0), without=several)
    return _averaging(model), [_averaging(other) for other in others]


def _averaging(model: MixedModel) -> MixedModel:
    return replace(
        model,
        mean=np.append(model.mean, 1.0),
        covariance=np.diag([(NOTHING_KNOWN_KG / LEVEL_WIDENING) ** 2, 0.0]),
    )


def _filled(bare: TransferPrior, model: MixedModel) -> TransferPrior:
    widening = np.ones(len(model.mean))
    widening[0] = LEVEL_WIDENING
    return replace(
        bare,
        mean=_row(model.mean),
        covariance=tuple(_row(r) for r in model.covariance * np.outer(widening, widening)),
        day_sd_kg=model.day_sd,
        capture_sd_kg=model.capture_sd,
    )


def _with_levels(prior: TransferPrior, people: Sequence[Sequence[ScoredCapture]]) -> TransferPrior:
    return replace(prior, pre=_level(people, Phase.PRE), post=_level(people, Phase.POST))


def _calibration(
    without: Sequence[TransferPrior], people: Sequence[Sequence[ScoredCapture]]
) -> tuple[float, float]:
    """`interval90` and `edema_slope`, each person judged by the prior without that person."""
    residuals: dict[str, list[float]] = {}
    log_odds, present = [], []
    for own, others_prior in zip(people, without, strict=True):
        for capture, said in held_out_estimates(others_prior, own):
            residual = (said.excess_kg - capture.excess_kg) / max(said.sd_kg, LEAST_KG)
            residuals.setdefault(capture.patient_id, []).append(residual)
            if capture.phase is not Phase.SPOT:
                log_odds.append(_logit(said.p_edema))
                present.append(capture.phase is Phase.PRE)
    interval90 = pooled_quantile(residuals)
    if not np.isfinite(interval90):
        largest = max((abs(r) for own in residuals.values() for r in own), default=0.0)
        interval90 = max(NORMAL_90, largest)
    return interval90, _slope(np.array(log_odds), np.array(present))


def _logit(share: float) -> float:
    inside = min(max(share, 1e-12), 1 - 1e-12)
    return float(np.log(inside / (1 - inside)))


def _slope(log_odds: Floats, present: NDArray[np.bool_]) -> float:
    """Factor of the log odds that makes them fit best (Cox 1958), held to 1 by a weak prior.

    Newton's method on a concave function of one number.
    """
    side = np.where(present, log_odds, -log_odds) if len(log_odds) else log_odds
    slope = 1.0
    for _ in range(50):
        wrong = 1 / (1 + np.exp(np.clip(slope * side, -500, 500)))
        gradient = float(side @ wrong) - (slope - 1.0) / _SLOPE_SD**2
        curvature = float((side**2) @ (wrong * (1 - wrong))) + 1 / _SLOPE_SD**2
        slope = max(slope + gradient / curvature, 0.05)
    return slope


def _level(people: Sequence[Sequence[ScoredCapture]], phase: Phase) -> PhaseLevel:
    """Mean, between and within by the method of moments; the usual where nobody tells."""
    usual = USUAL_LEVELS[phase]
    own = [np.array([c.excess_kg for c in p if c.phase is phase]) for p in people]
    own = [excess for excess in own if len(excess)]
    if not own:
        return usual
    freedom = sum(len(excess) - 1 for excess in own)
    within = sum(float(((e - e.mean()) ** 2).sum()) for e in own) / freedom if freedom else None
    within = usual.within_sd_kg**2 if within is None else within
    means = np.array([excess.mean() for excess in own])
    between = usual.between_sd_kg**2
    if len(means) > 2:
        per_mean = float(np.mean([within / len(excess) for excess in own]))
        between = max(float(means.var(ddof=1)) - per_mean, 0.0)
    return PhaseLevel(float(means.mean()), float(np.sqrt(between)), float(np.sqrt(within)))


def _persons(
    kind: TransferKind,
    people: Sequence[Sequence[ScoredCapture]],
    directions: Directions,
) -> list[Person]:
    return [
        Person(
            np.array(
                [
                    features_of(kind, c.score, c.embedding, *directions)
                    for c in own
                    if c.score is not None
                ]
            ),
            np.array([c.excess_kg for c in own]),
            np.array([c.day.toordinal() for c in own]),
        )
        for own in people
    ]


def _directions(people: Sequence[Sequence[ScoredCapture]]) -> Directions:
    """Principal directions of the embedding within people, each as strong as g is within them."""
    vectors, scores = [], []
    for own in people:
        known = [(c.embedding, c.score.g_kg) for c in own if c.embedding is not None and c.score]
        if not known:
            raise ValueError("ridge needs the embeddings")
        vectors.append(np.array([embedding for embedding, _ in known], dtype=np.float64))
        scores.append(np.array([g_kg for _, g_kg in known]))
    within = np.concatenate([v - v.mean(axis=0) for v in vectors])
    g_kg = np.concatenate([s - s.mean() for s in scores])
    _, strength, rows = np.linalg.svd(within, full_matrices=False)
    keep = min(RIDGE_DIRECTIONS, int((strength > 1e-9 * strength[0]).sum()))
    scale = float(np.sqrt(g_kg @ g_kg)) / np.maximum(strength[:keep], 1e-12)
    centre = np.concatenate(vectors).mean(axis=0)
    return _row(centre), tuple(_row(r) for r in rows[:keep] * scale[:, None])


def _row(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
