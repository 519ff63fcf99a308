"""What an act changed: the old value, the new one and the reason, from the rows it wrote."""

from collections.abc import Mapping

from sqlite_utils import Database

from edema_desk.domain.keeping.record_of_acts import ActEntry, Value, WhatChanged
from edema_desk.domain.terms.acts import ActKind

_WEIGHING = """
    select w.gross_g - w.tare_g as net, o.gross_g - o.tare_g as old, w.reason
    from weighing w left join weighing o on o.weighing_id = w.supersedes
    where w.weighing_id = ?
"""
_DRY_WEIGHT = """
    select d.weight_g, coalesce(o.weight_g, (
        select e.weight_g from dry_weight e
        where e.patient_id = d.patient_id and e.rowid < d.rowid and e.valid_from <= d.valid_from
        order by e.valid_from desc, e.rowid desc limit 1)) as old, d.reason
    from dry_weight d left join dry_weight o on o.entry_id = d.supersedes
    where d.entry_id = ?
"""
_ASSIGNMENT = """
    select a.phase, o.phase as old_phase, a.reason,
        coalesce(p.chart_number || ' ' || p.name, '') as patient,
        coalesce(q.chart_number || ' ' || q.name, '') as old_patient,
        s.day as day, t.day as old_day
    from assignment a
    left join assignment o on o.assignment_id = a.supersedes
    left join patient p on p.patient_id = a.patient_id
    left join patient q on q.patient_id = o.patient_id
    left join session s on s.session_id = a.session_id
    left join session t on t.session_id = o.session_id
    where a.capture_id = ? and a.act_id = ?
"""
_REMOVAL = """
    select r.reason, c.captured_utc_ms as at_utc_ms
    from removal r join capture c using (capture_id)
    where r.capture_id = ? and r.act_id = ?
"""
_DAY_PLAN = """
    select d.reason, d.plan, (
        select e.plan from day_plan e
        where e.patient_id = d.patient_id and e.day = d.day and e.seq < d.seq
        order by e.seq desc limit 1) as old
    from day_plan d where d.act_id = ? and d.patient_id = ? and d.day = ?
"""


def what_changed(db: Database, act_id: str, entry: ActEntry) -> tuple[WhatChanged, ...]:
    """Every value an act changed that can be told. What was erased tells nothing any more."""
    told = entry.details
    if entry.kind is ActKind.ENTER_WEIGHING:
        first = _values(db, "net_g", _WEIGHING, told.get("weighing_id"))
        return first + _pairs(told)
    if entry.kind is ActKind.SET_DRY_WEIGHT:
        return _values(db, "dry_weight_g", _DRY_WEIGHT, told.get("entry_id"))
    if entry.kind is ActKind.REASSIGN_CAPTURE:
        return _moved(db, act_id, told)
    if entry.kind in (ActKind.REMOVE_CAPTURE, ActKind.TAKE_CAPTURE_BACK):
        return _removed(db, act_id, entry)
    if entry.kind is ActKind.PLAN_DAY:
        found = db.execute(_DAY_PLAN, [act_id, entry.patient_id, told.get("day")]).fetchall()
        return tuple(WhatChanged("day_plan", old, plan, why) for why, plan, old in found)
    return _pairs(told)


def _values(db: Database, what: str, sql: str, row_id: object) -> tuple[WhatChanged, ...]:
    found = db.execute(sql, [row_id]).fetchall()
    return tuple(WhatChanged(what, old, new, why) for new, old, why in found)


def _moved(db: Database, act_id: str, told: Mapping[str, object]) -> tuple[WhatChanged, ...]:
    changed: list[WhatChanged] = []
    for row in db.query(_ASSIGNMENT, [told.get("capture_id"), act_id]):
        for what, key in (("patient", "patient"), ("session_day", "day"), ("phase", "phase")):
            old, new = row[f"old_{key}"], row[key]
            if old != new:
                changed.append(WhatChanged(what, old, new, row["reason"]))
        if not changed:  # to another session of the same day
            changed.append(
                WhatChanged(
                    "session",
                    _text(told.get("from_session_id")),
                    _text(told.get("session_id")),
                    row["reason"],
                )
            )
    return tuple(changed)


def _removed(db: Database, act_id: str, entry: ActEntry) -> tuple[WhatChanged, ...]:
    gone = entry.kind is ActKind.REMOVE_CAPTURE
    old, new = ("kept", "deleted") if gone else ("deleted", "kept")
    found = db.query(_REMOVAL, [entry.details.get("capture_id"), act_id])
    return tuple(WhatChanged("capture", old, new, row["reason"]) for row in found)


def _pairs(told: Mapping[str, object]) -> tuple[WhatChanged, ...]:
    """Details that come as `from_x` beside `x`, or as `from` beside `to`."""
    changed = []
    for key, old in told.items():
        if key == "from":
            changed.append(WhatChanged("state", _text(old), _text(told.get("to"))))
        elif key.startswith("from_") and key.removeprefix("from_") in told:
            what = key.removeprefix("from_")
            name = told.get("name") if what == "value" else what
            changed.append(WhatChanged(str(name), _text(old), _text(told[what])))
    return tuple(changed)


def _text(value: object) -> Value:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
