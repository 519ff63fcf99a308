"""What the rounds through the stored clips found."""

from collections import Counter
from dataclasses import dataclass

from sqlite_utils import Database

from edema_desk.domain.capture.clip_check import ClipCheck, ClipState
from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.store.base.database import Done, Store


@dataclass(frozen=True, slots=True)
class ClipToCheck:
    """A stored clip and the hash it had."""

    capture_id: str
    sha256: str


def keep_checks(store: Store, act_id: str, check: ClipCheck, at: Moment) -> None:
    """Keep what a round found; in the audit stand the counts."""

    def work(db: Database) -> Done:
        db.table("clip_check").upsert_all(
            [
                {
                    "capture_id": capture_id,
                    "checked_utc_ms": at.utc_ms,
                    "state": state.value,
                    "act_id": act_id,
                }
                for capture_id, state in check.found.items()
            ],
            pk="capture_id",
        )
        counts = Counter(state.value for state in check.found.values())
        return Done(str(len(check.found)), details=dict(counts))

    store.act(act_id, ActKind.CHECK_CLIPS, work)


def clips_to_check(store: Store, checked_before: Moment) -> tuple[ClipToCheck, ...]:
    """Stored clips not read since a moment: those never read first, then by their last time."""
    with store.reading() as db:
        found = db.query(
            "select c.capture_id, c.sha256 from capture c "
            "left join clip_check k on k.capture_id = c.capture_id "
            "where c.state in ('stored', 'analysed', 'refused') and c.sha256 is not null "
            "and coalesce(k.checked_utc_ms, 0) < ? "
            "and not exists (select 1 from erased_capture e where e.capture_id = c.capture_id) "
            "order by coalesce(k.checked_utc_ms, 0), c.captured_utc_ms desc",
            [checked_before.utc_ms],
        )
        return tuple(ClipToCheck(row["capture_id"], row["sha256"]) for row in found)


def last_check(store: Store) -> Moment | None:
    """When a round was made last."""
    with store.reading() as db:
        (utc_ms,) = db.execute("select max(checked_utc_ms) from clip_check").fetchone()
        return Moment(utc_ms, 0) if utc_ms is not None else None


def damaged_clips(store: Store) -> dict[str, ClipState]:
    """Clips that were not whole when they were read last, by their capture."""
    with store.reading() as db:
        found = db.query("select capture_id, state from clip_check where state <> 'whole'")
        return {row["capture_id"]: ClipState(row["state"]) for row in found}
