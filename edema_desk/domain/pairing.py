"""Which session a capture or weight belongs to. Where that is doubtful, it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edema_desk.domain.moment import Moment
from edema_desk.domain.records import DialysisSession, Phase

LONGEST_SESSION_H = 14.0
"""A session opened by its pre is closed by its post within this time: there is overnight
dialysis."""


class Pairing(StrEnum):
    """What to do with an entry."""

    JOIN = "join"
    OPEN_NEW = "open_new"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session beside what it has already."""

    session: DialysisSession
    phases: frozenset[Phase]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Join `session_id`, open a new session, or ask (with the session it may be)."""

    pairing: Pairing
    session_id: str | None = None


def propose_session(phase: Phase, at: Moment, sessions: Sequence[SessionState]) -> Proposal:
    """Where an entry of `phase` made at `at` belongs among the patient's sessions.

    A pre joins the session of the same hours while that has no post, else opens one; a post
    joins the open session of the last 14 hours. Two candidates, or none for a post: ask.
    """
    near = [s for s in sessions if 0.0 <= at.hours_since(s.session.opened_at) <= LONGEST_SESSION_H]
    if phase is Phase.PRE:
        openly = [s for s in near if Phase.POST not in s.phases]
        if not openly:
            return Proposal(Pairing.ASK, near[0].session.session_id) if near else _NEW
        if len(openly) == 1:
            return Proposal(Pairing.JOIN, openly[0].session.session_id)
        return Proposal(Pairing.ASK, openly[-1].session.session_id)
    with_pre = [s for s in near if Phase.PRE in s.phases]
    if len(with_pre) == 1:
        return Proposal(Pairing.JOIN, with_pre[0].session.session_id)
    return Proposal(Pairing.ASK, with_pre[-1].session.session_id if with_pre else None)


_NEW = Proposal(Pairing.OPEN_NEW)
