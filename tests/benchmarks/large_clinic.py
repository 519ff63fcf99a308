"""A clinic of 200 patients and ten years, written row by row past the acts: it only has to be
as large as a real one."""

import json
from datetime import date, timedelta

from sqlcipher3 import dbapi2

from edema_desk.paths import Profile
from edema_desk.store.base.database import open_store
from edema_desk.store.keys.cipher import unlock
from edema_desk.store.keys.keys import read_data_key

PATIENTS = 200
DAYS = 3652
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_OFFSET_MIN = 540


def build(profile: Profile, last_day: date) -> int:
    """Fill an empty profile up to `last_day`; returns how many sessions there are."""
    open_store(profile).close()
    database = unlock(profile.database, read_data_key(profile))
    connection: dbapi2.Connection = database.conn
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "insert into act (act_id, kind, actor, utc_ms, offset_min) "
        "values ('bulk', 'bulk', 'local', 0, ?)",
        [_OFFSET_MIN],
    )
    connection.execute(
        "insert into model (model_id, sha256, card, parent_id, act_id) "
        "values ('bench', ?, '{}', null, 'bulk')",
        ["ab" * 32],
    )
    sessions = 0
    first = last_day - timedelta(days=DAYS - 1)
    for number in range(PATIENTS):
        sessions += _patient(connection, number, first)
    connection.execute("COMMIT")
    database.close()
    return sessions


def _patient(connection: dbapi2.Connection, number: int, first: date) -> int:
    patient_id = f"p{number:031}"
    weekdays = (0, 2, 4) if number % 2 else (1, 3, 5)
    _insert(
        connection,
        "patient (patient_id, chart_number, name, kana, birth_date, origin, act_id)",
        [
            (
                patient_id,
                f"{1000 + number}",
                f"患者 {number}",
                "カンジャ",
                "1950-01-01",
                "demo",
                "bulk",
            )
        ],
    )
    plan = (patient_id, "".join(map(str, weekdays)), 1 + number % 3, f"A{number % 40:02}", "bulk")
    _insert(connection, "schedule (patient_id, weekdays, shift, bed, act_id)", [plan])
    _insert(
        connection,
        "dry_weight (entry_id, patient_id, weight_g, valid_from, reason, supersedes, act_id)",
        [
            (f"d{number}-{y}", patient_id, 52_000 + y, str(first + timedelta(y)), "", None, "bulk")
            for y in range(0, DAYS, 90)
        ],
    )
    days = [d for d in (first + timedelta(n) for n in range(DAYS)) if d.weekday() in weekdays]
    ids = [(f"s{number:05}{n:026}", day, _ms(day)) for n, day in enumerate(days)]
    _insert(
        connection,
        "session (session_id, patient_id, day, opened_utc_ms, opened_offset_min, planned_hours, "
        "planned_removal_ml, act_id)",
        [(s, patient_id, str(d), ms, _OFFSET_MIN, 4.0, 2000, "bulk") for s, d, ms in ids],
    )
    for phase, hours, gross_g in (("pre", 0, 56_000), ("post", 4, 54_000)):
        captures = [(f"{phase}{s}", s, ms + hours * 3_600_000) for s, _, ms in ids]
        _phase(connection, patient_id, phase, gross_g, captures)
    return len(ids)


def _phase(
    connection: dbapi2.Connection,
    patient_id: str,
    phase: str,
    gross_g: int,
    captures: list[tuple[str, str, int]],
) -> None:
    _insert(
        connection,
        "weighing (weighing_id, session_id, phase, gross_g, tare_g, weighed_utc_ms, "
        "weighed_offset_min, reason, supersedes, act_id)",
        [
            (f"w{c}", s, phase, gross_g, 2000, ms, _OFFSET_MIN, "", None, "bulk")
            for c, s, ms in captures
        ],
    )
    _insert(
        connection,
        "capture (capture_id, captured_utc_ms, captured_offset_min, state, source, sha256, "
        "duration_ms, frames_seen, frames_chosen, passport_id, act_id)",
        [
            (
                c,
                ms,
                _OFFSET_MIN,
                "analysed",
                "camera",
                f"{i:032x}{abs(hash(c)):032x}",
                60_000,
                600,
                100,
                None,
                "bulk",
            )
            for i, (c, _, ms) in enumerate(captures)
        ],
    )
    _insert(
        connection,
        "assignment (assignment_id, capture_id, patient_id, session_id, phase, reason, "
        "supersedes, act_id)",
        [(f"a{c}", c, patient_id, s, phase, "", None, "bulk") for c, s, _ in captures],
    )
    references = json.dumps([f"{n:032x}" for n in range(20)])
    _insert(
        connection,
        "estimate (estimate_id, assignment_id, model_id, made_utc_ms, made_offset_min, "
        "excess_kg, spread_kg, refusal, reference_ids, program_version, act_id)",
        [
            (f"e{c}", f"a{c}", "bench", ms, _OFFSET_MIN, 1.5, 0.6, None, references, "1", "bulk")
            for c, _, ms in captures
        ],
    )


def _insert(connection: dbapi2.Connection, into: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into {into} values ({marks})", rows)  # noqa: S608  own names


def _ms(day: date) -> int:
    return (day.toordinal() - _EPOCH) * _DAY_MS
