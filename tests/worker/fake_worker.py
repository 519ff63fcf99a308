"""A worker that misbehaves as its argument says. Speaks the real protocol where it speaks."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from edema_desk.worker.protocol.framing import Message, read_message, write_message

LASTING = ("refuses",)
"""How a worker started anew goes on to behave; other faults come once."""


def answer(message: Message, kind: str, **fields: object) -> None:
    write_message(sys.stdout.buffer, Message(kind, message.number, fields))


def main() -> None:
    mode, marks = sys.argv[1], Path(sys.argv[2])
    with marks.open("a") as file:
        file.write(f"{os.getpid()}\n")
    starts = len(marks.read_text().split())
    if mode == "dies at once":
        sys.exit(3)
    while (message := read_message(sys.stdin.buffer)) is not None:
        if message.kind == "stop":
            return
        if message.kind == "hello":
            if mode == "deaf from the start":
                hang(message)
            if mode == "starts slowly":
                time.sleep(1.0)
                mode = "well"
            answer(message, "done")
            if mode == "deaf":
                hang(message)
        elif message.kind != "cancel":
            MODES[mode if starts == 1 or mode in LASTING else "well"](message)


def raw(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def header(text: bytes) -> None:
    raw(len(text).to_bytes(4, "little") + text)


def crash(message: Message) -> None:
    os._exit(1)


def hang(message: Message) -> None:
    time.sleep(600)


def garbage(message: Message) -> None:
    raw(b"\xff" * 64)
    time.sleep(600)


def half_a_message(message: Message) -> None:
    raw(b"\x40\x00\x00\x00{")
    os._exit(0)


def other_version(message: Message) -> None:
    header(b'{"version": 99, "kind": "done", "number": 1, "fields": {}, "blobs": []}')


def oversized(message: Message) -> None:
    header(b'{"version": 1, "kind": "done", "number": 1, "fields": {}, "blobs": [600000000]}')


def wrong_contents(message: Message) -> None:
    answer(message, "done", memory_mb="many")


def wrong_progress(message: Message) -> None:
    answer(message, "progress", done="half")
    time.sleep(600)


def unknown_kind(message: Message) -> None:
    answer(message, "perhaps")


def bug(message: Message) -> None:
    answer(message, "bug", type="ValueError", steps=["analysis.py:12"])


def stale(message: Message) -> None:
    write_message(sys.stdout.buffer, Message("done", message.number + 7, {"memory_mb": 1.0}))
    answer(message, "done", memory_mb=2.0)


def always_busy(message: Message) -> None:
    while True:
        answer(message, "progress", done=0.5)
        time.sleep(0.02)


def refuses(message: Message) -> None:
    answer(message, "error", code="model_missing", params={"name": "base"})


def waits_for_cancel(message: Message) -> None:
    other = read_message(sys.stdin.buffer)
    assert other is not None
    assert (other.kind, other.number) == ("cancel", message.number)
    answer(message, "error", code="cancelled", params={})


def crashes_at_a_look(message: Message) -> None:
    if message.kind == "live_look":
        os._exit(1)
    answer(message, "done")


def hangs_at_a_look(message: Message) -> None:
    if message.kind == "live_look":
        hang(message)
    answer(message, "done")


def takes_a_while(message: Message) -> None:
    time.sleep(0.5)
    well(message)


def well(message: Message) -> None:
    answer(message, "done", memory_mb=float(os.getpid()))


MODES: dict[str, Callable[[Message], None]] = {
    name.replace("_", " "): mode
    for name, mode in list(globals().items())
    if callable(mode) and getattr(mode, "__module__", "") == __name__
}


if __name__ == "__main__":
    main()
