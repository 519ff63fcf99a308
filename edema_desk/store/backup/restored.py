"""What is asked and kept when a profile was restored from a backup."""

from edema_desk.domain.keeping.backup import Generation
from edema_desk.domain.terms.acts import ActKind
from edema_desk.store.base.chain import AuditValue
from edema_desk.store.base.database import Done, Store


def note_restored(store: Store, act_id: str, generation: Generation, acts_lost: int) -> None:
    """Keep on record that these records are those of a backup, and how many acts that were made
    after it are known to be lost."""
    details: dict[str, AuditValue] = {
        "generation": generation.name,
        "acts": generation.acts,
        "head": generation.head,
        "acts_lost": acts_lost,
    }
    store.act(act_id, ActKind.RESTORE_BACKUP, lambda _: Done(generation.name, None, details))


def has_patients(store: Store) -> bool:
    """Whether anybody was ever entered."""
    with store.reading() as db:
        return bool(db.execute("select exists (select 1 from patient)").fetchone()[0])


def clips_expected(store: Store) -> frozenset[str]:
    """Captures whose full clip was stored and not let go of since."""
    with store.reading() as db:
        found = db.query(
            "select capture_id from capture where sha256 is not null "
            "and capture_id not in (select capture_id from erased_capture)"
        )
        return frozenset(str(row["capture_id"]) for row in found)
