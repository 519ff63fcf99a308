"""A patient's course: excess over dry weight by the scale and by the face, session by session."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    DialysisSession,
    DryWeight,
    Phase,
    StoredEstimate,
    Weighing,
)


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    """What is known of one phase of a session (or of one spot capture). Any part may be missing."""

    phase: Phase
    at: Moment
    net_g: int | None
    dry_weight_g: int | None
    capture: Capture | None
    estimate: StoredEstimate | None
    corrected: bool = False
    """Whether the weight stands in place of an earlier one."""
    veiled: bool = False
    """Whether there is an estimate that is kept back from who looks; see `domain.veil`."""

    @property
    def scale_excess_kg(self) -> float | None:
        """Scale weight minus the dry weight valid on that day."""
        if self.net_g is None or self.dry_weight_g is None:
            return None
        return (self.net_g - self.dry_weight_g) / 1000


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One session of the trend, with the figures read beside it."""

    session: DialysisSession
    pre: PhaseEntry | None
    post: PhaseEntry | None
    dry_weight_g: int | None
    gain_g: int | None
    gain_percent: float | None
    uf_rate_ml_kg_h: float | None
    days_since_last: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """All sessions of a patient in time order, and the steps of the dry weight."""

    sessions: tuple[SessionEntry, ...]
    spots: tuple[PhaseEntry, ...]
    dry_weights: tuple[DryWeight, ...]

    def entries(self) -> tuple[PhaseEntry, ...]:
        """Every pre, post and spot there is, in time order."""
        phases = [entry for s in self.sessions for entry in (s.pre, s.post) if entry is not None]
        return tuple(sorted([*phases, *self.spots], key=lambda entry: entry.at))


def valid_dry_weights(entries: Sequence[DryWeight]) -> tuple[DryWeight, ...]:
    """Entries that no later one supersedes, by the day they start."""
    replaced = {e.supersedes for e in entries if e.supersedes}
    live = [e for e in entries if e.entry_id not in replaced]
    return tuple(sorted(live, key=lambda e: (e.valid_from, e.entered_at)))


def dry_weight_on(day: date, entries: Sequence[DryWeight]) -> int | None:
    """The dry weight valid on `day` in grams: the last that starts on or before it."""
    return _in_force(day, valid_dry_weights(entries))


def _in_force(day: date, steps: Sequence[DryWeight]) -> int | None:
    """The same of entries that are sorted and valid."""
    place = bisect_right(steps, day, key=lambda step: step.valid_from)
    return steps[place - 1].weight_g if place else None


def live_weighings(weighings: Sequence[Weighing]) -> tuple[Weighing, ...]:
    """Weighings that no correction supersedes, in time order."""
    replaced = {w.supersedes for w in weighings if w.supersedes}
    live = [w for w in weighings if w.weighing_id not in replaced]
    return tuple(sorted(live, key=lambda w: w.weighed_at))


def uf_rate_ml_kg_h(removed_g: int, post_g: int, hours: float) -> float:
    """Ultrafiltration rate in mL per kg of weight after dialysis and hour; 1 g counts 1 mL."""
    return removed_g / (post_g / 1000) / hours


def build_trend(
    sessions: Sequence[DialysisSession],
    weighings: Mapping[str, Sequence[Weighing]],
    captures: Sequence[Capture],
    estimates: Mapping[str, StoredEstimate],
    dry_weights: Sequence[DryWeight],
) -> Trend:
    """The course of one patient. `weighings` by session id, `estimates` (the one in force) by
    capture id. The gain is pre minus the post of the session before. Of several captures of a
    phase the last counts, but a whole one before a part, and anything before one given up."""
    by_slot = {(c.session_id, c.phase): c for c in sorted(captures, key=_counts_less)}
    steps = valid_dry_weights(dry_weights)
    entries: list[SessionEntry] = []
    last_post: PhaseEntry | None = None
    for session in sorted(sessions, key=lambda s: s.opened_at):
        dry_g = _in_force(session.day, steps)
        live = {w.phase: w for w in live_weighings(weighings.get(session.session_id, ()))}
        pre, post = (
            _phase_entry(
                phase, live.get(phase), by_slot.get((session.session_id, phase)), estimates, dry_g
            )
            for phase in (Phase.PRE, Phase.POST)
        )
        entries.append(_session_entry(session, pre, post, dry_g, last_post))
        last_post = post or last_post
    spots = tuple(
        PhaseEntry(
            Phase.SPOT,
            c.captured_at,
            None,
            _in_force(c.captured_at.day, steps),
            c,
            estimates.get(c.capture_id),
        )
        for c in captures
        if c.phase is Phase.SPOT and not c.given_up
    )
    return Trend(tuple(entries), spots, steps)


def _counts_less(capture: Capture) -> tuple[bool, bool, Moment]:
    return not capture.given_up, capture.whole, capture.captured_at


def _phase_entry(
    phase: Phase,
    weighing: Weighing | None,
    capture: Capture | None,
    estimates: Mapping[str, StoredEstimate],
    dry_g: int | None,
) -> PhaseEntry | None:
    if weighing is not None:
        at = weighing.weighed_at
    elif capture is not None:
        at = capture.captured_at
    else:
        return None
    return PhaseEntry(
        phase,
        at,
        weighing.net_g if weighing else None,
        dry_g,
        capture,
        estimates.get(capture.capture_id) if capture else None,
        weighing is not None and weighing.supersedes is not None,
    )


def _session_entry(
    session: DialysisSession,
    pre: PhaseEntry | None,
    post: PhaseEntry | None,
    dry_g: int | None,
    last_post: PhaseEntry | None,
) -> SessionEntry:
    gain_g: int | None = None
    days: float | None = None
    if pre is not None and last_post is not None:
        days = pre.at.hours_since(last_post.at) / 24
        if pre.net_g is not None and last_post.net_g is not None:
            gain_g = pre.net_g - last_post.net_g
    rate: float | None = None
    if session.planned_hours and pre and post and pre.net_g and post.net_g:
        rate = uf_rate_ml_kg_h(pre.net_g - post.net_g, post.net_g, session.planned_hours)
    percent = 100 * gain_g / dry_g if gain_g is not None and dry_g else None
    return SessionEntry(session, pre, post, dry_g, gain_g, percent, rate, days)
