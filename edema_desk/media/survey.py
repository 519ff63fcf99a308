"""A look at every packet of a clip before any of them is decoded.

Counts and times the pictures, so that the length is known before the first frame, and finds
clips that are cut off without running a decoder over them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from edema_desk.errors import ErrorCode, ExpectedError

_DECLARED_SLACK_S = 0.25
"""How much shorter than its header says a whole clip may be: headers round, and sound may go on."""
_DECLARED_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Survey:
    """How many pictures a clip shows, and for how long."""

    pictures: int
    duration_ms: float


def survey(container: InputContainer, stream: VideoStream, size: int, name: str) -> Survey:
    """Read all packets of a clip of `size` bytes.

    Raises ExpectedError: CLIP_EMPTY without a picture, CLIP_TRUNCATED when there is less than
    the clip itself declares. FFmpeg's own errors pass through.
    """
    seen = {s.index: _Seen() for s in container.streams}
    for packet in container.demux():
        if packet.stream_index in seen:
            seen[packet.stream_index].add(packet)
    found = seen[stream.index]
    if found.corrupt or _cut_off(container, stream, size, seen):
        raise ExpectedError(ErrorCode.CLIP_TRUNCATED, name=name)
    if found.shown == 0:
        raise ExpectedError(ErrorCode.CLIP_EMPTY, name=name)
    if found.first is None or found.end is None or stream.time_base is None:
        return Survey(found.shown, 0.0)
    return Survey(found.shown, float((found.end - found.first) * stream.time_base) * 1000.0)


@dataclass(slots=True)
class _Seen:
    """The packets of one stream. Times in its own ticks, of shown pictures only."""

    shown: int = 0
    corrupt: bool = False
    first: int | None = None
    end: int | None = None

    def add(self, packet: "Packet[Stream]") -> None:
        time = packet.pts if packet.pts is not None else packet.dts
        if packet.size == 0 and time is None:
            return  # what PyAV sends to flush a decoder
        self.corrupt = self.corrupt or packet.is_corrupt
        if packet.is_discard:
            return
        self.shown += 1
        if time is not None:
            end = time + (packet.duration or 0)
            self.first = time if self.first is None else min(self.first, time)
            self.end = end if self.end is None else max(self.end, end)


def _cut_off(
    container: InputContainer, stream: VideoStream, size: int, seen: Mapping[int, _Seen]
) -> bool:
    if any(entry.pos + entry.size > size for entry in stream.index_entries):
        return True
    if stream.duration is not None and stream.time_base is not None:
        declared_s = float(((stream.start_time or 0) + stream.duration) * stream.time_base)
        return _falls_short(_end_s(stream, seen), declared_s)
    if container.duration is None or container.format.name == "mpeg":
        return False
    last_s = max(_end_s(each, seen) for each in container.streams)
    return _falls_short(last_s, container.duration / av.time_base)


def _end_s(stream: Stream, seen: Mapping[int, _Seen]) -> float:
    return float((seen[stream.index].end or 0) * (stream.time_base or 0))


def _falls_short(found_s: float, declared_s: float) -> bool:
    return found_s < declared_s * (1.0 - _DECLARED_SLACK) - _DECLARED_SLACK_S
