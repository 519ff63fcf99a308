"""What the marks of a day say, and in which order people stand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry
from edema_desk.domain.course.worklist import (
    Mark,
    NextAct,
    NextStep,
    WorklistRow,
    next_act,
    phase_mark,
    sort_rows,
)
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    Patient,
    Phase,
    Schedule,
    StoredEstimate,
)
from edema_desk.domain.terms.schedule import DayPlan

NOW = Moment.of(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
ESTIMATE = StoredEstimate("e", "c", "base-1", NOW, 1.2, 0.4, None)
REFUSED = replace(ESTIMATE, excess_kg=None, spread_kg=None, refusal=Refusal.BLURRED)


def entry(
    state: CaptureState | None,
    *,
    net_g: int | None = 52_000,
    estimate: StoredEstimate | None = None,
    stored: bool = True,
) -> PhaseEntry:
    capture = None
    if state is not None:
        sha256 = "ab" if stored else None
        capture = Capture("c", "p", "s", Phase.PRE, NOW, state, "file", sha256)
    return PhaseEntry(Phase.PRE, NOW, net_g, 50_000, capture, estimate)


@pytest.mark.parametrize(
    ("phase", "mark"),
    [
        (None, Mark.NOT_YET),
        (entry(None), Mark.CLIP_MISSING),
        (entry(CaptureState.RECORDING, net_g=None), Mark.WORKING),
        (entry(CaptureState.STORED), Mark.WORKING),
        (entry(CaptureState.INCOMPLETE), Mark.WORKING),
        (entry(CaptureState.INCOMPLETE, stored=False), Mark.CLIP_MISSING),
        (entry(CaptureState.ANALYSED, net_g=None, estimate=ESTIMATE), Mark.WEIGHT_MISSING),
        (entry(CaptureState.ANALYSED, estimate=ESTIMATE), Mark.DONE),
        (entry(CaptureState.REFUSED, estimate=REFUSED), Mark.REFUSED),
        (entry(CaptureState.REFUSED, net_g=None, estimate=REFUSED), Mark.REFUSED),
    ],
)
def test_marks(phase: PhaseEntry | None, mark: Mark) -> None:
    assert phase_mark(phase) == mark


def row(
    kana: str,
    *,
    due: bool = True,
    shift: int = 1,
    bed: str = "A1",
    name: str = "n",
    number: str = "1",
) -> WorklistRow:
    return WorklistRow(
        Patient(kana + number, number, name, kana), Schedule((0,), shift, bed), None, due
    )


def test_rows_stand_in_the_order_a_nurse_walks() -> None:
    wanted = [
        row("ア", bed="A1"),
        row("イ", bed="A2"),
        row("ウ", bed="A2"),
        row("ア", bed=""),
        row("ア", shift=2),
        row("ア", due=False),
    ]
    assert list(sort_rows(wanted[::-1])) == wanted


def test_beds_stand_in_the_order_a_person_counts_them() -> None:
    beds = ["7", "12", "A2", "A12", "A102", "B1", ""]
    wanted = [row("ア", bed=bed) for bed in beds]
    assert [r.schedule.bed for r in sort_rows(wanted[::-1])] == beds


def test_without_kana_the_name_counts() -> None:
    wanted = [
        row("", name="Abe"),
        row("", name="Baba", number="1"),
        row("", name="Baba", number="2"),
    ]
    assert list(sort_rows(wanted[::-1])) == wanted


@given(st.permutations(range(8)))
def test_nobody_is_hidden(order: list[int]) -> None:
    rows = [
        row("アイウエオカキク"[i], due=i % 2 == 0, shift=i % 3, bed="AB"[i % 2]) for i in range(8)
    ]
    assert sort_rows([rows[i] for i in order]) == sort_rows(rows)
    assert {r.patient.patient_id for r in sort_rows(rows)} == {r.patient.patient_id for r in rows}


def test_a_row_shows_both_phases_and_the_later_one() -> None:
    pre, post = entry(CaptureState.ANALYSED, estimate=ESTIMATE), entry(None)
    record = DialysisSession("s", "p", date(2026, 3, 2), NOW)
    session = SessionEntry(record, pre, post, None, None, None, None, None)
    full = replace(row("ア"), session=session)
    assert (full.pre_mark, full.post_mark, full.latest) == (Mark.DONE, Mark.CLIP_MISSING, post)
    early = replace(full, session=replace(session, post=None))
    assert (early.post_mark, early.latest) == (Mark.DUE, pre)
    nobody = row("ア")
    assert (nobody.pre_mark, nobody.post_mark, nobody.latest) == (Mark.NOT_YET, Mark.NOT_YET, None)


DONE = entry(CaptureState.ANALYSED, estimate=ESTIMATE)
AGAIN = entry(CaptureState.REFUSED, estimate=REFUSED)
NO_WEIGHT = entry(CaptureState.ANALYSED, net_g=None, estimate=ESTIMATE)
NO_CLIP = entry(None)
WORKING = entry(CaptureState.STORED)


def of_session(
    pre: PhaseEntry | None, post: PhaseEntry | None, hours: float | None = None
) -> WorklistRow:
    record = DialysisSession("s", "p", date(2026, 3, 2), NOW, hours)
    return replace(row("ア"), session=SessionEntry(record, pre, post, None, None, None, None, None))


@pytest.mark.parametrize(
    ("pre", "post", "step", "phase"),
    [
        (None, None, NextStep.CAPTURE, Phase.PRE),
        (NO_CLIP, None, NextStep.CAPTURE, Phase.PRE),
        (AGAIN, None, NextStep.AGAIN, Phase.PRE),
        (NO_WEIGHT, None, NextStep.WEIGHT, Phase.PRE),
        (WORKING, None, NextStep.CAPTURE, Phase.POST),
        (DONE, None, NextStep.CAPTURE, Phase.POST),
        (DONE, NO_CLIP, NextStep.CAPTURE, Phase.POST),
        (DONE, AGAIN, NextStep.AGAIN, Phase.POST),
        (DONE, NO_WEIGHT, NextStep.WEIGHT, Phase.POST),
        (DONE, DONE, NextStep.OPEN, Phase.POST),
        # once there is an after, no face before it can be recorded any more; a weight can come
        (AGAIN, DONE, NextStep.OPEN, Phase.POST),
        (NO_CLIP, DONE, NextStep.OPEN, Phase.POST),
        (None, DONE, NextStep.WEIGHT, Phase.PRE),
        (NO_WEIGHT, DONE, NextStep.WEIGHT, Phase.PRE),
    ],
)
def test_one_next_step(
    pre: PhaseEntry | None, post: PhaseEntry | None, step: NextStep, phase: Phase
) -> None:
    assert next_act(of_session(pre, post)) == NextAct(step, phase)


def test_an_estimate_refused_for_want_of_a_reference_is_not_recorded_again() -> None:
    """Another clip would be refused the same; the clip itself is good."""
    first = entry(CaptureState.ANALYSED, estimate=replace(REFUSED, refusal=Refusal.NO_REFERENCE))
    assert next_act(of_session(first, None)) == NextAct(NextStep.CAPTURE, Phase.POST)


def test_who_is_away_or_not_due_is_asked_for_nothing() -> None:
    away = replace(row("ア"), plan=DayPlan.AWAY)
    assert next_act(away).step is NextStep.NOTHING
    came = replace(of_session(DONE, None), plan=DayPlan.AWAY)
    assert not came.away
    assert next_act(came).step is NextStep.CAPTURE
    assert next_act(row("ア", due=False)).step is NextStep.OPEN


@pytest.mark.parametrize(
    ("pre", "mark"),
    [(None, Mark.NOT_YET), (AGAIN, Mark.NOT_YET), (NO_WEIGHT, Mark.NOT_YET), (DONE, Mark.DUE)],
)
def test_the_after_is_due_when_nothing_is_left_before(pre: PhaseEntry, mark: Mark) -> None:
    assert of_session(pre, None).post_mark is mark


def test_the_after_is_due_when_the_hours_are_over() -> None:
    def due_h(found: WorklistRow) -> float | None:
        return found.post_due.hours_since(NOW) if found.post_due else None

    usual = replace(of_session(DONE, None), schedule=Schedule((0,), 1, "A1", 4.0))
    assert due_h(usual) == 4.0
    own = replace(of_session(DONE, None, 3.5), schedule=usual.schedule)
    assert due_h(own) == 3.5
    assert due_h(of_session(DONE, None)) is None
    assert due_h(row("ア")) is None


def test_a_part_is_marked_and_recorded_again() -> None:
    whole = entry(CaptureState.ANALYSED, estimate=ESTIMATE)
    assert whole.capture is not None
    part = replace(whole, capture=replace(whole.capture, whole=False, recovered=True))
    assert phase_mark(part) is Mark.INCOMPLETE
    session = DialysisSession("s", "p", date(2026, 3, 2), NOW)
    row = WorklistRow(
        Patient("p", "1", "A"),
        Schedule(),
        SessionEntry(session, part, None, 50_000, None, None, None, None),
        due=True,
    )
    assert next_act(row) == NextAct(NextStep.AGAIN, Phase.PRE)
    late = replace(row, session=replace(row.session, post=whole)) if row.session else row
    assert next_act(late).step is not NextStep.AGAIN
