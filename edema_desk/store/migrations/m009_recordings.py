"""What the capture station added: how a recording was made and how it went."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m009_recordings(db: Database) -> None:
    """The recording of a capture made with a camera; clips that came as files have none.

    The row is there before the first frame and says "not whole" until the end is known, so that
    whatever an interruption leaves behind is never taken for a whole recording. `camera` is what
    was asked of it and what it reported, `looked_ms` the times of the frames that were looked at
    while it ran, `person_confirmed` that somebody was asked who this is and said the patient.
    """
    db.executescript("""
        create table recording (
            capture_id text primary key references capture (capture_id),
            camera text not null check (json_valid(camera)),
            whole integer not null default 0 check (whole in (0, 1)),
            recovered integer not null default 0 check (recovered in (0, 1)),
            packets integer not null check (packets in (0, 1)),
            frames integer check (frames >= 0),
            dropped integer check (dropped >= 0),
            gaps text not null default '[]' check (json_valid(gaps)),
            looked_ms blob,
            light text check (light is null or json_valid(light)),
            person_confirmed integer not null default 0 check (person_confirmed in (0, 1)),
            event text not null default '',
            act_id text not null references act (act_id)
        ) strict;
        drop view capture_now;
        create view capture_now as
            select c.*, c.rowid as seq, a.assignment_id, a.patient_id, a.session_id, a.phase,
                coalesce(r.whole, 1) as whole, coalesce(r.recovered, 0) as recovered
            from assignment_now a
            join capture c on c.capture_id = a.capture_id
            left join recording r on r.capture_id = c.capture_id;
    """)
