"""Who sits at this PC now."""

import threading

from edema_desk.domain.terms.people import NOBODY, Actor


class Seat:
    """One for each open profile. Any thread may ask; what is asked or done counts as done by
    who sat there when it was asked for."""

    def __init__(self, actor: Actor) -> None:
        self._lock = threading.Lock()
        self._actor = actor
        self._sitting = 0

    @property
    def actor(self) -> Actor:
        """Whoever sits there, or NOBODY."""
        with self._lock:
            return self._actor

    @property
    def sitting(self) -> int:
        """How often the seat was taken or left: what is noted once a sitting is noted anew."""
        with self._lock:
            return self._sitting

    def take(self, actor: Actor) -> None:
        """Somebody signed in."""
        with self._lock:
            self._actor = actor
            self._sitting += 1

    def leave(self) -> None:
        """The desk is locked, or somebody signed out."""
        self.take(NOBODY)
