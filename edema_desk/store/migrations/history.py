"""The one list of steps, and what they share."""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("edema_desk")


def keep_forever(db: Database, *tables: str) -> None:
    """Let rows of `tables` be added only: triggers refuse changing and deleting them."""
    for table in tables:
        for change in ("update", "delete"):
            db.execute(
                f"create trigger {table}_no_{change} before {change} on {table} "
                f"begin select raise(abort, '{table} is append-only'); end"
            )
