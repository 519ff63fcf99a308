"""What went before a capture: a meal, the toilet, getting up, or a few words."""

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.spot_event import tidy_event
from edema_desk.store.base.database import Done, Store
from edema_desk.store.captures.captures import insert_event, require_capture


def say_event(store: Store, act_id: str, capture_id: str, said: str) -> None:
    """Put right what went before a capture; "" where it was nothing. What was said stays.

    Raises ExpectedError CAPTURE_REMOVED; an unknown id is a bug and raises LookupError.
    """

    def work(db: Database) -> Done:
        now = require_capture(db, capture_id)
        insert_event(db, act_id, capture_id, now.patient_id, tidy_event(said))
        return Done(capture_id, now.patient_id, {"capture_id": capture_id})

    store.act(act_id, ActKind.KEEP_SPOT_EVENT, work)


def event_before(store: Store, capture_id: str) -> str:
    """What went before a capture, in words, however it came; "" where nothing was said."""
    with store.reading() as db:
        found = db.query("select said from before_capture where capture_id = ?", [capture_id])
        return next((str(row["said"]) for row in found), "")


# within a transaction


def spot_events(db: Database, patient_id: str) -> dict[str, str]:
    """What went before a patient's spot captures, by their ids, where something was said."""
    found = db.query(
        "select capture_id, said from assignment_now join before_capture using (capture_id) "
        "where patient_id = ? and phase = 'spot' and said <> ''",
        [patient_id],
    )
    return {row["capture_id"]: str(row["said"]) for row in found}
