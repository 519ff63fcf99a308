"""The few shots between the thread that takes them and the one that reads them."""

import threading
import time
from collections import deque

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot

ROOM = 12
"""Shots kept for a reader that is late: 0.4 s at 30 a second, 75 MB of 1080p pictures."""


class ShotFeed:
    """A queue of shots that overwrites its oldest when it is full, and counts that."""

    def __init__(self, room: int = ROOM) -> None:
        self._shots: deque[Shot] = deque()
        self._room = room
        self._changed = threading.Condition()
        self._ended: ErrorCode | None = None
        self.dropped = 0
        self.damaged = 0

    def put(self, shot: Shot) -> None:
        """Add a shot. After the end it is let go."""
        with self._changed:
            if self._ended is not None:
                return
            if len(self._shots) >= self._room:
                self._shots.popleft()
                self.dropped += 1
            self._shots.append(shot)
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
            return self._shots.popleft()

    def forget(self) -> None:
        """Let go of what came so far, as if it had not come."""
        with self._changed:
            self._shots.clear()
            self.dropped = self.damaged = 0
