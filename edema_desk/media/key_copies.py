"""Copies of the file with the captures' keys: the latest only, since destroying a key is what
erases a clip, and a copy of the key would bring it back.

Where a newer file lacks keys that the copy has, the copy is set aside for at most 90 days: then
either they were destroyed, and have to go, or the file was damaged, and they are needed.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from edema_desk.media.durable import put_in_place
from edema_desk.media.keys import CaptureKeys

KEPT_ASIDE = timedelta(days=90)
_STAMP = "%Y%m%dT%H%M%SZ"
_ANY_KEY = bytes(32)
"""To read and destroy lines nothing needs to be unwrapped."""


def copy_keys(source: Path, folder: Path, erased: Iterable[str], now: datetime) -> None:
    """Make `folder` hold the keys as they are now. `erased` are destroyed in older copies as
    well, which go 90 days after they were set aside. Raises OSError."""
    drop_old(source.name, folder, now)
    forget_keys(source.name, folder, erased)
    if not source.exists():
        return
    target = folder / source.name
    data = source.read_bytes()
    if target.exists():
        if target.read_bytes() == data:
            return
        if _ids(target) - _ids(source):
            target.replace(folder / f"{source.name}.{now.astimezone(UTC).strftime(_STAMP)}")
    part = target.with_name(target.name + ".part")
    with part.open("wb") as file:
        if os.name == "posix":
            part.chmod(0o600)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(part, target)


def forget_keys(name: str, folder: Path, capture_ids: Iterable[str]) -> None:
    """Destroy the keys of captures in every copy of the file `name` in `folder`."""
    wanted = frozenset(capture_ids)
    for path in (folder / name, *_aside(name, folder)):
        if wanted and path.exists():
            keys = CaptureKeys(path, _ANY_KEY)
            for capture_id in wanted & keys.ids():
                keys.destroy(capture_id)


def drop_old(name: str, folder: Path, now: datetime) -> None:
    """Remove copies that were set aside 90 days ago. One of the future is as old as it looks."""
    for path in _aside(name, folder):
        try:
            since = datetime.strptime(path.suffix[1:], _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        if now - since >= KEPT_ASIDE:
            path.unlink(missing_ok=True)


def _aside(name: str, folder: Path) -> list[Path]:
    return [path for path in folder.glob(f"{name}.*Z") if path.is_file()]


def _ids(path: Path) -> frozenset[str]:
    return CaptureKeys(path, _ANY_KEY).ids()
