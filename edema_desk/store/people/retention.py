"""What the rounds of retention look at and note."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.domain.terms.moment import Moment
from edema_desk.domain.terms.records import CLINIC_ORIGIN
from edema_desk.store.base.database import Done, Store


@dataclass(frozen=True, slots=True)
class LastSeen:
    """When anything was last entered about a patient of the clinic, and since when it is announced
    that the records go."""

    patient_id: str
    day: date
    announced: date | None


def note_round(store: Store, act_id: str, at: Moment) -> Moment | None:
    """Note a round; the moment of the one before."""
    before = last_round(store)

    def work(db: Database) -> Done:
        row = {"utc_ms": at.utc_ms, "offset_min": at.offset_min, "act_id": act_id}
        db.table("retention_round").insert(row)
        return Done("")

    store.act(act_id, ActKind.RETENTION_ROUND, work)
    return before


def last_round(store: Store) -> Moment | None:
    """When a round was made last, whether it removed anything or not."""
    with store.reading() as db:
        found = db.execute(
            "select utc_ms, offset_min from retention_round order by seq desc limit 1"
        ).fetchone()
        return Moment(*found) if found else None


def captures_with_clips(store: Store) -> tuple[tuple[str, date], ...]:
    """Captures that are done with and whose full clip should be there, with their days."""
    with store.reading() as db:
        found = db.query(
            "select capture_id, captured_utc_ms, captured_offset_min from capture c "
            "where state in ('analysed', 'refused') and sha256 is not null and not exists "
            "(select 1 from erased_capture e where e.capture_id = c.capture_id)"
        )
        return tuple(
            (
                row["capture_id"],
                Moment(row["captured_utc_ms"], row["captured_offset_min"]).day,
            )
            for row in found
        )


def last_seen(store: Store) -> tuple[LastSeen, ...]:
    """Of every patient of the clinic who was not erased."""
    with store.reading() as db:
        found = db.query(
            """
            select p.patient_id, n.day as announced, max(
                strftime('%Y-%m-%d', made.utc_ms / 1000 + 60 * made.offset_min, 'unixepoch'),
                coalesce((select max(s.day) from session s where s.patient_id = p.patient_id), ''),
                coalesce((select max(c.day) from consent c where c.patient_id = p.patient_id), ''),
                coalesce((select max(strftime('%Y-%m-%d',
                        k.captured_utc_ms / 1000 + 60 * k.captured_offset_min, 'unixepoch'))
                    from assignment a join capture k using (capture_id)
                    where a.patient_id = p.patient_id), '')) as day
            from patient p join act made using (act_id)
            left join retention_notice n using (patient_id)
            where p.origin = ? and not exists
                (select 1 from erased_patient e where e.patient_id = p.patient_id)
            """,
            [CLINIC_ORIGIN],
        )
        return tuple(
            LastSeen(
                row["patient_id"],
                date.fromisoformat(row["day"]),
                date.fromisoformat(row["announced"]) if row["announced"] else None,
            )
            for row in found
        )


def announce(store: Store, act_id: str, patient_id: str, day: date, *, over: bool) -> None:
    """Announce that the retention period of a patient has ended, or take it back."""

    def work(db: Database) -> Done:
        if over:
            row = {"patient_id": patient_id, "day": str(day), "act_id": act_id}
            db.table("retention_notice").insert(row, ignore=True)
        else:
            db.execute("delete from retention_notice where patient_id = ?", [patient_id])
        return Done("", patient_id, {"over": over, "day": str(day)})

    store.act(act_id, ActKind.NOTE_RETENTION_OVER, work)


def announced(store: Store) -> dict[str, date]:
    """Since when it is announced that a patient's records go."""
    with store.reading() as db:
        found = db.query("select patient_id, day from retention_notice order by day")
        return {row["patient_id"]: date.fromisoformat(row["day"]) for row in found}
