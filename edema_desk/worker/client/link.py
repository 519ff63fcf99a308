"""One conversation at a time with a worker process that is started anew when it fails."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.log import LOGGER
from edema_desk.worker.client.child import Child, ChildGoneError
from edema_desk.worker.client.halting import WorkingClock
from edema_desk.worker.protocol.contents import unpack_error
from edema_desk.worker.protocol.framing import Message, ProtocolError

_LISTEN_S = 0.05

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the process may say nothing, and how long it may take to hear of cancelling."""

    silence_s: float = 120.0
    cancel_s: float = 5.0


def never() -> bool:
    """For requests that nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class Request(Generic[Value]):
    """What to ask, what follows in messages of their own, and how to read the answer."""

    kind: str
    fields: Mapping[str, Any]
    unpack: Callable[[Message], Value]
    blobs: tuple[bytes, ...] = ()
    follow: Iterator[Message] = field(default_factory=lambda: iter(()))
    on_progress: Callable[[Mapping[str, Any]], None] = lambda told: None
    cancelled: Callable[[], bool] = never
    timeout_s: float | None = None
    patience: Patience | None = None
    """For this request; else the link's."""
    anew: bool = True
    """Whether a process may be started for it; else it fails where none runs."""


class Link:
    """Holds the process. `greeting` are the fields of the first message it gets."""

    def __init__(
        self,
        command: Sequence[str],
        greeting: Mapping[str, Any],
        patience: Patience,
        *,
        low_priority: bool,
    ) -> None:
        self._command, self._greeting, self._patience = command, greeting, patience
        self._low_priority = low_priority
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._busy = False
        self._number = 0
        self._closed = False
        self._clock = WorkingClock()
        self._halting = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        child = self._child
        return child is not None and child.alive

    def start(self) -> None:
        """Let the process start by itself, unless it runs or is being asked something."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            if not self._closed:
                self._running_child()
        except OSError:
            self._end_child()  # the first request will say so
        finally:
            self._turn.release()

    def ask(self, request: Request[Value]) -> Value:
        """The answer. Raises ExpectedError; see `WorkerClient`."""
        with self._own_turn(request.cancelled):
            try:
                child = self._running_child(anew=request.anew)
                self._wait_for_start(child, request.cancelled)
                self._number += 1
                self._busy = True
                child.send(Message(request.kind, self._number, request.fields, request.blobs))
                return self._hear(child, self._number, request)
            except (ChildGoneError, ProtocolError, OSError) as error:
                self._end_child()
                code = ErrorCode.CANCELLED if self._closed else ErrorCode.WORKER_FAILED
                raise ExpectedError(code) from error
            except BaseException:
                if self._busy:  # with what nobody waits for any more
                    self._end_child()
                raise

    def halt(self) -> None:
        """Let the process stand still, and no patience run, until `go_on`. From any thread."""
        with self._halting:
            self._clock.stop()
            if self._child is not None:
                self._child.halt()

    def go_on(self) -> None:
        """End a halt; nothing without one."""
        with self._halting:
            if self._clock.stopped and self._child is not None:
                self._child.go_on()
            self._clock.go_on()

    def close(self, patience_s: float = 2.0) -> None:
        """End the process; a request under way is given up."""
        self._closed = True
        self.go_on()
        with self._turn:
            if self._child is not None:
                self._child.stop(patience_s)
                self._child = None

    def _running_child(self, *, anew: bool = True) -> Child:
        if self._child is not None and not self._child.alive:
            self._end_child()
        if self._child is None:
            if not anew:
                raise ChildGoneError
            with self._halting:
                self._child = Child(self._command, low_priority=self._low_priority)
                if self._clock.stopped:
                    self._child.halt()
            self._child.send(Message("hello", 0, self._greeting))
        return self._child

    def _wait_for_start(self, child: Child, cancelled: Callable[[], bool]) -> None:
        """Until the greeting is answered. Cancelled meanwhile, the process goes on starting."""
        until_s = self._clock.now_s() + self._patience.silence_s
        while not child.greeted:
            if self._closed or self._clock.now_s() > until_s:
                self._end_child()
                code = ErrorCode.CANCELLED if self._closed else ErrorCode.WORKER_TIMEOUT
                raise ExpectedError(code)
            if cancelled():
                raise ExpectedError(ErrorCode.CANCELLED)
            message = child.receive(_LISTEN_S)
            if message is not None and message.kind != "done":
                raise ChildGoneError
            child.greeted = message is not None

    def _end_child(self) -> None:
        self._busy = False
        if self._child is not None:
            child, self._child = self._child, None
            child.end()

    def _hear(self, child: Child, number: int, request: Request[Value]) -> Value:
        """Listen until the answer, handing on progress and sending what follows."""
        watch = _Watch(request.patience or self._patience, request, self._clock)
        following = True
        while True:
            self._check(watch)
            if watch.must_tell_cancel():
                child.send(Message("cancel", number))
            sent = following and child.has_room
            if sent:
                following = _send_next(child, number, request.follow)
            message = child.receive(0.0 if sent else _LISTEN_S)
            if message is None or message.number != number:
                continue
            watch.heard()
            if message.kind == "progress":
                request.on_progress(message.fields)
            else:
                return self._conclude(message, request)

    def _check(self, watch: "_Watch") -> None:
        if self._closed:
            raise ChildGoneError
        code = watch.verdict()
        if code is not None:
            raise ExpectedError(code)

    def _conclude(self, message: Message, request: Request[Value]) -> Value:
        self._busy = False
        if message.kind == "done":
            return request.unpack(message)
        if message.kind == "error":
            raise unpack_error(message.fields)
        if message.kind == "bug":
            name, steps = message.fields.get("type"), message.fields.get("steps")
            LOGGER.error("bug in the worker: %s at %s", name, steps)
        raise ChildGoneError

    @contextmanager
    def _own_turn(self, cancelled: Callable[[], bool]) -> Iterator[None]:
        while not self._turn.acquire(timeout=_LISTEN_S):
            if cancelled() or self._closed:
                raise ExpectedError(ErrorCode.CANCELLED)
        try:
            if cancelled() or self._closed:
                raise ExpectedError(ErrorCode.CANCELLED)
            yield
        finally:
            self._turn.release()


class _Watch:
    """The clocks of one request."""

    def __init__(self, patience: Patience, request: Request[Value], clock: WorkingClock) -> None:
        self._patience, self._cancelled = patience, request.cancelled
        self._clock = clock
        self._began_s = self._heard_s = clock.now_s()
        self._timeout_s = request.timeout_s
        self._cancelled_s: float | None = None

    def heard(self) -> None:
        self._heard_s = self._clock.now_s()

    def must_tell_cancel(self) -> bool:
        """True once, when cancelling was asked for."""
        if self._cancelled_s is None and self._cancelled():
            self._cancelled_s = self._clock.now_s()
            return True
        return False

    def verdict(self) -> ErrorCode | None:
        """Why to wait no longer."""
        now_s = self._clock.now_s()
        if self._cancelled_s is not None and now_s - self._cancelled_s > self._patience.cancel_s:
            return ErrorCode.CANCELLED
        if now_s - self._heard_s > self._patience.silence_s:
            return ErrorCode.WORKER_TIMEOUT
        if self._timeout_s is not None and now_s - self._began_s > self._timeout_s:
            return ErrorCode.WORKER_TIMEOUT
        return None


def _send_next(child: Child, number: int, follow: Iterator[Message]) -> bool:
    """Send one of the messages that follow; False when that was all."""
    message = next(follow, None)
    if message is None:
        return False
    child.send(Message(message.kind, number, message.fields, message.blobs))
    return True
