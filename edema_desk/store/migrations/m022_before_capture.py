"""What went before a capture, and what was put right about it since."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m022_before_capture(db: Database) -> None:
    """A view of what is said now of each capture: the newest event row, which may be empty, else
    what its recording bears."""
    db.executescript("""
        create index event_capture on event (capture_id);
        create view before_capture as
            select c.capture_id, coalesce(
                (select json_extract(e.details, '$.said') from event e
                    where e.capture_id = c.capture_id and e.kind = 'before_capture'
                    order by e.rowid desc limit 1),
                (select r.event from recording r where r.capture_id = c.capture_id),
                '') as said
            from capture c;
    """)
