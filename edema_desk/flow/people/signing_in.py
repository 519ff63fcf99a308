"""At an open desk: locking it, and letting the same person or somebody else sit down."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from edema_desk.domain.terms.people import PROGRAM, Actor
from edema_desk.flow.base.clinic import Clinic
from edema_desk.flow.base.sitting import Sitting
from edema_desk.log import report_bug
from edema_desk.paths import Profile
from edema_desk.store.base.database import Store
from edema_desk.store.base.noting import note_lock, note_sign_out, note_unlock
from edema_desk.store.people.users import user


class Recognise(Protocol):
    """Holds a password against a user's; the user's id. Raises SIGN_IN_WRONG, SIGN_IN_WAIT."""

    def __call__(self, profile: Profile, login: str, password: str, /) -> str:
        """Takes a good tenth of a second."""
        ...


Admit = Callable[[Store, str], Actor]
"""The user of an id as whoever acts, put on record. Raises SIGN_IN_WRONG."""


class SignIns:
    """Who may sit down. A part of the `Desk`; nothing here waits. `on_left` is called whenever
    somebody left the seat, on any thread."""

    def __init__(
        self,
        clinic: Clinic,
        sitting: Sitting,
        *,
        recognise: Recognise,
        admit: Admit,
        on_left: Callable[[], object] = lambda: None,
    ) -> None:
        self._clinic, self._sitting, self._on_left = clinic, sitting, on_left
        self._recognise, self._admit = recognise, admit
        self._itself = clinic.acting_as(PROGRAM)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sign in")

    def lock(self, *, by_itself: bool) -> None:
        """Nobody sits there from now on. What was begun goes on in the name of who began it."""
        if self._sitting.locked:
            return
        before = self._sitting.person
        self._sitting.lock()
        self._note(before, lambda store: note_lock(store, by_itself=by_itself))
        self._on_left()

    def unlock(self, password: str) -> Future[Actor]:
        """Let who was there before go on. Fails as `switch`."""
        return self._thread.submit(self._unlock, password)

    def switch(self, login: str, password: str) -> Future[Actor]:
        """Let whoever these belong to sit down, be it the person before or another.

        Fails with SIGN_IN_WRONG, the same for an unknown name, and SIGN_IN_WAIT.
        """
        return self._thread.submit(self._switch, login, password)

    def _unlock(self, password: str) -> Actor:
        user_id = self._sitting.person.actor_id
        login = self._itself.database.call(lambda store: user(store, user_id)).login
        return self._switch(login, password)

    def _switch(self, login: str, password: str) -> Actor:
        user_id = self._recognise(self._clinic.profile, login, password)
        before, was_locked = self._sitting.person, self._sitting.locked
        actor = self._itself.database.call(lambda store: self._admit(store, user_id))
        if actor.actor_id != before.actor_id:
            self._note(before, note_sign_out)
        elif was_locked:
            self._note(actor, note_unlock)
        self._sitting.take(actor)
        if actor.actor_id != before.actor_id:
            self._on_left()
        return actor

    def close(self) -> None:
        """The desk closes: whoever sits there leaves."""
        self._thread.shutdown()
        self._note(self._sitting.person, note_sign_out)

    def _note(self, who: Actor, noting: Callable[[Store], None]) -> None:
        if not who.known:
            return  # a profile without users: there is nobody to sign in
        noted = self._clinic.acting_as(who).database.submit(noting)
        noted.add_done_callback(_tell_bug)


def _tell_bug(done: Future[None]) -> None:
    """What could not be written must not keep the desk from being locked."""
    error = None if done.cancelled() else done.exception()
    if error is not None:
        report_bug(error)
