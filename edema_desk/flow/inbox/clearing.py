"""What becomes of the file in the folder once its clip is stored: as the clinic chose."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from edema_desk.domain.inbox.filing import AfterTakingIn, InboxItem, InboxState
from edema_desk.flow.inbox.scanning import DONE_FOLDER, sidecar_paths
from edema_desk.log import LOGGER


def clear_source(item: InboxItem) -> None:
    """Move or delete the file of a taken-in item with its sidecar, or leave it.

    Only the very file that was taken in; one that cannot be moved or deleted is left, and tried
    again at the next look.
    """
    if item.state is not InboxState.TAKEN_IN or item.after is AfterTakingIn.KEEP:
        return
    try:
        now = os.lstat(item.path)
        same = (now.st_size, now.st_mtime_ns) == (item.size_bytes, item.mtime_ns)
        if not same or not stat.S_ISREG(now.st_mode):
            return
        for path in (item.path, *sidecar_paths(item.path)):
            with suppress(FileNotFoundError):
                _clear(item, path)
    except FileNotFoundError:
        return
    except OSError as error:
        LOGGER.warning("a file of the inbox stays where it is: %s", type(error).__name__)


def _clear(item: InboxItem, path: Path) -> None:
    if item.after is AfterTakingIn.DELETE:
        path.unlink()
        return
    day = item.seen_at.day.isoformat()
    target = Path(item.folder, DONE_FOLDER, day, *Path(item.name).parent.parts)
    path.lstat()
    target.mkdir(parents=True, exist_ok=True)
    path.rename(_free_name(target / path.name))


def _free_name(path: Path) -> Path:
    free, count = path, 1
    while os.path.lexists(free):
        count += 1
        free = path.with_stem(f"{path.stem} ({count})")
    return free
