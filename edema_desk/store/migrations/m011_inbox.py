"""Files in the inbox folder."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m011_inbox(db: Database) -> None:
    """How far each file of the inbox folder has come.

    A row tells one content of one name: size and time of change tell it from later ones. Rows
    change as the file goes on; every step is an act of the record.
    """
    db.executescript("""
        create table inbox_item (
            item_id text primary key,
            folder text not null,
            name text not null,
            size_bytes integer not null check (size_bytes >= 0),
            mtime_ns integer not null,
            state text not null check (state in ('resting', 'copying', 'copied', 'analysing',
                'taken_in', 'waiting', 'refused', 'duplicate', 'undone', 'set_aside')),
            seen_utc_ms integer not null,
            seen_offset_min integer not null,
            sha256 text check (length(sha256) = 64),
            sidecar text not null,
            patient_id text references patient (patient_id),
            session_id text references session (session_id),
            phase text check (phase in ('pre', 'post', 'spot')),
            at_utc_ms integer,
            at_offset_min integer,
            time_from text,
            doubts text not null check (json_valid(doubts)),
            error text,
            params text not null check (json_valid(params)),
            capture_id text references capture (capture_id),
            twin_id text references capture (capture_id),
            after text not null check (after in ('keep', 'move', 'delete')),
            attempt integer not null check (attempt >= 0),
            event text not null,
            act_id text not null references act (act_id),
            unique (folder, name, size_bytes, mtime_ns)
        ) strict;
        create index inbox_item_state on inbox_item (state);
        create index inbox_item_sha256 on inbox_item (sha256);
        create index inbox_item_seen on inbox_item (seen_utc_ms);
    """)
