"""Tables that a spreadsheet opens as what they are: UTF-8 with a mark, no cell that runs."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet takes full-width signs for the half-width ones."""

Cell = str | int | float | None


def safe_cell(cell: Cell) -> str:
    """The cell as text. A text that a spreadsheet would run gets an apostrophe before it;
    numbers stay numbers, negative ones too. None is an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
    return repr(round(cell, 6)) if isinstance(cell, float) else str(cell)


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a new file: RFC 4180, UTF-8 with byte order mark, so that Japanese shows.

    Raises ExpectedError: OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE.
    """
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    except FileExistsError as error:
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(path)) from error
    except OSError as error:
        raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(path)) from error
