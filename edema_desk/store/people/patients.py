"""Patients: adding them, their photo, schedule and dry weight, and finding them."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.course.trend import valid_dry_weights
from edema_desk.domain.course.views import NewPatient
from edema_desk.domain.keeping.consent import Purpose
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.alike import LookAlike, look_alikes
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import Capture, DryWeight, Patient, new_id
from edema_desk.domain.terms.search import matches
from edema_desk.domain.terms.weights import WeightDoubt, checked_weight_g, weight_doubts
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import capture_of, dry_weight_of, ids_json, patient_of, schedule_row
from edema_desk.store.people.consents import insert_consent

LONGEST_CHART_NUMBER = 64
LONGEST_NAME = 200

_PATIENT = """
    select p.*, exists (
        select 1 from patient_photo photo where photo.patient_id = p.patient_id) as has_photo
    from patient p
    where not exists (select 1 from erased_patient e where e.patient_id = p.patient_id)
"""


# acts


def add_patient(store: Store, act_id: str, new: NewPatient) -> Patient:
    """Add a person with schedule and, when given, consent for care and dry weight valid from
    today.

    A dry weight needs the right to set one. Raises ExpectedError NOT_ALLOWED, FIELD_EMPTY,
    FIELD_TOO_LONG, WEIGHT_OUT_OF_RANGE, CHART_NUMBER_TAKEN.
    """
    if new.dry_weight_g is not None:
        store.require(ActKind.SET_DRY_WEIGHT)

    def work(db: Database) -> Done:
        patient_id = insert_patient(db, act_id, new)
        if new.care_given is not None:
            care = Purpose.CARE
            insert_consent(db, act_id, patient_id, care, new.care_given, given=True)
        if new.dry_weight_g is not None:
            insert_dry_weight(db, act_id, patient_id, new.dry_weight_g, Moment.now().day)
        return Done(patient_id, patient_id, {"dry_weight_g": new.dry_weight_g})

    return patient(store, store.act(act_id, ActKind.ADD_PATIENT, work))


def set_photo(
    store: Store,
    act_id: str,
    patient_id: str,
    jpeg: bytes | None,
    capture_id: str | None = None,
) -> None:
    """Keep `jpeg`, a face of a capture, as the patient's photo in place of an earlier one; None:
    there is no photo any more."""
    if jpeg is not None and not jpeg.startswith(b"\xff\xd8"):
        raise ValueError("a photo is kept as JPEG")

    def work(db: Database) -> Done:
        require_patient(db, patient_id)
        if jpeg is None:
            db.execute("delete from patient_photo where patient_id = ?", [patient_id])
            return Done(patient_id, patient_id, {"bytes": 0})
        row = {"patient_id": patient_id, "jpeg": jpeg, "act_id": act_id, "capture_id": capture_id}
        db.table("patient_photo").upsert(row, pk="patient_id")
        return Done(patient_id, patient_id, {"bytes": len(jpeg), "capture_id": capture_id})

    store.act(act_id, ActKind.SET_PHOTO, work)


def set_dry_weight(
    store: Store, act_id: str, patient_id: str, weight_g: int, valid_from: date, reason: str = ""
) -> str:
    """Add a dry weight valid from a day, and return its id.

    An entry for the same day is corrected by the new one; that needs a reason, and so does a
    doubtful one. Raises ExpectedError UNKNOWN_PATIENT, WEIGHT_OUT_OF_RANGE, WEIGHT_DOUBTFUL,
    REASON_NEEDED.
    """

    def work(db: Database) -> Done:
        require_patient(db, patient_id)
        checked_weight_g(weight_g)
        if _dry_doubts(db, patient_id, weight_g, valid_from) and not reason.strip():
            raise ExpectedError(ErrorCode.WEIGHT_DOUBTFUL, entered=f"{weight_g / 1000:g}")
        entry_id = insert_dry_weight(db, act_id, patient_id, weight_g, valid_from, reason)
        return Done(
            entry_id,
            patient_id,
            {"entry_id": entry_id, "weight_g": weight_g, "valid_from": str(valid_from)},
        )

    return store.act(act_id, ActKind.SET_DRY_WEIGHT, work)


# questions


def patients(store: Store, query: str = "") -> tuple[Patient, ...]:
    """All whose name, kana or chart number match, by kana and chart number."""
    with store.reading() as db:
        return find_patients(db, query)


def patient(store: Store, patient_id: str) -> Patient:
    """One patient. Raises ExpectedError UNKNOWN_PATIENT."""
    with store.reading() as db:
        return require_patient(db, patient_id)


def patient_by_number(store: Store, chart_number: str) -> Patient:
    """The patient with a chart number. Raises ExpectedError UNKNOWN_CHART_NUMBER."""
    with store.reading() as db:
        number = tidy_number(chart_number)
        found = [patient_of(row) for row in db.query(_PATIENT + "and p.chart_number = ?", [number])]
    if not found:
        raise ExpectedError(ErrorCode.UNKNOWN_CHART_NUMBER, number=chart_number)
    return found[0]


def photo(store: Store, patient_id: str) -> bytes | None:
    """The JPEG of the patient's photo, or None."""
    with store.reading() as db:
        row = db.execute(
            "select jpeg from patient_photo where patient_id = ?", [patient_id]
        ).fetchone()
    return bytes(row[0]) if row else None


def photo_capture(store: Store, patient_id: str) -> Capture | None:
    """The capture of the patient that the photo was taken from, where that is known and it is
    still one of this patient's."""
    with store.reading() as db:
        found = db.query(
            "select c.* from patient_photo photo join capture_now c using (capture_id) "
            "where photo.patient_id = ? and c.patient_id = photo.patient_id",
            [patient_id],
        )
        return next((capture_of(row) for row in found), None)


def analysed_captures(store: Store, patient_id: str) -> tuple[Capture, ...]:
    """The patient's captures in which a face was used, the newest first."""
    with store.reading() as db:
        found = db.query(
            "select * from capture_now where patient_id = ? and state = 'analysed' "
            "order by captured_utc_ms desc, seq desc",
            [patient_id],
        )
        return tuple(capture_of(row) for row in found)


def dry_weight_doubts(
    store: Store, patient_id: str, weight_g: int, valid_from: date
) -> tuple[WeightDoubt, ...]:
    """What is doubtful about a dry weight before it is entered."""
    with store.reading() as db:
        return _dry_doubts(db, patient_id, weight_g, valid_from)


def numbers_from_elsewhere(store: Store, numbers: Sequence[str], origin: str) -> int:
    """How many of these chart numbers belong to people of another origin."""
    with store.reading() as db:
        found = db.execute(
            "select count(*) from patient where origin <> ? "
            "and chart_number in (select value from json_each(?))",
            [origin, ids_json([tidy_number(n) for n in numbers])],
        )
        return int(found.fetchone()[0])


# within a transaction


def tidy_number(number: str) -> str:
    """A chart number as it is kept: without outer spaces, half-width."""
    return unicodedata.normalize("NFKC", number).strip()


def find_patients(db: Database, query: str = "") -> tuple[Patient, ...]:
    """See `patients`."""
    everyone = (patient_of(row) for row in db.query(_PATIENT))
    found = [p for p in everyone if matches(query, p.name, p.kana, p.chart_number)]
    return tuple(sorted(found, key=lambda p: (p.kana or p.name, p.chart_number)))


def require_patient(db: Database, patient_id: str) -> Patient:
    """The patient. Raises ExpectedError UNKNOWN_PATIENT."""
    rows = list(db.query(_PATIENT + "and p.patient_id = ?", [patient_id]))
    if not rows:
        raise ExpectedError(ErrorCode.UNKNOWN_PATIENT)
    return patient_of(rows[0])


def alike(db: Database, of: Patient) -> tuple[LookAlike, ...]:
    """The others who may be mistaken for a patient, the likest first."""
    return look_alikes(of, find_patients(db))


def last_post_g(
    db: Database, patient_id: str, but_session_id: str | None, at: Moment
) -> int | None:
    """The last weight after dialysis of a session opened before `at`, not that of one session."""
    found = db.execute(
        """
        select w.gross_g - w.tare_g from session s
        join weighing_now w on w.session_id = s.session_id and w.phase = 'post'
        where s.patient_id = ? and s.opened_utc_ms <= ? and s.session_id is not ?
        order by s.opened_utc_ms desc limit 1
        """,
        [patient_id, at.utc_ms, but_session_id],
    ).fetchone()
    return int(found[0]) if found else None


def _dry_doubts(
    db: Database, patient_id: str, weight_g: int, valid_from: date
) -> tuple[WeightDoubt, ...]:
    """Held against the dry weight before it and the last weight after dialysis."""
    before = [e for e in dry_weights(db, patient_id) if e.valid_from <= valid_from]
    end_of_day = Moment.at_clinic(valid_from, 23, 59)
    return weight_doubts(
        weight_g,
        last_post_g=last_post_g(db, patient_id, None, end_of_day),
        dry_weight_g=before[-1].weight_g if before else None,
    )


def insert_patient(db: Database, act_id: str, new: NewPatient) -> str:
    """Write the person and the schedule; see `add_patient`."""
    number = _field("chart number", tidy_number(new.chart_number), LONGEST_CHART_NUMBER)
    name = _field("name", new.name.strip(), LONGEST_NAME)
    if len(new.kana) > LONGEST_NAME:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field="kana", limit=LONGEST_NAME)
    if db.execute("select 1 from patient where chart_number = ?", [number]).fetchone():
        raise ExpectedError(ErrorCode.CHART_NUMBER_TAKEN)
    patient_id = new_id()
    db.table("patient").insert(
        {
            "patient_id": patient_id,
            "chart_number": number,
            "name": name,
            "kana": new.kana.strip(),
            "birth_date": str(new.birth_date) if new.birth_date else None,
            "origin": new.origin,
            "act_id": act_id,
        }
    )
    plan = {"patient_id": patient_id, **schedule_row(new.schedule), "act_id": act_id}
    db.table("schedule").insert(plan)
    return patient_id


def insert_dry_weight(
    db: Database, act_id: str, patient_id: str, weight_g: int, valid_from: date, reason: str = ""
) -> str:
    """Write an entry, superseding one of the same day; see `set_dry_weight`."""
    before = [e for e in dry_weights(db, patient_id) if e.valid_from == valid_from]
    if before and not reason.strip():
        raise ExpectedError(ErrorCode.REASON_NEEDED)
    entry_id = new_id()
    db.table("dry_weight").insert(
        {
            "entry_id": entry_id,
            "patient_id": patient_id,
            "weight_g": checked_weight_g(weight_g),
            "valid_from": str(valid_from),
            "reason": reason.strip(),
            "supersedes": before[-1].entry_id if before else None,
            "act_id": act_id,
        }
    )
    return entry_id


def dry_weights(db: Database, patient_id: str) -> tuple[DryWeight, ...]:
    """Entries in force of a patient, by the day they start."""
    rows = db.query("select * from dry_weight_now where patient_id = ?", [patient_id])
    return valid_dry_weights([dry_weight_of(row) for row in rows])


def dry_weights_between(
    db: Database, patient_ids: Sequence[str], first: date, last: date
) -> dict[str, list[DryWeight]]:
    """By patient, the entries in force on any day from `first` to `last`, and no others."""
    rows = db.query(
        """
        select * from dry_weight_now d
        where d.patient_id in (select value from json_each(?)) and d.valid_from <= ?
            and d.valid_from >= coalesce(
                (select max(e.valid_from) from dry_weight e
                 where e.patient_id = d.patient_id and e.valid_from <= ?), '')
        """,
        [ids_json(patient_ids), str(last), str(first)],
    )
    found: dict[str, list[DryWeight]] = {patient_id: [] for patient_id in patient_ids}
    for row in rows:
        found[row["patient_id"]].append(dry_weight_of(row))
    return found


def _field(field: str, text: str, limit: int) -> str:
    if not text:
        raise ExpectedError(ErrorCode.FIELD_EMPTY, field=field)
    if len(text) > limit:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field=field, limit=limit)
    return text
