"""The chain of all acts: each row carries the SHA-256 of itself and of the row before.

The chain shows what was edited, taken out or put in. It cannot show that its end was cut off
or that all of it was made anew; for that, keep a head elsewhere and compare with it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

AuditValue = str | int | float | bool | None | tuple[str, ...]
FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the chain: how many rows there are and the hash of the last."""

    rows: int
    hash: str


class AuditFault(StrEnum):
    """What is wrong with a chain."""

    ROW_ALTERED = "row_altered"
    ROW_MISSING = "row_missing"
    ACT_ALTERED = "act_altered"
    HEAD_DIFFERS = "head_differs"


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """The head that was found, and the first fault with the row it is at."""

    head: AuditHead
    fault: AuditFault | None = None
    at_row: int | None = None

    @property
    def sound(self) -> bool:
        """Whether no fault was found."""
        return self.fault is None


def append_audit(
    db: Database, act: Mapping[str, str | int | None], details: Mapping[str, AuditValue]
) -> None:
    """Add the next row; the act's own transaction must be open."""
    head = chain_head(db)
    row: dict[str, object] = {
        "seq": head.rows + 1,
        **act,
        "details": _canonical(details),
        "previous_hash": head.hash,
    }
    db.table("audit").insert({**row, "hash": row_hash(row)})


def chain_head(db: Database) -> AuditHead:
    """Where the chain ends."""
    last = db.execute("select seq, hash from audit order by seq desc limit 1").fetchone()
    return AuditHead(*last) if last else AuditHead(0, FIRST_HASH)


def _canonical(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_hash(row: Mapping[str, object]) -> str:
    """Of a row without its own hash; the hash of the row before is part of it."""
    return hashlib.sha256(_canonical(row).encode()).hexdigest()


def check_chain(db: Database, known: AuditHead | None) -> AuditCheck:
    """Follow the chain from its first row, and compare it with a head that was `known` before."""
    expected = FIRST_HASH
    count = 0
    known_hash_met = known is None or known.rows == 0
    for row in db.query("select * from audit order by seq"):
        if row["seq"] != count + 1:
            return AuditCheck(AuditHead(count, expected), AuditFault.ROW_MISSING, count + 1)
        own = row.pop("hash")
        if row["previous_hash"] != expected or row_hash(row) != own:
            return AuditCheck(AuditHead(count, expected), AuditFault.ROW_ALTERED, count + 1)
        count, expected = count + 1, own
        if known is not None and count == known.rows:
            known_hash_met = own == known.hash
    head = AuditHead(count, expected)
    if not known_hash_met:
        return AuditCheck(head, AuditFault.HEAD_DIFFERS, known.rows if known else None)
    stray = _first_stray_act(db)
    if stray is not None:
        return AuditCheck(head, AuditFault.ACT_ALTERED, stray)
    return AuditCheck(head)


def _first_stray_act(db: Database) -> int | None:
    """Row of the first act that its audit row does not tell of in the same words."""
    found = db.execute("""
        select min(coalesce(audit.seq, act.rowid)) from act full join audit using (act_id)
        where act.kind is not audit.kind or act.actor is not audit.actor
            or act.utc_ms is not audit.utc_ms or act.offset_min is not audit.offset_min
    """).fetchone()
    return None if found[0] is None else int(found[0])
