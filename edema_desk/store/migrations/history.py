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


def keep_until_erased(db: Database, *tables: str) -> None:
    """The same, but that an act which erases a patient may change and delete rows: for tables
    that tell of patients. The triggers of `keep_forever` make way."""
    for table in tables:
        for change in ("update", "delete"):
            db.execute(f"drop trigger if exists {table}_no_{change}")
            db.execute(
                f"create trigger {table}_no_{change} before {change} on {table} "  # noqa: S608
                "when not exists (select 1 from erasing) "
                f"begin select raise(abort, '{table} is append-only'); end"
            )
