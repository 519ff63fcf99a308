"""Proof that the record of acts is whole, and that the rows it tells of are as they were."""

from collections.abc import Mapping

from edema_desk.domain.acts import Question
from edema_desk.store.chain import AuditCheck, AuditHead, ChainWalk, chain_head
from edema_desk.store.database import Store
from edema_desk.store.sealed_rows import SealedRows


def audit_head(store: Store) -> AuditHead:
    """The end of the chain now; kept elsewhere it shows later whether the chain was remade."""
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        return chain_head(db)


def verify_audit(store: Store, known: AuditHead | None = None) -> AuditCheck:
    """All at once: for small records, and for tests. With a `known` earlier head, a cut or remade
    chain is found too."""
    verification = Verification({known.rows: known.hash} if known is not None else {})
    while verification.step(store):
        pass
    return verification.check


class Verification:
    """The chain from its first row, then every sealed row, some at a time, so that the database
    thread does other things between. `known` are hashes by row numbers."""

    def __init__(self, known: Mapping[int, str]) -> None:
        self._chain = ChainWalk(known)
        self._rows: SealedRows | None = None

    def step(self, store: Store) -> bool:
        """Go on for some milliseconds; whether there is more to do."""
        with store.reading(Question.CHAIN_OF_ACTS) as db:
            if self._rows is None:
                if self._chain.step(db):
                    return True
                if not self._chain.check.sound:
                    return False
                self._rows = SealedRows()
                return True
            return self._rows.step(db)

    @property
    def done(self) -> int:
        """How many rows were looked at so far, of the record and of the tables."""
        return self._chain.rows + (self._rows.looked_at if self._rows else 0)

    @property
    def check(self) -> AuditCheck:
        """What was found; whole only after the last step."""
        found = self._chain.check
        if self._rows is None or self._rows.fault is None:
            return found
        return AuditCheck(found.head, self._rows.fault, self._rows.at_row)


def verify_tail(store: Store, since: AuditHead) -> AuditCheck:
    """The chain after a head that is known to be good, and that head's own row."""
    walk = ChainWalk({}, since)
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        while walk.step(db):
            pass
    return walk.check
