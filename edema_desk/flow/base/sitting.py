"""Who signed in to a desk, and what the window asks while nobody may be answered."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from edema_desk.domain.terms.people import Actor
from edema_desk.flow.base.seat import Seat
from edema_desk.store.base.database import Store

T = TypeVar("T")


class Door(Protocol):
    """A way to the database thread, as `flow.database.DatabaseDoor`."""

    seat: Seat

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        """Queue a question."""
        ...


class Ask(Protocol):
    """A way to ask the database for the window, as `Sitting.ask`."""

    def __call__(self, work: Callable[[Store], T], /) -> Future[T]:
        """Queue a question."""
        ...


class Sitting:
    """One for each desk. While it is locked the seat is nobody's, but `person` is still known.

    A question asked meanwhile, as by a page that hears of the end of a recording, waits: it is
    asked once the same person is back, and dropped when somebody else signs in. Any thread.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._turn = threading.Lock()
        self._person = door.seat.actor
        self._locked = False
        self._parked: list[tuple[Callable[[Store], Any], Future[Any]]] = []

    @property
    def person(self) -> Actor:
        """Who signed in last, also while the desk is locked."""
        return self._person

    @property
    def locked(self) -> bool:
        """Whether nobody may ask or do anything."""
        return self._locked

    def ask(self, question: Callable[[Store], T]) -> Future[T]:
        """Ask as whoever sits there; while it is locked, once that one is back."""
        with self._turn:
            if not self._locked:
                return self._door.submit(question)
            answer: Future[T] = Future()
            self._parked.append((question, answer))
            return answer

    def ask_then(
        self, pool: Executor, allowed: Callable[[Store], None], work: Callable[[], T]
    ) -> Future[T]:
        """Do on `pool` what needs no database, once the database has answered that it may be."""
        answer: Future[T] = Future()

        def do() -> None:
            try:
                answer.set_result(work())
            except Exception as error:  # noqa: BLE001  a thread's border: whoever waits is told
                answer.set_exception(error)

        def go_on(asked: Future[None]) -> None:
            if asked.cancelled():
                answer.cancel()
            elif (refused := asked.exception()) is not None:
                answer.set_exception(refused)
            else:
                with suppress(RuntimeError):  # closing: nobody waits for it any more
                    pool.submit(do)

        self.ask(allowed).add_done_callback(go_on)
        return answer

    def lock(self) -> None:
        """Leave the seat. What was asked and begun before goes on."""
        with self._turn:
            self._locked = True
            self._door.seat.leave()

    def take(self, actor: Actor) -> None:
        """Somebody signed in, perhaps who sat there before."""
        with self._turn:
            same = actor.actor_id == self._person.actor_id
            self._person, self._locked = actor, False
            self._door.seat.take(actor)
            parked, self._parked = self._parked, []
        for question, answer in parked:
            if same and answer.set_running_or_notify_cancel():
                self._door.submit(question).add_done_callback(_handing_on(answer))
            else:
                answer.cancel()

    def close(self) -> None:
        """What still waits is never answered."""
        with self._turn:
            parked, self._parked = self._parked, []
        for _, answer in parked:
            answer.cancel()


def _handing_on(answer: Future[T]) -> Callable[[Future[T]], None]:
    def hand_on(done: Future[T]) -> None:
        error = done.exception()
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    return hand_on
