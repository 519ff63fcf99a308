"""Whether the rows that acts wrote still are what the record says they were."""

import json
import re
import sys
from collections import Counter

from sqlite_utils import Database

from edema_desk.domain.terms.acts import ActKind
from edema_desk.store.base.chain import AuditFault
from edema_desk.store.base.seals import SEALED, read_seals

_BY_ACT = "select seq, patient_id, details from audit where act_id = ?"
_BY_KIND = "select patient_id, details from audit where kind = ?"
_PICTURES = frozenset({"capture", "estimate", "judgement"})
"""What goes with a patient's pictures alone."""
_WORDS = re.compile(r'"([^"]+)"')


class SealedRows:
    """Goes through the sealed tables some rows at a time, after the chain was found whole and
    each of its rows was given to `count`.

    Rows of acts about erased people are left out: they were cut on purpose, and the record says
    so. `fault` and `at_row` (of the record) tell of the first row that is not as it was.
    """

    def __init__(self, db: Database) -> None:
        self._tables = list(SEALED)
        self._after = 0
        self._group: list[tuple[object, ...]] = []
        self._group_act = ""
        self._erased = _Erased(db)
        self._first_sealed = sys.maxsize
        self._told: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self.looked_at = 0
        self.fault: AuditFault | None = None
        self.at_row: int | None = None

    def step(self, db: Database, most: int = 2000) -> bool:
        """Look at the next rows; whether there are more."""
        if not self._tables:
            return self._all_met(db)
        table = self._tables[0]
        columns = ", ".join(SEALED[table])
        found = db.execute(
            f"select rowid, act_id, {columns} from {table} "  # noqa: S608
            "where rowid > ? order by rowid limit ?",
            [self._after, most],
        ).fetchall()
        for rowid, act_id, *values in found:
            if act_id != self._group_act and not self._end_group(db, table):
                return False
            self._group_act = act_id
            self._group.append(tuple(values))
            self._after = rowid
        self.looked_at += len(found)
        if len(found) < most:
            if not self._end_group(db, table):
                return False
            self._tables.pop(0)
            self._after = 0
        return True

    def count(self, row: int, patient_id: str | None, details: str) -> None:
        """A row of the record was read on the way through the chain: its seals are counted."""
        for seal in read_seals(details):
            self._first_sealed = min(self._first_sealed, row)
            if not self._is_erased(seal.table, patient_id, details):
                self._told[seal.table] += 1

    def _end_group(self, db: Database, table: str) -> bool:
        """Hold the rows of one act against their seal; False at a fault."""
        rows, self._group = self._group, []
        if not rows:
            return True
        row = db.execute(_BY_ACT, [self._group_act]).fetchone()
        if row is None:
            return self._stop(AuditFault.VALUE_ALTERED, None)
        seq, patient_id, details = row
        if self._is_erased(table, patient_id, details):
            return True
        seals = read_seals(details)
        seal = next((s for s in seals if s.table == table), None)
        if seal is None:
            # only acts from before rows were sealed have none
            return seq < self._first_sealed or self._stop(AuditFault.VALUE_ALTERED, seq)
        self._met[table] += 1
        return seal.fits(rows) or self._stop(AuditFault.VALUE_ALTERED, seq)

    def _all_met(self, db: Database) -> bool:
        for table in SEALED:
            if self._met[table] != self._told[table]:
                return self._stop(AuditFault.VALUE_MISSING, self._first_missing(db, table))
        return False

    def _first_missing(self, db: Database, table: str) -> int | None:
        """Row of the first act whose rows in `table` are gone: a slow question, asked once."""
        found = db.execute(
            f"select seq, patient_id, details from audit where details like ? "  # noqa: S608
            f"and act_id not in (select act_id from {table}) order by seq",
            [f'%"rows":[%"{table} %'],
        )
        for seq, patient_id, details in found:
            told = any(seal.table == table for seal in read_seals(details))
            if told and not self._is_erased(table, patient_id, details):
                return int(seq)
        return None

    def _is_erased(self, table: str, patient_id: str | None, details: str) -> bool:
        return self._erased.covers(table, patient_id, details)

    def _stop(self, fault: AuditFault, at_row: int | None) -> bool:
        self.fault, self.at_row = fault, at_row
        return False


class _Erased:
    """Whose rows were cut: people, and captures that once were said to show them."""

    def __init__(self, db: Database) -> None:
        self._people = _people(db, ActKind.ERASE_PATIENT)
        self._pictures = self._people | _people(db, ActKind.DESTROY_PICTURES)
        moves = list(db.execute(_BY_KIND, [ActKind.REASSIGN_CAPTURE.value]))
        for patient_id, details in moves if self._pictures else ():
            told = json.loads(details)
            whose = {patient_id, told["from_patient_id"]}
            for ids in (self._people, self._pictures):
                if whose & ids:
                    ids.add(told["capture_id"])

    def covers(self, table: str, patient_id: str | None, details: str) -> bool:
        """Whether a row of the record tells of rows in `table` that were cut on purpose."""
        ids = self._pictures if table in _PICTURES else self._people
        if not ids:
            return False
        return patient_id in ids or not ids.isdisjoint(_WORDS.findall(details))


def _people(db: Database, kind: ActKind) -> set[str]:
    return {row[0] for row in db.execute(_BY_KIND, [kind.value]) if row[0]}
