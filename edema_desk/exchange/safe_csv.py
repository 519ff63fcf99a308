"""Tables that a spreadsheet opens as what they are: UTF-8 with a mark, no cell that runs."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from edema_desk.exchange.new_file import new_file

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


@contextmanager
def new_table(path: Path, header: Sequence[str]) -> Iterator[Callable[[Sequence[Cell]], None]]:
    """A new file and what adds a row to it: RFC 4180, UTF-8 with byte order mark, so that
    Japanese shows.

    Raises ExpectedError: OUTPUT_EXISTS, OUTPUT_NO_ROOM, OUTPUT_NOT_WRITABLE.
    """
    with new_file(path, mark=True) as file:
        writer = csv.writer(file)
        writer.writerow(header)

        def add(row: Sequence[Cell]) -> None:
            writer.writerow([safe_cell(cell) for cell in row])

        yield add


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a whole table; see `new_table`."""
    with new_table(path, header) as add:
        for row in rows:
            add(row)
