"""Proof that the record of acts is whole."""

from edema_desk.store.chain import AuditCheck, AuditHead, chain_head, check_chain
from edema_desk.store.database import Store


def audit_head(store: Store) -> AuditHead:
    """The end of the chain now; kept elsewhere it shows later whether the chain was remade."""
    with store.reading() as db:
        return chain_head(db)


def verify_audit(store: Store, known: AuditHead | None = None) -> AuditCheck:
    """Follow the whole chain. With a `known` earlier head, a cut or remade chain is found too."""
    with store.reading() as db:
        return check_chain(db, known)
