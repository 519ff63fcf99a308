"""What the record of acts needs to be read by people and to be signed."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever


@MIGRATIONS()
def m016_record_of_acts(db: Database) -> None:
    """Ways into ten years of acts by person, patient, kind and time; and the public halves of
    the keys that signed heads of the chain, of which the last one signs now."""
    db.executescript("""
        create index audit_actor on audit (actor, seq);
        create index audit_patient on audit (patient_id, seq);
        create index audit_kind on audit (kind, seq);
        create index audit_time on audit (utc_ms);
        create table audit_key (
            seq integer primary key,
            public_key blob not null unique check (length(public_key) = 32),
            act_id text not null references act (act_id)
        ) strict;
    """)
    keep_forever(db, "audit_key")
