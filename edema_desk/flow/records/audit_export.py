"""The record of acts as a table for a spreadsheet program."""

import csv
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from edema_desk.domain.keeping.record_of_acts import ActEntry, ActFilter
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.safe_csv import safe_cell
from edema_desk.flow.base.database import DatabaseDoor
from edema_desk.flow.base.progress import Cancel, Listener, Stopwatch
from edema_desk.store.audit.reading import acts
from edema_desk.store.audit.verifying import audit_head

COLUMNS = ("row", "time", "actor", "act", "patient_id", "details")
_PAGE = 2000


def export_acts(
    database: DatabaseDoor, path: Path, wanted: ActFilter, listener: Listener, cancel: Cancel
) -> int:
    """Write the wanted acts, newest first, whole or not at all; how many.

    UTF-8 with a byte order mark, comma separated, times in ISO 8601 with their offset. Patients
    and people by their ids, not by name. Raises ExpectedError NOT_ALLOWED, CANCELLED,
    OUTPUT_NOT_WRITABLE.
    """

    def page_before(row: int) -> Sequence[ActEntry]:
        return database.call(lambda store: acts(store, wanted, row, _PAGE))

    newest = database.call(audit_head).rows
    watch = Stopwatch("export", float(max(newest, 1)), listener)
    part = path.with_name(path.name + ".part")
    count, before = 0, newest + 1
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            while page := page_before(before):
                cancel.check()
                table.writerows(_cells(page))
                count, before = count + len(page), page[-1].row
                watch.report(newest - before + 1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _cells(page: Iterable[ActEntry]) -> Iterable[tuple[str, ...]]:
    for act in page:
        told = json.dumps(act.details, ensure_ascii=False, sort_keys=True)
        time = act.at.local().isoformat(timespec="milliseconds")
        values = (str(act.row), time, act.actor_id, act.kind.value, act.patient_id or "", told)
        yield tuple(safe_cell(value) for value in values)
