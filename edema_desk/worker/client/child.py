"""One worker process and the two threads that keep its pipes from ever blocking the program."""

import contextlib
import queue
import subprocess
import threading
from collections.abc import Sequence
from typing import BinaryIO, cast

from edema_desk.media.children import child_environment, widen
from edema_desk.worker.client.halting import Lifeline, continue_process, halt_process
from edema_desk.worker.protocol.framing import (
    Message,
    ProtocolError,
    read_message,
    write_message,
)

_AHEAD = 4
_STOP_S = 2.0
_ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_WAIT_POLICY": "PASSIVE",
    "KMP_BLOCKTIME": "0",
}
"""Less memory kept for later; and threads that wait sleep instead of spinning: the decoder, and
whatever else a clinic's PC does, wants the same two cores (measured: a third of the time)."""


class ChildGoneError(Exception):
    """The process ended, or says what is no message. Never leaves `worker`."""


class Child:
    """A running process. Whoever makes one ends it with `end` or `stop`."""

    def __init__(self, command: Sequence[str], *, low_priority: bool) -> None:
        self.greeted = False
        self._incoming: queue.Queue[Message | None] = queue.Queue()
        self._outgoing: queue.Queue[Message | None] = queue.Queue(maxsize=_AHEAD)
        self._lifeline = Lifeline()
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=child_environment(**_ENVIRONMENT),
                creationflags=_creation_flags(low_priority),
                pass_fds=self._lifeline.handles,
            )
        except BaseException:
            self._lifeline.cut()
            raise
        self._lifeline.tie(self._process.pid)
        widen(self._process.stdin)
        self._stdin = cast(BinaryIO, self._process.stdin)
        self._stdout = cast(BinaryIO, self._process.stdout)
        self._threads = (
            threading.Thread(target=self._read, name="worker answers", daemon=True),
            threading.Thread(target=self._write, name="worker requests", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def has_room(self) -> bool:
        """Whether `send` would take another message at once."""
        return not self._outgoing.full()

    def send(self, message: Message) -> None:
        """Hand a message on. Raises ChildGoneError where the process does not keep up."""
        try:
            self._outgoing.put(message, timeout=_STOP_S)
        except queue.Full as error:
            raise ChildGoneError from error

    def receive(self, timeout_s: float) -> Message | None:
        """The next message, or None when there was none in time. Raises ChildGoneError."""
        try:
            message = self._incoming.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if message is None:
            self._incoming.put(None)
            raise ChildGoneError
        return message

    def halt(self) -> None:
        """Let the process stand still, or go on standing still."""
        halt_process(self._process)

    def go_on(self) -> None:
        """Let a halted process go on."""
        continue_process(self._process)

    def stop(self, patience_s: float = _STOP_S) -> None:
        """Ask the idle process to end, and see to it that it does."""
        try:
            self._outgoing.put(Message("stop", 0), timeout=patience_s)
            self._process.wait(patience_s)
        except (queue.Full, subprocess.TimeoutExpired):
            pass  # `end` does not ask
        self.end()

    def end(self) -> None:
        """Kill the process and clear away threads and pipes."""
        self._process.kill()
        self._process.wait()
        self._lifeline.cut()
        self._drain()
        for thread in self._threads:
            thread.join()
        self._stdout.close()
        with contextlib.suppress(OSError):  # what was still unsaid is unsaid
            self._stdin.close()

    def _drain(self) -> None:
        """Make room for the word that ends the writing thread."""
        while True:
            try:
                self._outgoing.put_nowait(None)
            except queue.Full:
                self._outgoing.get_nowait()
            else:
                return

    def _read(self) -> None:
        try:
            while (message := read_message(self._stdout)) is not None:
                self._incoming.put(message)
        except (ProtocolError, OSError):
            pass  # the same as an end
        self._incoming.put(None)

    def _write(self) -> None:
        try:
            while (message := self._outgoing.get()) is not None:
                write_message(self._stdin, message)
        except OSError:
            self._incoming.put(None)


def _creation_flags(low_priority: bool) -> int:
    """No console window on Windows, and there the priority; elsewhere the child sees to it."""
    no_window: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    below_normal: int = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    return no_window | (below_normal if low_priority else 0)
