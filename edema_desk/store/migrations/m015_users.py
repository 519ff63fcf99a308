"""Users with several roles, and what holds for the whole clinic."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever


@MIGRATIONS()
def m015_users(db: Database) -> None:
    """What a user is called and may do is added to, never overwritten: who reads an old act
    finds what its actor was then. Keys do not lie here: what is needed to open the database
    cannot be in it. The table it replaces was never written to."""
    db.executescript("""
        drop table user;
        create table user (
            user_id text primary key,
            login text not null unique check (login <> ''),
            act_id text not null references act (act_id)
        ) strict;
        create table user_state (
            seq integer primary key,
            user_id text not null references user (user_id),
            name text not null check (name <> ''),
            roles text not null check (json_array_length(roles) > 0),
            disabled integer not null check (disabled in (0, 1)),
            act_id text not null references act (act_id)
        ) strict;
        create index user_state_user on user_state (user_id);
        create view user_now as
            select user.user_id, user.login, s.name, s.roles, s.disabled
            from user join user_state s using (user_id)
            where s.seq = (select max(seq) from user_state l where l.user_id = user.user_id);
        create table clinic_setting (
            seq integer primary key,
            name text not null,
            value text not null check (json_valid(value)),
            act_id text not null references act (act_id)
        ) strict;
        create index clinic_setting_name on clinic_setting (name);
    """)
    keep_forever(db, "user", "user_state", "clinic_setting")
