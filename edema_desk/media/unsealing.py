"""Reading sealed files, at any place, and noticing whatever was done to them."""

import io
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.sealed import (
    CHUNK_BYTES,
    FLAGS,
    HEADER,
    LAST,
    MAGIC,
    TAG_BYTES,
    VERSION,
    WORD,
    ChunkCipher,
    SealedKind,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNKS_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Chunk:
    at: int
    word: bytes
    plain_bytes: int


def read_header(file: BinaryIO, kind: SealedKind) -> bytes:
    """The header, which `file` stands before. Raises ExpectedError(SEALED_ALTERED)."""
    header = file.read(HEADER.size)
    if len(header) < HEADER.size or HEADER.unpack(header)[:3] != (MAGIC, VERSION, kind):
        raise ExpectedError(ErrorCode.SEALED_ALTERED)
    return header


class SealedReader(io.RawIOBase):
    """The plain bytes of one sealed file, with random access.

    Raises ExpectedError: CLIP_GONE when it is missing, SEALED_ALTERED when header, order, length
    or any chunk read is not what was written for this capture.
    """

    def __init__(self, path: Path, key: bytes, capture_id: str, kind: SealedKind) -> None:
        try:
            self._file = path.open("rb")
        except FileNotFoundError as error:
            raise ExpectedError(ErrorCode.CLIP_GONE) from error
        try:
            self._cipher = ChunkCipher(key, capture_id, read_header(self._file, kind))
            self._chunks = self._scan()
            self._starts = [0]
            for chunk in self._chunks:
                self._starts.append(self._starts[-1] + chunk.plain_bytes)
            self._kept: OrderedDict[int, bytes] = OrderedDict()
            self._at = 0
            self._plain(len(self._chunks) - 1)  # the end is authentic before anything is read
        except BaseException:
            self._file.close()
            raise

    @property
    def size(self) -> int:
        """Plain bytes in all."""
        return self._starts[-1]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("negative position")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._at < self.size:
            number = bisect_right(self._starts, self._at) - 1
            plain = self._plain(number)
            offset = self._at - self._starts[number]
            count = min(len(view) - done, len(plain) - offset)
            view[done : done + count] = plain[offset : offset + count]
            done += count
            self._at += count
        return done

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _scan(self) -> list[_Chunk]:
        end = self._file.seek(0, io.SEEK_END)
        at = HEADER.size
        chunks: list[_Chunk] = []
        while at + WORD.size + TAG_BYTES <= end:
            self._file.seek(at)
            word = self._file.read(WORD.size)
            (value,) = WORD.unpack(word)
            plain_bytes = value & ~FLAGS
            after = at + WORD.size + plain_bytes + TAG_BYTES
            if plain_bytes > CHUNK_BYTES or after > end:
                break
            chunks.append(_Chunk(at + WORD.size, word, plain_bytes))
            at = after
            if value & LAST:
                if at != end:
                    raise ExpectedError(ErrorCode.SEALED_ALTERED)
                return chunks
        raise ExpectedError(ErrorCode.SEALED_ALTERED)

    def _plain(self, number: int) -> bytes:
        kept = self._kept.get(number)
        if kept is not None:
            self._kept.move_to_end(number)
            return kept
        chunk = self._chunks[number]
        self._file.seek(chunk.at)
        sealed = self._file.read(chunk.plain_bytes + TAG_BYTES)
        try:
            plain = self._cipher.open(number, chunk.word, sealed)
        except InvalidTag as error:
            raise ExpectedError(ErrorCode.SEALED_ALTERED) from error
        self._kept[number] = plain
        if len(self._kept) > _CHUNKS_KEPT:
            self._kept.popitem(last=False)
        return plain
