"""What the decoder process does for a network camera: one connection, and shots by the pipe."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from edema_desk.domain.capture.camera_address import network_parts
from edema_desk.errors import ExpectedError
from edema_desk.media import wire
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.feed import ShotFeed
from edema_desk.media.cameras.http_stream import HttpStream, open_http
from edema_desk.media.cameras.jpeg import PacketDecoder, packet_size
from edema_desk.media.cameras.multipart import BadStreamError, PartReader
from edema_desk.media.cameras.rtsp_stream import RtspShots, open_rtsp, picture_stream

PREVIEW_WIDTH_PX = 960
"""At most; JPEG packets are decoded to a half, a quarter or an eighth to get there."""
PREVIEW_GAP_NS = 60_000_000
_FILES_WHILE_CONNECTING = 64
_LONG_S = 60.0

GiveUp = Callable[[int], None]
"""Lets go of the right to have more than so many files open, and of all other rights."""


def serve_camera(url: str, output: int, give_up: GiveUp) -> None:
    """Connect to the camera at `url`, give up all rights, and send its shots until it ends.

    Raises ExpectedError: CAMERA_MISSING, CAMERA_REFUSED, CAMERA_BUSY before the first shot.
    """
    parts = network_parts(url)
    if parts.scheme.lower() == "http":
        with open_http(parts) as stream:
            give_up(0)
            _send_shots(_HttpShots(stream), "mjpeg", output)
        return
    give_up(_FILES_WHILE_CONNECTING)
    with open_rtsp(url) as container:
        pictures = picture_stream(container)
        give_up(1)  # FFmpeg waits by poll(), which wants room for one
        codec = pictures.codec_context.codec.canonical_name
        _send_shots(RtspShots(container, pictures), codec, output)


class _HttpShots:
    """The shots of a stream of parts."""

    def __init__(self, stream: HttpStream) -> None:
        self._stream = stream
        self._reader = PartReader(stream.boundary)

    @property
    def damaged(self) -> int:
        return self._reader.damaged

    def __iter__(self) -> Iterator[Shot]:
        try:
            for piece in self._stream.pieces:
                t_ns = time.monotonic_ns()
                for picture in self._reader.feed(piece):
                    yield Shot(t_ns, packet=picture)
        except (BadStreamError, OSError):
            return


def _send_shots(shots: _HttpShots | RtspShots, codec: str, output: int) -> None:
    """Send every shot, each with what was lost and what was broken so far."""
    wire.send(output, {"kind": "camera", "version": wire.VERSION, "codec": codec})
    maker = _PreviewMaker()
    with _sender(output) as feed:
        last_ns = 0
        for shot in shots:
            # two in one piece of the stream came at the same time
            shot = Shot(max(shot.t_ns, last_ns + 1), shot.image, shot.packet)
            last_ns = shot.t_ns
            seen = maker.with_preview(shot)
            feed.damaged = shots.damaged + maker.damaged
            if seen is not None:
                feed.put(seen)


class _PreviewMaker:
    """Adds a small picture to some packets, the first included. `damaged` counts packets that
    show nothing."""

    def __init__(self) -> None:
        self._decoders: dict[int, PacketDecoder] = {}
        self._due_ns = 0
        self.damaged = 0

    def with_preview(self, shot: Shot) -> Shot | None:
        """The shot, None when its packet turns out to show nothing."""
        if shot.packet is None or shot.t_ns < self._due_ns:
            return shot
        width, _ = packet_size(shot.packet) or (0, 0)
        shrink = next((s for s in (1, 2, 4) if width <= s * PREVIEW_WIDTH_PX), 8)
        decoder = self._decoders.setdefault(shrink, PacketDecoder(shrink))
        try:
            preview = decoder.decode(shot.packet)
        except ExpectedError:
            self.damaged += 1
            return None
        self._due_ns = shot.t_ns + PREVIEW_GAP_NS
        return Shot(shot.t_ns, packet=shot.packet, preview=preview)


@contextmanager
def _sender(output: int) -> Iterator[ShotFeed]:
    """What is put in goes out by the pipe; what finds no room while that is full is lost."""
    feed = ShotFeed()
    thread = threading.Thread(target=_send_all, args=(feed, output), daemon=True)
    thread.start()
    try:
        yield feed
    finally:
        feed.end()
        thread.join()


def _send_all(feed: ShotFeed, output: int) -> None:
    try:
        while True:
            shot = feed.take(_LONG_S)
            if shot is not None:
                header, body = message_of(shot)
                counts = {"dropped": feed.dropped, "damaged": feed.damaged}
                wire.send(output, header | counts, memoryview(body))
    except ExpectedError as error:  # the camera hung up
        wire.send(output, {"kind": "error", "code": error.code.value, "params": {}})
    except OSError:
        return  # the reader has gone, and this process ends with it


def message_of(shot: Shot) -> tuple[dict[str, Any], bytes]:
    """The header and the bytes of a shot: packet, preview, then image, as many as there are."""
    body = shot.packet or b""
    shapes: dict[str, Any] = {"preview": None, "image": None}
    for name, picture in (("preview", shot.preview), ("image", shot.image)):
        if picture is not None:
            shapes[name] = [picture.shape[1], picture.shape[0]]
            body += picture.tobytes()
    size = len(shot.packet or b"")
    return {"kind": "shot", "t_ns": shot.t_ns, "packet": size, **shapes}, body
