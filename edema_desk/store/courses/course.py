"""Loading sessions with all that belongs to them in a handful of queries, however many.

Captures come in the order they were begun, so that of two made at one moment the later counts.
"""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from edema_desk.domain.course.trend import SessionEntry, Trend, build_trend
from edema_desk.domain.terms.records import Capture, DialysisSession, StoredEstimate, Weighing
from edema_desk.store.base.rows import capture_of, estimate_of, ids_json, session_of, weighing_of
from edema_desk.store.people.patients import dry_weights, dry_weights_between


def patient_trend(db: Database, patient_id: str) -> Trend:
    """The whole course of a patient, spot captures too."""
    found = db.query("select * from session where patient_id = ?", [patient_id])
    sessions = [session_of(row) for row in found]
    captures = [
        capture_of(row)
        for row in db.query(
            "select * from capture_now where patient_id = ? order by seq", [patient_id]
        )
    ]
    return build_trend(
        sessions,
        _weighings(db, [s.session_id for s in sessions]),
        captures,
        _estimates(db, [c.capture_id for c in captures]),
        dry_weights(db, patient_id),
    )


def session_entries(db: Database, sessions: Sequence[DialysisSession]) -> dict[str, SessionEntry]:
    """The trend's entry of each session by its id, with gain and gap since the last post.

    Besides these sessions only the last one with a post before each of them is read.
    """
    wanted = {s.session_id for s in sessions}
    before = _last_with_post(db, list(wanted))
    together = {s.session_id: s for s in (*before, *sessions)}
    weighings = _weighings(db, list(together))
    captures = _captures(db, list(together))
    estimates = _estimates(db, [c.capture_id for c in captures])
    grouped = _by_patient(together.values())
    days = [s.day for s in together.values()]
    steps = dry_weights_between(db, list(grouped), min(days), max(days)) if days else {}
    entries: dict[str, SessionEntry] = {}
    for patient_id, own in grouped.items():
        ids = {s.session_id for s in own}
        trend = build_trend(
            own,
            weighings,
            [c for c in captures if c.session_id in ids],
            estimates,
            steps[patient_id],
        )
        entries.update((e.session.session_id, e) for e in trend.sessions)
    return {session_id: entry for session_id, entry in entries.items() if session_id in wanted}


def _by_patient(sessions: Iterable[DialysisSession]) -> dict[str, list[DialysisSession]]:
    grouped: dict[str, list[DialysisSession]] = {}
    for session in sessions:
        grouped.setdefault(session.patient_id, []).append(session)
    return grouped


def _last_with_post(db: Database, session_ids: Sequence[str]) -> list[DialysisSession]:
    """Of each session, the last one of the patient before it that has a post."""
    found = db.query(
        """
        select before.* from json_each(?) wanted
        join session now on now.session_id = wanted.value
        join session before on before.session_id = (
            select s.session_id from session s
            where s.patient_id = now.patient_id and s.opened_utc_ms < now.opened_utc_ms and (
                exists (select 1 from weighing w
                        where w.session_id = s.session_id and w.phase = 'post')
                or exists (select 1 from assignment_now a
                           where a.session_id = s.session_id and a.phase = 'post'))
            order by s.opened_utc_ms desc limit 1)
        """,
        [ids_json(session_ids)],
    )
    return [session_of(row) for row in found]


def _weighings(db: Database, session_ids: Sequence[str]) -> dict[str, list[Weighing]]:
    found = db.query(
        "select * from weighing_now where session_id in (select value from json_each(?))",
        [ids_json(session_ids)],
    )
    grouped: dict[str, list[Weighing]] = {}
    for row in found:
        grouped.setdefault(row["session_id"], []).append(weighing_of(row))
    return grouped


def _captures(db: Database, session_ids: Sequence[str]) -> list[Capture]:
    found = db.query(
        "select * from capture_now where session_id in (select value from json_each(?)) "
        "order by seq",
        [ids_json(session_ids)],
    )
    return [capture_of(row) for row in found]


def _estimates(db: Database, capture_ids: Sequence[str]) -> dict[str, StoredEstimate]:
    found = db.query(
        "select * from estimate_now where capture_id in (select value from json_each(?))",
        [ids_json(capture_ids)],
    )
    return {row["capture_id"]: estimate_of(row) for row in found}
