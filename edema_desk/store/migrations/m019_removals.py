"""Captures that were deleted, and which capture a patient's photo was taken from."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_until_erased


@MIGRATIONS()
def m019_removals(db: Database) -> None:
    """The latest row of a capture says whether it is deleted or was taken back.

    A deleted capture has no assignment in force, so that neither it nor its estimates count
    anywhere. Its clip is destroyed some days later.
    """
    db.executescript("""
        create table removal (
            seq integer primary key,
            capture_id text not null references capture (capture_id),
            removed integer not null check (removed in (0, 1)),
            reason text not null check (reason <> ''),
            act_id text not null references act (act_id)
        ) strict;
        create index removal_capture on removal (capture_id, seq);
        create view removal_now as
            select r.*, act.actor, act.utc_ms as removed_utc_ms,
                act.offset_min as removed_offset_min
            from removal r join act using (act_id)
            where r.removed = 1 and not exists (select 1 from removal later
                where later.capture_id = r.capture_id and later.seq > r.seq);
        drop view assignment_now;
        create view assignment_now as
            select a.* from assignment a where not exists
                (select 1 from assignment later where later.supersedes = a.assignment_id)
            and not exists (select 1 from removal r where r.capture_id = a.capture_id
                and r.removed = 1 and not exists (select 1 from removal later
                    where later.capture_id = r.capture_id and later.seq > r.seq));
        alter table patient_photo add column capture_id text references capture (capture_id);
    """)
    keep_until_erased(db, "removal")
