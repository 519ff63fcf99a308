"""The files of the inbox folder, and how far each has come."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from edema_desk.domain.inbox.filing import (
    AfterTakingIn,
    InboxDoubt,
    InboxEntry,
    InboxItem,
    InboxState,
    Target,
    TimeFrom,
)
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.estimate import Refusal
from edema_desk.domain.terms.records import Capture, Patient, Phase, new_id
from edema_desk.domain.terms.search import search_key
from edema_desk.errors import ErrorCode
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row, capture_of, ids_json, moment_of, moment_row
from edema_desk.store.people.patients import require_patient

_NEWEST_SHOWN = 500


# acts


def note_file(store: Store, item: InboxItem) -> InboxItem:
    """Keep a file that was seen for the first time; one that is there already stays as it is."""

    def work(db: Database) -> Done:
        known = list(
            db.query(
                "select item_id from inbox_item where folder = ? and name = ? "
                "and size_bytes = ? and mtime_ns = ?",
                [item.folder, item.name, item.size_bytes, item.mtime_ns],
            )
        )
        if known:
            return Done(known[0]["item_id"])
        db.table("inbox_item").insert({**_row(item), "act_id": act_id})
        return Done(item.item_id, None, {"item_id": item.item_id, "state": item.state.value})

    act_id = new_id()
    return inbox_item(store, store.act(act_id, ActKind.INBOX_SEE, work))


def keep_item(store: Store, item: InboxItem) -> InboxItem:
    """Write an item as it is now. An unknown one is a bug and raises LookupError."""

    def work(db: Database) -> Done:
        before = _require(db, item.item_id)
        db.table("inbox_item").update(item.item_id, {**_row(item), "act_id": act_id})
        details = {
            "item_id": item.item_id,
            "from": before.state.value,
            "to": item.state.value,
            "capture_id": item.capture_id,
            "error": item.error.value if item.error else None,
        }
        return Done(item.item_id, item.target.patient_id, details)

    act_id = new_id()
    store.act(act_id, ActKind.INBOX_STEP, work)
    return item


def forget_files(store: Store, item_ids: Sequence[str]) -> None:
    """Drop files that went before anything was made of them."""

    def work(db: Database) -> Done:
        db.execute(
            "delete from inbox_item where state in ('resting', 'copying') "
            "and item_id in (select value from json_each(?))",
            [ids_json(item_ids)],
        )
        return Done("", None, {"files": len(item_ids)})

    if item_ids:
        store.act(new_id(), ActKind.INBOX_FORGET, work)


# questions


def inbox_item(store: Store, item_id: str) -> InboxItem:
    """One item. An unknown id is a bug and raises LookupError."""
    with store.reading() as db:
        return _require(db, item_id)


def inbox_items(store: Store, states: Sequence[InboxState]) -> tuple[InboxItem, ...]:
    """Items in these states, the earliest captured first."""
    with store.reading() as db:
        found = db.query(
            "select * from inbox_item where state in (select value from json_each(?)) "
            "order by coalesce(at_utc_ms, mtime_ns / 1000000), name",
            [json.dumps([state.value for state in states])],
        )
        return tuple(_item_of(row) for row in found)


def items_in_folder(store: Store, folder: str) -> tuple[InboxItem, ...]:
    """Everything known of one folder."""
    with store.reading() as db:
        found = db.query("select * from inbox_item where folder = ?", [folder])
        return tuple(_item_of(row) for row in found)


def inbox_entries(store: Store) -> tuple[InboxEntry, ...]:
    """The newest items with what a person wants to see of them, the newest first."""
    with store.reading() as db:
        found = db.query(
            "select * from inbox_item order by seen_utc_ms desc, name limit ?", [_NEWEST_SHOWN]
        )
        return tuple(_entry(db, _item_of(row)) for row in found)


def inbox_entry(store: Store, item_id: str) -> InboxEntry:
    """One item with what a person wants to see of it."""
    with store.reading() as db:
        return _entry(db, _require(db, item_id))


def twins(store: Store, sha256: str, but: str | None = None) -> tuple[Capture, ...]:
    """Captures of anybody that hold these bytes."""
    with store.reading() as db:
        found = db.query("select * from capture_now where sha256 = ?", [sha256])
        return tuple(capture_of(row) for row in found if row["capture_id"] != but)


def capture_of_act(store: Store, act_id: str) -> Capture | None:
    """The capture that was begun by an act, or None."""
    with store.reading() as db:
        found = db.query("select * from capture_now where act_id = ?", [act_id])
        return next((capture_of(row) for row in found), None)


def item_of_capture(store: Store, capture_id: str) -> InboxItem | None:
    """The file that a capture was taken in from, or None."""
    with store.reading() as db:
        found = db.query("select * from inbox_item where capture_id = ?", [capture_id])
        return next((_item_of(row) for row in found), None)


def items_with(store: Store, sha256: str) -> tuple[InboxItem, ...]:
    """Items of these bytes, the first seen first."""
    with store.reading() as db:
        found = db.query(
            "select * from inbox_item where sha256 = ? order by seen_utc_ms, item_id", [sha256]
        )
        return tuple(_item_of(row) for row in found)


def count_by_state(store: Store) -> dict[InboxState, int]:
    """How many items are in each state there are any in."""
    with store.reading() as db:
        rows = db.query("select state, count(*) as n from inbox_item group by state")
        return {InboxState(row["state"]): int(row["n"]) for row in rows}


def items_of_patient(store: Store, patient_id: str) -> tuple[str, ...]:
    """Ids of the items that show a patient, or are believed to."""
    with store.reading() as db:
        found = db.query(
            "select i.item_id from inbox_item i "
            "left join assignment a on a.capture_id in (i.capture_id, i.twin_id) "
            "where i.patient_id = :patient or a.patient_id = :patient",
            {"patient": patient_id},
        )
        return tuple(dict.fromkeys(row["item_id"] for row in found))


def people_by_number(store: Store) -> dict[str, tuple[str, ...]]:
    """Patient ids by their chart numbers, folded for comparison."""
    people: dict[str, tuple[str, ...]] = {}
    with store.reading() as db:
        for row in db.query("select patient_id, chart_number from patient order by rowid"):
            key = search_key(row["chart_number"])
            people[key] = (*people.get(key, ()), row["patient_id"])
    return people


def _entry(db: Database, item: InboxItem) -> InboxEntry:
    patient = _patient(db, item.target.patient_id)
    day = item.target.at.day if item.target.at else None
    twin = _twin(db, item.twin_id)
    refusal, excess_kg = _estimate(db, item.capture_id)
    return InboxEntry(
        item=item,
        patient=patient,
        day=day,
        twin=_patient(db, twin.patient_id if twin else None),
        twin_day=twin.captured_at.day if twin else None,
        refusal=refusal,
        excess_kg=excess_kg,
    )


def _twin(db: Database, capture_id: str | None) -> Capture | None:
    """The capture with the same bytes; None where there is none, or it was deleted since."""
    found = db.query("select * from capture_now where capture_id = ?", [capture_id])
    return next((capture_of(row) for row in found), None)


def _patient(db: Database, patient_id: str | None) -> Patient | None:
    return require_patient(db, patient_id) if patient_id else None


def _estimate(db: Database, capture_id: str | None) -> tuple[Refusal | None, float | None]:
    rows = list(
        db.query("select refusal, excess_kg from estimate_now where capture_id = ?", [capture_id])
    )
    if not rows:
        return None, None
    refusal = rows[0]["refusal"]
    return (Refusal(refusal) if refusal else None), rows[0]["excess_kg"]


def _require(db: Database, item_id: str) -> InboxItem:
    rows = list(db.query("select * from inbox_item where item_id = ?", [item_id]))
    if not rows:
        raise LookupError("no such inbox item")
    return _item_of(rows[0])


def _row(item: InboxItem) -> Row:
    target = item.target
    at = moment_row("at", target.at) if target.at else {"at_utc_ms": None, "at_offset_min": None}
    return {
        "item_id": item.item_id,
        "folder": item.folder,
        "name": item.name,
        "size_bytes": item.size_bytes,
        "mtime_ns": item.mtime_ns,
        "state": item.state.value,
        **moment_row("seen", item.seen_at),
        "sha256": item.sha256,
        "sidecar": item.sidecar,
        "patient_id": target.patient_id,
        "session_id": target.session_id,
        "phase": target.phase.value if target.phase else None,
        **at,
        "time_from": target.time_from.value if target.time_from else None,
        "doubts": json.dumps([doubt.value for doubt in item.doubts]),
        "error": item.error.value if item.error else None,
        "params": json.dumps(dict(item.params)),
        "capture_id": item.capture_id,
        "twin_id": item.twin_id,
        "after": item.after.value,
        "attempt": item.attempt,
        "event": item.event,
    }


def _item_of(row: Row) -> InboxItem:
    target = Target(
        row["patient_id"],
        row["session_id"],
        Phase(row["phase"]) if row["phase"] else None,
        moment_of(row, "at") if row["at_utc_ms"] is not None else None,
        TimeFrom(row["time_from"]) if row["time_from"] else None,
    )
    made = InboxItem(
        row["item_id"],
        row["folder"],
        row["name"],
        row["size_bytes"],
        row["mtime_ns"],
        InboxState(row["state"]),
        moment_of(row, "seen"),
    )
    return replace(
        made,
        sha256=row["sha256"],
        sidecar=row["sidecar"],
        target=target,
        doubts=tuple(InboxDoubt(doubt) for doubt in json.loads(row["doubts"])),
        error=ErrorCode(row["error"]) if row["error"] else None,
        params=json.loads(row["params"]),
        capture_id=row["capture_id"],
        twin_id=row["twin_id"],
        after=AfterTakingIn(row["after"]),
        attempt=row["attempt"],
        event=row["event"],
    )
