"""The few shots between the thread that takes them and the one that reads them."""

import threading
import time
from collections import deque

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot

ROOM_BYTES = 80 * 1024**2
"""Kept for a reader that is late: 13 pictures of 1080p, which is 0.4 s, or seconds of packets."""
ROOM_SHOTS = 90


class ShotFeed:
    """A queue of shots that overwrites its oldest when it is full, and counts that."""

    def __init__(self, room_bytes: int = ROOM_BYTES, room_shots: int = ROOM_SHOTS) -> None:
        self._shots: deque[Shot] = deque()
        self._held_bytes = 0
        self._room_bytes, self._room_shots = room_bytes, room_shots
        self._changed = threading.Condition()
        self._ended: ErrorCode | None = None
        self.dropped = 0
        self.damaged = 0

    def put(self, shot: Shot) -> None:
        """Add a shot. After the end it is let go."""
        with self._changed:
            if self._ended is not None:
                return
            self._shots.append(shot)
            self._held_bytes += size_bytes(shot)
            while len(self._shots) > 1 and self._too_much():
                self._pop()
                self.dropped += 1
            self._changed.notify_all()

    def end(self, code: ErrorCode = ErrorCode.CAMERA_GONE) -> None:
        """Nothing more comes: readers get what is left, then this error. The first end counts."""
        with self._changed:
            if self._ended is None:
                self._ended = code
            self._changed.notify_all()

    def take(self, timeout_s: float) -> Shot | None:
        """As `CameraBackend.read`."""
        until_s = time.monotonic() + timeout_s
        with self._changed:
            while not self._shots:
                if self._ended is not None:
                    raise ExpectedError(self._ended)
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    return None
                self._changed.wait(left_s)
            return self._pop()

    def forget(self) -> None:
        """Let go of what came so far, as if it had not come."""
        with self._changed:
            self._shots.clear()
            self._held_bytes = self.dropped = self.damaged = 0

    def _too_much(self) -> bool:
        return len(self._shots) > self._room_shots or self._held_bytes > self._room_bytes

    def _pop(self) -> Shot:
        shot = self._shots.popleft()
        self._held_bytes -= size_bytes(shot)
        return shot


class FedCamera:
    """What cameras that are read on a thread of their own share: they put into `_feed`."""

    def __init__(self) -> None:
        self._feed = ShotFeed()

    @property
    def dropped(self) -> int:
        """How many shots found no room."""
        return self._feed.dropped

    @property
    def damaged(self) -> int:
        """How many came that are no whole picture."""
        return self._feed.damaged

    def read(self, timeout_s: float) -> Shot | None:
        """As `CameraBackend.read`."""
        return self._feed.take(timeout_s)


def size_bytes(shot: Shot) -> int:
    """The memory that a shot's pictures take."""
    pictures = (shot.image, shot.preview)
    return len(shot.packet or b"") + sum(p.nbytes for p in pictures if p is not None)
