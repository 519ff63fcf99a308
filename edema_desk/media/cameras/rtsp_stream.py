"""A camera that speaks RTSP: its JPEG packets, or its pictures where it sends another codec.

The protocol is spoken by FFmpeg, which gets the address, TCP and nothing else.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.cameras.backend import Shot
from edema_desk.media.cameras.jpeg import whole_packet
from edema_desk.media.containers import CODECS, DECODERS
from edema_desk.media.decode import MAX_PIXELS, MAX_SIDE_PX, upright

OPEN_S = 8.0
READ_S = 10.0
_PROBED_US = 1_000_000


@contextmanager
def open_rtsp(url: str) -> Iterator[InputContainer]:
    """Connect. Raises ExpectedError: CAMERA_MISSING, CAMERA_REFUSED."""
    try:
        container = av.open(
            url,
            "r",
            format="rtsp",
            options={
                "rtsp_transport": "tcp",
                "allowed_media_types": "video",
                "protocol_whitelist": "rtsp,rtp,tcp",
                "codec_whitelist": ",".join(sorted(DECODERS)),
                "analyzeduration": str(_PROBED_US),
                "probesize": str(_PROBED_US),
                "fflags": "nobuffer",
                "max_pixels": str(MAX_PIXELS),
            },
            metadata_errors="replace",
            timeout=(OPEN_S, READ_S),
        )
    except (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError) as error:
        raise ExpectedError(ErrorCode.CAMERA_REFUSED) from error
    except OSError as error:
        raise ExpectedError(ErrorCode.CAMERA_MISSING) from error
    except (av.FFmpegError, ValueError) as error:
        raise ExpectedError(ErrorCode.CAMERA_REFUSED) from error
    with container:
        yield container


def picture_stream(container: InputContainer) -> VideoStream:
    """The stream to read. Raises ExpectedError CAMERA_REFUSED."""
    for stream in container.streams.video:
        context = stream.codec_context
        if context is None or context.codec.canonical_name not in CODECS:
            continue
        if max(context.width, context.height) > MAX_SIDE_PX:
            continue
        context.thread_count = 1  # frames of several threads come late
        context.options = {"max_pixels": str(MAX_PIXELS)}
        return stream
    raise ExpectedError(ErrorCode.CAMERA_REFUSED)


class RtspShots:
    """The shots of an open container. `damaged` counts what could not be used."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self.damaged = 0

    def __iter__(self) -> Iterator[Shot]:
        try:
            for packet in self._container.demux(self._stream):
                if packet.size == 0:  # what PyAV sends when nothing more comes
                    return
                yield from self._shots(packet, time.monotonic_ns())
        except av.FFmpegError:  # the camera hung up, or was silent for too long
            return

    def _shots(self, packet: "Packet[VideoStream]", t_ns: int) -> Iterator[Shot]:
        if self._stream.codec_context.codec.canonical_name == "mjpeg":
            whole = whole_packet(bytes(packet))
            if whole is not None:
                yield Shot(t_ns, packet=whole)
            else:
                self.damaged += 1
            return
        try:
            pictures = packet.decode()
        except av.FFmpegError:
            pictures = []
            self.damaged += 1
        aspect = float(self._stream.sample_aspect_ratio or 1)
        for picture in pictures:
            if picture.is_corrupt or picture.width * picture.height > MAX_PIXELS:
                self.damaged += 1
            else:
                yield Shot(t_ns, image=upright(picture, aspect))
