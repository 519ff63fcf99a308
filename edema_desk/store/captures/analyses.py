"""What analysis found in captures: frames, scores, embeddings and estimates."""

import json
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from edema_desk.domain.capture.clips import ClipAnalysis
from edema_desk.domain.capture.pairing import LONGEST_SESSION_H
from edema_desk.domain.course.trend import dry_weight_on
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import ChangeScore, Refusal
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import Capture, CaptureState, StoredEstimate
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import (
    capture_of,
    embedding_bytes,
    embedding_of,
    estimate_of,
    moment_row,
    score_of,
    scores_bytes,
    times_bytes,
)
from edema_desk.store.captures.captures import refuse_erased, require_capture
from edema_desk.store.people.consents import STILL_CARE, refuse_withdrawn
from edema_desk.store.people.patients import dry_weights


@dataclass(frozen=True, slots=True)
class KnownCapture:
    """An analysed capture whose excess the scale tells: a reference for later ones."""

    capture: Capture
    score: ChangeScore
    embedding: NDArray[np.float16]
    excess_kg: float
    day: date


@dataclass(frozen=True, slots=True)
class KeptScore:
    """What one model made of one capture: its change score and half-precision embedding."""

    score: ChangeScore
    embedding: NDArray[np.float16]


# acts


def record_analysis(
    store: Store, act_id: str, capture_id: str, analysis: ClipAnalysis, estimate: StoredEstimate
) -> None:
    """Keep an analysis and the estimate that follows from it, both or neither.

    The capture is ANALYSED, or REFUSED when the analysis has a refusal. Analysing again with
    the same model takes the place of the arrays and scores; estimates are only added. Raises
    ExpectedError CONSENT_WITHDRAWN.
    """

    def work(db: Database) -> Done:
        before = require_capture(db, capture_id)
        refuse_withdrawn(db, before.patient_id)
        _insert_data(db, act_id, capture_id, analysis)
        if analysis.score is not None and analysis.embedding is not None:
            insert_score(
                db, act_id, capture_id, analysis.model_id, analysis.score, analysis.embedding
            )
        insert_estimate(db, act_id, estimate)
        state = CaptureState.REFUSED if analysis.refusal else CaptureState.ANALYSED
        change = {
            "state": state.value,
            "frames_seen": analysis.frames_seen,
            "frames_chosen": analysis.frames_chosen,
        }
        db.table("capture").update(capture_id, change)
        return Done(capture_id, before.patient_id, _told(estimate))

    _require_same(capture_id, estimate)
    store.act(act_id, ActKind.RECORD_ANALYSIS, work)


def add_estimate(store: Store, act_id: str, estimate: StoredEstimate) -> None:
    """Keep a later estimate of an analysed capture; from now on it is the one in force."""

    def work(db: Database) -> Done:
        before = require_capture(db, estimate.capture_id)
        insert_estimate(db, act_id, estimate)
        if before.state is CaptureState.STORED and before.frames_chosen is not None:
            db.table("capture").update(estimate.capture_id, {"state": CaptureState.ANALYSED.value})
        return Done(estimate.estimate_id, before.patient_id, _told(estimate))

    store.act(act_id, ActKind.ADD_ESTIMATE, work)


# questions


def references_for(
    store: Store, patient_id: str, before: Moment, model_id: str
) -> tuple[KnownCapture, ...]:
    """The patient's captures of earlier clinic days whose excess is known, oldest first.

    Never one of the session that `before` may belong to, be it an overnight one. The change
    scores are those of `model_id`.
    """
    latest_ms = before.utc_ms - int(LONGEST_SESSION_H * 3_600_000)
    with store.reading() as db:
        steps = dry_weights(db, patient_id)
        found = db.query(
            """
            select c.*, s.day, w.gross_g - w.tare_g as net_g, k.g_kg, k.frame_sd_kg, k.frames,
                k.parts_kg, k.embedding
            from capture_now c
            join session s on s.session_id = c.session_id
            join weighing_now w on w.session_id = c.session_id and w.phase = c.phase
            join change_score k on k.capture_id = c.capture_id and k.model_id = ?
            where c.patient_id = ? and c.state = 'analysed'
                and s.day < ? and s.opened_utc_ms < ?
            order by c.captured_utc_ms
            """,
            [model_id, patient_id, str(before.day), latest_ms],
        )
        known = []
        for row in found:
            day = date.fromisoformat(row["day"])
            dry_g = dry_weight_on(day, steps)
            if dry_g is not None:
                excess_kg = (row["net_g"] - dry_g) / 1000
                embedding = embedding_of(row["embedding"])
                known.append(
                    KnownCapture(capture_of(row), score_of(row), embedding, excess_kg, day)
                )
        return tuple(known)


def kept_score(store: Store, capture_id: str, model_id: str) -> KeptScore | None:
    """What a model made of a capture, or None when it has not seen it or refused it."""
    with store.reading() as db:
        found = db.query(
            "select * from change_score where capture_id = ? and model_id = ?",
            [capture_id, model_id],
        )
        return next((KeptScore(score_of(r), embedding_of(r["embedding"])) for r in found), None)


def without_number(store: Store, patient_id: str) -> tuple[Capture, ...]:
    """The patient's analysed captures that lack nothing but references, oldest first."""
    with store.reading() as db:
        found = db.query(
            "select c.* from capture_now c left join estimate_now e using (capture_id) "  # noqa: S608
            "where c.patient_id = ? and c.state in ('analysed', 'stored') "
            f"and {STILL_CARE} "
            "and (e.estimate_id is null or e.refusal in (?, ?)) order by c.captured_utc_ms",
            [patient_id, Refusal.NO_REFERENCE.value, Refusal.TOO_UNSURE.value],
        )
        return tuple(capture_of(row) for row in found)


def resting_on(store: Store, patient_id: str, capture_id: str) -> tuple[Capture, ...]:
    """The patient's captures whose estimate in force has `capture_id` as a reference, oldest
    first."""
    with store.reading() as db:
        found = db.query(
            "select c.* from capture_now c join estimate_now e using (capture_id) "
            "where c.patient_id = ? and c.capture_id <> ? "
            "and ? in (select value from json_each(e.reference_ids)) order by c.captured_utc_ms",
            [patient_id, capture_id, capture_id],
        )
        return tuple(capture_of(row) for row in found)


def estimate_in_force(store: Store, capture_id: str) -> StoredEstimate | None:
    """The newest estimate made since the capture was last assigned, or None."""
    with store.reading() as db:
        found = db.query("select * from estimate_now where capture_id = ?", [capture_id])
        return next((estimate_of(row) for row in found), None)


# within a transaction


def insert_estimate(db: Database, act_id: str, estimate: StoredEstimate) -> None:
    """Write an estimate under the capture's assignment as it is now. Raises ExpectedError
    CONSENT_WITHDRAWN where the pictures were destroyed meanwhile."""
    refuse_erased(db, estimate.capture_id)
    assignment = db.execute(
        "select assignment_id from assignment_now where capture_id = ?", [estimate.capture_id]
    ).fetchone()
    db.table("estimate").insert(
        {
            "estimate_id": estimate.estimate_id,
            "assignment_id": assignment[0],
            "model_id": estimate.model_id,
            **moment_row("made", estimate.made_at),
            "excess_kg": estimate.excess_kg,
            "spread_kg": estimate.spread_kg,
            "refusal": estimate.refusal.value if estimate.refusal else None,
            "reference_ids": json.dumps(estimate.references),
            "program_version": estimate.program_version,
            "sd_kg": estimate.sd_kg,
            "p_edema": estimate.p_edema,
            "interval_kind": estimate.interval_kind.value,
            "transfer": estimate.transfer.value,
            "act_id": act_id,
        }
    )


def _insert_data(db: Database, act_id: str, capture_id: str, analysis: ClipAnalysis) -> None:
    facts = analysis.facts
    db.table("capture_data").upsert(
        {
            "capture_id": capture_id,
            "container": facts.container,
            "codec": facts.codec,
            "width": facts.width,
            "height": facts.height,
            "rotation_deg": facts.rotation_deg,
            "faces_found": analysis.faces_found,
            "refused": json.dumps(dict(analysis.refused)),
            "score_names": json.dumps(SCORE_NAMES),
            "t_ms": times_bytes(analysis.t_ms),
            "frame_scores": scores_bytes(analysis.frame_scores),
            "act_id": act_id,
        },
        pk="capture_id",
    )


def insert_score(
    db: Database,
    act_id: str,
    capture_id: str,
    model_id: str,
    score: ChangeScore,
    embedding: NDArray[np.float16],
) -> None:
    """Write what a model says of a capture, in the place of what it said before."""
    db.table("change_score").upsert(
        {
            "capture_id": capture_id,
            "model_id": model_id,
            "embedding": embedding_bytes(embedding),
            "g_kg": score.g_kg,
            "frame_sd_kg": score.frame_sd_kg,
            "frames": score.frames,
            "parts_kg": json.dumps(score.parts_kg),
            "act_id": act_id,
        },
        pk=("capture_id", "model_id"),
    )


def _require_same(capture_id: str, estimate: StoredEstimate) -> None:
    if estimate.capture_id != capture_id:
        raise ValueError("the estimate belongs to another capture")


def _told(estimate: StoredEstimate) -> dict[str, str | float | None]:
    return {
        "capture_id": estimate.capture_id,
        "estimate_id": estimate.estimate_id,
        "model_id": estimate.model_id,
        "excess_kg": estimate.excess_kg,
        "spread_kg": estimate.spread_kg,
        "refusal": estimate.refusal.value if estimate.refusal else None,
    }
