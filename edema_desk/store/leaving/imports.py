"""Taking in the sessions of a study: everything of one session in one act."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.course.trend import dry_weight_on
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, DialysisSession, Phase, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import capture_of
from edema_desk.store.captures.captures import assign_capture, insert_capture
from edema_desk.store.captures.sessions import insert_session, insert_weighing, weighing_now
from edema_desk.store.people.patients import (
    dry_weights,
    insert_dry_weight,
    insert_patient,
    tidy_number,
)

STUDY_REASON = "study import"


@dataclass(frozen=True, slots=True)
class StudyCapture:
    """One row of a study: a clip with its weight. A spot clip's weight is not kept.

    `source` names the clip within the study and tells it apart from the person's others.
    `capture_id` is used if the clip is new.
    """

    capture_id: str
    phase: Phase
    captured_at: Moment
    net_g: int | None
    source: str


@dataclass(frozen=True, slots=True)
class StudySession:
    """The rows of one person on one clinic day. The person is found again by chart number and
    origin."""

    patient: NewPatient
    day: date
    dry_weight_g: int
    captures: tuple[StudyCapture, ...]


@dataclass(frozen=True, slots=True)
class ImportedSession:
    """Where a study's session went. `captures` in the order in which they were handed in; those
    that were there before keep their ids."""

    patient_id: str
    session_id: str | None
    captures: tuple[Capture, ...]


def import_session(store: Store, act_id: str, study: StudySession) -> ImportedSession:
    """Write patient, dry weight, session, weighings and capture rows that are not there yet.

    Importing the same again changes nothing, whatever the act id; a weight that differs from
    the one taken in before corrects it. Raises ExpectedError ORIGIN_CONFLICT when the chart
    number belongs to somebody of another origin, and those of the single acts.
    """

    def work(db: Database) -> Done:
        patient_id = _find_patient(db, study.patient) or insert_patient(db, act_id, study.patient)
        _bring_dry_weight(db, act_id, patient_id, study.day, study.dry_weight_g)
        session_id = _find_session(db, patient_id, study) or _open(db, act_id, patient_id, study)
        for one in study.captures:
            _bring_capture(db, act_id, patient_id, session_id, one)
        details = {"session_id": session_id, "day": str(study.day)}
        return Done(patient_id, patient_id, details)

    with store.reading() as db:
        before = _as_it_is(db, study)
        if before is not None and _is_complete(db, study, before):
            return before
    store.act(act_id, ActKind.IMPORT_SESSION, work)
    with store.reading() as db:
        after = _as_it_is(db, study)
    if after is None:
        raise ValueError("the act id was used for another session of the study")
    return after


def _as_it_is(db: Database, study: StudySession) -> ImportedSession | None:
    """What of the study's session is there; None unless patient and captures all are."""
    patient_id = _find_patient(db, study.patient)
    if patient_id is None:
        return None
    found = [_find_capture(db, patient_id, one) for one in study.captures]
    captures = tuple(c for c in found if c is not None)
    if len(captures) < len(found):
        return None
    return ImportedSession(patient_id, _find_session(db, patient_id, study), captures)


def _is_complete(db: Database, study: StudySession, before: ImportedSession) -> bool:
    if dry_weight_on(study.day, dry_weights(db, before.patient_id)) != study.dry_weight_g:
        return False
    return all(_weight_is_there(db, before.session_id, one) for one in study.captures)


def _weight_is_there(db: Database, session_id: str | None, one: StudyCapture) -> bool:
    if one.net_g is None or one.phase is Phase.SPOT:
        return True
    kept = weighing_now(db, session_id, one.phase) if session_id else None
    return kept is not None and kept.net_g == one.net_g


def _find_patient(db: Database, new: NewPatient) -> str | None:
    row = db.execute(
        "select patient_id, origin from patient where chart_number = ?",
        [tidy_number(new.chart_number)],
    ).fetchone()
    if row is None:
        return None
    if row[1] != new.origin:
        raise ExpectedError(ErrorCode.ORIGIN_CONFLICT, count=1)
    return str(row[0])


def _find_session(db: Database, patient_id: str, study: StudySession) -> str | None:
    row = db.execute(
        "select session_id from session where patient_id = ? and day = ? order by opened_utc_ms",
        [patient_id, str(study.day)],
    ).fetchone()
    return row[0] if row else None


def _find_capture(db: Database, patient_id: str, one: StudyCapture) -> Capture | None:
    """The capture once taken in from this clip for this person, wherever it was moved since."""
    found = db.query(
        "select c.* from capture_now c join assignment first using (capture_id) "
        "where c.source = ? and first.patient_id = ? and first.supersedes is null",
        [one.source, patient_id],
    )
    return next((capture_of(row) for row in found), None)


def _open(db: Database, act_id: str, patient_id: str, study: StudySession) -> str | None:
    """Open the session at its first capture; spot captures alone need none."""
    starts = [one.captured_at for one in study.captures if one.phase is not Phase.SPOT]
    if not starts:
        return None
    session = DialysisSession(new_id(), patient_id, study.day, min(starts))
    insert_session(db, act_id, session)
    return session.session_id


def _bring_dry_weight(db: Database, act_id: str, patient_id: str, day: date, weight_g: int) -> None:
    """Let `weight_g` be valid on `day` and leave every later session's dry weight as it is."""
    steps = dry_weights(db, patient_id)
    before_g = dry_weight_on(day, steps)
    if before_g == weight_g:
        return
    row = db.execute(
        "select min(day) from session where patient_id = ? and day > ?", [patient_id, str(day)]
    ).fetchone()
    same_day = any(step.valid_from == day for step in steps)
    insert_dry_weight(db, act_id, patient_id, weight_g, day, STUDY_REASON if same_day else "")
    if row[0] is not None and before_g is not None:
        next_day = date.fromisoformat(row[0])
        if not any(day < step.valid_from <= next_day for step in steps):
            insert_dry_weight(db, act_id, patient_id, before_g, next_day)


def _bring_capture(
    db: Database,
    act_id: str,
    patient_id: str,
    session_id: str | None,
    one: StudyCapture,
) -> None:
    if session_id and one.net_g is not None and not _weight_is_there(db, session_id, one):
        reason = STUDY_REASON if weighing_now(db, session_id, one.phase) else ""
        at = one.captured_at
        insert_weighing(db, act_id, session_id, one.phase, one.net_g, 0, at, reason)
    if _find_capture(db, patient_id, one) is None:
        insert_capture(db, act_id, one.capture_id, one.captured_at, one.source)
        own_session = None if one.phase is Phase.SPOT else session_id
        assign_capture(db, act_id, one.capture_id, patient_id, own_session, one.phase)
