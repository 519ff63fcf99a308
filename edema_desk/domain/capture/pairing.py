"""Which session a capture or weight belongs to. Where that is doubtful, it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import DialysisSession, Phase

LONGEST_SESSION_H = 14.0
"""A session opened by its pre is closed by its post within this time: there is overnight
dialysis."""
SAME_SITTING_H = 2.0
"""Weight and clip of one phase are made within this time. A later entry of a phase that is there
already may correct it, or belong to a treatment whose other entries are missing."""
LATE_POST_H = 4.0
"""A post so long after the planned end may belong to a treatment whose pre is missing."""


class Pairing(StrEnum):
    """What to do with an entry."""

    JOIN = "join"
    OPEN_NEW = "open_new"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session beside what it has already. `latest_at` is when its last entry was made, where
    there is one."""

    session: DialysisSession
    phases: frozenset[Phase]
    latest_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Join `session_id`, open a new session, or ask (with the session it may be)."""

    pairing: Pairing
    session_id: str | None = None


def propose_session(phase: Phase, at: Moment, sessions: Sequence[SessionState]) -> Proposal:
    """Where an entry of `phase` made at `at` belongs among the patient's sessions.

    A pre joins the session that was opened just now while that has no post, else opens one; a
    post joins the open session of the last 14 hours. Two candidates, none for a post, one whose
    phase was entered hours ago, or one planned to have ended hours ago: ask.
    """
    near = [s for s in sessions if 0.0 <= at.hours_since(s.session.opened_at) <= LONGEST_SESSION_H]
    if phase is Phase.PRE:
        openly = [s for s in near if Phase.POST not in s.phases]
        if not openly:
            return Proposal(Pairing.ASK, near[0].session.session_id) if near else _NEW
        return _joined(openly, sure=len(openly) == 1 and _just_now(openly[0], at))
    with_pre = [s for s in near if Phase.PRE in s.phases]
    if not with_pre:
        return Proposal(Pairing.ASK)
    one = with_pre[-1]
    in_time = _just_now(one, at) if Phase.POST in one.phases else not _overdue(one, at)
    return _joined(with_pre, sure=len(with_pre) == 1 and in_time)


def _joined(candidates: Sequence[SessionState], *, sure: bool) -> Proposal:
    pairing = Pairing.JOIN if sure else Pairing.ASK
    return Proposal(pairing, candidates[-1].session.session_id)


def _just_now(state: SessionState, at: Moment) -> bool:
    latest = state.latest_at or state.session.opened_at
    return at.hours_since(latest) <= SAME_SITTING_H


def _overdue(state: SessionState, at: Moment) -> bool:
    planned = state.session.planned_hours
    if planned is None:
        return False
    return at.hours_since(state.session.opened_at) > planned + LATE_POST_H


_NEW = Proposal(Pairing.OPEN_NEW)
