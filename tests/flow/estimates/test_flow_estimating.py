"""Estimates in a clinic: by the card's transfer, with an interval from its own residuals."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edema_desk.domain.statistics.population import fit_prior
from edema_desk.domain.statistics.scored import ScoredCapture
from edema_desk.domain.statistics.transfer import personal
from edema_desk.domain.terms.estimate import ChangeScore, IntervalKind, Refusal, TransferKind
from edema_desk.domain.terms.records import Phase, StoredEstimate, new_id
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.model import ModelInUse
from edema_desk.flow.estimates.renewing import estimate_anew
from edema_desk.store.captures.analyses import kept_score
from edema_desk.store.captures.cards import patient_card
from edema_desk.store.captures.residuals import normalised_residuals_of
from edema_desk.store.captures.sessions import enter_weighing
from tests.domain.statistics.transfer_cohort import cohort
from tests.flow.estimates.test_flow_intake import Course
from tests.flow.made_up_worker import make_card

PRIOR = fit_prior(cohort(0, 12))


@pytest.fixture
def model(tmp_path: Path) -> ModelInUse:
    """A model whose card says how it is carried over."""
    card = make_card()
    return ModelInUse(tmp_path, replace(card, figures=replace(card.figures, transfer=PRIOR)))


@pytest.fixture
def course(clinic: Clinic, tmp_path: Path) -> Course:
    return Course(clinic, tmp_path)


def live(course: Course, days: Sequence[int], seed: int = 1) -> None:
    """Sessions with both weights and clips, scores off by 0.2 kg here and there."""
    rng = np.random.default_rng(seed)
    for day in days:
        session = course.session(day)
        for phase, excess_kg in ((Phase.PRE, 2.0 + 0.1 * (day % 3)), (Phase.POST, 0.0)):
            course.weigh(session, day, phase, excess_kg)
            course.clip(session, day, phase, g_kg=5 + excess_kg + float(rng.normal(0, 0.2)))


def said(course: Course) -> list[StoredEstimate]:
    return [e.estimate for e in course.entries() if e.estimate is not None]


def test_it_is_what_the_cards_transfer_makes_of_the_references(course: Course) -> None:
    live(course, [2, 4, 6])
    last = said(course)[-1]
    entries = course.entries()
    by_id = {e.capture.capture_id: e for e in entries if e.capture is not None}
    references = [
        ScoredCapture(
            capture_id,
            "p",
            by_id[capture_id].at.day,
            by_id[capture_id].phase,
            by_id[capture_id].scale_excess_kg or 0.0,
            _score(course, capture_id),
            None,
        )
        for capture_id in last.references
    ]
    expected = personal(PRIOR, references).estimate(_score(course, last.capture_id))
    assert len(references) == 4
    assert last.excess_kg == pytest.approx(expected.excess_kg)
    assert last.sd_kg == pytest.approx(expected.sd_kg)
    assert last.p_edema == pytest.approx(expected.p_edema)
    assert last.p_edema is not None
    assert last.p_edema < 0.1
    assert last.transfer is TransferKind.SHRINK
    assert last.spread_kg == pytest.approx(PRIOR.interval90 * expected.sd_kg)
    assert last.interval_kind is IntervalKind.SPREAD


def _score(course: Course, capture_id: str) -> ChangeScore:
    kept = course.clinic.database.call(
        lambda store: kept_score(store, capture_id, course.clinic.model.model_id)
    )
    assert kept is not None
    return kept.score


def test_nine_residuals_of_its_own_make_a_spread_an_interval(
    course: Course, clinic: Clinic, tmp_path: Path
) -> None:
    live(course, [2, 4, 6, 9, 11, 13])
    kinds = [e.interval_kind for e in said(course) if e.excess_kg is not None]
    assert kinds == [IntervalKind.SPREAD] * 9 + [IntervalKind.OWN]
    other = Course(clinic, tmp_path, "104-222")
    live(other, [2, 4], seed=2)
    assert [e.interval_kind for e in said(other)[2:]] == [IntervalKind.POOLED] * 2
    last = said(other)[-1]
    residuals = clinic.database.call(
        lambda store: normalised_residuals_of(
            store, other.patient_id, last.model_id, last.transfer, but=last.capture_id
        )
    )
    assert {name: len(own) for name, own in residuals.items()} == {
        course.patient_id: 10,
        other.patient_id: 1,
    }
    assert last.spread_kg is not None
    assert last.sd_kg is not None
    sizes = sorted(abs(r) for own in residuals.values() for r in own)
    assert last.spread_kg / last.sd_kg in [pytest.approx(size) for size in sizes[-3:]]


def test_residuals_follow_a_corrected_weight(course: Course) -> None:
    live(course, [2, 4])
    last = said(course)[-1]

    def residual() -> float:
        found = course.clinic.database.call(
            lambda store: normalised_residuals_of(
                store, course.patient_id, last.model_id, last.transfer, but="none"
            )
        )
        return found[course.patient_id][0]

    before = residual()
    trend = course.clinic.database.call(lambda store: patient_card(store, course.patient_id)).trend
    session_id = trend.sessions[-1].session.session_id
    at = course.at(4, Phase.POST)
    course.clinic.database.call(
        lambda store: enter_weighing(
            store, new_id(), session_id, Phase.POST, 50_400, 0, at, "wrong slip"
        )
    )
    assert last.sd_kg is not None
    assert residual() == pytest.approx(before - 0.4 / last.sd_kg)


def test_a_model_too_unsure_to_tell_anything_gives_a_reason(course: Course) -> None:
    vague = replace(PRIOR, interval90=30.0)
    card = course.clinic.model.card
    figures = replace(card.figures, transfer=vague)
    unsure = ModelInUse(course.folder, replace(card, figures=figures))
    course.clinic.use(unsure)
    live(course, [2, 4])
    assert [e.refusal for e in said(course)[2:]] == [Refusal.TOO_UNSURE] * 2
    assert [e.excess_kg for e in said(course)] == [None] * 4
    surer = replace(unsure, card=replace(card, figures=replace(figures, transfer=PRIOR)))
    course.clinic.use(surer)
    assert estimate_anew(course.clinic, course.clinic.library, course.patient_id) == 2
