"""Courses that were worked out once, sealed in files beside the database.

Only copies: what is missing, damaged, of another layout or older than the records is worked out
anew without a word. A file's key is made of the data key and of the stamp that the patient's course
has in the database: another stamp opens nothing, and when the patient is erased, half of the key is
gone.
"""

import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np

from edema_desk import __version__
from edema_desk.domain.course.course_rows import ROW, CourseRows
from edema_desk.domain.course.trend import Trend
from edema_desk.errors import ExpectedError
from edema_desk.store.base.course_packing import pack_course, unpack_course
from edema_desk.store.keys.envelope import seal, unseal

LAYOUT = 1
"""Another number whenever a course is laid out or worked out in another way."""
LEAST_FREE_BYTES = 256 * 1024**2
"""The disk is for records: with less room left nothing is kept here."""
_HELD = 2
"""Ten years take 20 MB of memory."""
_COURSE, _ROWS = "course", "rows"


class KeptCourses:
    """One for an open database, on its thread. Nothing here raises because of a file or a disk.

    `stamp` is that of the patient's course in the database, within the same transaction.
    """

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self._folder, self._data_key = folder, data_key
        self._held: OrderedDict[str, tuple[bytes, Trend]] = OrderedDict()
        self._stamps: dict[str, bytes] = {}

    def trend(self, patient_id: str, stamp: bytes) -> Trend | None:
        """The course, or None where it is not kept. The last few stay in memory."""
        held = self._held.get(patient_id)
        if held is not None and held[0] == stamp:
            self._held.move_to_end(patient_id)
            return held[1]
        kept = self._read(_COURSE, patient_id, stamp)
        if kept is None:
            return None
        trend = unpack_course(kept, patient_id)
        self._hold(patient_id, stamp, trend)
        return trend

    def rows(self, patient_id: str, stamp: bytes) -> CourseRows | None:
        """The rows of the course, or None where they are not kept."""
        kept = self._read(_ROWS, patient_id, stamp)
        if kept is None:
            return None
        names, _, table = kept.partition(b"\n")
        told = json.loads(names)
        return CourseRows(np.frombuffer(table, ROW), tuple(told["models"]), tuple(told["cameras"]))

    def has(self, patient_id: str, stamp: bytes) -> bool:
        """Whether the course is kept. Only the first time a file is opened to see: the rows, which
        are written last."""
        if self._stamps.get(patient_id) != stamp and self.rows(patient_id, stamp) is not None:
            self._stamps[patient_id] = stamp
        return self._stamps.get(patient_id) == stamp

    def keep(self, patient_id: str, stamp: bytes, trend: Trend, rows: CourseRows) -> bool:
        """Keep a course; whether there was room for it."""
        self._hold(patient_id, stamp, trend)
        names = {"models": rows.models, "cameras": rows.cameras}
        packed_rows = json.dumps(names).encode() + b"\n" + rows.table.tobytes()
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if shutil.disk_usage(self._folder).free < LEAST_FREE_BYTES:
                return False
            self._write(_COURSE, patient_id, stamp, pack_course(trend))
            self._write(_ROWS, patient_id, stamp, packed_rows)
        except OSError:
            return False
        self._stamps[patient_id] = stamp
        return True

    def drop(self, patient_id: str) -> None:
        """Keep nothing of a patient."""
        self._held.pop(patient_id, None)
        self._stamps.pop(patient_id, None)
        for part in (_COURSE, _ROWS):
            with suppress(OSError):
                self._path(part, patient_id).unlink()

    def sweep(self, patient_ids: Iterable[str]) -> None:
        """Keep nothing of anybody but these; what a crash left goes too."""
        wanted = {self._path(part, one) for one in patient_ids for part in (_COURSE, _ROWS)}
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path not in wanted:
                    path.unlink()

    def forget(self) -> None:
        """Hold no course in memory. Files stay."""
        self._held.clear()

    def _hold(self, patient_id: str, stamp: bytes, trend: Trend) -> None:
        self._held[patient_id] = (stamp, trend)
        self._held.move_to_end(patient_id)
        if len(self._held) > _HELD:
            self._held.popitem(last=False)

    def _read(self, part: str, patient_id: str, stamp: bytes) -> bytes | None:
        try:
            sealed = self._path(part, patient_id).read_bytes()
            return unseal(self._key(stamp), _purpose(part, patient_id), sealed)
        except (OSError, ExpectedError):
            return None

    def _write(self, part: str, patient_id: str, stamp: bytes, content: bytes) -> None:
        """Whole or not at all. It need not outlast a power cut: half of it opens as nothing."""
        path = self._path(part, patient_id)
        new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        handle = os.open(
            new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(seal(self._key(stamp), _purpose(part, patient_id), content))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)

    def _path(self, part: str, patient_id: str) -> Path:
        """Under a name that tells nobody who it is."""
        name = self._digest(b"course file " + patient_id.encode()).hex()[:32]
        return self._folder / f"{name}.{part}"

    def _key(self, stamp: bytes) -> bytes:
        return self._digest(b"course key " + stamp)

    def _digest(self, content: bytes) -> bytes:
        return hmac.new(self._data_key, content, hashlib.sha256).digest()


def _purpose(part: str, patient_id: str) -> str:
    return f"{part} of {patient_id}, layout {LAYOUT} of {__version__}"
