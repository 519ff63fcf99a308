"""What a judgement has to say, and what is kept back until there is one."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

import pytest

from edema_desk.domain.course.veil import (
    Veil,
    judges_first_since,
    judging_first,
    veiled_pair,
    veiled_rows,
    veiled_trend,
)
from edema_desk.domain.course.views import SessionPair
from edema_desk.domain.course.worklist import Mark, WorklistRow
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.judgement import (
    Confidence,
    Judgement,
    NewJudgement,
    check_judgement,
    newest_of,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.notes import Note
from edema_desk.domain.terms.records import Phase
from edema_desk.errors import ErrorCode, ExpectedError
from tests.ui.trend_data import PATIENT, SCHEDULE, make_course, make_pair

COURSE = make_course(36)
LONG_AGO = Veil(0, frozenset())
LOW, HIGH = Confidence.LOW, Confidence.HIGH


def judged(number: int, actor: str = "u", capture_id: str = "c") -> Judgement:
    said = NewJudgement(capture_id, True, LOW)
    return Judgement(f"j{number}", said, True, Moment(number, 540), actor)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (NewJudgement("c", True, HIGH, 2.0), None),
        (NewJudgement("c", False, LOW), None),
        (NewJudgement("c"), None),
        (NewJudgement("c", None, None, 1.0), None),
        (NewJudgement("c", skipped="emergency"), None),
        (NewJudgement("c", True), ErrorCode.JUDGEMENT_INCOMPLETE),
        (NewJudgement("c", None, HIGH), ErrorCode.JUDGEMENT_INCOMPLETE),
        (NewJudgement("c", True, HIGH, skipped="x"), ErrorCode.JUDGEMENT_INCOMPLETE),
        (NewJudgement("c", None, None, 1.0, "x"), ErrorCode.JUDGEMENT_INCOMPLETE),
        (NewJudgement("c", True, HIGH, 20.01), ErrorCode.JUDGEMENT_KG),
        (NewJudgement("c", True, HIGH, -5.01), ErrorCode.JUDGEMENT_KG),
        (NewJudgement("c", True, HIGH, float("nan")), ErrorCode.JUDGEMENT_KG),
    ],
)
def test_what_a_judgement_has_to_say(said: NewJudgement, wrong: ErrorCode | None) -> None:
    if wrong is None:
        check_judgement(said)
        return
    with pytest.raises(ExpectedError) as caught:
        check_judgement(said)
    assert caught.value.code is wrong


def test_the_last_judgement_counts() -> None:
    all_of_them = (judged(1), judged(3, "other"), judged(2), judged(9, capture_id="d"))
    newest = newest_of(all_of_them, "c")
    assert newest is not None
    assert newest.judgement_id == "j3"
    own = newest_of(all_of_them, "c", "u")
    assert own is not None
    assert own.judgement_id == "j2"
    assert newest_of(all_of_them, "e") is None


# what is kept back


def numbers_in(value: object) -> set[float]:
    """Every number that stands anywhere in a record."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        return {float(value)}
    if isinstance(value, tuple):
        return set().union(*map(numbers_in, value))
    if is_dataclass(value):
        return set().union(*(numbers_in(getattr(value, f.name)) for f in fields(value)))
    return set()


def whole_pair() -> SessionPair:
    """A session of which everything is known."""
    pair = make_pair(COURSE, 35)
    told = "looks two kilos wet"
    note = Note("n", PATIENT.patient_id, "s35", told, pair.entry.session.opened_at, "u")
    session = replace(pair.entry.session, planned_removal_ml=1900)
    entry = replace(pair.entry, session=session)
    return replace(pair, entry=entry, notes=(note,), judgements=(judged(1),))


def test_a_veiled_session_holds_no_figure_that_tells_an_excess() -> None:
    pair = whole_pair()
    secret = {1900.0}
    for phase in (pair.entry.pre, pair.entry.post):
        assert phase is not None
        assert phase.estimate is not None
        assert phase.scale_excess_kg is not None
        secret |= {float(phase.net_g or 0), phase.estimate.excess_kg or 0.0}
        secret |= {phase.scale_excess_kg, phase.estimate.spread_kg or 0.0}
    secret |= {float(w.gross_g) for w in pair.weighings}
    secret |= {pair.entry.gain_percent or 0.0, pair.entry.uf_rate_ml_kg_h or 0.0}
    assert secret <= numbers_in(pair) | {
        p.scale_excess_kg for p in (pair.entry.pre, pair.entry.post) if p
    }
    veiled = veiled_pair(pair, LONG_AGO)
    assert veiled.veiled
    assert veiled.untold
    assert not secret & numbers_in(veiled)
    assert (veiled.notes, veiled.judgements, veiled.weighings) == ((), (), ())
    assert veiled.pre is not None
    assert pair.pre is not None
    assert veiled.pre.frame_scores is pair.pre.frame_scores  # the faces stay
    assert not veiled_pair(pair, Veil(2**62, frozenset())).untold


def test_what_is_judged_is_shown() -> None:
    pair = whole_pair()
    both = frozenset(d.capture.capture_id for d in (pair.pre, pair.post) if d)
    assert veiled_pair(pair, Veil(0, both)) is pair
    for one in both:
        assert veiled_pair(pair, Veil(0, both - {one})).veiled


def test_a_session_without_a_number_has_nothing_to_hide() -> None:
    pair = whole_pair()
    assert pair.pre is not None
    assert pair.post is not None
    refused = tuple(
        replace(
            detail,
            estimates=tuple(
                replace(e, excess_kg=None, refusal=Refusal.BLURRED) for e in detail.estimates
            ),
        )
        for detail in (pair.pre, pair.post)
    )
    same = replace(pair, pre=refused[0], post=refused[1])
    assert veiled_pair(same, LONG_AGO) is same
    half = replace(pair, pre=refused[0])
    veiled = veiled_pair(half, LONG_AGO)
    assert veiled.pre is not None
    assert veiled.pre.estimates == refused[0].estimates  # why there is no number may be said


def test_the_course_keeps_older_sessions_and_hides_newer_ones() -> None:
    trend = COURSE.trend()
    since = trend.sessions[30].session.opened_at.utc_ms
    veil = Veil(since, frozenset({"c-s33-pre", "c-s33-post"}))
    veiled = veiled_trend(trend, veil)
    hidden = {s.session.session_id for s in veiled.sessions if s.pre is not None and s.pre.veiled}
    assert hidden == {"s31", "s32", "s34", "s35"}
    for old, new in zip(trend.sessions, veiled.sessions, strict=True):
        if new.session.session_id not in hidden:
            assert new is old
            continue
        for phase in (new.pre, new.post):
            assert phase is not None
            assert phase.estimate is None
            assert phase.scale_excess_kg is None
            assert phase.net_g is not None  # to be corrected, and for the next one
        assert (new.gain_g, new.gain_percent, new.uf_rate_ml_kg_h) == (None, None, None)


def test_a_worklist_says_what_is_done_and_no_excess() -> None:
    session = COURSE.trend().sessions[35]
    row = WorklistRow(PATIENT, SCHEDULE, session, due=True)
    (veiled,) = veiled_rows([row], LONG_AGO)
    assert (veiled.pre_mark, veiled.post_mark) == (row.pre_mark, row.post_mark)
    assert row.pre_mark is Mark.DONE
    entry = veiled.entry(Phase.PRE)
    assert entry is not None
    assert entry.scale_excess_kg is None
    assert entry.estimate is None
    later = session.session.opened_at.utc_ms + int(timedelta(days=1).total_seconds() * 1000)
    assert veiled_rows([row], Veil(later, frozenset())) == (row,)
    assert veiled_rows([replace(row, session=None)], LONG_AGO)[0].session is None


# who wishes it


def test_each_user_has_an_own_wish() -> None:
    kept = judging_first("", "local", 5)
    kept = judging_first(kept, "ab12", 7)
    assert (judges_first_since(kept, "local"), judges_first_since(kept, "ab12")) == (5, 7)
    assert judges_first_since(kept, "ab1") is None
    kept = judging_first(kept, "local", 9)
    assert (judges_first_since(kept, "local"), judges_first_since(kept, "ab12")) == (9, 7)
    kept = judging_first(kept, "local", None)
    assert judges_first_since(kept, "local") is None
    assert judges_first_since("local:x nonsense", "local") is None
