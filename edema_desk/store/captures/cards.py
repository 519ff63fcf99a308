"""The questions behind the pages Patient and Session."""

import json

from sqlite_utils import Database

from edema_desk.domain.course.trend import PhaseEntry, dry_weight_on
from edema_desk.domain.course.views import CaptureDetail, PatientCard, SessionPair
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.quality import SCORE_NAMES
from edema_desk.domain.terms.records import Capture
from edema_desk.store.base.database import Store
from edema_desk.store.base.rows import estimate_of, schedule_of, scores_of, times_of
from edema_desk.store.captures.captures import require_capture
from edema_desk.store.captures.judgements import judgements_in
from edema_desk.store.captures.notes import notes_in
from edema_desk.store.captures.removals import removed_in, removed_spots
from edema_desk.store.captures.sessions import all_weighings, require_session
from edema_desk.store.captures.spot_events import spot_events
from edema_desk.store.courses.course import session_entries
from edema_desk.store.courses.whole_course import whole_course
from edema_desk.store.people.patients import alike, require_patient
from edema_desk.store.people.users import names_in


def patient_card(store: Store, patient_id: str) -> PatientCard:
    """A patient with the whole course. Raises ExpectedError UNKNOWN_PATIENT."""
    with store.reading() as db:
        person = require_patient(db, patient_id)
        plan = next(db.query("select * from schedule where patient_id = ?", [patient_id]))
        trend = whole_course(db, store.courses, patient_id)
        others = alike(db, person)
        events = spot_events(db, patient_id)
        removed = removed_spots(db, patient_id)
        names = names_in(db) if removed else {}
    today_g = dry_weight_on(Moment.now().day, trend.dry_weights)
    return PatientCard(person, schedule_of(plan), today_g, trend, others, events, removed, names)


def session_pair(store: Store, session_id: str) -> SessionPair:
    """Pre and post of a session side by side. Raises ExpectedError UNKNOWN_SESSION."""
    with store.reading() as db:
        session = require_session(db, session_id)
        entry = session_entries(db, [session])[session_id]
        person = require_patient(db, session.patient_id)
        shown = [e.capture.capture_id for e in (entry.pre, entry.post) if e and e.capture]
        return SessionPair(
            person,
            entry,
            _detail_of(db, entry.pre),
            _detail_of(db, entry.post),
            all_weighings(db, session_id),
            alike(db, person),
            removed_in(db, session_id),
            names_in(db),
            notes_in(db, session_id),
            judgements_in(db, shown),
        )


def capture_detail(store: Store, capture_id: str) -> CaptureDetail:
    """One capture with scores and all estimates. An unknown id is a bug: LookupError."""
    with store.reading() as db:
        return _detail(db, require_capture(db, capture_id))


def _detail_of(db: Database, entry: PhaseEntry | None) -> CaptureDetail | None:
    return _detail(db, entry.capture) if entry and entry.capture else None


def _detail(db: Database, capture: Capture) -> CaptureDetail:
    estimates = db.query(
        "select e.*, a.capture_id from estimate e join assignment a using (assignment_id) "
        "where a.capture_id = ? order by e.seq",
        [capture.capture_id],
    )
    kept = next(
        db.query("select * from capture_data where capture_id = ?", [capture.capture_id]), None
    )
    names = json.loads(kept["score_names"]) if kept else SCORE_NAMES
    return CaptureDetail(
        capture,
        times_of(kept["t_ms"] if kept else b""),
        scores_of(kept["frame_scores"] if kept else b"", names, SCORE_NAMES),
        tuple(json.loads(kept["refused"]).items()) if kept else (),
        tuple(estimate_of(row) for row in estimates),
    )
