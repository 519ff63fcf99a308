"""Which figures the patient page shows of the newest entries, worked out without a widget."""

from dataclasses import dataclass

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend, uf_rate_ml_kg_h
from edema_desk.domain.terms.records import Phase


@dataclass(frozen=True, slots=True)
class UfRate:
    """`planned`: from the planned removal, because there is no weight after dialysis yet."""

    ml_kg_h: float
    hours: float
    planned: bool


def latest_entry(trend: Trend) -> PhaseEntry | None:
    """The newest of all phases and spot captures."""
    entries = [e for s in trend.sessions for e in (s.pre, s.post) if e is not None]
    entries += trend.spots
    return max(entries, key=lambda e: e.at.utc_ms) if entries else None


def latest_session(trend: Trend) -> SessionEntry | None:
    """The newest session that has an entry."""
    return next((s for s in reversed(trend.sessions) if s.pre or s.post), None)


def session_of(trend: Trend, entry: PhaseEntry) -> str | None:
    """The session an entry belongs to; None for a spot capture."""
    if entry.phase is Phase.SPOT:
        return None
    newest_first = reversed(trend.sessions)
    return next(s.session.session_id for s in newest_first if entry in (s.pre, s.post))


def uf_rate(entry: SessionEntry) -> UfRate | None:
    """What was removed per kg and hour, or what is planned; None without hours or amounts."""
    session = entry.session
    if not session.planned_hours:
        return None
    if entry.uf_rate_ml_kg_h is not None:
        return UfRate(entry.uf_rate_ml_kg_h, session.planned_hours, planned=False)
    before_g = entry.pre.net_g if entry.pre else None
    if not before_g or not session.planned_removal_ml:
        return None
    after_g = before_g - session.planned_removal_ml  # 1 mL counts 1 g
    rate = uf_rate_ml_kg_h(session.planned_removal_ml, after_g, session.planned_hours)
    return UfRate(rate, session.planned_hours, planned=True)
