"""The worker's end of the pipes: requests are read ahead by a thread of their own."""

import os
import queue
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, BinaryIO

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.worker.protocol.framing import (
    Message,
    ProtocolError,
    read_message,
    write_message,
)

_AHEAD = 4
_TELL_EVERY_S = 0.2
_STDIN, _STDOUT, _STDERR = 0, 1, 2


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for messages alone: what else is printed goes to the errors,
    and no child of this process inherits them."""
    incoming, outgoing = os.dup(_STDIN), os.dup(_STDOUT)
    sys.stdout = sys.stderr
    os.dup2(_STDERR, _STDOUT)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, _STDIN)
    os.close(nowhere)
    if sys.platform == "win32":
        _no_translation(incoming)
        _no_translation(outgoing)
    return os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")


if sys.platform == "win32":
    import msvcrt

    def _no_translation(descriptor: int) -> None:
        msvcrt.setmode(descriptor, os.O_BINARY)


class Channel:
    """Requests in, answers out."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming, self._outgoing = incoming, outgoing
        self._requests: queue.Queue[Message] = queue.Queue(maxsize=_AHEAD)
        self._cancelled = -1
        self._told_s = 0.0
        threading.Thread(target=self._read, name="requests", daemon=True).start()

    def next_request(self) -> Message:
        """Wait for the next one."""
        return self._requests.get()

    def answer(
        self, request: Message, kind: str, fields: Mapping[str, Any], blobs: tuple[bytes, ...] = ()
    ) -> None:
        """Say something about a request."""
        write_message(self._outgoing, Message(kind, request.number, fields, blobs))

    def tell(self, request: Message, **progress: float) -> None:
        """Say how far it is, a few times a second at most."""
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_EVERY_S:
            self._told_s = now_s
            self.answer(request, "progress", progress)

    def check(self, request: Message) -> None:
        """Raise CANCELLED when that was asked for."""
        if self._cancelled == request.number:
            raise ExpectedError(ErrorCode.CANCELLED)

    def _read(self) -> None:
        """Until the other side ends, which ends this process: whatever it works on is nobody's."""
        try:
            while (message := read_message(self._incoming)) is not None:
                if message.kind == "cancel":
                    self._cancelled = message.number
                elif message.kind == "stop":
                    break
                else:
                    self._requests.put(message)
        except (ProtocolError, OSError):
            os._exit(2)
        os._exit(0)
