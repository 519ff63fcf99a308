"""Between rows and the records of the domain, and arrays as bytes."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edema_desk.domain.terms.estimate import ChangeScore, IntervalKind, Refusal, TransferKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import (
    Capture,
    CaptureState,
    DialysisSession,
    DryWeight,
    Patient,
    Phase,
    Schedule,
    StoredEstimate,
    Weighing,
)

Row = dict[str, Any]


def ids_json(ids: Sequence[str]) -> str:
    """Identifiers for `json_each(?)`, so that a list of any length is one parameter."""
    return json.dumps(list(ids))


def moment_of(row: Row, prefix: str) -> Moment:
    """The moment kept in `<prefix>_utc_ms` and `<prefix>_offset_min`."""
    return Moment(row[f"{prefix}_utc_ms"], row[f"{prefix}_offset_min"])


def moment_row(prefix: str, at: Moment) -> Row:
    """The two columns of a moment."""
    return {f"{prefix}_utc_ms": at.utc_ms, f"{prefix}_offset_min": at.offset_min}


def patient_of(row: Row) -> Patient:
    """From `patient` with `has_photo`."""
    born = row["birth_date"]
    return Patient(
        row["patient_id"],
        row["chart_number"],
        row["name"],
        row["kana"],
        date.fromisoformat(born) if born else None,
        row["origin"],
        bool(row["has_photo"]),
    )


def schedule_of(row: Row) -> Schedule:
    """From `schedule`."""
    days = tuple(int(d) for d in row["weekdays"])
    return Schedule(days, row["shift"], row["bed"], row["planned_hours"])


def schedule_row(schedule: Schedule) -> Row:
    """The columns of a schedule, without whose it is."""
    return {
        "weekdays": "".join(str(day) for day in sorted(schedule.weekdays)),
        "shift": schedule.shift,
        "bed": schedule.bed,
        "planned_hours": schedule.planned_hours,
    }


def dry_weight_of(row: Row) -> DryWeight:
    """From `dry_weight` with its act's `actor`, `entered_utc_ms` and `entered_offset_min`."""
    return DryWeight(
        row["entry_id"],
        row["patient_id"],
        row["weight_g"],
        date.fromisoformat(row["valid_from"]),
        moment_of(row, "entered"),
        row["actor"],
        row["reason"],
        row["supersedes"],
    )


def session_of(row: Row) -> DialysisSession:
    """From `session`."""
    return DialysisSession(
        row["session_id"],
        row["patient_id"],
        date.fromisoformat(row["day"]),
        moment_of(row, "opened"),
        row["planned_hours"],
        row["planned_removal_ml"],
    )


def weighing_of(row: Row) -> Weighing:
    """From `weighing` with its act's `actor`."""
    return Weighing(
        row["weighing_id"],
        row["session_id"],
        Phase(row["phase"]),
        row["gross_g"],
        row["tare_g"],
        moment_of(row, "weighed"),
        row["actor"],
        row["reason"],
        row["supersedes"],
    )


def capture_of(row: Row) -> Capture:
    """From `capture_now`."""
    return Capture(
        row["capture_id"],
        row["patient_id"],
        row["session_id"],
        Phase(row["phase"]),
        moment_of(row, "captured"),
        CaptureState(row["state"]),
        row["source"],
        row["sha256"],
        row["duration_ms"],
        row["frames_seen"],
        row["frames_chosen"],
        bool(row["whole"]),
        bool(row["recovered"]),
    )


def estimate_of(row: Row) -> StoredEstimate:
    """From `estimate` with its `capture_id`."""
    return StoredEstimate(
        row["estimate_id"],
        row["capture_id"],
        row["model_id"],
        moment_of(row, "made"),
        row["excess_kg"],
        row["spread_kg"],
        Refusal(row["refusal"]) if row["refusal"] else None,
        tuple(json.loads(row["reference_ids"])),
        row["program_version"],
        row["sd_kg"],
        row["p_edema"],
        IntervalKind(row["interval_kind"]),
        TransferKind(row["transfer"]),
    )


def score_of(row: Row) -> ChangeScore:
    """From `change_score`."""
    parts = tuple(json.loads(row["parts_kg"]))
    return ChangeScore(row["g_kg"], row["frame_sd_kg"], row["frames"], parts)


def times_bytes(t_ms: NDArray[np.float64]) -> bytes:
    """Little-endian doubles."""
    return t_ms.astype("<f8").tobytes()


def times_of(kept: bytes) -> NDArray[np.float64]:
    """The inverse of `times_bytes`."""
    return np.frombuffer(kept, "<f8").astype(np.float64)


def scores_bytes(frame_scores: NDArray[np.float32]) -> bytes:
    """Little-endian floats, frame after frame."""
    return frame_scores.astype("<f4").tobytes()


def scores_of(kept: bytes, names: Sequence[str], wanted: Sequence[str]) -> NDArray[np.float32]:
    """(n, len(wanted)): the columns `wanted` of scores kept as `names`; NaN where not kept."""
    table = np.frombuffer(kept, "<f4").reshape(-1, len(names))
    scores = np.full((len(table), len(wanted)), np.nan, np.float32)
    for column, name in enumerate(wanted):
        if name in names:
            scores[:, column] = table[:, names.index(name)]
    return scores


def embedding_bytes(embedding: NDArray[np.float16]) -> bytes:
    """Little-endian half floats."""
    return embedding.astype("<f2").tobytes()


def embedding_of(kept: bytes) -> NDArray[np.float16]:
    """The inverse of `embedding_bytes`."""
    return np.frombuffer(kept, "<f2").astype(np.float16)
