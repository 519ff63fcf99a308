"""Captures and weights find their session through made-up calendars."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edema_desk.domain.capture.pairing import (
    LONGEST_SESSION_H,
    Pairing,
    Proposal,
    SessionState,
    propose_session,
)
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import DialysisSession, Phase

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(hours: float, offset_min: int = 540) -> Moment:
    moment = Moment.of(START + timedelta(hours=hours))
    return replace(moment, offset_min=offset_min)


def session(name: str, hours: float, *phases: Phase) -> SessionState:
    opened = at(hours)
    record = DialysisSession(name, "p", opened.day, opened)
    return SessionState(record, frozenset(phases))


@dataclass
class Clinic:
    """Follows the proposals as a nurse would who is never asked."""

    sessions: list[SessionState] = field(default_factory=list)

    def enter(self, phase: Phase, hours: float, offset_min: int = 540) -> Proposal:
        moment = at(hours, offset_min)
        proposal = propose_session(phase, moment, self.sessions)
        if proposal.pairing is Pairing.OPEN_NEW:
            name = f"s{len(self.sessions)}"
            record = DialysisSession(name, "p", moment.day, moment)
            self.sessions.append(SessionState(record, frozenset({phase})))
        elif proposal.pairing is Pairing.JOIN:
            i = next(
                i
                for i, s in enumerate(self.sessions)
                if s.session.session_id == proposal.session_id
            )
            self.sessions[i] = replace(self.sessions[i], phases=self.sessions[i].phases | {phase})
        return proposal


def test_the_first_pre_opens_a_session() -> None:
    assert propose_session(Phase.PRE, at(0), []) == Proposal(Pairing.OPEN_NEW)


def test_weight_and_clip_of_one_pre_share_a_session() -> None:
    there = [session("a", 0, Phase.PRE)]
    assert propose_session(Phase.PRE, at(0.2), there) == Proposal(Pairing.JOIN, "a")


def test_a_post_closes_the_session_of_its_pre() -> None:
    there = [session("old", -48, Phase.PRE, Phase.POST), session("a", 0, Phase.PRE)]
    assert propose_session(Phase.POST, at(4.2), there) == Proposal(Pairing.JOIN, "a")
    there = [replace(session("a", 0, Phase.PRE, Phase.POST), latest_at=at(4.2))]
    assert propose_session(Phase.POST, at(4.3), there) == Proposal(Pairing.JOIN, "a")


def test_a_phase_that_was_entered_hours_ago_is_asked_about() -> None:
    """It may be a correction, or the entry of a treatment whose other phase is missing."""
    closed = [replace(session("night", 0, Phase.PRE, Phase.POST), latest_at=at(8))]
    assert propose_session(Phase.POST, at(10.1), closed) == Proposal(Pairing.ASK, "night")
    forgotten = [replace(session("night", 0, Phase.PRE), latest_at=at(0.2))]
    assert propose_session(Phase.PRE, at(2.1), forgotten) == Proposal(Pairing.JOIN, "night")
    assert propose_session(Phase.PRE, at(2.3), forgotten) == Proposal(Pairing.ASK, "night")


def test_a_post_long_after_the_planned_end_is_asked_about() -> None:
    there = session("morning", 0, Phase.PRE)
    planned = [replace(there, session=replace(there.session, planned_hours=4.0))]
    assert propose_session(Phase.POST, at(8.0), planned) == Proposal(Pairing.JOIN, "morning")
    assert propose_session(Phase.POST, at(8.1), planned) == Proposal(Pairing.ASK, "morning")


def test_a_night_counts_as_one_session_until_14_hours() -> None:
    there = [session("night", 0, Phase.PRE)]
    assert propose_session(Phase.POST, at(LONGEST_SESSION_H), there).pairing is Pairing.JOIN
    late = propose_session(Phase.POST, at(LONGEST_SESSION_H + 0.01), there)
    assert late == Proposal(Pairing.ASK, None)


def test_a_post_without_a_pre_is_asked_about() -> None:
    assert propose_session(Phase.POST, at(0), []) == Proposal(Pairing.ASK, None)
    only_post = [session("a", 0, Phase.POST)]
    assert propose_session(Phase.POST, at(0.1), only_post) == Proposal(Pairing.ASK, None)


def test_two_open_sessions_are_asked_about() -> None:
    there = [session("a", 0, Phase.PRE), session("b", 3, Phase.PRE)]
    for phase in (Phase.PRE, Phase.POST):
        assert propose_session(phase, at(4), there) == Proposal(Pairing.ASK, "b")


def test_a_second_pre_on_a_closed_session_is_asked_about() -> None:
    there = [session("a", 0, Phase.PRE, Phase.POST)]
    assert propose_session(Phase.PRE, at(5), there) == Proposal(Pairing.ASK, "a")
    assert propose_session(Phase.PRE, at(20), there) == Proposal(Pairing.OPEN_NEW)


def test_sessions_still_to_come_do_not_count() -> None:
    there = [session("later", 6, Phase.PRE)]
    assert propose_session(Phase.PRE, at(0), there) == Proposal(Pairing.OPEN_NEW)
    assert propose_session(Phase.POST, at(0), there) == Proposal(Pairing.ASK, None)


gaps_h = st.floats(20.0, 80.0)
stays_h = st.floats(2.0, 13.5)
stays = st.lists(st.tuples(gaps_h, stays_h, st.booleans(), st.integers(-720, 840)), max_size=12)


@given(stays)
def test_a_well_kept_calendar_never_asks_and_never_mixes(
    calendar: list[tuple[float, float, bool, int]],
) -> None:
    """Days apart, each pre with its clip and weight; some posts were forgotten."""
    clinic, clock = Clinic(), 0.0
    for i, (gap_h, stay_h, has_post, offset_min) in enumerate(calendar):
        clock += gap_h
        assert clinic.enter(Phase.PRE, clock, offset_min) == Proposal(Pairing.OPEN_NEW)
        assert clinic.enter(Phase.PRE, clock + 0.1) == Proposal(Pairing.JOIN, f"s{i}")
        if has_post:
            assert clinic.enter(Phase.POST, clock + stay_h) == Proposal(Pairing.JOIN, f"s{i}")
        clock += stay_h
    assert len(clinic.sessions) == len(calendar)


@given(
    st.lists(st.tuples(st.sampled_from([Phase.PRE, Phase.POST]), st.floats(0.0, 30.0)), max_size=25)
)
def test_nothing_ever_joins_a_session_of_other_hours(
    entries: list[tuple[Phase, float]],
) -> None:
    clinic, clock = Clinic(), 0.0
    for phase, gap_h in entries:
        clock += gap_h
        before = {s.session.session_id: s for s in clinic.sessions}
        proposal = clinic.enter(phase, clock)
        if proposal.pairing is Pairing.JOIN:
            joined = before[str(proposal.session_id)]
            assert 0 <= at(clock).hours_since(joined.session.opened_at) <= LONGEST_SESSION_H
            assert phase is Phase.POST or Phase.POST not in joined.phases
        assert phase is Phase.PRE or proposal.pairing is not Pairing.OPEN_NEW
