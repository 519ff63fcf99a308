"""Whom a clip from a folder shows, in which phase and when. What is doubtful is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from edema_desk.domain.capture.pairing import Pairing, SessionState, propose_session
from edema_desk.domain.inbox.filing import InboxDoubt, Target, TimeFrom
from edema_desk.domain.inbox.naming import NameClues
from edema_desk.domain.inbox.sidecar import Sidecar
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Phase
from edema_desk.domain.terms.search import search_key

AHEAD_H = 1.0
"""How far a tablet's clock may be ahead of this one."""

LATE_OPENING_H = 2.0
"""A clip may be made this long before somebody enters the weight that opens its session."""

USUAL_HOURS = 4.0
USUAL_TIMES: Mapping[Phase, time] = {
    Phase.PRE: time(9, 0),
    Phase.POST: time(13, 0),
    Phase.SPOT: time(12, 0),
}
"""Taken where a day is known and no time of day, and no session says better."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of a clip beside its pictures. Times are aware; `file_at` is when the
    file was last changed, `clip_at` when it was made, as its container says."""

    name: NameClues
    file_at: datetime
    clip_at: datetime | None = None
    sidecar: Sidecar | None = None
    sidecar_broken: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What follows from the evidence. Without `doubts` the target is whole, but for its
    session."""

    target: Target
    doubts: tuple[InboxDoubt, ...] = ()


def match(evidence: Evidence, people: Mapping[str, Sequence[str]], now: Moment) -> Match:
    """Whom and when. `people` are patient ids by folded chart number."""
    doubts: list[InboxDoubt] = []
    if evidence.sidecar_broken:
        doubts.append(InboxDoubt.SIDECAR_BROKEN)
    patient_id = _who(evidence, people, doubts)
    phase = _which(evidence, doubts)
    at, time_from = _when(evidence, phase, doubts)
    if at is not None and at.hours_since(now) > AHEAD_H:
        doubts.append(InboxDoubt.DAY_AHEAD)
    target = Target(patient_id, None, phase, at, time_from)
    return Match(target, tuple(dict.fromkeys(doubts)))


def place(target: Target, sessions: Sequence[SessionState]) -> Match:
    """Into which session a target belongs, where its patient has these sessions around it."""
    if target.phase is None or target.at is None or target.phase is Phase.SPOT:
        return Match(target)
    if target.time_from is TimeFrom.USUAL:
        return _place_by_day(target, target.phase, target.at, sessions)
    proposed = propose_session(target.phase, _entered(target.phase, target.at, sessions), sessions)
    doubts = (InboxDoubt.WHICH_SESSION,) if proposed.pairing is Pairing.ASK else ()
    return Match(replace(target, session_id=proposed.session_id), doubts)


def _who(
    evidence: Evidence, people: Mapping[str, Sequence[str]], doubts: list[InboxDoubt]
) -> str | None:
    words = evidence.name.words
    in_name = {found for word in words for found in people.get(word, ())}
    said = evidence.sidecar.chart_number if evidence.sidecar else ""
    meant = set(people.get(search_key(said), ())) if said else in_name
    if said and in_name and in_name != meant:
        doubts.append(InboxDoubt.SIDECAR_DIFFERS)
    if len(meant) == 1:
        return meant.pop()
    if meant:
        doubts.append(InboxDoubt.SEVERAL_PATIENTS)
    else:
        told = said or any(any(c.isdigit() for c in word) for word in words)
        doubts.append(InboxDoubt.NUMBER_UNKNOWN if told else InboxDoubt.NO_NUMBER)
    return None


def _which(evidence: Evidence, doubts: list[InboxDoubt]) -> Phase | None:
    in_name = evidence.name.phases
    said = evidence.sidecar.phase if evidence.sidecar else None
    if said is not None:
        if in_name and in_name != (said,):
            doubts.append(InboxDoubt.SIDECAR_DIFFERS)
        return said
    if len(in_name) == 1:
        return in_name[0]
    doubts.append(InboxDoubt.SEVERAL_PHASES if in_name else InboxDoubt.NO_PHASE)
    return None


def _when(
    evidence: Evidence, phase: Phase | None, doubts: list[InboxDoubt]
) -> tuple[Moment | None, TimeFrom | None]:
    """Sidecar, else name, else container, else file; a day alone takes its hour from these."""
    days = evidence.name.days
    sidecar = evidence.sidecar or Sidecar()
    if sidecar.at is not None:
        at = Moment.of(sidecar.at.astimezone())
        if days and at.day not in days:
            doubts.append(InboxDoubt.SIDECAR_DIFFERS)
        return at, TimeFrom.SIDECAR
    if sidecar.day is not None:
        if days and sidecar.day not in days:
            doubts.append(InboxDoubt.SIDECAR_DIFFERS)
        return _on(sidecar.day, evidence, phase)
    if len(days) > 1:
        doubts.append(InboxDoubt.SEVERAL_DAYS)
        return None, None
    if days:
        return _on(days[0], evidence, phase)
    if evidence.clip_at is not None:
        return Moment.of(evidence.clip_at.astimezone()), TimeFrom.CLIP
    return Moment.of(evidence.file_at.astimezone()), TimeFrom.FILE


def _on(day: date, evidence: Evidence, phase: Phase | None) -> tuple[Moment, TimeFrom]:
    clock = evidence.name.at
    if clock is not None and day in evidence.name.days:
        return Moment.at_clinic(day, clock.hour, clock.minute), TimeFrom.NAME
    for found, time_from in ((evidence.clip_at, TimeFrom.CLIP), (evidence.file_at, TimeFrom.FILE)):
        if found is not None and found.astimezone().date() == day:
            return Moment.of(found.astimezone()), time_from
    usual = USUAL_TIMES[phase or Phase.SPOT]
    return Moment.at_clinic(day, usual.hour, usual.minute), TimeFrom.USUAL


def _entered(phase: Phase, at: Moment, sessions: Sequence[SessionState]) -> Moment:
    """The time by which a session is looked for: a pre may be older than the session it opens."""
    if phase is not Phase.PRE:
        return at
    soon = [s.session.opened_at for s in sessions if s.session.opened_at > at]
    late = [opened for opened in soon if opened.hours_since(at) <= LATE_OPENING_H]
    return min(late, default=at)


def _place_by_day(
    target: Target, phase: Phase, at: Moment, sessions: Sequence[SessionState]
) -> Match:
    """Only the day is known: the one session of that day is meant."""
    of_day = [s.session for s in sessions if s.session.day == at.day]
    if len(of_day) == 1:
        session = of_day[0]
        hours = session.planned_hours or USUAL_HOURS
        moved = session.opened_at
        if phase is Phase.POST:
            moved = Moment.of(moved.local() + timedelta(hours=hours))
        return Match(replace(target, session_id=session.session_id, at=moved))
    if not of_day and phase is Phase.PRE:
        return Match(target)
    return Match(target, (InboxDoubt.WHICH_SESSION,))
