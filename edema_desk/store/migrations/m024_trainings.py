"""Trainings of base models that were begun in the window, and how each ended."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever


@MIGRATIONS()
def m024_trainings(db: Database) -> None:
    """`studies` is a JSON list of folders. A training without an end may go on where it stopped."""
    db.executescript("""
        create table training (
            seq integer primary key,
            training_id text not null unique,
            name text not null,
            own integer not null check (own in (0, 1)),
            studies text not null,
            judged_on text not null,
            minutes real not null check (minutes > 0),
            until_utc_ms integer not null,
            until_offset_min integer not null,
            act_id text not null references act (act_id)
        ) strict;
        create table training_end (
            seq integer primary key,
            training_id text not null unique references training (training_id),
            ended text not null check (ended in ('installed', 'given_up')),
            model_id text references model (model_id),
            act_id text not null references act (act_id)
        ) strict;
    """)
    keep_forever(db, "training", "training_end")
