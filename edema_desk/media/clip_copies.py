"""Copies of sealed clips and crops in a backup folder: made once, each proven to have arrived.

What has arrived stands in `clips.sums`, a line each (SHA-256 of the sealed file, its length and
time of change, its name), added when the copies themselves are on the disk for good.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.durable import sync_folder
from edema_desk.media.sealed import PART_SUFFIX, part_of

SUMS = "clips.sums"
_PIECE_BYTES = 1024**2
_TOGETHER = 32
"""So many copies share the writing of the folder's names to the disk."""
Eased = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sealed file as it was when it was copied."""

    sha256: str
    size_bytes: int
    mtime_ns: int
    name: str

    @property
    def capture_id(self) -> str:
        """Whose clip or crops these are."""
        return self.name.rpartition(".")[0]


class ClipCopies:
    """The copies of the files of `clips`, in `folder`. One owner at a time. Raises OSError of
    both, for whoever knows whose disk it is."""

    def __init__(self, clips: Path, folder: Path) -> None:
        self._clips, self._folder = clips, folder / "clips"
        self._sums_file = folder / SUMS
        self._sums = read_sums(self._sums_file)

    @property
    def kept(self) -> dict[str, Sum]:
        """What has arrived, by its name."""
        return dict(self._sums)

    def due(self) -> list[tuple[Path, int]]:
        """Finished files that were not copied yet, or changed since, the newest first, with their
        lengths."""
        found = []
        for entry in os.scandir(self._clips):
            if entry.name.endswith(PART_SUFFIX) or not entry.is_file(follow_symlinks=False):
                continue
            now = entry.stat()
            known = self._sums.get(entry.name)
            if known is None or (known.size_bytes, known.mtime_ns) != (
                now.st_size,
                now.st_mtime_ns,
            ):
                found.append((now.st_mtime_ns, Path(entry.path), now.st_size))
        return [(path, size) for _, path, size in sorted(found, reverse=True)]

    def copy(self, paths: Iterable[Path], ease: Eased) -> int:
        """Copy files, and return how many there were. `ease` is called with the bytes of each
        piece; what it raises ends it, with everything before kept. One that is gone meanwhile is
        left out."""
        copied, waiting = 0, list[Sum]()
        try:
            for path in paths:
                arrived = self._copy(path, ease)
                if arrived is not None:
                    waiting.append(arrived)
                    copied += 1
                if len(waiting) >= _TOGETHER:
                    self._note(waiting)
                    waiting = []
        finally:
            self._note(waiting)
        return copied

    def drop(self, names: Iterable[str]) -> int:
        """Remove copies; how many there were."""
        gone = [name for name in names if name in self._sums]
        for name in gone:
            (self._folder / name).unlink(missing_ok=True)
            del self._sums[name]
        if gone:
            self._write_all()
        return len(gone)

    def clear_left_overs(self) -> None:
        """Remove what a crash left half-copied."""
        for path in self._folder.glob(f"*{PART_SUFFIX}"):
            path.unlink(missing_ok=True)

    def _copy(self, path: Path, ease: Eased) -> Sum | None:
        target = self._folder / path.name
        part = part_of(target)
        try:
            source = path.open("rb")
        except FileNotFoundError:  # deleted since it was listed
            return None
        try:
            with source, part.open("wb") as to:
                status = os.fstat(source.fileno())
                sha256 = _poured(source.fileno(), to.fileno(), ease)
                os.fsync(to.fileno())
                size = os.fstat(to.fileno()).st_size
            if size != status.st_size or hash_read_back(part, ease) != sha256:
                raise ExpectedError(ErrorCode.BACKUP_DAMAGED)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return Sum(sha256, size, status.st_mtime_ns, path.name)

    def _note(self, arrived: list[Sum]) -> None:
        if not arrived:
            return
        sync_folder(self._folder)
        with self._sums_file.open("ab+") as file:
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)  # half a line would spoil the next
            file.write("".join(_line(each) for each in arrived).encode())
            file.flush()
            os.fsync(file.fileno())
        self._sums.update({each.name: each for each in arrived})

    def _write_all(self) -> None:
        part = part_of(self._sums_file)
        with part.open("w", encoding="utf-8") as file:
            file.writelines(_line(each) for each in self._sums.values())
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._sums_file)
        sync_folder(self._sums_file.parent)


def read_sums(path: Path) -> dict[str, Sum]:
    """What has arrived, by its name; a later line wins, half a line counts for nothing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return {}
    sums = {}
    for line in lines:
        fields = line.rstrip("\n").split(" ", 3)
        plain = Path(fields[-1]).name == fields[-1] and fields[-1] not in ("", "..")
        if line.endswith("\n") and len(fields) == 4 and plain and len(fields[0]) == 64:
            sha256, size, mtime_ns, name = fields
            if size.isdecimal() and mtime_ns.isdecimal():
                sums[name] = Sum(sha256, int(size), int(mtime_ns), name)
    return sums


def hash_read_back(path: Path, ease: Eased) -> str:
    """SHA-256 of a file as it lies on the disk, not in the system's memory where that can be
    told."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
            ease(0)
    return digest.hexdigest()


def _poured(source: int, to: int, ease: Eased) -> str:
    digest = hashlib.sha256()
    while piece := os.read(source, _PIECE_BYTES):
        digest.update(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(to, rest) :]
        ease(len(piece))
    return digest.hexdigest()


def _line(each: Sum) -> str:
    return f"{each.sha256} {each.size_bytes} {each.mtime_ns} {each.name}\n"
