"""What a worklist and a scale need beside the schedule."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever


@MIGRATIONS()
def m010_days_and_tares(db: Database) -> None:
    """Usual hours, days that are unlike the schedule, and what is weighed with a patient.

    The last row counts in each of the three tables: of a patient and day in `day_plan`, of a
    patient and kind in `patient_tare`, of a name in `wheelchair` (without a weight it is no
    longer offered).
    """
    db.executescript("""
        alter table schedule add column planned_hours real
            check (planned_hours > 0 and planned_hours <= 24);
        create table day_plan (
            seq integer primary key,
            patient_id text not null references patient (patient_id),
            day text not null,
            plan text not null check (plan in ('as_scheduled', 'away', 'extra')),
            reason text not null,
            act_id text not null references act (act_id),
            check (plan <> 'away' or reason <> '')
        ) strict;
        create index day_plan_day on day_plan (day, patient_id);
        create table patient_tare (
            seq integer primary key,
            patient_id text not null references patient (patient_id),
            kind text not null check (kind in ('wheelchair', 'clothes')),
            weight_g integer not null check (weight_g between 1 and 100000),
            used integer not null check (used in (0, 1)),
            act_id text not null references act (act_id)
        ) strict;
        create index patient_tare_patient on patient_tare (patient_id, kind);
        create table wheelchair (
            seq integer primary key,
            name text not null check (name <> ''),
            weight_g integer check (weight_g between 1 and 100000),
            act_id text not null references act (act_id)
        ) strict;
    """)
    keep_forever(db, "day_plan", "patient_tare", "wheelchair")
