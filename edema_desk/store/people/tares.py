"""Wheelchairs and clothes: what is weighed with a patient and remembered for the next time."""

from collections.abc import Sequence

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.weights import Tare, TareKind, TareShelf, Wheelchair
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.people.patients import LONGEST_NAME


def tare_shelf(store: Store, patient_id: str) -> TareShelf:
    """A patient's own tares and the clinic's wheelchairs by name."""
    with store.reading() as db:
        return TareShelf(tares_now(db, patient_id), _wheelchairs(db))


def keep_wheelchair(store: Store, act_id: str, name: str, weight_g: int | None) -> None:
    """Offer a wheelchair of the clinic by its name, with another weight than before, or, without
    a weight, no longer. Raises ExpectedError FIELD_EMPTY, FIELD_TOO_LONG."""
    tidy = name.strip()
    if not tidy:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field="name")
    if len(tidy) > LONGEST_NAME:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field="name", limit=LONGEST_NAME)

    def work(db: Database) -> Done:
        db.table("wheelchair").insert({"name": tidy, "weight_g": weight_g, "act_id": act_id})
        return Done(act_id, None, {"weight_g": weight_g})

    store.act(act_id, ActKind.KEEP_WHEELCHAIR, work)


# within a transaction


def tares_now(db: Database, patient_id: str) -> tuple[Tare, ...]:
    """What is remembered of a patient, wheelchair first."""
    found = db.query("select * from patient_tare where patient_id = ? order by seq", [patient_id])
    last = {TareKind(r["kind"]): r for r in found}
    return tuple(
        Tare(kind, last[kind]["weight_g"], bool(last[kind]["used"]))
        for kind in TareKind
        if kind in last
    )


def remember_tares(db: Database, act_id: str, patient_id: str, tares: Sequence[Tare]) -> None:
    """Keep those that are not as they were."""
    known = tares_now(db, patient_id)
    for tare in tares:
        if tare not in known:
            db.table("patient_tare").insert(
                {
                    "patient_id": patient_id,
                    "kind": tare.kind.value,
                    "weight_g": tare.weight_g,
                    "used": int(tare.used),
                    "act_id": act_id,
                }
            )


def _wheelchairs(db: Database) -> tuple[Wheelchair, ...]:
    last = {r["name"]: r["weight_g"] for r in db.query("select * from wheelchair order by seq")}
    return tuple(Wheelchair(name, g) for name, g in sorted(last.items()) if g is not None)
