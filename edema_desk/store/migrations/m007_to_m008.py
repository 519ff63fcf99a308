"""What learning added: parts, probabilities, and models that are taken in."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever


@MIGRATIONS()
def m007_parts_and_probabilities(db: Database) -> None:
    """What the parts of the face say, and how sure an estimate is and by which rule.

    `interval_kind` names where the width of `spread_kg` comes from; estimates made before this
    step had the spread of their model's card.
    """
    db.executescript("""
        alter table change_score add column parts_kg text not null default '[]'
            check (json_valid(parts_kg));
        alter table estimate add column sd_kg real check (sd_kg >= 0 and sd_kg < 1000);
        alter table estimate add column p_edema real check (p_edema between 0 and 1);
        alter table estimate add column interval_kind text not null default 'spread'
            check (interval_kind in ('spread', 'pooled', 'own'));
        alter table estimate add column transfer text not null default 'reference'
            check (transfer <> '');
        drop view estimate_now;
        create view estimate_now as
            select e.*, a.capture_id
            from assignment_now a join estimate e on e.assignment_id = a.assignment_id
            where e.seq = (select max(newest.seq) from estimate newest
                           where newest.assignment_id = a.assignment_id);
    """)


@MIGRATIONS()
def m008_models_in_use(db: Database) -> None:
    """Which model was in use since when, what was installed, and whose signatures count.

    The last row of `model_use` is the pointer to the model in use; `before` is the row that going
    back returns to. A `shipped` row means whatever base model the program brings along.
    `model_install` pins a package by the hash of its card, which holds that of its weights. The
    last row of a key in `model_signer` says whether it is trusted.
    """
    db.executescript("""
        create table model_use (
            seq integer primary key,
            model_id text not null references model (model_id),
            shipped integer not null check (shipped in (0, 1)),
            before integer references model_use (seq),
            act_id text not null references act (act_id)
        ) strict;
        create table model_install (
            seq integer primary key,
            model_id text not null references model (model_id),
            card_sha256 text not null check (length(card_sha256) = 64),
            signed_by text,
            act_id text not null references act (act_id)
        ) strict;
        create index model_install_model on model_install (model_id);
        create table model_signer (
            seq integer primary key,
            key_id text not null check (length(key_id) = 64),
            public_key blob not null check (length(public_key) = 32),
            trusted integer not null check (trusted in (0, 1)),
            act_id text not null references act (act_id)
        ) strict;
        create index estimate_model on estimate (model_id);
    """)
    keep_forever(db, "model_use", "model_install", "model_signer")
