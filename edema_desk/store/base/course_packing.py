"""A patient's course as bytes, and back: what is kept of it so that it opens at once.

It is laid out by columns, so that `map` makes the thousands of records of ten years without a step
of Python's for each. One record names another by its place among them, -1 for none.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise, repeat
from typing import Any, TypeVar

from edema_desk.domain.course.trend import PhaseEntry, SessionEntry, Trend
from edema_desk.domain.terms.estimate import IntervalKind, Refusal, TransferKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Phase,
    StoredEstimate,
)

T = TypeVar("T")
Columns = dict[str, list[Any]]

_PHASES = {one.value: one for one in Phase}
_STATES = {one.value: one for one in CaptureState}
_REFUSALS: dict[str | None, Refusal | None] = {
    None: None,
    **{one.value: one for one in Refusal},
}
_KINDS = {one.value: one for one in IntervalKind}
_TRANSFERS = {one.value: one for one in TransferKind}


def pack_course(trend: Trend) -> bytes:
    """The whole course."""
    held = _Held()
    whole = {
        "sessions": _packed_sessions(trend.sessions, held),
        "spots": {"entry": [held.entry(spot) for spot in trend.spots]},
        "entries": _packed_entries(held.entries, held),
        "captures": _packed_captures(held.captures, [s.session.session_id for s in trend.sessions]),
        "estimates": _packed_estimates(held.estimates, [c.capture_id for c in held.captures]),
        "dry_weights": _packed_dry_weights(trend.dry_weights),
    }
    told = {name: _thinned(columns) for name, columns in whole.items()}
    references = _packed_references(held)
    text = json.dumps([told, references], separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def unpack_course(kept: bytes, patient_id: str) -> Trend:
    """The inverse of `pack_course`."""
    told, packed_references = json.loads(zlib.decompress(kept))
    whole = {name: _filled(columns) for name, columns in told.items()}
    sessions, capture_ids = whole["sessions"], whole["captures"]["id"]
    captures = tuple(_captures(whole["captures"], sessions["id"], patient_id))
    references = _references(packed_references, capture_ids)
    estimates = tuple(_estimates(whole["estimates"], capture_ids, references))
    entries = tuple(_entries(whole["entries"], captures, estimates))
    return Trend(
        tuple(_sessions(sessions, entries, patient_id)),
        tuple(map(entries.__getitem__, whole["spots"]["entry"])),
        tuple(_dry_weights(whole["dry_weights"], patient_id)),
    )


def _thinned(columns: Columns) -> Columns:
    """Columns that say the same in each place say it once."""
    return {n: c[:1] if c and c.count(c[0]) == len(c) else c for n, c in columns.items()} | {
        "count": [len(next(iter(columns.values())))]
    }


def _filled(columns: Columns) -> Columns:
    """The inverse of `_thinned`."""
    (count,) = columns.pop("count")
    return {name: c * count if len(c) == 1 else c for name, c in columns.items()}


class _Held:
    """The records within a course in the order they are met, and where each of them stands."""

    def __init__(self) -> None:
        self.entries: list[PhaseEntry] = []
        self.captures: list[Capture] = []
        self.estimates: list[StoredEstimate] = []

    def entry(self, entry: PhaseEntry | None) -> int:
        return _put(self.entries, entry)

    def capture(self, capture: Capture | None) -> int:
        return _put(self.captures, capture)

    def estimate(self, estimate: StoredEstimate | None) -> int:
        return _put(self.estimates, estimate)


def _put(held: list[T], one: T | None) -> int:
    if one is None:
        return -1
    held.append(one)
    return len(held) - 1


def _taken(held: Sequence[T], places: Sequence[int]) -> Iterator[T | None]:
    """Those at these places; -1 takes the None behind the last."""
    return map([*held, None].__getitem__, places)


def _packed_sessions(sessions: Sequence[SessionEntry], held: _Held) -> Columns:
    own = [s.session for s in sessions]
    return {
        "id": [s.session_id for s in own],
        "day": [s.day.toordinal() for s in own],
        **_packed_moments([s.opened_at for s in own]),
        "hours": [s.planned_hours for s in own],
        "removal_ml": [s.planned_removal_ml for s in own],
        "pre": [held.entry(s.pre) for s in sessions],
        "post": [held.entry(s.post) for s in sessions],
        "dry_g": [s.dry_weight_g for s in sessions],
        "gain_g": [s.gain_g for s in sessions],
        "gain_percent": [s.gain_percent for s in sessions],
        "uf_rate": [s.uf_rate_ml_kg_h for s in sessions],
        "days": [s.days_since_last for s in sessions],
    }


def _sessions(
    kept: Columns, entries: Sequence[PhaseEntry], patient_id: str
) -> Iterator[SessionEntry]:
    days = map(date.fromordinal, kept["day"])
    planned = kept["hours"], kept["removal_ml"]
    own = map(DialysisSession, kept["id"], repeat(patient_id), days, _moments(kept), *planned)
    figures = (kept[name] for name in ("dry_g", "gain_g", "gain_percent", "uf_rate", "days"))
    phases = (_taken(entries, kept[name]) for name in ("pre", "post"))
    return map(SessionEntry, own, *phases, *figures)


def _packed_entries(entries: Sequence[PhaseEntry], held: _Held) -> Columns:
    return {
        "phase": [e.phase.value for e in entries],
        **_packed_moments([e.at for e in entries]),
        "net_g": [e.net_g for e in entries],
        "dry_g": [e.dry_weight_g for e in entries],
        "capture": [held.capture(e.capture) for e in entries],
        "estimate": [held.estimate(e.estimate) for e in entries],
        "corrected": [e.corrected for e in entries],
    }


def _entries(
    kept: Columns, captures: Sequence[Capture], estimates: Sequence[StoredEstimate]
) -> Iterator[PhaseEntry]:
    return map(
        PhaseEntry,
        map(_PHASES.__getitem__, kept["phase"]),
        _moments(kept),
        kept["net_g"],
        kept["dry_g"],
        _taken(captures, kept["capture"]),
        _taken(estimates, kept["estimate"]),
        kept["corrected"],
    )


_PLAIN_OF_CAPTURE = (
    *("source", "sha256", "duration_ms", "frames_seen", "frames_chosen", "whole", "recovered"),
)


def _packed_captures(captures: Sequence[Capture], sessions: Sequence[str]) -> Columns:
    place = {session_id: number for number, session_id in enumerate(sessions)}
    return {
        "id": [c.capture_id for c in captures],
        "session": [-1 if c.session_id is None else place[c.session_id] for c in captures],
        "phase": [c.phase.value for c in captures],
        **_packed_moments([c.captured_at for c in captures]),
        "state": [c.state.value for c in captures],
        **{name: [getattr(c, name) for c in captures] for name in _PLAIN_OF_CAPTURE},
    }


def _captures(kept: Columns, sessions: Sequence[str], patient_id: str) -> Iterator[Capture]:
    return map(
        Capture,
        kept["id"],
        repeat(patient_id),
        _taken(sessions, kept["session"]),
        map(_PHASES.__getitem__, kept["phase"]),
        _moments(kept),
        map(_STATES.__getitem__, kept["state"]),
        *(kept[name] for name in _PLAIN_OF_CAPTURE),
    )


def _packed_estimates(estimates: Sequence[StoredEstimate], captures: Sequence[str]) -> Columns:
    place = {capture_id: number for number, capture_id in enumerate(captures)}
    return {
        "id": [e.estimate_id for e in estimates],
        "capture": [place[e.capture_id] for e in estimates],
        "model": [e.model_id for e in estimates],
        **_packed_moments([e.made_at for e in estimates]),
        "excess_kg": [e.excess_kg for e in estimates],
        "spread_kg": [e.spread_kg for e in estimates],
        "refusal": [e.refusal.value if e.refusal else None for e in estimates],
        "version": [e.program_version for e in estimates],
        "sd_kg": [e.sd_kg for e in estimates],
        "p_edema": [e.p_edema for e in estimates],
        "kind": [e.interval_kind.value for e in estimates],
        "transfer": [e.transfer.value for e in estimates],
    }


def _estimates(
    kept: Columns, captures: Sequence[str], references: Sequence[tuple[str, ...]]
) -> Iterator[StoredEstimate]:
    return map(
        StoredEstimate,
        kept["id"],
        map(captures.__getitem__, kept["capture"]),
        kept["model"],
        _moments(kept),
        kept["excess_kg"],
        kept["spread_kg"],
        map(_REFUSALS.__getitem__, kept["refusal"]),
        references,
        kept["version"],
        kept["sd_kg"],
        kept["p_edema"],
        map(_KINDS.__getitem__, kept["kind"]),
        map(_TRANSFERS.__getitem__, kept["transfer"]),
    )


def _packed_references(held: _Held) -> Columns:
    """Of all estimates one after another, and where each one's end; `others` are captures that are
    not in the course, or no longer."""
    place = {capture.capture_id: number for number, capture in enumerate(held.captures)}
    own = [[place.setdefault(r, len(place)) for r in e.references] for e in held.estimates]
    return {
        "place": [number for each in own for number in each],
        "end": [0, *accumulate(len(each) for each in own)],
        "others": list(place)[len(held.captures) :],
    }


def _references(kept: Columns, captures: Sequence[str]) -> list[tuple[str, ...]]:
    flat = tuple(map([*captures, *kept["others"]].__getitem__, kept["place"]))
    return [flat[start:end] for start, end in pairwise(kept["end"])]


def _packed_dry_weights(entries: Sequence[DryWeight]) -> Columns:
    return {
        "id": [e.entry_id for e in entries],
        "weight_g": [e.weight_g for e in entries],
        "day": [e.valid_from.toordinal() for e in entries],
        **_packed_moments([e.entered_at for e in entries]),
        "actor": [e.actor for e in entries],
        "reason": [e.reason for e in entries],
        "supersedes": [e.supersedes for e in entries],
    }


def _dry_weights(kept: Columns, patient_id: str) -> Iterator[DryWeight]:
    days = map(date.fromordinal, kept["day"])
    why = (kept[name] for name in ("actor", "reason", "supersedes"))
    grams = kept["weight_g"]
    return map(DryWeight, kept["id"], repeat(patient_id), grams, days, _moments(kept), *why)


def _packed_moments(moments: Sequence[Moment]) -> Columns:
    return {"utc_ms": [m.utc_ms for m in moments], "offset_min": [m.offset_min for m in moments]}


def _moments(kept: Columns) -> Iterator[Moment]:
    return map(Moment, kept["utc_ms"], kept["offset_min"])
