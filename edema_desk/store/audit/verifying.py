"""Proof that the record of acts is whole, and that the rows it tells of are as they were."""

from collections.abc import Mapping

from edema_desk.domain.terms.acts import Question
from edema_desk.store.base.chain import NO_HEAD, AuditCheck, AuditHead, ChainWalk, chain_head
from edema_desk.store.base.database import Store
from edema_desk.store.base.sealed_rows import SealedRows


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
        self._known = known
        self._chain: ChainWalk | None = None
        self._rows: SealedRows | None = None
        self._chain_done = False

    def step(self, store: Store) -> bool:
        """Go on for some milliseconds; whether there is more to do."""
        with store.reading(Question.CHAIN_OF_ACTS) as db:
            if self._chain is None or self._rows is None:
                self._rows = SealedRows(db)
                self._chain = ChainWalk(self._known, told=self._rows.count)
            if self._chain_done:
                return self._rows.step(db)
            if self._chain.step(db):
                return True
            self._chain_done = True
            return self._chain.check.sound

    @property
    def done(self) -> int:
        """How many rows were looked at so far, of the record and of the tables."""
        if self._chain is None or self._rows is None:
            return 0
        return self._chain.rows + self._rows.looked_at

    @property
    def check(self) -> AuditCheck:
        """What was found; whole only after the last step."""
        if self._chain is None or self._rows is None:
            return AuditCheck(NO_HEAD)
        found = self._chain.check
        if self._rows.fault is None:
            return found
        return AuditCheck(found.head, self._rows.fault, self._rows.at_row)


def verify_tail(store: Store, since: AuditHead) -> AuditCheck:
    """The chain after a head that is known to be good, and that head's own row."""
    walk = ChainWalk({}, since)
    with store.reading(Question.CHAIN_OF_ACTS) as db:
        while walk.step(db):
            pass
    return walk.check
