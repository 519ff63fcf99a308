"""From what networks say to estimates of days held out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from edema_desk.domain.statistics.agreement import Prediction
from edema_desk.domain.statistics.first_sessions import SessionGain, errors_after, gain_between
from edema_desk.domain.statistics.held_out import estimate_with, leave_one_day_out
from edema_desk.domain.statistics.population import allows, fit_prior
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.statistics.transfer import personal
from edema_desk.domain.statistics.transfer_prior import TransferPrior
from edema_desk.domain.terms.estimate import WIDEST_HALF_KG, Refusal, TransferKind
from edema_desk.flow.evaluation.captures import StudyCapture
from edema_desk.flow.evaluation.pieces import Said
from edema_desk.flow.evaluation.result import Predictions

CURVE_DAYS = (1, 2, 3, 5, 9)
MOST_SESSIONS = 9


@dataclass(frozen=True, slots=True)
class ScoredFold:
    """What one network said of those tested, and of those from whom a patient's prior comes."""

    tested: tuple[ScoredCapture, ...]
    calibrating: tuple[ScoredCapture, ...]

    def with_prior(self, kind: TransferKind) -> "JudgedFold":
        """Ready to be judged by one way of transfer."""
        return JudgedFold(self.tested, fit_prior(self.calibrating, kind))

    def allows(self, kind: TransferKind) -> bool:
        """Whether the scores hold what the kind looks at."""
        return allows(kind, (*self.tested, *self.calibrating))


@dataclass(frozen=True, slots=True)
class JudgedFold:
    """People with the prior their estimates start from."""

    tested: tuple[ScoredCapture, ...]
    prior: TransferPrior


def scored_capture(capture: StudyCapture, said: Said) -> ScoredCapture:
    """A capture with its score, or with the reason for none."""
    return ScoredCapture(
        capture_id=capture.capture_id,
        patient_id=capture.patient_id,
        day=capture.day,
        phase=capture.phase,
        excess_kg=capture.excess_kg,
        score=said.score,
        refusal=capture.refusal if said.score is None else None,
        embedding=said.embedding,
    )


def scored_fold(
    captures: Sequence[StudyCapture],
    said: Mapping[str, Said],
    tested: frozenset[str],
    calibrating: frozenset[str],
) -> ScoredFold:
    """The two groups with what was said of them."""

    def scored(patients: frozenset[str]) -> tuple[ScoredCapture, ...]:
        return tuple(scored_capture(c, said[c.key]) for c in captures if c.patient_id in patients)

    return ScoredFold(scored(tested), scored(calibrating))


def held_out_rows(
    captures: Sequence[StudyCapture],
    folds: Iterable[JudgedFold],
    widest_half_kg: float = math.inf,
) -> Predictions:
    """A prediction for each capture, in order: each day from the patient's other days. Those
    whose interval is wider than `widest_half_kg` to a side are refused."""
    return in_order(
        captures,
        [
            row
            for fold in folds
            for row in leave_one_day_out(
                fold.tested, prior=fold.prior, widest_half_kg=widest_half_kg
            )
        ],
    )


def in_order(captures: Sequence[StudyCapture], rows: Iterable[Prediction]) -> Predictions:
    """The rows in the order of the captures; those that are missing have no estimate."""
    found = {(row.patient_id, row.day, row.phase): row for row in rows}
    return tuple(
        found.get((c.patient_id, c.day, c.phase))
        or Prediction(c.patient_id, c.day, c.phase, c.excess_kg, None, None, None)
        for c in captures
    )


def rows_with_days(
    scored: Sequence[ScoredCapture], prior: TransferPrior, days: int, seed: int
) -> list[Prediction]:
    """Each day estimated from `days` of the patient's other days, drawn by `seed`; a draw of
    more days holds that of fewer. Patients with too few days are left out."""
    rows: list[Prediction] = []
    people: dict[str, list[ScoredCapture]] = {}
    for capture in scored:
        people.setdefault(capture.patient_id, []).append(capture)
    for number, name in enumerate(sorted(people)):
        own = people[name]
        all_days = sorted({c.day for c in own})
        if len(all_days) <= days:
            continue
        for place, asked in enumerate(all_days):
            others = [day for day in all_days if day != asked]
            order = np.random.default_rng([seed, 14, number, place]).permutation(len(others))
            shown = {others[i] for i in order[:days]}
            known = [c for c in own if c.day in shown]
            rows += _asked_of(known, [c for c in own if c.day == asked], prior)
    return rows


def _asked_of(
    known: Sequence[ScoredCapture], asked: Sequence[ScoredCapture], prior: TransferPrior
) -> list[Prediction]:
    """With the width that the prior gives: a patient has hardly residuals of its own yet."""
    model = personal(prior, known)
    rows = []
    for capture in asked:
        row = Prediction(
            capture.patient_id, capture.day, capture.phase, capture.excess_kg, None, None, None
        )
        if capture.score is None:
            row = replace(row, refused=capture.refusal.value if capture.refusal else None)
        elif any(c.score for c in known):
            said = estimate_with(model, capture, capture.score)
            width_kg = prior.interval90 * said.sd_kg
            if width_kg > WIDEST_HALF_KG:
                rows.append(replace(row, refused=Refusal.TOO_UNSURE.value))
                continue
            row = replace(
                row,
                estimate_kg=said.excess_kg,
                spread_kg=width_kg,
                edema_threshold_kg=(model.pre.mean_kg + model.post.mean_kg) / 2,
                p_edema=said.p_edema,
            )
        rows.append(row)
    return rows


def learning_curve(folds: Sequence[JudgedFold], seed: int) -> dict[int, Predictions]:
    """Predictions by how many of the patient's days were known, as far as there are so many."""
    curve = {
        days: tuple(
            row for fold in folds for row in rows_with_days(fold.tested, fold.prior, days, seed)
        )
        for days in CURVE_DAYS
    }
    return {days: rows for days, rows in curve.items() if rows}


def first_sessions(folds: Sequence[JudgedFold], seed: int) -> dict[int, SessionGain]:
    """What each of a patient's first sessions adds to those before it, judged on later days."""
    most = max(len({c.day for c in fold.tested}) for fold in folds)
    gains = {}
    for sessions in range(1, min(most, MOST_SESSIONS + 1)):
        fewer, more = (
            {
                name: errors
                for fold in folds
                for name, errors in errors_after(
                    fold.tested, fold.prior, known, from_day=sessions
                ).items()
            }
            for known in (sessions - 1, sessions)
        )
        if more:
            gains[sessions] = gain_between(fewer, more, seed=seed)
    return gains
