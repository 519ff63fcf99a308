"""The sealed file: how clips and crops lie on the disk, never in clear.

Layout, numbers little-endian: a header of 32 bytes (magic, format version, kind, salt), then
chunks, each a word and its ciphertext. The word holds the length of the plain bytes, in its
highest bit whether this chunk is the last, and in the next whether that was added later to a file
that broke off. A key for this file alone is derived from the capture's key and the salt
(HKDF-SHA256, RFC 5869), so the chunk number can be the nonce. Header, capture id, chunk number and
word are authenticated with every chunk (AES-256-GCM): a chunk cannot be altered, moved, or taken
from another file, and the end cannot be cut off.
"""

import contextlib
import hashlib
import os
import secrets
import struct
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from edema_desk.errors import ExpectedError
from edema_desk.media.durable import disk_full_told, put_in_place, sync_folder

MAGIC = b"EDSEALED"
VERSION = 1
CHUNK_BYTES = 256 * 1024
KEY_BYTES = 32
TAG_BYTES = 16
HEADER = struct.Struct("<8sHH4x16s")
WORD = struct.Struct("<I")
LAST = 0x8000_0000
ADDED_LATER = 0x4000_0000
FLAGS = LAST | ADDED_LATER
PART_SUFFIX = ".part"
"""Of a file that is still being written."""


def part_of(path: Path) -> Path:
    """Under which name a file is written."""
    return path.with_name(path.name + PART_SUFFIX)


class SealedKind(IntEnum):
    """What a sealed file holds."""

    CLIP = 1
    CROPS = 2


class ChunkCipher:
    """Seals and opens the chunks of one file."""

    def __init__(self, key: bytes, capture_id: str, header: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("a capture key has 32 bytes")
        salt = HEADER.unpack(header)[3]
        derive = HKDF(hashes.SHA256(), KEY_BYTES, salt, b"edema-desk sealed file")
        self._cipher = AESGCM(derive.derive(key))
        self._bound = header + capture_id.encode()

    def seal(self, number: int, word: bytes, plain: bytes | memoryview) -> bytes:
        """The ciphertext of chunk `number`."""
        return self._cipher.encrypt(_nonce(number, word), plain, self._bound + word)

    def open(self, number: int, word: bytes, sealed: bytes) -> bytes:
        """The plain bytes of chunk `number`; raises cryptography's InvalidTag."""
        return self._cipher.decrypt(_nonce(number, word), sealed, self._bound + word)


def _nonce(number: int, word: bytes) -> bytes:
    """An end added later has the number of a chunk that may have been written and lost: it gets a
    nonce that no such chunk had."""
    (value,) = WORD.unpack(word)
    later: int = value & ADDED_LATER
    return (number | later << 32).to_bytes(12, "little")


class SealedWriter:
    """A sink for the plain bytes of one sealed file. It cannot seek.

    Writes beside `path` under a temporary name; `close` puts the finished file in its place.
    Used with `with`, an exception leaves nothing behind. Raises ExpectedError(DISK_FULL), after
    which nothing is left either. With `lasting`, whole chunks outlive any failure under the
    temporary name, which is itself on the disk from the first: only `abandon` removes them.
    """

    def __init__(
        self, path: Path, key: bytes, capture_id: str, kind: SealedKind, *, lasting: bool = False
    ) -> None:
        self._path = path
        self._part = part_of(path)
        self._lasting = lasting
        self._end = 0
        header = HEADER.pack(MAGIC, VERSION, kind, secrets.token_bytes(16))
        self._cipher = ChunkCipher(key, capture_id, header)
        self._pending = bytearray()
        self._chunks = 0
        self._hash = hashlib.sha256()
        self._size = 0
        with disk_full_told():
            descriptor = os.open(
                self._part,
                os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0),
                0o600,
            )
            self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._put(header)
        if lasting:
            self.sync()
            sync_folder(self._part.parent)

    @property
    def sha256(self) -> str:
        """Of the plain bytes written so far."""
        return self._hash.hexdigest()

    @property
    def size(self) -> int:
        """Plain bytes written so far."""
        return self._size

    def seekable(self) -> bool:
        """Never."""
        return False

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take plain bytes. Full chunks go to the file at once."""
        self._hash.update(data)
        self._size += len(data)
        self._pending += data
        if len(self._pending) >= CHUNK_BYTES:
            whole = len(self._pending) // CHUNK_BYTES * CHUNK_BYTES
            with memoryview(self._pending) as pending:
                for start in range(0, whole, CHUNK_BYTES):
                    self._put_chunk(pending[start : start + CHUNK_BYTES], last=False)
            del self._pending[:whole]
        return len(data)

    def flush(self) -> None:
        """Hand everything taken so far to the system, as a chunk shorter than the others."""
        if self._pending:
            self._put_chunk(bytes(self._pending), last=False)
            self._pending.clear()

    def sync(self) -> None:
        """Put everything taken so far on the disk."""
        self.flush()
        with disk_full_told():
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Write the last chunk and give the file its name. Does nothing the second time."""
        if self._file.closed:
            return
        try:
            self._put_chunk(bytes(self._pending), last=True)
            with disk_full_told():
                os.fsync(self._file.fileno())
                self._file.close()
                put_in_place(self._part, self._path)
        except BaseException:
            self._fail()
            raise

    def cut(self) -> None:
        """Stop, with whole chunks under the temporary name. Raises nothing a disk may do."""
        if not self._file.closed:
            with contextlib.suppress(ExpectedError, OSError):
                self.sync()
            self._close_part()

    def abandon(self) -> None:
        """Remove what was written."""
        self._close_part()
        self._part.unlink(missing_ok=True)

    def _fail(self) -> None:
        if not self._lasting:
            self.abandon()
        elif not self._file.closed:
            with contextlib.suppress(OSError):  # gives room back that half a chunk took
                self._file.truncate(self._end)
                os.fsync(self._file.fileno())
            self._close_part()

    def _close_part(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()

    def _put_chunk(self, plain: bytes | memoryview, *, last: bool) -> None:
        word = WORD.pack(len(plain) | (LAST if last else 0))
        self._put(word + self._cipher.seal(self._chunks, word, plain))
        self._chunks += 1

    def _put(self, data: bytes) -> None:
        try:
            with disk_full_told(), memoryview(data) as rest:
                done = 0
                while done < len(data):
                    done += self._file.write(rest[done:])
        except BaseException:
            self._fail()
            raise
        self._end += len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        elif not self._file.closed:
            self._fail()
