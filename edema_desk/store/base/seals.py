"""A hash, in the record of acts, of each row that an act wrote to a table that is kept forever.

With it an edited weight, or one that is gone, is found by going through the record: the chain
holds what the rows were.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

ALL = ("*",)
SEALED: Mapping[str, tuple[str, ...]] = {
    "assignment": ALL,
    "audit_key": ALL,
    "camera_passport": ALL,
    "capture": ("capture_id", "captured_utc_ms", "captured_offset_min", "source"),
    "clinic_setting": ALL,
    "consent": ALL,
    "consent_text": ALL,
    "day_plan": ALL,
    "dry_weight": ALL,
    "erased_capture": ALL,
    "erased_patient": ALL,
    "estimate": ALL,
    "event": ALL,
    "judgement": ALL,
    "model": ALL,
    "model_install": ALL,
    "model_saw": ALL,
    "model_signer": ALL,
    "model_use": ALL,
    "note": ALL,
    "patient_tare": ALL,
    "removal": ALL,
    "session": (
        *("session_id", "patient_id", "day", "opened_utc_ms", "opened_offset_min"),
        "planned_removal_ml",
    ),
    "training": ALL,
    "training_end": ALL,
    "user": ALL,
    "user_state": ALL,
    "weighing": ALL,
    "wheelchair": ALL,
}
"""The columns of each table that never change. A column that is added later belongs to `ALL` of
the rows that are written from then on."""

_MARKS = " union all ".join(f"select '{t}', max(rowid) from {t}" for t in SEALED)  # noqa: S608
_HASH_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Seal:
    """What the record says of the rows that one act wrote to one table."""

    table: str
    rows: int
    columns: int
    digest: str

    def __str__(self) -> str:
        return f"{self.table} {self.rows} {self.columns} {self.digest}"

    def fits(self, found: Sequence[Sequence[object]]) -> bool:
        """Whether these are the rows, each with at least the columns it had then."""
        return len(found) == self.rows and digest(found, self.columns) == self.digest


def high_marks(db: Database) -> dict[str, int]:
    """How far each sealed table goes now."""
    return {table: mark or 0 for table, mark in db.execute(_MARKS).fetchall()}


def seals_since(db: Database, marks: Mapping[str, int]) -> tuple[str, ...]:
    """A seal for each table that grew since `marks` were taken, in the same transaction."""
    grown = [table for table, mark in high_marks(db).items() if mark > marks[table]]
    return tuple(str(_seal(table, _rows_after(db, table, marks[table]))) for table in grown)


def read_seals(details: str) -> tuple[Seal, ...]:
    """The seals in the details of a row of the record."""
    if '"rows":["' not in details:
        return ()
    told = json.loads(details)["rows"]
    return tuple(
        Seal(table, int(rows), int(columns), hashed)
        for table, rows, columns, hashed in (seal.split() for seal in told)
    )


def digest(rows: Sequence[Sequence[object]], columns: int) -> str:
    """128 bits of the SHA-256 of the first `columns` values of each row."""
    values = [[_plain(value) for value in row[:columns]] for row in rows]
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:_HASH_DIGITS]


def _seal(table: str, rows: Sequence[Sequence[object]]) -> Seal:
    columns = len(rows[0])
    return Seal(table, len(rows), columns, digest(rows, columns))


def _rows_after(db: Database, table: str, mark: int) -> list[tuple[object, ...]]:
    columns = ", ".join(SEALED[table])
    sql = f"select {columns} from {table} where rowid > ? order by rowid"  # noqa: S608
    return list(db.execute(sql, [mark]).fetchall())


def _plain(value: object) -> object:
    return {"blob": value.hex()} if isinstance(value, bytes) else value
