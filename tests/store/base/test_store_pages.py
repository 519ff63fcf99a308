"""The questions behind the pages: worklist, patient card, session pair."""

from datetime import date, timedelta

import pytest

from edema_desk.domain.course.worklist import Mark
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.captures.cards import capture_detail, patient_card, session_pair
from edema_desk.store.captures.worklist import Counts, counts, worklist
from edema_desk.store.people.patients import set_dry_weight
from tests.store.store_samples import (
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

MONDAY = date(2026, 3, 2)


def full_session(store: Store, patient_id: str, day: date, pre_g: int, post_g: int) -> str:
    """A session with both weights and an analysed capture before."""
    session_id = session_on(store, patient_id, day)
    weigh(store, session_id, Phase.PRE, pre_g, at(day, 9))
    weigh(store, session_id, Phase.POST, post_g, at(day, 13))
    one = stored_capture(store, patient_id, session_id, Phase.PRE, at(day, 9, 1))
    record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
    return session_id


def test_empty_database_has_empty_pages(store: Store) -> None:
    assert worklist(store, MONDAY) == ()
    assert counts(store) == Counts(0, 0, 0, 0)


def test_worklist_shows_everyone_those_due_first(store: Store) -> None:
    first, second = some_patient(store, "1"), some_patient(store, "2")
    know_model(store)
    full_session(store, first, MONDAY - timedelta(days=3), 53_800, 52_100)
    today = full_session(store, second, MONDAY, 54_000, 52_200)
    rows = {row.patient.patient_id: row for row in worklist(store, MONDAY)}
    assert len(rows) == 2
    assert all(row.due for row in rows.values())
    assert rows[first].session is None
    assert rows[first].pre_mark is Mark.NOT_YET
    shown = rows[second].session
    assert shown is not None
    assert shown.session.session_id == today
    assert (rows[second].pre_mark, rows[second].post_mark) == (Mark.DONE, Mark.CLIP_MISSING)
    assert not any(row.due for row in worklist(store, MONDAY + timedelta(days=1)))
    assert [r.patient.patient_id for r in worklist(store, MONDAY, "2")] == [second]
    assert worklist(store, MONDAY, "nobody") == ()


def test_worklist_and_trend_tell_the_same_of_a_session(store: Store) -> None:
    patient_id = some_patient(store)
    know_model(store)
    full_session(store, patient_id, MONDAY - timedelta(days=7), 53_500, 51_000)
    full_session(store, patient_id, MONDAY - timedelta(days=5), 53_500, 52_000)
    # a session without a post in between: the gain counts from the one before it
    between = session_on(store, patient_id, MONDAY - timedelta(days=3))
    weigh(store, between, Phase.PRE, 53_700, at(MONDAY - timedelta(days=3)))
    today = full_session(store, patient_id, MONDAY, 54_600, 52_200)
    full_session(store, patient_id, MONDAY + timedelta(days=2), 54_000, 52_100)
    trend = patient_card(store, patient_id).trend
    entry = next(e for e in trend.sessions if e.session.session_id == today)
    (row,) = worklist(store, MONDAY)
    assert row.session == entry
    assert session_pair(store, today).entry == entry
    assert entry.gain_g == 2_600
    assert entry.gain_percent == pytest.approx(5.0)
    assert entry.days_since_last == pytest.approx(5 - 4 / 24)
    assert entry.uf_rate_ml_kg_h == pytest.approx(2_400 / 52.2 / 4)
    assert entry.pre is not None
    assert entry.pre.estimate is not None
    assert entry.pre.estimate.excess_kg == 1.25


@pytest.mark.parametrize("days", [-5, -4, -3, -1, 0, 1])
def test_dry_weight_of_the_worklist_is_that_of_the_day(store: Store, days: int) -> None:
    patient_id = some_patient(store)
    know_model(store)
    full_session(store, patient_id, MONDAY - timedelta(days=3), 53_500, 52_000)
    today = full_session(store, patient_id, MONDAY, 54_600, 52_200)
    set_dry_weight(store, new_id(), patient_id, 51_000, MONDAY + timedelta(days=days))
    set_dry_weight(store, new_id(), patient_id, 50_000, MONDAY + timedelta(days=2))
    (row,) = worklist(store, MONDAY)
    assert row.session is not None
    assert row.session.dry_weight_g == (51_000 if days <= 0 else 52_000)
    trend = patient_card(store, patient_id).trend
    assert row.session == next(e for e in trend.sessions if e.session.session_id == today)


def test_a_capture_after_dialysis_without_weight_ends_the_gap_too(store: Store) -> None:
    patient_id = some_patient(store)
    before = session_on(store, patient_id, MONDAY - timedelta(days=3))
    stored_capture(store, patient_id, before, Phase.POST, at(MONDAY - timedelta(days=3), 13))
    today = session_on(store, patient_id, MONDAY)
    weigh(store, today, Phase.PRE, 54_000, at(MONDAY))
    (row,) = worklist(store, MONDAY)
    assert row.session is not None
    assert row.session.days_since_last == pytest.approx(3 - 4 / 24)
    assert row.session.gain_g is None


def test_last_session_of_a_day_counts(store: Store) -> None:
    patient_id = some_patient(store)
    session_on(store, patient_id, MONDAY, 6)
    second = session_on(store, patient_id, MONDAY, 15)
    (row,) = worklist(store, MONDAY)
    assert row.session is not None
    assert row.session.session.session_id == second


def test_spot_captures_stand_between_the_sessions(store: Store) -> None:
    patient_id = some_patient(store)
    spot = stored_capture(store, patient_id, None, Phase.SPOT, at(MONDAY, 15))
    card = patient_card(store, patient_id)
    assert card.trend.sessions == ()
    (entry,) = card.trend.spots
    assert entry.capture == spot
    assert entry.dry_weight_g == 52_000
    assert capture_detail(store, spot.capture_id).estimates == ()


def test_pages_of_nobody_and_nothing(store: Store) -> None:
    for question, code in (
        (patient_card, ErrorCode.UNKNOWN_PATIENT),
        (session_pair, ErrorCode.UNKNOWN_SESSION),
    ):
        with pytest.raises(ExpectedError) as caught:
            question(store, "nowhere")
        assert caught.value.code is code
    with pytest.raises(LookupError):
        capture_detail(store, "nowhere")


def test_a_days_worklist_reads_only_that_day(store: Store) -> None:
    """Counted in steps of SQLite's machine, which no busy computer changes."""
    know_model(store)
    people = [some_patient(store, str(n)) for n in range(3)]
    for patient_id in people:
        full_session(store, patient_id, MONDAY, 54_000, 52_000)
    few = _steps(store)
    for patient_id in people:
        for weeks in range(1, 9):
            full_session(store, patient_id, MONDAY - timedelta(weeks=weeks), 54_000, 52_000)
            full_session(store, patient_id, MONDAY + timedelta(weeks=weeks), 54_000, 52_000)
    assert counts(store).sessions == 3 * 17
    assert _steps(store) < 2 * few  # the session before each is read too


def _steps(store: Store) -> int:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with store.reading() as db:
        db.conn.set_progress_handler(count, 10)
    worklist(store, MONDAY)
    with store.reading() as db:
        db.conn.set_progress_handler(None, 10)
    return steps
