"""Sealed copies of files of the inbox, kept until they are taken in or refused."""

import os
import stat
from collections.abc import Callable, Collection
from pathlib import Path

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.domain.inbox.filing import InboxItem
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.library import MAX_CLIP_BYTES, ClipLibrary
from edema_desk.media.room import RoomVerdict, judge_room, room_bytes
from edema_desk.store.base.entered import Entered


class Spool:
    """Copies by item id, in a folder of the profile with keys of their own. One thread each."""

    def __init__(self, into: Entered) -> None:
        profile = into.profile
        folder = profile.inbox
        folder.mkdir(mode=0o700, exist_ok=True)
        keys = CaptureKeys(profile.inbox_keys, into.data_key)
        self._copies = ClipLibrary(folder, keys)
        self._folder = folder

    def copy(
        self,
        item: InboxItem,
        progress: Callable[[int, int], None],
        check: Callable[[], None],
    ) -> str:
        """Copy the file of an item; the SHA-256 of what was copied.

        Raises ExpectedError: FILE_MISSING, FILE_UNREADABLE, CLIP_TOO_LARGE, DISK_FULL (also
        where there is no room for it and for the capture it becomes), and INBOX_FILE_CHANGED
        when it is not the file that was seen, or changed on the way.
        """
        if item.size_bytes > MAX_CLIP_BYTES:
            limit = f"{MAX_CLIP_BYTES // 1024**3} GB"
            raise ExpectedError(
                ErrorCode.CLIP_TOO_LARGE, name=item.path.name, found=f"> {limit}", limit=limit
            )
        self.drop(item.item_id)
        self._require_same(item)
        if judge_room(room_bytes(self._folder), item.size_bytes) is RoomVerdict.NONE:
            raise ExpectedError(ErrorCode.DISK_FULL)
        stored = self._copies.store_clip(item.item_id, item.path, progress, check)
        try:
            self._require_same(item)
            if stored.size_bytes != item.size_bytes:
                raise ExpectedError(ErrorCode.INBOX_FILE_CHANGED, name=item.path.name)
        except ExpectedError:
            self.drop(item.item_id)
            raise
        return stored.sha256

    def _require_same(self, item: InboxItem) -> None:
        try:
            now = os.lstat(item.path)
        except FileNotFoundError as error:
            raise ExpectedError(ErrorCode.FILE_MISSING, path=item.path.name) from error
        except OSError as error:
            raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=item.path.name) from error
        same = (now.st_size, now.st_mtime_ns) == (item.size_bytes, item.mtime_ns)
        if not same or not stat.S_ISREG(now.st_mode):
            raise ExpectedError(ErrorCode.INBOX_FILE_CHANGED, name=item.path.name)

    def bring_back(self, item_id: str, clip: ClipSource, face: bytes | None) -> None:
        """Keep a copy of a clip that was taken in, before that is undone."""
        self.drop(item_id)
        self._copies.store_clip(item_id, clip)
        self.keep_face(item_id, face)

    def clip(self, item_id: str) -> ClipSource:
        """The copy, to be decoded. Raises ExpectedError(CLIP_GONE)."""
        return self._copies.clip(item_id)

    def has_clip(self, item_id: str) -> bool:
        """Whether there is a copy."""
        return self._copies.has_clip(item_id)

    def keep_face(self, item_id: str, jpeg: bytes | None) -> None:
        """Keep a picture of the face for the page."""
        if jpeg is not None:
            self._copies.store_crops(item_id, (jpeg,))

    def face(self, item_id: str) -> bytes | None:
        """The picture of the face, or None."""
        if not self._copies.has_crops(item_id):
            return None
        return next(iter(self._copies.crops(item_id)), None)

    def drop(self, item_id: str) -> None:
        """Destroy the copy, its picture and their key."""
        self._copies.erase(item_id)

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove what a crash left of items other than these."""
        for path in self._copies.orphans(wanted):
            self.drop(path.name.partition(".")[0])
            path.unlink(missing_ok=True)

    @property
    def folder(self) -> Path:
        """Where the copies lie."""
        return self._folder
