"""An unfinished recording becomes a whole clip of all that reached the disk.

The file is ended at the first chunk that does not open and given its name: nothing is copied, so
that it works where the disk is full. It may be interrupted and done again.
"""

import io
import os
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.durable import disk_full_told, put_in_place
from edema_desk.media.outside import open_clip_from_outside
from edema_desk.media.plan import SamplePlan
from edema_desk.media.recording.recorder import RecordedClip
from edema_desk.media.sealed import (
    ADDED_LATER,
    CHUNK_BYTES,
    FLAGS,
    LAST,
    TAG_BYTES,
    WORD,
    ChunkCipher,
    SealedKind,
    part_of,
)
from edema_desk.media.sources import open_source, sha256_of
from edema_desk.media.unsealing import read_header

_FIRST_PICTURE = SamplePlan(times_ms=(0.0,))
_NOTHING_SHOWN = frozenset(
    {
        ErrorCode.SEALED_ALTERED,
        ErrorCode.CLIP_EMPTY,
        ErrorCode.NOT_A_VIDEO,
        ErrorCode.CONTAINER_REFUSED,
        ErrorCode.CLIP_TRUNCATED,
    }
)


def recover(path: Path, key: bytes, capture_id: str) -> RecordedClip | None:
    """End the unfinished file of the clip at `path` and put it there.

    What is in it is looked at by the restricted decoder process, for it may have come from a
    camera on the network. None when it shows no picture; the unfinished file stays. Raises
    ExpectedError DISK_FULL and what opening a clip raises.
    """
    part = part_of(path)
    try:
        _end_where_it_broke(part, key, capture_id)
    except ExpectedError as error:
        if error.code in _NOTHING_SHOWN:
            return None
        raise
    found = found_in(ClipSource(part, key, capture_id))
    if found is not None:
        put_in_place(part, path)
    return found


def found_in(source: ClipSource) -> RecordedClip | None:
    """What a sealed clip that has its end holds, looked at as `recover` does; None when it shows
    no picture."""
    try:
        with open_clip_from_outside(source, _FIRST_PICTURE) as clip:
            pictures, duration_ms = clip.pictures, clip.facts.duration_ms
    except ExpectedError as error:
        if error.code in _NOTHING_SHOWN:
            return None
        raise
    sha256 = sha256_of(source)
    with open_source(source) as file:
        size = file.seek(0, io.SEEK_END)
    return RecordedClip(sha256, size, duration_ms, pictures)


def _end_where_it_broke(part: Path, key: bytes, capture_id: str) -> None:
    """Cut off what does not open, and write the last chunk where there is none.

    A file of which nothing opens is another's, and is left as it is: SEALED_ALTERED.
    """
    with part.open("r+b") as file:
        cipher = ChunkCipher(key, capture_id, read_header(file, SealedKind.CLIP))
        count, end, last = 0, file.tell(), 0
        while not last and (word := _next_whole(file, cipher, count)):
            count, end, last = count + 1, file.tell(), WORD.unpack(word)[0] & LAST
        if count == 0:
            raise ExpectedError(ErrorCode.SEALED_ALTERED)
        with disk_full_told():
            file.truncate(end)
            if not last:
                word = WORD.pack(LAST | ADDED_LATER)
                file.seek(end)
                file.write(word + cipher.seal(count, word, b""))
                file.flush()
            os.fsync(file.fileno())


def _next_whole(file: BinaryIO, cipher: ChunkCipher, number: int) -> bytes:
    """The word of the next chunk, b"" where it does not open."""
    word = file.read(WORD.size)
    if len(word) < WORD.size:
        return b""
    plain_bytes = WORD.unpack(word)[0] & ~FLAGS
    if plain_bytes > CHUNK_BYTES:
        return b""
    try:
        cipher.open(number, word, file.read(plain_bytes + TAG_BYTES))
    except InvalidTag:
        return b""
    return word
