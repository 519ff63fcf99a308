"""A folder that appears with everything in it, or not at all.

What is written lies in a folder beside it. Its name stands in the profile until it is done, so
that what a power cut or a kill leaves is removed: by the next export, and when a window opens.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.exchange.new_file import output_failure_told
from edema_desk.media.durable import sync_folder
from edema_desk.paths import Profile
from edema_desk.store.keys.locks import FileLock

PART_SUFFIX = ".part"
MARK = ".edema-desk-export"
"""A file that says that a folder is ours to remove."""


class PartFolder:
    """Where to write; `put_in_place` when all of it is there."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self._out = folder, out

    def put_in_place(self) -> None:
        """Give it its name, for good. Raises ExpectedError OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE."""
        _refuse_taken(self._out)
        with output_failure_told(self._out):
            for below in (self.folder, *(p for p in self.folder.iterdir() if p.is_dir())):
                sync_folder(below)
            self.folder.rename(self._out)
            (self._out / MARK).unlink()
            sync_folder(self._out.parent)


@contextmanager
def part_folder(profile: Profile, out: Path) -> Iterator[PartFolder]:
    """One at a time for a profile. Whatever ends the block before it was put in place leaves
    nothing.

    Raises ExpectedError EXPORT_RUNNING, OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE.
    """
    out = out.absolute()
    with FileLock(profile.exports_lock) as lock:
        if not lock.take():
            raise ExpectedError(ErrorCode.EXPORT_RUNNING)
        _clear(profile)
        _refuse_taken(out)
        part = out.with_name(out.name + PART_SUFFIX)
        _make_room_for(out)
        with output_failure_told(part):
            _remember(profile, part)
            part.mkdir(mode=0o700)
            (part / MARK).touch()
        try:
            yield PartFolder(part, out)
        finally:
            _clear(profile)


def clear_unfinished(profile: Profile) -> None:
    """Remove what an export left that was killed; nothing while one runs."""
    with FileLock(profile.exports_lock) as lock:
        if profile.exports_unfinished.exists() and lock.take():
            _clear(profile)


def _make_room_for(out: Path) -> None:
    """A file among the folders above is told as a place that cannot be written to."""
    try:
        with output_failure_told(out):
            out.parent.mkdir(parents=True, exist_ok=True)
    except ExpectedError as error:
        if error.code is ErrorCode.OUTPUT_EXISTS:
            raise ExpectedError(ErrorCode.OUTPUT_NOT_WRITABLE, path=str(out)) from error
        raise


def _refuse_taken(out: Path) -> None:
    if os.path.lexists(out):
        raise ExpectedError(ErrorCode.OUTPUT_EXISTS, path=str(out))


def _remember(profile: Profile, part: Path) -> None:
    parts = [*_unfinished(profile), part]
    with profile.exports_unfinished.open("w", encoding="utf-8") as file:
        json.dump([str(each) for each in parts], file)
        file.flush()
        os.fsync(file.fileno())


def _clear(profile: Profile) -> None:
    """A part on a disk that is not there now is looked for the next time."""
    left = [part for part in _unfinished(profile) if not _removed(part)]
    if left:
        text = json.dumps([str(part) for part in left])
        profile.exports_unfinished.write_text(text, encoding="utf-8")
    else:
        profile.exports_unfinished.unlink(missing_ok=True)


def _unfinished(profile: Profile) -> list[Path]:
    try:
        named = json.loads(profile.exports_unfinished.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []  # never begun, or cut off before there was a folder
    return [Path(name) for name in named if isinstance(name, str) and name.endswith(PART_SUFFIX)]


def _removed(part: Path) -> bool:
    """Whether nothing of ours is there any more; a folder that bears no mark is not ours. The
    mark goes last, so that what could not be removed is known the next time."""
    with suppress(OSError):
        if (part / MARK).exists():
            for path in part.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name != MARK:
                    path.unlink()
            (part / MARK).unlink()
        if part.is_dir():
            part.rmdir()  # empty, or somebody else's
    return part.parent.is_dir() and not part.is_dir()
