"""A day of acts, and what somebody with the key could do to them."""

from collections.abc import Callable
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.records import Phase, new_id
from edema_desk.paths import Profile
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.analyses import record_analysis
from edema_desk.store.keys.cipher import settle, unlock
from edema_desk.store.keys.keys import read_data_key
from edema_desk.store.models.models import note_model_saw
from tests.store.store_samples import (
    analysis,
    at,
    estimate,
    know_model,
    session_on,
    some_patient,
    stored_capture,
    weigh,
)

DAY = date(2026, 3, 2)


def busy_day(store: Store) -> None:
    """A row in every append-only table that acts write to now."""
    patient_id = some_patient(store)
    know_model(store)
    note_model_saw(store, new_id(), "base", [patient_id])
    session_id = session_on(store, patient_id, DAY)
    weigh(store, session_id, Phase.PRE, 54_000, at(DAY))
    one = stored_capture(store, patient_id, session_id, Phase.PRE, at(DAY))
    record_analysis(store, new_id(), one.capture_id, analysis(), estimate(one.capture_id))
    people = ("consent", "note", "event")
    values: dict[str, dict[str, object]] = {
        "consent": {"purpose": "care", "given": 1, "day": str(DAY), "remark": ""},
        "note": {"text": "tired today", "reason": ""},
        "judgement": {"capture_id": one.capture_id, "edema": 1, "blinded": 1},
        "event": {"kind": "camera_lost", "details": "{}"},
    }

    def work(db: Database) -> Done:
        for table, row in values.items():
            whom = {"patient_id": patient_id} if table in people else {}
            db.table(table).insert({f"{table}_id": new_id(), **whom, **row, "act_id": "governance"})
        return Done("")

    store.act("governance", ActKind.KEEP_WHEELCHAIR, work)


def tampered(profile: Profile, tamper: Callable[[Database], None]) -> None:
    """What somebody with the key could do: the triggers go first."""
    db = unlock(profile.database, read_data_key(profile))
    settle(db)
    db.execute("PRAGMA foreign_keys = OFF")
    for table in ("act", "audit"):
        for change in ("update", "delete"):
            db.execute(f"drop trigger {table}_no_{change}")
    tamper(db)
    db.close()
