"""When a clip was made, as its container says: read by hand, without decoding anything."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.media.sources import open_source

_QUICKTIME_START = datetime(1904, 1, 1, tzinfo=UTC)
_MATROSKA_START = datetime(2001, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_PARTS = 10_000
_HEADER_BYTES = 16
_SEGMENT, _INFO, _DATE = 0x18538067, 0x1549A966, 0x4461


def creation_time(clip: ClipSource) -> datetime | None:
    """The creation time in the header of an MP4, MOV, Matroska or WebM file, aware.

    None where there is none, or one that cannot be: clocks that were never set say 1904 or
    1970. Raises ExpectedError as `open_source` does, and nothing for bytes of any kind.
    """
    with closing(open_source(clip)) as file:
        size = file.seek(0, io.SEEK_END)
        head = _read_at(file, 0, 8)
        try:
            found = _of_matroska(file, size) if head[:4] == b"\x1a\x45\xdf\xa3" else None
            found = found or (_of_mov(file, size) if head[4:8] == b"ftyp" else None)
        except OverflowError:  # a time beyond the calendar
            return None
    return found if found is not None and found >= _EARLIEST else None


def _read_at(file: io.RawIOBase, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length) or b""


def _boxes(file: io.RawIOBase, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the contents of each box (ISO/IEC 14496-12, 4.2)."""
    for _ in range(_MOST_PARTS):
        header = _read_at(file, at, _HEADER_BYTES)
        if at + 8 > end or len(header) < 8:
            return
        length, kind, start = int.from_bytes(header[:4], "big"), header[4:8], at + 8
        if length == 1:
            length, start = int.from_bytes(header[8:16], "big"), at + 16
        after = end if length == 0 else at + length
        if after <= at or after > end:
            return
        yield kind, start, after
        at = after


def _of_mov(file: io.RawIOBase, size: int) -> datetime | None:
    for kind, start, end in _boxes(file, 0, size):
        if kind == b"moov":
            for inner, inside, _ in _boxes(file, start, end):
                if inner == b"mvhd":
                    return _movie_header_time(_read_at(file, inside, 12))
    return None


def _movie_header_time(head: bytes) -> datetime | None:
    if len(head) < 12:
        return None
    seconds = int.from_bytes(head[4:12] if head[0] == 1 else head[4:8], "big")
    return _QUICKTIME_START + timedelta(seconds=seconds)


def _elements(file: io.RawIOBase, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Id, start and end of the contents of each element (RFC 8794, 4 to 6)."""
    for _ in range(_MOST_PARTS):
        header = _read_at(file, at, _HEADER_BYTES)
        if at >= end or not header or header[0] == 0:
            return
        id_bytes = 9 - header[0].bit_length()
        if id_bytes > 4 or len(header) <= id_bytes or header[id_bytes] == 0:
            return
        length_bytes = 9 - header[id_bytes].bit_length()
        start = at + id_bytes + length_bytes
        marker = 1 << (7 * length_bytes)
        length = int.from_bytes(header[id_bytes : id_bytes + length_bytes], "big") & (marker - 1)
        after = end if length == marker - 1 else start + length
        yield int.from_bytes(header[:id_bytes], "big"), start, min(after, end)
        at = after


def _of_matroska(file: io.RawIOBase, size: int) -> datetime | None:
    for name, start, end in _elements(file, 0, size):
        if name == _SEGMENT:
            for inner, inside, after in _elements(file, start, end):
                if inner == _INFO:
                    return _info_time(file, inside, after)
    return None


def _info_time(file: io.RawIOBase, start: int, end: int) -> datetime | None:
    for name, inside, after in _elements(file, start, end):
        if name == _DATE and after - inside == 8:
            nanoseconds = int.from_bytes(_read_at(file, inside, 8), "big", signed=True)
            return _MATROSKA_START + timedelta(microseconds=nanoseconds // 1000)
    return None
