"""Keeping figures back from a clinician who wants to judge a face before seeing them.

They are taken out of what is answered to the window, so that no word, tip or accessible name of
it can tell them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from edema_desk.domain.course.clinic_course import ClinicCourse
from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.course.views import CaptureDetail, SessionPair
from edema_desk.domain.course.worklist import WorklistRow
from edema_desk.domain.inbox.filing import InboxEntry


@dataclass(frozen=True, slots=True)
class Veil:
    """Over the figures of captures that are not among those `judged` by who looks (`actor_id`).
    Sessions opened after `since_ms` (UTC), when that was wished, were never shown with theirs."""

    since_ms: int
    judged: frozenset[str]
    actor_id: str = ""

    def untold(self, session: SessionEntry) -> bool:
        """Whether the figures of the session were kept back from its beginning."""
        return session.session.opened_at.utc_ms > self.since_ms

    def over(self, session: SessionEntry) -> bool:
        """Whether a capture of the session has a number in force that is still to be judged."""
        return any(
            entry is not None
            and entry.capture is not None
            and entry.capture.capture_id not in self.judged
            and entry.estimate is not None
            and entry.estimate.excess_kg is not None
            for entry in (session.pre, session.post)
        )


def veiled_pair(pair: SessionPair, veil: Veil) -> SessionPair:
    """The session without anything that tells an excess, be it old or new, where a capture with
    a number is to be judged; else the session as it is. One's own judgements stay."""
    if not any(_to_judge(detail, veil) for detail in (pair.pre, pair.post)):
        return pair
    return replace(
        pair,
        entry=_veiled_session(pair.entry, weights=False),
        pre=_bare(pair.pre),
        post=_bare(pair.post),
        weighings=(),
        notes=(),
        judgements=tuple(j for j in pair.judgements if j.actor == veil.actor_id),
        veiled=True,
        untold=veil.untold(pair.entry),
    )


def veiled_trend(trend: Trend, veil: Veil) -> Trend:
    """The course without what tells the excess of newer sessions that are to be judged. Weights
    stay: they are needed to enter others."""
    return replace(
        trend,
        sessions=tuple(
            _veiled_session(s, weights=True) if veil.untold(s) and veil.over(s) else s
            for s in trend.sessions
        ),
    )


def veiled_rows(rows: Sequence[WorklistRow], veil: Veil) -> tuple[WorklistRow, ...]:
    """A worklist without what tells the excess in newer sessions that are to be judged."""
    return tuple(
        replace(row, session=_veiled_session(row.session, weights=True))
        if row.session is not None and veil.untold(row.session) and veil.over(row.session)
        else row
        for row in rows
    )


def veiled_entries(
    entries: Sequence[InboxEntry], untold: Collection[tuple[str, date]]
) -> tuple[InboxEntry, ...]:
    """An inbox without the estimates of some patients' days, by id."""
    return tuple(
        replace(entry, excess_kg=None)
        if entry.patient is not None and (entry.patient.patient_id, entry.day) in untold
        else entry
        for entry in entries
    )


def veiled_course(course: ClinicCourse, untold: Collection[tuple[str, int]]) -> ClinicCourse:
    """All courses without the captures of some patients' days, by id and `date.toordinal`."""
    places = {patient.patient_id: place for place, patient in enumerate(course.patients)}
    rows = course.rows
    hidden = np.zeros(len(rows), np.bool_)
    for patient_id, day in untold:
        hidden |= (rows.patient == places.get(patient_id, -1)) & (rows.day == day)
    return replace(course, rows=rows.of(~hidden), kept_back=True) if hidden.any() else course


def _veiled_session(session: SessionEntry, *, weights: bool) -> SessionEntry:
    """Without estimates, gain and rate; and without weights, or else without the dry weight that
    they are held against."""
    return replace(
        session,
        session=replace(session.session, planned_removal_ml=None),
        pre=_veiled_entry(session.pre, weights=weights),
        post=_veiled_entry(session.post, weights=weights),
        gain_g=None,
        gain_percent=None,
        uf_rate_ml_kg_h=None,
    )


def _veiled_entry(entry: PhaseEntry | None, *, weights: bool) -> PhaseEntry | None:
    if entry is None:
        return None
    told = entry.estimate
    return replace(
        entry,
        net_g=entry.net_g if weights else None,
        dry_weight_g=None,
        estimate=told if told is not None and told.excess_kg is None else None,
        veiled=told is not None and told.excess_kg is not None,
    )


def _to_judge(detail: CaptureDetail | None, veil: Veil) -> bool:
    return (
        detail is not None
        and detail.capture.capture_id not in veil.judged
        and any(one.excess_kg is not None for one in detail.estimates)
    )


def _bare(detail: CaptureDetail | None) -> CaptureDetail | None:
    """Reasons for no number stay: they tell nothing of fluid."""
    if detail is None:
        return None
    return replace(detail, estimates=tuple(e for e in detail.estimates if e.excess_kg is None))


# who wishes it, as the settings of this PC keep it: "user_id:utc_ms", by spaces


def judges_first_since(kept: str, user_id: str) -> int | None:
    """Since when, in UTC milliseconds, somebody wants to judge first; None who does not."""
    for one in kept.split():
        name, _, since = one.rpartition(":")
        if name == user_id and since.isdecimal():
            return int(since)
    return None


def judging_first(kept: str, user_id: str, since_ms: int | None) -> str:
    """The same with another wish of one user."""
    others = [one for one in kept.split() if one.rpartition(":")[0] != user_id]
    return " ".join([*others, f"{user_id}:{since_ms}"] if since_ms is not None else others)
