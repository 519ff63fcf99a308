"""Where a live database may not lie."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from edema_desk.domain.terms.places import (
    MARKERS,
    Shared,
    SharedBy,
    cloud_of,
    is_unc,
    network_mount,
)
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.paths import Profile

_MOUNTS = Path("/proc/self/mounts")

if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOTE = 4

    def _other_computer(path: Path) -> bool:
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE)
else:

    def _other_computer(path: Path) -> bool:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:  # not Linux
            return False
        return network_mount(PurePosixPath(path), mounts)


def shared_by(folder: Path, variables: Mapping[str, str] = os.environ) -> Shared | None:
    """What shares a folder, which need not be there yet, with others; None for nothing."""
    if _names_other_computer(folder):
        return Shared(SharedBy.NETWORK)
    named, real = folder.absolute(), folder.resolve()
    if _names_other_computer(real) or _other_computer(real):
        return Shared(SharedBy.NETWORK)
    for path in dict.fromkeys((named, real)):
        name = cloud_of(path, variables) or _marked(path)
        if name is not None:
            return Shared(SharedBy.CLOUD, name)
    return None


def check_live_place(profile: Profile) -> None:
    """Raise ExpectedError PROFILE_IN_CLOUD or PROFILE_ON_NETWORK where the database of `profile`
    would be shared with others."""
    shared = shared_by(profile.root)
    if shared is None:
        return
    if shared.by is SharedBy.NETWORK:
        raise ExpectedError(ErrorCode.PROFILE_ON_NETWORK, path=str(profile.root))
    raise ExpectedError(ErrorCode.PROFILE_IN_CLOUD, path=str(profile.root), name=shared.name)


def _names_other_computer(path: Path) -> bool:
    text = str(path)
    return is_unc(text) and (os.name == "nt" or not text.startswith("/"))


def _marked(path: Path) -> str | None:
    for folder in (path, *path.parents):
        for marker, name in MARKERS.items():
            if os.path.lexists(folder / marker):
                return name
    return None
