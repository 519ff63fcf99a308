"""Writes that survive a power cut, and the one way a full disk is told."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The system's errors about room."""


@contextmanager
def disk_full_told() -> Iterator[None]:
    """Turn the system's errors about room into ExpectedError(DISK_FULL)."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise ExpectedError(ErrorCode.DISK_FULL) from error
        raise


@contextmanager
def disk_failure_told() -> Iterator[None]:
    """Turn every other error of the system about a disk into ExpectedError(DISK_FAILED)."""
    try:
        yield
    except OSError as error:
        raise ExpectedError(ErrorCode.DISK_FAILED) from error


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where the system has a way to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a file that is already on disk its final name, durably."""
    temporary.replace(path)
    sync_folder(path.parent)
