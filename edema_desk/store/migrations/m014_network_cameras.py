"""Network cameras and how to get into them."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m014_network_cameras(db: Database) -> None:
    """The whole address of a network camera, password and all, by the part of it that may be
    shown. Not kept forever: a password that was changed is of no use to anybody."""
    db.executescript("""
        create table network_camera (
            public_address text primary key,
            whole_address text not null,
            act_id text not null references act (act_id)
        ) strict;
    """)
