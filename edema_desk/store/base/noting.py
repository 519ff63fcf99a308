"""Acts that only want to be on record: who came and went, who looked at whom, what went out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import new_id
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store


@dataclass(frozen=True, slots=True)
class SignInTry:
    """A try that failed. `user_id` is None where the name belongs to nobody; what was typed is
    not kept, since it may be a password in the wrong field."""

    at: Moment
    user_id: str | None = None


def note(store: Store, kind: ActKind, patient_id: str | None = None, **details: AuditValue) -> None:
    """Put on record that something was done that changed nothing in the records.

    Details are ids, counts and states, never a name or a number of a patient. Raises
    ExpectedError NOT_ALLOWED.
    """
    done = Done("", patient_id, details)
    store.act(new_id(), kind, lambda _: done)


def note_view(store: Store, patient_id: str) -> None:
    """Somebody looked at a patient's records. Of a patient that is not there, nothing is noted."""
    with store.reading() as db:
        known = _patient_known(db, patient_id)
    if known:
        note(store, ActKind.VIEW_PATIENT, patient_id)


def note_export(
    store: Store, what: str, patient_ids: Sequence[str] | None = None, count: int | None = None
) -> None:
    """Something left the program: `what` in one word (`study`, `report`, `record_of_acts`), of
    whom, or of all with None, and how many rows, clips or pages."""
    whom = patient_ids[0] if patient_ids is not None and len(patient_ids) == 1 else None
    several = tuple(patient_ids) if patient_ids is not None and whom is None else None
    note(store, ActKind.EXPORT, whom, what=what, patient_ids=several, count=count)


def note_print(store: Store, what: str, patient_id: str | None = None) -> None:
    """Something went to the printer or the clipboard: `what` in one word."""
    note(store, ActKind.PRINT, patient_id, what=what)


def note_sign_in(store: Store, how: str = "password") -> None:
    """The actor of `store` signed in, by `password`, `recovery` or `key_store`."""
    note(store, ActKind.SIGN_IN, how=how)


def note_sign_out(store: Store) -> None:
    """The actor of `store` left the desk to somebody else, or closed the program."""
    note(store, ActKind.SIGN_OUT)


def note_lock(store: Store, *, by_itself: bool) -> None:
    """The desk of the actor of `store` was covered, after a time without input or by hand."""
    note(store, ActKind.LOCK_DESK, by_itself=by_itself)


def note_unlock(store: Store) -> None:
    """The actor of `store` took the covered desk up again."""
    note(store, ActKind.UNLOCK_DESK)


def note_tries(store: Store, tries: Sequence[SignInTry]) -> None:
    """Tries that failed while nobody could write to the database: one row each."""
    for one in tries:
        note(
            store,
            ActKind.SIGN_IN_FAILED,
            tried_utc_ms=one.at.utc_ms,
            tried_offset_min=one.at.offset_min,
            user_id=one.user_id,
        )


def _patient_known(db: Database, patient_id: str) -> bool:
    sql = "select 1 from patient where patient_id = ?"
    return db.execute(sql, [patient_id]).fetchone() is not None
