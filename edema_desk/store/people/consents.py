"""What patients agreed to, and the texts they are shown."""

from collections.abc import Mapping
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.keeping.consent import (
    SHIPPED_TEXT,
    ConsentEntry,
    ConsentState,
    ConsentText,
    Purpose,
    Standing,
    standings,
)
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN, new_id
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.store.base.database import Done, Store
from edema_desk.store.base.rows import Row

LONGEST_REMARK = 400
LONGEST_TEXT = 8000

_ENTRIES = """
    select c.*, act.actor, act.utc_ms, act.offset_min
    from consent c join act using (act_id) where c.patient_id = ? order by c.rowid
"""
_LAST_ANSWER = """
    select p.patient_id, p.origin, c.given from patient p
    left join consent c on c.rowid = (
        select max(last.rowid) from consent last
        where last.patient_id = p.patient_id and last.purpose = ?)
    where not exists (select 1 from erased_patient e where e.patient_id = p.patient_id)
"""
_LAST = """
    coalesce((select last.given from consent last
        where last.patient_id = {whom}.patient_id and last.purpose = '{purpose}'
        order by last.rowid desc limit 1), 1) = 1
"""
STILL_CARE = _LAST.format(whom="c", purpose="care")
"""Whether the consent for care of the patient of `c` was not withdrawn: what is kept of one who
withdrew it is used for nothing."""
STILL_LEARNED_FROM = " and ".join(
    _LAST.format(whom="p", purpose=purpose) for purpose in ("care", "training")
)
"""Whether another patient's number may rest on figures of patient `p`: neither care nor learning
was withdrawn."""


# acts


def set_consent(
    store: Store,
    act_id: str,
    patient_id: str,
    purpose: Purpose,
    day: date,
    *,
    given: bool,
    remark: str = "",
    text_version: int | None = None,
) -> str:
    """Keep the patient's answer, from now on the one that counts; its id.

    The earlier ones stay. Raises ExpectedError UNKNOWN_PATIENT, DATE_INVALID for a day ahead,
    REASON_NEEDED for a withdrawal without a word on how it was told, FIELD_TOO_LONG.
    """
    kind = ActKind.GIVE_CONSENT if given else ActKind.WITHDRAW_CONSENT

    def work(db: Database) -> Done:
        if not given and not remark.strip():
            raise ExpectedError(ErrorCode.REASON_NEEDED)
        before = require_standing(db, patient_id, purpose)
        consent_id = insert_consent(
            db, act_id, patient_id, purpose, day, given=given, remark=remark, version=text_version
        )
        details: dict[str, str | int | None] = {
            "consent_id": consent_id,
            "purpose": purpose.value,
            "from": before.state.value,
            "day": str(day),
            "text_version": text_version,
        }
        return Done(consent_id, patient_id, details)

    return store.act(act_id, kind, work)


def keep_consent_text(store: Store, act_id: str, purpose: Purpose, en: str, ja: str) -> int:
    """Show another text from now on; its version. Those before stay readable.

    Raises ExpectedError FIELD_EMPTY, FIELD_TOO_LONG.
    """

    def work(db: Database) -> Done:
        for language, text in (("English", en), ("日本語", ja)):
            if not text.strip():
                raise ExpectedError(ErrorCode.FIELD_EMPTY, field=language)
            if len(text) > LONGEST_TEXT:
                raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field=language, limit=LONGEST_TEXT)
        (last,) = db.execute("select coalesce(max(version), 0) from consent_text").fetchone()
        row = {"purpose": purpose.value, "en": en.strip(), "ja": ja.strip(), "act_id": act_id}
        db.table("consent_text").insert({"version": last + 1, **row})
        return Done(str(last + 1), None, {"purpose": purpose.value, "version": last + 1})

    return int(store.act(act_id, ActKind.KEEP_CONSENT_TEXT, work))


# questions


def consent_entries(store: Store, patient_id: str) -> tuple[ConsentEntry, ...]:
    """All answers of a patient, in the order they were entered."""
    with store.reading() as db:
        return _entries(db, patient_id)


def standings_of(store: Store, patient_id: str) -> Mapping[Purpose, Standing]:
    """How it stands with each purpose. Raises ExpectedError UNKNOWN_PATIENT."""
    with store.reading() as db:
        return _standings(db, patient_id)


def check_consent(store: Store, patient_id: str) -> None:
    """Raise what keeps a patient from being recorded; see `require_consent`."""
    with store.reading() as db:
        require_consent(db, patient_id)


def refuse_after_withdrawal(store: Store, capture_id: str) -> None:
    """Raise ExpectedError CONSENT_WITHDRAWN when the patient of a capture has withdrawn."""
    with store.reading() as db:
        found = db.execute(
            "select patient_id from assignment_now where capture_id = ?", [capture_id]
        ).fetchone()
        if found is not None:
            refuse_withdrawn(db, found[0])


def patients_consenting(store: Store, purpose: Purpose) -> frozenset[str]:
    """Those whose pictures and figures may be used for a purpose; nobody who was erased."""
    with store.reading() as db:
        found = db.query(_LAST_ANSWER, [purpose.value])
        return frozenset(
            row["patient_id"]
            for row in found
            if row["given"] == 1 or (row["given"] is None and row["origin"] != CLINIC_ORIGIN)
        )


def consent_texts(store: Store) -> Mapping[Purpose, ConsentText]:
    """The clinic's own texts in use, by purpose; none where the shipped one is."""
    with store.reading() as db:
        found = db.query("select purpose, version, en, ja from consent_text order by version")
        return {
            Purpose(row["purpose"]): ConsentText(
                Purpose(row["purpose"]), row["version"], row["en"], row["ja"]
            )
            for row in found
        }


# within a transaction


def require_consent(db: Database, patient_id: str) -> None:
    """Raise ExpectedError CONSENT_MISSING or CONSENT_WITHDRAWN unless the patient agreed to be
    recorded for care; UNKNOWN_PATIENT."""
    standing = require_standing(db, patient_id, Purpose.CARE)
    if not standing.allowed:
        withdrawn = standing.state is ConsentState.WITHDRAWN
        code = ErrorCode.CONSENT_WITHDRAWN if withdrawn else ErrorCode.CONSENT_MISSING
        raise ExpectedError(code)


def refuse_withdrawn(db: Database, patient_id: str) -> None:
    """Raise ExpectedError CONSENT_WITHDRAWN: what is kept is not looked at any more."""
    if require_standing(db, patient_id, Purpose.CARE).state is ConsentState.WITHDRAWN:
        raise ExpectedError(ErrorCode.CONSENT_WITHDRAWN)


def require_standing(db: Database, patient_id: str, purpose: Purpose) -> Standing:
    """How it stands with one purpose. Raises ExpectedError UNKNOWN_PATIENT."""
    return _standings(db, patient_id)[purpose]


def insert_consent(
    db: Database,
    act_id: str,
    patient_id: str,
    purpose: Purpose,
    day: date,
    *,
    given: bool,
    remark: str = "",
    version: int | None = None,
) -> str:
    """Write an answer; see `set_consent`."""
    if day > Moment.now().day:
        raise ExpectedError(ErrorCode.DATE_INVALID, entered=str(day))
    if len(remark) > LONGEST_REMARK:
        raise ExpectedError(ErrorCode.FIELD_TOO_LONG, field="remark", limit=LONGEST_REMARK)
    if version is not None and version != SHIPPED_TEXT:
        known = "select 1 from consent_text where version = ? and purpose = ?"
        if db.execute(known, [version, purpose.value]).fetchone() is None:
            raise LookupError("no such consent text")
    consent_id = new_id()
    db.table("consent").insert(
        {
            "consent_id": consent_id,
            "patient_id": patient_id,
            "purpose": purpose.value,
            "given": int(given),
            "day": str(day),
            "remark": remark.strip(),
            "text_version": version,
            "act_id": act_id,
        }
    )
    return consent_id


def _standings(db: Database, patient_id: str) -> Mapping[Purpose, Standing]:
    found = db.execute(
        "select origin from patient p where patient_id = ? "
        "and not exists (select 1 from erased_patient e where e.patient_id = p.patient_id)",
        [patient_id],
    ).fetchone()
    if found is None:
        raise ExpectedError(ErrorCode.UNKNOWN_PATIENT)
    return standings(found[0], _entries(db, patient_id))


def _entries(db: Database, patient_id: str) -> tuple[ConsentEntry, ...]:
    return tuple(_entry_of(row) for row in db.query(_ENTRIES, [patient_id]))


def _entry_of(row: Row) -> ConsentEntry:
    return ConsentEntry(
        row["consent_id"],
        row["patient_id"],
        Purpose(row["purpose"]),
        bool(row["given"]),
        date.fromisoformat(row["day"]),
        row["remark"],
        row["text_version"],
        row["actor"],
        Moment(row["utc_ms"], row["offset_min"]),
    )
