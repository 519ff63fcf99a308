"""From acts and audit to governance: what two clips and two weights need."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS, keep_forever


@MIGRATIONS()
def m001_acts_and_audit(db: Database) -> None:
    """Acts come first: every later table names the act that wrote its rows.

    `act` makes a retry do nothing twice; `audit` keeps what the act did and answered, without
    any name in it, and chains it to the act before by SHA-256.
    """
    db.executescript("""
        create table act (
            act_id text primary key,
            kind text not null,
            actor text not null,
            utc_ms integer not null,
            offset_min integer not null
        ) strict;
        create table audit (
            seq integer primary key,
            act_id text not null unique references act (act_id),
            kind text not null,
            actor text not null,
            utc_ms integer not null,
            offset_min integer not null,
            patient_id text,
            result text not null,
            details text not null check (json_valid(details)),
            previous_hash text not null,
            hash text not null unique
        ) strict;
    """)
    keep_forever(db, "act", "audit")


@MIGRATIONS()
def m002_people(db: Database) -> None:
    """Patients, when they come, and their dry weight, whose changes matter as much as itself.

    The photo has a table of its own so that lists of patients stay small. At most one chain of
    corrections starts on a day, and an entry is corrected at most once.
    """
    db.executescript("""
        create table patient (
            patient_id text primary key,
            chart_number text not null unique check (chart_number <> ''),
            name text not null check (name <> ''),
            kana text not null,
            birth_date text,
            origin text not null check (origin <> ''),
            act_id text not null references act (act_id)
        ) strict;
        create index patient_origin on patient (origin);
        create table patient_photo (
            patient_id text primary key references patient (patient_id),
            jpeg blob not null,
            act_id text not null references act (act_id)
        ) strict;
        create table schedule (
            patient_id text primary key references patient (patient_id),
            weekdays text not null check (weekdays not glob '*[^0-6]*'),
            shift integer not null check (shift between 1 and 9),
            bed text not null,
            act_id text not null references act (act_id)
        ) strict;
        create table dry_weight (
            entry_id text primary key,
            patient_id text not null references patient (patient_id),
            weight_g integer not null check (weight_g between 20000 and 300000),
            valid_from text not null,
            reason text not null,
            supersedes text unique references dry_weight (entry_id),
            act_id text not null references act (act_id),
            check (supersedes is null or reason <> '')
        ) strict;
        create unique index dry_weight_first on dry_weight (patient_id, valid_from)
            where supersedes is null;
        create index dry_weight_course on dry_weight (patient_id, valid_from);
        create view dry_weight_now as
            select d.*, act.actor,
                act.utc_ms as entered_utc_ms, act.offset_min as entered_offset_min
            from dry_weight d join act using (act_id)
            where not exists
                (select 1 from dry_weight later where later.supersedes = d.entry_id);
    """)
    keep_forever(db, "dry_weight")


@MIGRATIONS()
def m003_sessions(db: Database) -> None:
    """Dialysis sessions and what the scale said before and after.

    `session (session_id, patient_id)` is unique so that a capture can be tied to both at once,
    and never to a session of somebody else.
    """
    db.executescript("""
        create table session (
            session_id text primary key,
            patient_id text not null references patient (patient_id),
            day text not null,
            opened_utc_ms integer not null,
            opened_offset_min integer not null,
            planned_hours real check (planned_hours > 0),
            planned_removal_ml integer check (planned_removal_ml >= 0),
            act_id text not null references act (act_id),
            unique (session_id, patient_id)
        ) strict;
        create index session_day on session (day);
        create index session_course on session (patient_id, opened_utc_ms);
        create table weighing (
            weighing_id text primary key,
            session_id text not null references session (session_id),
            phase text not null check (phase in ('pre', 'post')),
            gross_g integer not null,
            tare_g integer not null check (tare_g between 0 and 100000),
            weighed_utc_ms integer not null,
            weighed_offset_min integer not null,
            reason text not null,
            supersedes text unique references weighing (weighing_id),
            act_id text not null references act (act_id),
            check (gross_g - tare_g between 20000 and 300000),
            check (supersedes is null or reason <> '')
        ) strict;
        create index weighing_session on weighing (session_id);
        create unique index weighing_first on weighing (session_id, phase)
            where supersedes is null;
        create view weighing_now as
            select w.*, act.actor from weighing w join act using (act_id)
            where not exists
                (select 1 from weighing later where later.supersedes = w.weighing_id);
    """)
    keep_forever(db, "weighing")


@MIGRATIONS()
def m004_captures(db: Database) -> None:
    """Captures, which exist before their first frame, and whom they are said to show.

    Who and which session stand in `assignment`, so that a wrong patient is corrected by a new
    entry and the old one stays readable. Arrays of the chosen frames are bytes in a side table:
    rows of scores were a hundred times slower.
    """
    db.executescript("""
        create table camera_passport (
            passport_id text primary key,
            camera text not null,
            settings text not null check (json_valid(settings)),
            passed integer not null check (passed in (0, 1)),
            act_id text not null references act (act_id)
        ) strict;
        create table capture (
            capture_id text primary key,
            captured_utc_ms integer not null,
            captured_offset_min integer not null,
            state text not null
                check (state in ('recording', 'incomplete', 'stored', 'analysed', 'refused')),
            source text not null,
            sha256 text check (length(sha256) = 64),
            duration_ms integer check (duration_ms >= 0),
            frames_seen integer,
            frames_chosen integer,
            passport_id text references camera_passport (passport_id),
            act_id text not null references act (act_id),
            check (state in ('recording', 'incomplete') or sha256 is not null)
        ) strict;
        create index capture_unfinished on capture (state) where state in ('recording', 'stored');
        create index capture_sha256 on capture (sha256);
        create index capture_source on capture (source);
        create table assignment (
            assignment_id text primary key,
            capture_id text not null references capture (capture_id),
            patient_id text not null references patient (patient_id),
            session_id text,
            phase text not null check (phase in ('pre', 'post', 'spot')),
            reason text not null,
            supersedes text unique references assignment (assignment_id),
            act_id text not null references act (act_id),
            foreign key (session_id, patient_id) references session (session_id, patient_id),
            check ((phase = 'spot') = (session_id is null)),
            check (supersedes is null or reason <> '')
        ) strict;
        create unique index assignment_first on assignment (capture_id)
            where supersedes is null;
        create index assignment_capture on assignment (capture_id);
        create index assignment_patient on assignment (patient_id);
        create index assignment_session on assignment (session_id);
        create view assignment_now as
            select a.* from assignment a where not exists
                (select 1 from assignment later where later.supersedes = a.assignment_id);
        create view capture_now as
            select c.*, c.rowid as seq, a.assignment_id, a.patient_id, a.session_id, a.phase
            from assignment_now a join capture c on c.capture_id = a.capture_id;
        create table capture_data (
            capture_id text primary key references capture (capture_id),
            container text not null,
            codec text not null,
            width integer not null,
            height integer not null,
            rotation_deg integer not null,
            faces_found integer not null,
            refused text not null check (json_valid(refused)),
            score_names text not null check (json_valid(score_names)),
            t_ms blob not null,
            frame_scores blob not null,
            act_id text not null references act (act_id)
        ) strict;
    """)
    keep_forever(db, "assignment")


@MIGRATIONS()
def m005_models_and_estimates(db: Database) -> None:
    """What models made of captures. An estimate is a number with its spread or a reason.

    It belongs to the assignment it was made under: when a capture moves to another patient,
    the estimates made with the first one's references are no longer in force.
    """
    db.executescript("""
        create table model (
            model_id text primary key,
            sha256 text not null check (length(sha256) = 64),
            card text not null check (json_valid(card)),
            parent_id text references model (model_id),
            act_id text not null references act (act_id)
        ) strict;
        create table model_saw (
            model_id text not null references model (model_id),
            patient_id text not null references patient (patient_id),
            act_id text not null references act (act_id),
            primary key (model_id, patient_id)
        ) strict;
        create index model_saw_patient on model_saw (patient_id);
        create table change_score (
            capture_id text not null references capture (capture_id),
            model_id text not null references model (model_id),
            embedding blob not null,
            g_kg real not null,
            frame_sd_kg real not null check (frame_sd_kg >= 0),
            frames integer not null check (frames > 0),
            act_id text not null references act (act_id),
            primary key (capture_id, model_id)
        ) strict;
        create table estimate (
            seq integer primary key,
            estimate_id text not null unique,
            assignment_id text not null references assignment (assignment_id),
            model_id text not null references model (model_id),
            made_utc_ms integer not null,
            made_offset_min integer not null,
            excess_kg real check (abs(excess_kg) < 1000),
            spread_kg real check (spread_kg >= 0 and spread_kg < 1000),
            refusal text check (refusal <> ''),
            reference_ids text not null check (json_valid(reference_ids)),
            program_version text not null,
            act_id text not null references act (act_id),
            check ((excess_kg is null) = (spread_kg is null)),
            check ((excess_kg is null) = (refusal is not null))
        ) strict;
        create index estimate_assignment on estimate (assignment_id, seq);
        create view estimate_now as
            select e.*, a.capture_id
            from assignment_now a join estimate e on e.assignment_id = a.assignment_id
            where e.seq = (select max(newest.seq) from estimate newest
                           where newest.assignment_id = a.assignment_id);
    """)
    keep_forever(db, "model", "model_saw", "estimate")


@MIGRATIONS()
def m006_governance(db: Database) -> None:
    """Who may, who agreed, and what people said; written by later parts of the program."""
    db.executescript("""
        create table user (
            user_id text primary key,
            login text not null unique,
            name text not null,
            role text not null check (role in ('nurse', 'clinician', 'administrator')),
            wrapped_key blob,
            key_derivation text,
            disabled integer not null default 0 check (disabled in (0, 1)),
            act_id text not null references act (act_id)
        ) strict;
        create table consent (
            consent_id text primary key,
            patient_id text not null references patient (patient_id),
            purpose text not null check (purpose in ('care', 'training', 'research')),
            given integer not null check (given in (0, 1)),
            day text not null,
            remark text not null,
            act_id text not null references act (act_id)
        ) strict;
        create index consent_patient on consent (patient_id);
        create table note (
            note_id text primary key,
            patient_id text not null references patient (patient_id),
            session_id text references session (session_id),
            text text not null check (text <> ''),
            supersedes text unique references note (note_id),
            reason text not null,
            act_id text not null references act (act_id),
            check (supersedes is null or reason <> '')
        ) strict;
        create index note_patient on note (patient_id);
        create table judgement (
            judgement_id text primary key,
            capture_id text not null references capture (capture_id),
            edema integer check (edema in (0, 1)),
            excess_kg real,
            blinded integer not null check (blinded in (0, 1)),
            act_id text not null references act (act_id)
        ) strict;
        create index judgement_capture on judgement (capture_id);
        create table event (
            event_id text primary key,
            patient_id text references patient (patient_id),
            capture_id text references capture (capture_id),
            kind text not null,
            details text not null check (json_valid(details)),
            act_id text not null references act (act_id)
        ) strict;
        create index event_patient on event (patient_id);
    """)
    keep_forever(db, "consent", "note", "judgement", "event")
