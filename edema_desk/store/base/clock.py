"""The clock, as the record of acts sees it."""

from edema_desk.domain.keeping.clock_step import ClockStep
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.store.base.database import Done, Store


def latest_act(store: Store) -> Moment | None:
    """The latest moment any act bears, whatever its place in the record; None in a new profile."""
    with store.reading() as db:
        found = db.execute(
            "select utc_ms, offset_min from act order by utc_ms desc limit 1"
        ).fetchone()
    return Moment(*found) if found else None


def note_clock_step(store: Store, act_id: str, step: ClockStep) -> None:
    """Put on record that the clock was set; the act itself bears the time it shows now."""
    details = {"seconds": round(step.seconds), "at_start": step.at_start}
    store.act(act_id, ActKind.CLOCK_STEPPED, lambda _: Done("", None, details))
