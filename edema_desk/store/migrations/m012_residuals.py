"""Estimates found by the model and the way of transfer that made them."""

from sqlite_utils import Database

from edema_desk.store.migrations.history import MIGRATIONS


@MIGRATIONS()
def m012_residuals(db: Database) -> None:
    """Else each estimate after a change of transfer goes through all those before it."""
    db.executescript("""
        create index estimate_transfer on estimate (model_id, transfer);
        drop index estimate_model;
    """)
