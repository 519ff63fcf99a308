"""Consent texts, and the one door through which a patient's rows may be taken away."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever, keep_until_erased


@MIGRATIONS()
def m018_consent_and_erasure(db: Database) -> None:
    """What was shown to whom, and what was erased.

    `consent.text_version` is the version of the text that was shown: 0 for the one that comes
    with the program, else a row of `consent_text`, of which the last of a purpose is in use.

    `erased_patient` and `erased_capture` say what was taken away; of a capture either the full
    `clip`, or `all` of its pictures with their key. `retention_notice` announces that a patient's
    records are about to go.

    Rows of a patient can be changed or deleted only while `erasing` names an act of the record
    that erases, which it does within the transaction of that act and at no other time.
    """
    db.executescript("""
        alter table consent add column text_version integer check (text_version >= 0);
        create table consent_text (
            version integer primary key,
            purpose text not null check (purpose in ('care', 'training', 'research')),
            en text not null check (en <> ''),
            ja text not null check (ja <> ''),
            act_id text not null references act (act_id)
        ) strict;
        create table erased_patient (
            patient_id text primary key references patient (patient_id),
            reason text not null check (reason <> ''),
            act_id text not null references act (act_id)
        ) strict;
        create table erased_capture (
            capture_id text not null references capture (capture_id),
            what text not null check (what in ('clip', 'all')),
            act_id text not null references act (act_id),
            primary key (capture_id, what)
        ) strict;
        create table retention_notice (
            patient_id text primary key references patient (patient_id),
            day text not null,
            act_id text not null references act (act_id)
        ) strict;
        create table retention_round (
            seq integer primary key,
            utc_ms integer not null,
            offset_min integer not null,
            act_id text not null references act (act_id)
        ) strict;
        create table erasing (
            act_id text primary key references act (act_id)
        ) strict;
        create trigger erasing_is_an_act before insert on erasing
            when coalesce((select kind from act where act_id = new.act_id), '')
                not in ('erase_patient', 'destroy_pictures')
                or exists (select 1 from audit where audit.act_id = new.act_id)
            begin select raise(abort, 'only an act that erases may erase, while it does'); end;
    """)
    keep_forever(db, "consent_text", "erased_patient", "erased_capture")
    keep_until_erased(
        *(db, "dry_weight", "weighing", "assignment", "estimate", "consent", "note"),
        *("judgement", "event", "day_plan", "patient_tare"),
    )
