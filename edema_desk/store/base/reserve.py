"""Room that is held back, so that a full disk does not keep anybody from finishing.

A file of no content takes the room; when the disk is full it is given up. What was begun can then
be ended, what is to go can be deleted, and a form can be saved once somebody was told.
"""

import os
import shutil
from contextlib import suppress

from edema_desk.domain.terms.acts import ActKind
from edema_desk.paths import Profile

RESERVE_BYTES = 64 * 1024**2
SPARE_BYTES = 1024**3
"""The reserve is made only where so much stays free beside it."""
_PIECE = bytes(1024**2)

GOES_ON = frozenset(
    {
        ActKind.END_RECORDING,
        ActKind.COMPLETE_CAPTURE,
        ActKind.MARK_CAPTURE,
        ActKind.REFUSE_CAPTURE,
        ActKind.REMOVE_CAPTURE,
        ActKind.END_TRAINING,
        ActKind.ERASE_REMOVED,
        ActKind.INBOX_FORGET,
        ActKind.WITHDRAW_CONSENT,
        ActKind.DROP_CLIPS,
        ActKind.DESTROY_PICTURES,
        ActKind.ERASE_PATIENT,
        ActKind.REFUSED,
        ActKind.SIGN_IN,
        ActKind.SIGN_IN_FAILED,
        ActKind.SIGN_OUT,
        ActKind.LOCK_DESK,
        ActKind.UNLOCK_DESK,
        ActKind.VIEW_PATIENT,
    }
)
"""Acts that end or remove something, or only put it on record: they take from the reserve at once.
With every other act somebody is told first that the disk is full."""


def keep_reserve(
    profile: Profile, size_bytes: int = RESERVE_BYTES, spare_bytes: int = SPARE_BYTES
) -> bool:
    """Make the reserve where there is none and the disk has room; whether it is there now."""
    path = profile.reserve
    if path.exists():
        return True
    try:
        if shutil.disk_usage(profile.root).free < size_bytes + spare_bytes:
            return False
        with path.open("xb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, size_bytes)
            else:
                for _ in range(size_bytes // len(_PIECE)):
                    file.write(_PIECE)
    except OSError:
        free_reserve(profile)  # half a reserve would look like a whole one
        return False
    return True


def free_reserve(profile: Profile) -> bool:
    """Give the room up; whether there was any. It is made anew when the disk has room again."""
    with suppress(OSError):
        profile.reserve.unlink()
        return True
    return False
