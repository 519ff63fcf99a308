"""A folder that holds the backups of one profile: what lies where, and whose it is.

Its files bear the same names as in a profile, so that what reads a profile's keys reads those of
a backup as well.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile
from edema_desk.store.keys.faults import translated
from edema_desk.store.keys.keys import sync_folder

FORMAT = 1
_MARKER = "edema-desk-backup.json"
_GB = 10**9


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """The places in one folder."""

    root: Path

    @property
    def marker(self) -> Path:
        """Says that this is such a folder, and whose records it holds."""
        return self.root / _MARKER

    @property
    def generations(self) -> Path:
        """Databases with their manifests."""
        return self.root / "generations"

    @property
    def clips(self) -> Path:
        """Sealed clips and crops, as they lie in the profile."""
        return self.root / "clips"

    @property
    def models(self) -> Path:
        """Installed model packages."""
        return self.root / "models"

    @property
    def as_profile(self) -> Profile:
        """For whoever reads the keys in it."""
        return Profile(self.root)

    def owner(self) -> str | None:
        """Whose records these are; None where nobody's yet. Raises ExpectedError BACKUP_NEWER."""
        try:
            raw = json.loads(self.marker.read_text(encoding="utf-8"))
            if int(raw["format"]) > FORMAT:
                raise ExpectedError(ErrorCode.BACKUP_NEWER)
            return str(raw["records"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def claim(self, records: str) -> None:
        """Make the folders, for these records from now on.

        Raises ExpectedError BACKUP_FOLDER_TAKEN where others lie there, BACKUP_FAILED.
        """
        owner = self.owner()
        if owner not in (None, records):
            raise ExpectedError(ErrorCode.BACKUP_FOLDER_TAKEN, path=str(self.root))
        with told_of(self.root):
            for folder in (self.generations, self.clips, self.models):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if owner is None:
                part = self.marker.with_name(f"{_MARKER}.part")
                with part.open("w", encoding="utf-8") as file:
                    json.dump({"format": FORMAT, "records": records}, file)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(self.marker)
                sync_folder(self.root)


@contextmanager
def told_of(folder: Path, needed_bytes: int = 0) -> Iterator[None]:
    """Raise ExpectedError BACKUP_NO_ROOM and BACKUP_FAILED for what the disk of a backup folder
    complains of."""
    try:
        with translated(Profile(folder)):
            yield
    except ExpectedError as error:
        with suppress(OSError):  # there is no live database to be suspected here
            Profile(folder).suspect.unlink(missing_ok=True)
        if error.code is ErrorCode.DISK_FULL:
            raise no_room(folder, needed_bytes) from error
        if error.code in (ErrorCode.PROFILE_NOT_WRITABLE, ErrorCode.DISK_FAILED):
            raise ExpectedError(ErrorCode.BACKUP_FAILED, path=str(folder)) from error
        raise


def no_room(folder: Path, needed_bytes: int) -> ExpectedError:
    """That a backup of so many bytes more does not fit."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = 0
    return ExpectedError(
        ErrorCode.BACKUP_NO_ROOM, free=f"{free / _GB:.2f}", needed=f"{needed_bytes / _GB:.2f}"
    )


def need_room(folder: Path, needed_bytes: int) -> None:
    """Raise ExpectedError BACKUP_NO_ROOM where fewer bytes are free."""
    with told_of(folder):
        free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise no_room(folder, needed_bytes)
