"""The record of acts for people: pages of it, newest first, and what an act changed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlite_utils import Database

from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter, LastVerification
from edema_desk.domain.terms.acts import ActKind, Question
from edema_desk.domain.terms.moment import Moment
from edema_desk.store.base.changes import what_changed
from edema_desk.store.base.database import Store
from edema_desk.store.base.rows import Row
from edema_desk.store.people.patients import tidy_number

_NEVER = 2**62
_ENTRY = """
    select a.seq, a.utc_ms, a.offset_min, a.actor, a.kind, a.patient_id, a.act_id, a.details,
        coalesce(p.chart_number || ' ' || p.name, '') as patient
    from audit a left join patient p on p.patient_id = a.patient_id
"""


def acts(
    store: Store, wanted: ActFilter, before_row: int | None = None, most: int = 200
) -> tuple[ActEntry, ...]:
    """The newest acts that are wanted, of those before a row of the record; newest first.

    Raises ExpectedError NOT_ALLOWED.
    """
    if wanted.chart_number is not None:
        patient_id = _patient_of(store, wanted.chart_number)
        if patient_id is None:
            return ()
        wanted = replace(wanted, chart_number=None, patient_id=patient_id)
    with store.reading(Question.RECORD_OF_ACTS) as db:
        ways = [_conditions(db, wanted, before_row)]
        if wanted.patient_id is not None:
            ways.append(_moved_away(db, wanted, before_row))
        found: dict[int, ActEntry] = {}
        for conditions, values in ways:
            where = f"where {' and '.join(conditions)}" if conditions else ""
            page = db.query(f"{_ENTRY} {where} order by a.seq desc limit {most:d}", values)
            found.update({row["seq"]: _entry(row) for row in page})
    newest = sorted(found, reverse=True)[:most]
    return tuple(found[row] for row in newest)


def _patient_of(store: Store, chart_number: str) -> str | None:
    with store.reading(Question.RECORD_OF_ACTS) as db:
        found = db.execute(
            "select patient_id from patient where chart_number = ?", [tidy_number(chart_number)]
        ).fetchone()
    return None if found is None else str(found[0])


def act_told(store: Store, row: int) -> ActEntry:
    """One act with the values it changed. Raises LookupError for a row that is not there."""
    with store.reading(Question.RECORD_OF_ACTS) as db:
        found = list(db.query(f"{_ENTRY} where a.seq = ?", [row]))
        if not found:
            raise LookupError("no such act")
        entry = _entry(found[0])
        return replace(entry, changed=what_changed(db, found[0]["act_id"], entry))


def actors(store: Store) -> tuple[str, ...]:
    """The ids of all who did something, for a choice."""
    with store.reading(Question.RECORD_OF_ACTS) as db:
        # one step in the index for each of them, however many acts there are
        found = db.execute("""
            with recursive one(actor) as (
                select min(actor) from audit
                union all
                select (select min(actor) from audit where actor > one.actor) from one
                where one.actor is not null)
            select actor from one where actor is not null
        """)
        return tuple(row[0] for row in found)


def last_verification(store: Store) -> LastVerification | None:
    """What the last verification of the whole record found."""
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        row = db.execute(
            "select utc_ms, offset_min, actor, details from audit "
            "where kind = ? order by seq desc limit 1",
            [ActKind.VERIFY_RECORD.value],
        ).fetchone()
    if row is None:
        return None
    told = json.loads(row[3])
    return LastVerification(
        Moment(row[0], row[1]), row[2], told["acts"], told["fault"], told["at_row"]
    )


_Conditions = tuple[list[str], dict[str, str | int]]


def _conditions(db: Database, wanted: ActFilter, before_row: int | None) -> _Conditions:
    conditions: list[str] = []
    values: dict[str, str | int] = {}
    for column, value in (
        ("actor", wanted.actor_id),
        ("kind", wanted.kind.value if wanted.kind is not None else None),
        ("patient_id", wanted.patient_id),
    ):
        if value is not None:
            conditions.append(f"a.{column} = :{column}")
            values[column] = value
    if before_row is not None:
        conditions.append("a.seq < :before")
        values["before"] = before_row
    if wanted.first_day is not None or wanted.last_day is not None:
        # the rows are read from the newest on, between bounds: by the index of times alone
        # they would have to be sorted. A clock that was set may have left others between
        first, after = _start(wanted.first_day, 0, 0), _start(wanted.last_day, 1, _NEVER)
        lowest, highest = db.execute(
            "select min(seq), max(seq) from audit where utc_ms >= ? and utc_ms < ?", [first, after]
        ).fetchone()
        conditions.append("a.seq between :lowest and :highest")
        conditions.append("+a.utc_ms >= :first and +a.utc_ms < :after")
        values |= {"lowest": lowest or 0, "highest": highest or 0, "first": first, "after": after}
    return conditions, values


def _moved_away(db: Database, wanted: ActFilter, before_row: int | None) -> _Conditions:
    """A capture that was moved away is told under the patient it was moved to."""
    moved = ActKind.REASSIGN_CAPTURE
    if wanted.kind not in (None, moved):
        return ["false"], {}
    conditions, values = _conditions(db, replace(wanted, patient_id=None, kind=moved), before_row)
    conditions.append("a.details like :told")
    return conditions, {**values, "told": f'%"{wanted.patient_id}"%'}


def _start(day: date | None, later: int, unset: int) -> int:
    if day is None:
        return unset
    return Moment.at_clinic(day + timedelta(days=later), 0, 0).utc_ms


def _entry(row: Row) -> ActEntry:
    details: Mapping[str, object] = json.loads(row["details"])
    return ActEntry(
        row["seq"],
        Moment(row["utc_ms"], row["offset_min"]),
        row["actor"],
        ActKind(row["kind"]),
        row["patient_id"],
        row["patient"],
        {key: value for key, value in details.items() if key != "rows"},
    )
