"""A text file that must not be there yet, on the disk when it is closed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.durable import NO_ROOM


@contextmanager
def new_file(path: Path, *, mark: bool = False) -> Iterator[TextIO]:
    """Open it in UTF-8, line ends as written, with a byte order mark where one is asked for.

    Raises ExpectedError: OUTPUT_EXISTS, OUTPUT_NO_ROOM, OUTPUT_NOT_WRITABLE.
    """
    with output_failure_told(path):
        file = path.open("x", encoding="utf-8-sig" if mark else "utf-8", newline="")
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def output_failure_told(path: Path) -> Iterator[None]:
    """Turn the system's errors about what is written into ExpectedError, as `new_file` does."""
    try:
        yield
    except FileExistsError as error:
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(path)) from error
    except OSError as error:
        full = error.errno in NO_ROOM
        code = ErrorCode.OUTPUT_NO_ROOM if full else ErrorCode.OUTPUT_NOT_WRITABLE
        raise ExpectedError(code, path=str(path)) from error
