"""Study folders: a table study.csv and the clips it names, in and out."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.new_file import new_file
from edema_desk.exchange.study_row import StudyRow, parse_row

TABLE_NAME = "study.csv"
NEEDED_COLUMNS = ("patient_id", "date", "phase", "weight_kg", "dry_weight_kg", "clip")
OPTIONAL_COLUMNS = ("time", "true_excess_kg")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that could not be read: where it starts in the file, and the error that says why."""

    line: int
    error: ExpectedError


@dataclass(frozen=True, slots=True)
class StudyReading:
    """A study folder as read: the rows to use and those refused, both in the file's order."""

    folder: Path
    rows: tuple[StudyRow, ...]
    refused: tuple[RefusedRow, ...]
    extra_columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the study is called: its folder's name."""
        return self.folder.resolve().name


def read_study(folder: Path) -> StudyReading:
    """Read a study's table and check that each clip it names is there, inside the folder.

    Raises ExpectedError: STUDY_MISSING, STUDY_NOT_TEXT, STUDY_HEADER, STUDY_HEADER_TWICE,
    STUDY_EMPTY, FILE_UNREADABLE. A faulty row raises nothing: it is in `refused`.
    """
    records = _records(_table_text(folder / TABLE_NAME, folder))
    _, header = next(records, (1, []))
    columns = _columns(header)
    rows: list[StudyRow] = []
    refused: list[RefusedRow] = []
    lines: dict[tuple[str, ...], int] = {}
    for line, fields in records:
        try:
            row = _row(line, fields, columns, folder)
            first = lines.setdefault(row.slot, line)
            if first != line:
                raise ExpectedError(ErrorCode.ROW_DUPLICATE, line=first)
        except ExpectedError as error:
            refused.append(RefusedRow(line, error))
        else:
            rows.append(row)
    if not rows and not refused:
        raise ExpectedError(ErrorCode.STUDY_EMPTY)
    known = {*NEEDED_COLUMNS, *OPTIONAL_COLUMNS}
    extra = tuple(name for name in columns if name and name not in known)
    return StudyReading(folder, tuple(rows), tuple(refused), extra)


def write_study_table(
    folder: Path, rows: Iterable[StudyRow], extra_columns: Sequence[str] = ()
) -> Path:
    """Write study.csv into `folder`; never over one that is there.

    Raises ExpectedError OUTPUT_EXISTS, OUTPUT_NO_ROOM, OUTPUT_NOT_WRITABLE. A clip is written
    relative to the folder.
    """
    path = folder / TABLE_NAME
    header = (*NEEDED_COLUMNS, *OPTIONAL_COLUMNS, *extra_columns)
    with new_file(path) as file:
        table = csv.writer(file)
        table.writerow(header)
        for row in rows:
            fields = row.as_fields(folder)
            table.writerow([fields.get(name, "") for name in header])
    return path


def _table_text(path: Path, folder: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ExpectedError(ErrorCode.STUDY_MISSING, path=str(folder)) from error
    except OSError as error:
        raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(path)) from error
    except UnicodeDecodeError as error:
        raise ExpectedError(ErrorCode.STUDY_NOT_TEXT) from error


def _records(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the line it starts on; None where it breaks the rules of RFC 4180."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            continue
        if fields:
            yield line, fields


def _columns(header: list[str] | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in header or ())
    missing = [name for name in NEEDED_COLUMNS if name not in names]
    if missing:
        raise ExpectedError(ErrorCode.STUDY_HEADER, columns=", ".join(missing))
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        raise ExpectedError(ErrorCode.STUDY_HEADER_TWICE, columns=", ".join(twice))
    return names


def _row(line: int, fields: list[str] | None, columns: tuple[str, ...], folder: Path) -> StudyRow:
    if fields is None or len(fields) != len(columns):
        raise ExpectedError(ErrorCode.ROW_BROKEN)
    return parse_row(line, dict(zip(columns, fields, strict=True)), folder)
