"""The chain of all acts: each row carries the SHA-256 of itself and of the row before.

The chain shows what was edited, taken out or put in. It cannot show that its end was cut off
or that all of it was made anew; for that, keep a head elsewhere and compare with it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

AuditValue = str | int | float | bool | None | tuple[str, ...]
FIRST_HASH = "0" * 64
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_TEXT = json.JSONEncoder(ensure_ascii=False).encode
_HASHED = (
    *("seq", "act_id", "kind", "actor", "utc_ms", "offset_min", "patient_id", "result"),
    *("details", "previous_hash"),
)


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the chain: how many rows there are and the hash of the last."""

    rows: int
    hash: str


NO_HEAD = AuditHead(0, FIRST_HASH)


class AuditFault(StrEnum):
    """What is wrong with the record of acts."""

    ROW_ALTERED = "row_altered"
    ROW_MISSING = "row_missing"
    ACT_ALTERED = "act_altered"
    HEAD_DIFFERS = "head_differs"
    HEAD_FORGED = "head_forged"
    HEADS_GONE = "heads_gone"
    VALUE_ALTERED = "value_altered"
    VALUE_MISSING = "value_missing"


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
        "details": _CANONICAL.encode(details),
        "previous_hash": head.hash,
    }
    db.table("audit").insert({**row, "hash": row_hash(row)})


def chain_head(db: Database) -> AuditHead:
    """Where the chain ends."""
    last = db.execute("select seq, hash from audit order by seq desc limit 1").fetchone()
    return AuditHead(*last) if last else NO_HEAD


def hash_at(db: Database, rows: int) -> str | None:
    """The hash of the chain's row of that number."""
    found = db.execute("select hash from audit where seq = ?", [rows]).fetchone()
    return None if found is None else str(found[0])


def row_hash(row: Mapping[str, object]) -> str:
    """Of a row without its own hash; the hash of the row before is part of it."""
    return hashlib.sha256(_CANONICAL.encode(row).encode()).hexdigest()


def _hash_of(values: Sequence[Any]) -> str:
    """`row_hash` of the values of `_HASHED`, three times as fast: ten years are many rows."""
    seq, act_id, kind, actor, utc_ms, offset_min, patient_id, result, details, before = values
    patient = "null" if patient_id is None else _TEXT(patient_id)
    written = (
        f'{{"act_id":{_TEXT(act_id)},"actor":{_TEXT(actor)},"details":{_TEXT(details)},'
        f'"kind":{_TEXT(kind)},"offset_min":{offset_min},"patient_id":{patient},'
        f'"previous_hash":{_TEXT(before)},"result":{_TEXT(result)},"seq":{seq},"utc_ms":{utc_ms}}}'
    )
    return hashlib.sha256(written.encode()).hexdigest()


class ChainWalk:
    """Follows the chain some rows at a time, so that others get their turn between.

    `known` are hashes by row numbers, from heads that were kept elsewhere. With `start` the rows
    up to it are taken as good; the row itself is compared. `told` is called with number, patient
    and details of each row.
    """

    def __init__(
        self,
        known: Mapping[int, str],
        start: AuditHead = NO_HEAD,
        told: Callable[[int, str | None, str], None] = lambda *_: None,
    ) -> None:
        self._told = told
        self._known = {rows: kept for rows, kept in known.items() if rows > start.rows}
        self._start = start
        self._begun = False
        self._act_row = 0
        self.check = AuditCheck(start)

    @property
    def rows(self) -> int:
        """How many rows were followed."""
        return self.check.head.rows

    def step(self, db: Database, most: int = 5000) -> bool:
        """Follow the next rows; whether there is more to follow."""
        if not self._begun:
            self._begun = True
            if not self._begin(db):
                return False
        rows = db.execute(
            f"select {', '.join(_HASHED)}, hash from audit "  # noqa: S608
            "where seq > ? order by seq limit ?",
            [self.rows, most],
        ).fetchall()
        # act and audit rows are written in pairs: both tables are read in order, side by side
        acts = db.execute(
            "select act_id, kind, actor, utc_ms, offset_min, rowid from act "
            "where rowid > ? order by rowid limit ?",
            [self._act_row, most],
        ).fetchall()
        for at, row in enumerate(rows):
            fault = self._fault_of(row, acts[at] if at < len(acts) else None)
            if fault is not None:
                return self._stop(fault, self.rows + 1)
            self.check = AuditCheck(AuditHead(row[0], row[-1]))
            self._told(row[0], row[6], row[8])
        if acts and len(acts) >= len(rows) and rows:
            self._act_row = acts[len(rows) - 1][-1]
        if len(rows) == most:
            return True
        if len(acts) > len(rows):
            return self._stop(AuditFault.ACT_ALTERED, self.rows + 1)
        beyond = [row for row in self._known if row > self.rows]
        return self._stop(AuditFault.HEAD_DIFFERS, min(beyond)) if beyond else False

    def _begin(self, db: Database) -> bool:
        start = self._start
        if start.rows == 0:
            return True
        if hash_at(db, start.rows) != start.hash:
            return self._stop(AuditFault.HEAD_DIFFERS, start.rows)
        found = db.execute(
            "select act.rowid from audit join act using (act_id) where seq = ?", [start.rows]
        ).fetchone()
        if found is None:
            return self._stop(AuditFault.ACT_ALTERED, start.rows)
        self._act_row = found[0]
        return True

    def _fault_of(
        self, row: tuple[object, ...], act: tuple[object, ...] | None
    ) -> AuditFault | None:
        head = self.check.head
        if row[0] != head.rows + 1:
            return AuditFault.ROW_MISSING
        own = row[-1]
        if row[-2] != head.hash or _hash_of(row[:-1]) != own:
            return AuditFault.ROW_ALTERED
        if act is None or act[:-1] != row[1:6]:
            return AuditFault.ACT_ALTERED
        kept = self._known.get(head.rows + 1)
        return AuditFault.HEAD_DIFFERS if kept is not None and kept != own else None

    def _stop(self, fault: AuditFault, at_row: int) -> bool:
        self.check = AuditCheck(self.check.head, fault, at_row)
        return False
