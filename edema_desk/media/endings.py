"""Whether a file is as long as its own container says it is."""

import io
from collections.abc import Callable, Mapping

from edema_desk.errors import ErrorCode, ExpectedError

_HEAD_BYTES = 512
_SEGMENT_ID = b"\x18\x53\x80\x67"
_BOX_HEADER_BYTES = 8
_MOST_BOXES = 100_000


def check_ending(file: io.RawIOBase, demuxer: str, size: int, name: str) -> None:
    """Raises ExpectedError(CLIP_TRUNCATED) for a file of `size` bytes that was cut or unfinished.

    MPEG program streams do not say how long they are.
    """
    cut = _CUT.get(demuxer)
    if cut is not None and cut(file, size):
        raise ExpectedError(ErrorCode.CLIP_TRUNCATED, name=name)


def _read_at(file: io.RawIOBase, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length) or b""


def _mov_is_cut(file: io.RawIOBase, size: int) -> bool:
    """Pictures without an index, or a last box that reaches beyond the end."""
    kinds = set()
    at = 0
    for _ in range(_MOST_BOXES):
        header = _read_at(file, at, 2 * _BOX_HEADER_BYTES)
        if len(header) < _BOX_HEADER_BYTES:
            break
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        kinds.add(kind)
        if length == 0:
            break  # reaches to the end, wherever that is
        if length < _BOX_HEADER_BYTES:
            return False  # not boxes any more: for the demuxer to judge
        at += length
    return at > size or (b"mdat" in kinds and b"moov" not in kinds)


def _avi_is_cut(file: io.RawIOBase, size: int) -> bool:
    """A first RIFF chunk that reaches beyond the end, or was never given its length."""
    declared = int.from_bytes(_read_at(file, 4, 4), "little")
    return declared == 0 or declared + 8 > size


def _matroska_is_cut(file: io.RawIOBase, size: int) -> bool:
    """A segment of known length that reaches beyond the end."""
    head = _read_at(file, 0, _HEAD_BYTES)
    header_length, at = _matroska_number(head, 4)
    at += header_length or 0
    if head[at : at + 4] != _SEGMENT_ID:
        return False
    length, at = _matroska_number(head, at + 4)
    return length is not None and at + length > size


def _matroska_number(data: bytes, at: int) -> tuple[int | None, int]:
    """A number of variable length (RFC 8794, 4) and where it ends; None for "unknown"."""
    if at >= len(data) or data[at] == 0:
        return None, at + 1
    length = 9 - data[at].bit_length()
    marker = 1 << (7 * length)
    value = int.from_bytes(data[at : at + length], "big") & (marker - 1)
    return (None if value == marker - 1 else value), at + length


_CUT: Mapping[str, Callable[[io.RawIOBase, int], bool]] = {
    "mov": _mov_is_cut,
    "avi": _avi_is_cut,
    "matroska": _matroska_is_cut,
}
