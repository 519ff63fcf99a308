"""The decoder process: opens one clip or camera from outside, and nothing else ever after.

It is told what to open in one message on its standard input, gives up the right to open
anything further, decodes, and writes raw RGB pictures to its standard output. When its standard
input ends, its parent is gone, and so is it.
"""

import importlib
import io
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from edema_desk.domain.capture.clips import ClipFacts, ClipSource, Frame
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media import wire
from edema_desk.media.cameras.stream_child import serve_camera
from edema_desk.media.decode import decoded
from edema_desk.media.limits import limit_this_process
from edema_desk.media.plan import SamplePlan
from edema_desk.media.sources import open_source

_STDIN, _STDOUT = 0, 1
_AHEAD_BYTES = 64 * 1024**2
"""Pictures decoded ahead of the reader, at least two."""

_WANTED_LATER = (
    "av.audio.stream",
    "av.audio.codeccontext",
    "av.subtitles.stream",
    "av.subtitles.codeccontext",
    "av.video.stream",
    "av.video.codeccontext",
)
"""What PyAV imports on the way, when this process can open no module any more."""

Message = tuple[dict[str, Any], memoryview | None]


def main() -> NoReturn:
    """Serve one request and end."""
    if sys.platform == "win32":
        _binary_pipes()
    with io.FileIO(_STDIN, closefd=False) as stdin:
        request = wire.receive(stdin)
    name = Path(request.get("path", "")).name
    try:
        if "camera" in request:
            threading.Thread(target=_end_with_parent, daemon=True).start()
            serve_camera(request["camera"], _STDOUT, _give_up)
            os._exit(0)
        with _opened(request) as file:
            threading.Thread(target=_end_with_parent, daemon=True).start()
            _give_up()
            _serve(file, name, _plan(request))
    except ExpectedError as error:
        wire.send(_STDOUT, {"kind": "error", "code": error.code.value, "params": error.params})
    except Exception:  # noqa: BLE001 - a process boundary: hostile bytes may raise anything
        wire.send(
            _STDOUT,
            {"kind": "error", "code": ErrorCode.DECODER_FAILED.value, "params": {"name": name}},
        )
    os._exit(0)


def _give_up(files: int = 0) -> None:
    for module in _WANTED_LATER:
        importlib.import_module(module)
    limit_this_process(files)


def _opened(request: dict[str, Any]) -> io.RawIOBase:
    key = bytes.fromhex(request["key"]) or None
    return open_source(ClipSource(Path(request["path"]), key, request["capture_id"]))


def _plan(request: dict[str, Any]) -> SamplePlan:
    times_ms = request["times_ms"]
    only = None if times_ms is None else tuple(times_ms)
    return SamplePlan(request["gap_ms"], request["from_ms"], only)


def _serve(file: io.RawIOBase, name: str, plan: SamplePlan) -> None:
    with decoded(file, name, plan) as clip:
        ahead = max(2, _AHEAD_BYTES // (clip.facts.width * clip.facts.height * 3))
        messages: queue.Queue[Message | None] = queue.Queue(maxsize=ahead)
        sender = threading.Thread(target=_send_all, args=(messages,), daemon=True)
        sender.start()
        messages.put((_facts_header(clip.facts, clip.pictures), None))
        try:
            for frame in clip.frames:
                messages.put((_frame_header(frame), frame.image.reshape(-1).data))
            messages.put(({"kind": "end"}, None))
        finally:
            messages.put(None)
            sender.join()


def _send_all(messages: "queue.Queue[Message | None]") -> None:
    try:
        while (message := messages.get()) is not None:
            wire.send(_STDOUT, *message)
    except OSError:  # the reader has gone
        os._exit(0)


def _facts_header(facts: ClipFacts, pictures: int) -> dict[str, Any]:
    return {
        "kind": "facts",
        "version": wire.VERSION,
        "container": facts.container,
        "codec": facts.codec,
        "width": facts.width,
        "height": facts.height,
        "rotation_deg": facts.rotation_deg,
        "duration_ms": facts.duration_ms,
        "pictures": pictures,
    }


def _frame_header(frame: Frame) -> dict[str, Any]:
    height, width, _ = frame.image.shape
    return {"kind": "frame", "t_ms": frame.t_ms, "width": width, "height": height}


def _end_with_parent() -> None:
    while os.read(_STDIN, 1):
        pass
    os._exit(0)


if sys.platform == "win32":
    import msvcrt

    def _binary_pipes() -> None:
        for descriptor in (_STDIN, _STDOUT):
            msvcrt.setmode(descriptor, os.O_BINARY)
