"""People, sessions and analyses for the tests of the store."""

from datetime import date

import numpy as np

from edema_desk.domain.capture.clips import ClipAnalysis, ClipFacts
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.estimate import PARTS, ChangeScore, IntervalKind, Refusal, TransferKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import (
    CLINIC_ORIGIN,
    Capture,
    Phase,
    Schedule,
    StoredEstimate,
    new_id,
)
from edema_desk.store.base.database import Store
from edema_desk.store.captures.captures import begin_capture, complete_capture
from edema_desk.store.captures.sessions import enter_weighing, open_session
from edema_desk.store.models.models import ModelRecord, register_model
from edema_desk.store.people.patients import add_patient, set_dry_weight

MODEL = "base"
PLANTED_NAME = "Zyxwvuts Planted"


def person(
    number: str = "1001",
    name: str = "山田 花子",
    kana: str = "ヤマダ ハナコ",
    *,
    dry_weight_g: int | None = None,
    origin: str = CLINIC_ORIGIN,
) -> NewPatient:
    """A new patient due on Mondays, Wednesdays and Fridays."""
    due = Schedule((0, 2, 4), 1, "A3")
    return NewPatient(
        number, name, kana, date(1950, 4, 1), due, dry_weight_g, origin, date(2020, 1, 1)
    )


def at(day: date, hour: int = 9, minute: int = 0) -> Moment:
    """A moment of a clinic in Japan."""
    ms = (day.toordinal() - 719_163) * 86_400_000 + (hour * 60 + minute - 540) * 60_000
    return Moment(ms, 540)


def some_patient(store: Store, number: str = "1001", origin: str = CLINIC_ORIGIN) -> str:
    """The id of a patient with a dry weight of 52 kg from 2020 on."""
    patient_id = add_patient(store, new_id(), person(number, origin=origin)).patient_id
    set_dry_weight(store, new_id(), patient_id, 52_000, date(2020, 1, 1))
    return patient_id


def session_on(store: Store, patient_id: str, day: date, hour: int = 9) -> str:
    """A four-hour session with no weight yet."""
    return open_session(store, new_id(), patient_id, at(day, hour), 4.0, 2000)


def weigh(store: Store, session_id: str, phase: Phase, net_g: int, when: Moment) -> str:
    """A weight with 2 kg of wheelchair."""
    return enter_weighing(store, new_id(), session_id, phase, net_g + 2000, 2000, when)


def stored_capture(
    store: Store,
    patient_id: str,
    session_id: str | None,
    phase: Phase,
    when: Moment,
    sha256: str | None = None,
) -> Capture:
    """A capture whose clip is on disk."""
    capture_id = new_id()
    begin_capture(store, new_id(), capture_id, patient_id, session_id, phase, when, "file")
    return complete_capture(store, new_id(), capture_id, sha256 or (new_id() * 2), 60_000)


def know_model(store: Store, model_id: str = MODEL) -> None:
    """Register a model by that name."""
    register_model(store, new_id(), ModelRecord(model_id, "ab" * 32, {"format": 1}))


def analysis(g_kg: float = 1.5, frames: int = 9, refusal: Refusal | None = None) -> ClipAnalysis:
    """What a clip of `frames` chosen frames gave."""
    rng = np.random.default_rng(7)
    return ClipAnalysis(
        ClipFacts("mp4", "h264", 1920, 1080, 0, 60_000.0),
        300,
        290,
        {"blurred": 3, "not_needed": 300 - frames - 3},
        np.arange(frames, dtype=np.float64) * 500.125,
        rng.random((frames, len(SCORE_NAMES)), np.float32),
        tuple(b"\xff\xd8" for _ in range(frames)),
        None if refusal else rng.random(16).astype(np.float16),
        None if refusal else ChangeScore(g_kg, 0.2, frames, (g_kg / PARTS,) * PARTS),
        refusal,
        MODEL,
        1.0,
    )


def estimate(
    capture_id: str,
    excess_kg: float | None = 1.25,
    refusal: Refusal | None = None,
    references: tuple[str, ...] = (),
) -> StoredEstimate:
    """An estimate of a capture; without a number when there is a refusal."""
    number = None if refusal else excess_kg
    spread = None if refusal else 0.5
    return StoredEstimate(
        new_id(),
        capture_id,
        MODEL,
        at(date(2026, 3, 2), 10),
        number,
        spread,
        refusal,
        references,
        "1",
        None if refusal else 0.3,
        None if refusal else 0.75,
        IntervalKind.POOLED,
        TransferKind.SHRINK,
    )
