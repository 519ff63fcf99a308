"""A patient's course as bytes, and back: what is kept of it so that it opens at once."""

import json
import zlib
from datetime import date
from typing import Any

from edema_desk.domain.estimate import IntervalKind, Refusal, TransferKind
from edema_desk.domain.moment import Moment
from edema_desk.domain.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Phase,
    StoredEstimate,
)
from edema_desk.domain.trend import PhaseEntry, SessionEntry, Trend

LAYOUT = 1
"""Another number for another layout: what was kept under an older one is made again."""

Packed = list[Any]


def pack_course(trend: Trend) -> bytes:
    """The whole course. References are kept as places in the list of its captures."""
    captures = [e.capture.capture_id for e in trend.entries() if e.capture]
    place = {capture_id: number for number, capture_id in enumerate(captures)}
    whole = {
        "captures": captures,
        "sessions": [_packed_session(s, place) for s in trend.sessions],
        "spots": [_packed_phase(s, place) for s in trend.spots],
        "dry_weights": [_packed_dry(d) for d in trend.dry_weights],
    }
    return zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 1)


def unpack_course(kept: bytes, patient_id: str) -> Trend:
    """The inverse of `pack_course`."""
    whole = json.loads(zlib.decompress(kept))
    reader = _Reader(patient_id, whole["captures"])
    return Trend(
        tuple(reader.session(packed) for packed in whole["sessions"]),
        tuple(entry for packed in whole["spots"] if (entry := reader.phase(packed, None))),
        tuple(reader.dry_weight(packed) for packed in whole["dry_weights"]),
    )


def _packed_session(entry: SessionEntry, place: dict[str, int]) -> Packed:
    own = entry.session
    return [
        own.session_id,
        own.day.toordinal(),
        *_packed_moment(own.opened_at),
        own.planned_hours,
        own.planned_removal_ml,
        _packed_phase(entry.pre, place),
        _packed_phase(entry.post, place),
        entry.dry_weight_g,
        entry.gain_g,
        entry.gain_percent,
        entry.uf_rate_ml_kg_h,
        entry.days_since_last,
    ]


def _packed_phase(entry: PhaseEntry | None, place: dict[str, int]) -> Packed | None:
    if entry is None:
        return None
    return [
        entry.phase.value,
        *_packed_moment(entry.at),
        entry.net_g,
        entry.dry_weight_g,
        _packed_capture(entry.capture),
        _packed_estimate(entry.estimate, place),
        entry.corrected,
    ]


def _packed_capture(capture: Capture | None) -> Packed | None:
    if capture is None:
        return None
    return [
        capture.capture_id,
        *_packed_moment(capture.captured_at),
        capture.state.value,
        capture.source,
        capture.sha256,
        capture.duration_ms,
        capture.frames_seen,
        capture.frames_chosen,
        capture.whole,
        capture.recovered,
    ]


def _packed_estimate(said: StoredEstimate | None, place: dict[str, int]) -> Packed | None:
    if said is None:
        return None
    return [
        said.estimate_id,
        said.model_id,
        *_packed_moment(said.made_at),
        said.excess_kg,
        said.spread_kg,
        said.refusal.value if said.refusal else None,
        [place.get(r, r) for r in said.references],
        said.program_version,
        said.sd_kg,
        said.p_edema,
        said.interval_kind.value,
        said.transfer.value,
    ]


def _packed_dry(entry: DryWeight) -> Packed:
    return [
        entry.entry_id,
        entry.weight_g,
        entry.valid_from.toordinal(),
        *_packed_moment(entry.entered_at),
        entry.actor,
        entry.reason,
        entry.supersedes,
    ]


def _packed_moment(at: Moment) -> tuple[int, int]:
    return at.utc_ms, at.offset_min


class _Reader:
    """What the parts of one course have in common: whose it is, and its captures by place."""

    def __init__(self, patient_id: str, captures: list[str]) -> None:
        self._patient_id = patient_id
        self._captures = captures

    def session(self, packed: Packed) -> SessionEntry:
        session_id, day, utc_ms, offset_min, hours, removal_ml, pre, post, *figures = packed
        own = DialysisSession(
            session_id,
            self._patient_id,
            date.fromordinal(day),
            Moment(utc_ms, offset_min),
            hours,
            removal_ml,
        )
        return SessionEntry(
            own, self.phase(pre, session_id), self.phase(post, session_id), *figures
        )

    def phase(self, packed: Packed | None, session_id: str | None) -> PhaseEntry | None:
        if packed is None:
            return None
        phase, utc_ms, offset_min, net_g, dry_g, capture, estimate, corrected = packed
        seen = self._capture(capture, session_id, Phase(phase))
        said = self._estimate(estimate, seen.capture_id) if seen and estimate else None
        at = Moment(utc_ms, offset_min)
        return PhaseEntry(Phase(phase), at, net_g, dry_g, seen, said, corrected)

    def _capture(
        self, packed: Packed | None, session_id: str | None, phase: Phase
    ) -> Capture | None:
        if packed is None:
            return None
        capture_id, utc_ms, offset_min, state, *rest = packed
        at = Moment(utc_ms, offset_min)
        return Capture(
            capture_id, self._patient_id, session_id, phase, at, CaptureState(state), *rest
        )

    def _estimate(self, packed: Packed, capture_id: str) -> StoredEstimate:
        own_id, model_id, utc_ms, offset_min, kg, spread_kg, refusal, places, *rest = packed
        version, sd_kg, p_edema, interval, transfer = rest
        return StoredEstimate(
            own_id,
            capture_id,
            model_id,
            Moment(utc_ms, offset_min),
            kg,
            spread_kg,
            Refusal(refusal) if refusal else None,
            tuple(self._captures[p] if isinstance(p, int) else p for p in places),
            version,
            sd_kg,
            p_edema,
            IntervalKind(interval),
            TransferKind(transfer),
        )

    def dry_weight(self, packed: Packed) -> DryWeight:
        entry_id, weight_g, day, utc_ms, offset_min, actor, reason, supersedes = packed
        return DryWeight(
            entry_id,
            self._patient_id,
            weight_g,
            date.fromordinal(day),
            Moment(utc_ms, offset_min),
            actor,
            reason,
            supersedes,
        )
