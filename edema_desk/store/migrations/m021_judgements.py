"""How sure a judgement was, or why somebody looked at the estimate without judging."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m021_judgements(db: Database) -> None:
    """`edema` is null where nobody could tell and where it was `skipped`, for which that is then
    the reason. `blinded`: whoever judged had not been shown the estimate."""
    db.executescript("""
        alter table judgement add column confidence text
            check (confidence in ('low', 'medium', 'high'));
        alter table judgement add column skipped text not null default '';
        create index note_session on note (session_id);
    """)
