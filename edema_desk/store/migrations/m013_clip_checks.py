"""When each stored clip was read last, and what was found."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m013_clip_checks(db: Database) -> None:
    """The last check of each clip; those before it stand in the audit as counts."""
    db.executescript("""
        create table clip_check (
            capture_id text primary key references capture (capture_id),
            checked_utc_ms integer not null,
            state text not null check (state in ('whole', 'altered', 'gone')),
            act_id text not null references act (act_id)
        ) strict;
        create index clip_check_damaged on clip_check (state) where state <> 'whole';
    """)
