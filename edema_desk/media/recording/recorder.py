"""The recorder: packets or pictures with their times -> Matroska in a sealed file.

All clips hold JPEG pictures, each whole by itself: the camera's own packets unchanged, or packets
made here. Matroska gives every picture a cluster of its own then, so that a file cut off anywhere
shows all pictures before the cut.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
from av.video.stream import VideoStream

from edema_desk.domain.capture.clips import Image
from edema_desk.errors import ExpectedError
from edema_desk.media.durable import disk_failure_told
from edema_desk.media.recording.jpeg import encode_packet
from edema_desk.media.sealed import SealedWriter

HAND_OVER_MS = 200.0
"""So much of the clip a killed program may take with it, beside the picture being written."""
_MILLISECOND = Fraction(1, 1000)
_MUXING = {"cluster_time_limit": "500", "flush_packets": "1"}
_BUFFER_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class RecordedClip:
    """A clip in its place: SHA-256 (hex) and length of its plain bytes, how many pictures, and
    the time from the first to the last."""

    sha256: str
    size_bytes: int
    duration_ms: float
    frames: int


class _Outlet:
    """Stands between muxer and sealed file. FFmpeg loses errors of what it writes to, so the first
    is kept here, and whatever it writes after that is lost."""

    def __init__(self, sink: SealedWriter) -> None:
        self._sink = sink
        self._failure: ExpectedError | OSError | None = None

    def seekable(self) -> bool:
        return False

    def write(self, data: bytes) -> int:
        if self._failure is None:
            try:
                self._sink.write(data)
            except (ExpectedError, OSError) as error:
                self._failure = error
        return len(data)

    def check(self) -> None:
        """Raises what went wrong."""
        if self._failure is not None:
            raise self._failure


class ClipRecorder:
    """Records one clip of `width` by `height` into a sealed file that `ClipLibrary.record` gave.

    With `packets` it is given JPEG files, otherwise pictures. Times are whole milliseconds that
    grow; the first is the zero of the file. Raises ExpectedError DISK_FULL and DISK_FAILED, after
    which only `cut` may follow. One thread at a time.
    """

    def __init__(self, sink: SealedWriter, width: int, height: int, *, packets: bool) -> None:
        self._sink = sink
        self._size = (width, height)
        self._packets = packets
        self._frames = 0
        self._first_ms: float | None = None
        self._last_ms = -1.0
        self._handed_over_ms = 0.0
        self._outlet = _Outlet(sink)
        self._container = av.open(
            self._outlet,
            "w",
            format="matroska",
            options={"fflags": "+bitexact"},
            container_options=_MUXING,
            buffer_size=_BUFFER_BYTES,
        )
        self._stream = cast(
            "VideoStream",
            self._container.add_mux_stream(
                "mjpeg", width=width, height=height, time_base=_MILLISECOND
            ),
        )

    @property
    def frames(self) -> int:
        """Pictures written so far."""
        return self._frames

    def write_packet(self, t_ms: float, packet: bytes) -> None:
        """Append a JPEG file as it is."""
        if not self._packets:
            raise ValueError("this clip is made of pictures")
        self._mux(t_ms, packet)

    def write_image(self, t_ms: float, image: Image) -> None:
        """Append a picture, encoded at `jpeg.QUALITY`."""
        if self._packets or image.shape != (self._size[1], self._size[0], 3):
            raise ValueError("this clip is made of packets, or of pictures of another size")
        self._mux(t_ms, encode_packet(image))

    def sync(self) -> None:
        """Put all of it on the disk, but the picture the muxer still holds. Once a second keeps
        a power cut from taking more than that."""
        with disk_failure_told():
            self._sink.sync()

    def finish(self) -> RecordedClip:
        """Write what is left and give the clip its place."""
        with disk_failure_told():
            self._container.close()
            self._outlet.check()
            self._sink.close()
        first_ms = self._last_ms if self._first_ms is None else self._first_ms
        return RecordedClip(
            self._sink.sha256, self._sink.size, self._last_ms - first_ms, self._frames
        )

    def cut(self) -> None:
        """Stop, and leave the file unfinished for `ClipLibrary.recover_clip`. Never raises for
        what a disk may do."""
        self._container.close()
        self._sink.cut()

    def _mux(self, t_ms: float, data: bytes) -> None:
        if t_ms <= self._last_ms or t_ms != round(t_ms):
            raise ValueError("times are whole milliseconds that grow")
        packet = av.Packet(data)
        packet.stream = self._stream
        packet.time_base = _MILLISECOND
        packet.pts = packet.dts = round(t_ms)
        packet.is_keyframe = True
        with disk_failure_told():
            self._container.mux(packet)
            self._outlet.check()
            if t_ms - self._handed_over_ms >= HAND_OVER_MS:
                self._sink.flush()
                self._handed_over_ms = t_ms
        if self._first_ms is None:
            self._first_ms = t_ms
        self._last_ms = t_ms
        self._frames += 1
