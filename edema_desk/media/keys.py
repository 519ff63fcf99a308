"""The keys of captures, each wrapped by the profile's data key, in a file of their own.

One line a key, `capture id, tab, nonce and ciphertext in hex`, appended and put on the disk
before it is used. The capture id is authenticated with its key, so lines cannot be exchanged. A
later line of the same capture wins. Destroying a key overwrites its lines in place, which keeps
the file's other lines where they are: with that the capture's clip and crops are erased.
"""

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.durable import disk_full_told, sync_folder
from edema_desk.media.locking import locked
from edema_desk.media.sealed import KEY_BYTES

_NONCE_BYTES = 12
_BLANK = b" "


class CaptureKeys:
    """The keys in one file. Several processes and threads may use it at once.

    Raises ExpectedError: CLIP_KEY_MISSING for a capture without a readable key, DISK_FULL.
    """

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path = path
        self._wrap = AESGCM(data_key)
        self._turn = threading.RLock()
        self._lines: dict[str, list[tuple[int, int]]] = {}
        self._read_to = 0

    def new(self, capture_id: str) -> bytes:
        """Make a key, keep it, and return it. It is on the disk when this returns."""
        if not capture_id or not capture_id.isprintable() or capture_id.strip() != capture_id:
            raise ValueError("a capture id is one printable word")
        key = secrets.token_bytes(KEY_BYTES)
        line = _line(self._wrap, capture_id, key)
        flags = os.O_RDWR | os.O_CREAT
        with (
            self._turn,
            locked(self._path),
            disk_full_told(),
            _open(self._path, flags) as descriptor,
        ):
            end = os.lseek(descriptor, 0, os.SEEK_END)
            try:
                _write_all(descriptor, _ending(descriptor, end) + line)
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, end)
                raise
        if end == 0:
            sync_folder(self._path.parent)
        return key

    def get(self, capture_id: str) -> bytes:
        """The key of a capture."""
        with self._reading() as descriptor:
            for start, length in reversed(self._lines.get(capture_id, [])):
                key = self._unwrapped(capture_id, _read_at(descriptor, start, length))
                if key is not None:
                    return key
        raise ExpectedError(ErrorCode.CLIP_KEY_MISSING)

    def ids(self) -> frozenset[str]:
        """The captures that have a key."""
        with self._reading() as descriptor:
            return frozenset(
                capture_id
                for capture_id, places in self._lines.items()
                if _read_at(descriptor, *places[-1]).strip()
            )

    def destroy(self, capture_id: str) -> None:
        """Overwrite every key of a capture on the disk. Without a key, does nothing."""
        with self._turn, locked(self._path), self._reading(os.O_RDWR) as descriptor:
            for start, length in self._lines.pop(capture_id, []):
                os.lseek(descriptor, start, os.SEEK_SET)
                _write_all(descriptor, _BLANK * length)
            os.fsync(descriptor)

    def _unwrapped(self, capture_id: str, line: bytes) -> bytes | None:
        name, _, wrapped = line.partition(b"\t")
        if name != capture_id.encode():
            return None
        try:
            sealed = bytes.fromhex(wrapped.decode())
            return self._wrap.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name)
        except (ValueError, InvalidTag):
            return None

    @contextmanager
    def _reading(self, flags: int = os.O_RDONLY) -> Iterator[int]:
        """The open file, after lines that came since the last time were noted."""
        with self._turn, _open(self._path, flags | os.O_CREAT) as descriptor:
            end = os.lseek(descriptor, 0, os.SEEK_END)
            if end < self._read_to:  # a restored, shorter file
                self._lines, self._read_to = {}, 0
            fresh = _read_at(descriptor, self._read_to, end - self._read_to)
            start = self._read_to
            for line in fresh.splitlines(keepends=True):
                if not line.endswith(b"\n"):
                    break  # being written, or cut off by a crash
                name = line.partition(b"\t")[0].strip()
                if name:
                    place = (start, len(line) - 1)
                    self._lines.setdefault(name.decode(errors="replace"), []).append(place)
                start += len(line)
            self._read_to = start
            yield descriptor


def rewrap(path: Path, data_key: bytes, target: Path, new_data_key: bytes) -> int:
    """Write the keys of one file into a new one, wrapped by another data key; how many there are.

    Destroyed keys are left out, and those `data_key` does not open.
    """
    old, wrap = CaptureKeys(path, data_key), AESGCM(new_data_key)
    lines = []
    for capture_id in sorted(old.ids()):
        try:
            key = old.get(capture_id)
        except ExpectedError:
            continue
        lines.append(_line(wrap, capture_id, key))
    with disk_full_told(), _open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as descriptor:
        _write_all(descriptor, b"".join(lines))
        os.fsync(descriptor)
    return len(lines)


def _line(wrap: AESGCM, capture_id: str, key: bytes) -> bytes:
    name, nonce = capture_id.encode(), secrets.token_bytes(_NONCE_BYTES)
    return name + b"\t" + (nonce + wrap.encrypt(nonce, key, name)).hex().encode() + b"\n"


@contextmanager
def _open(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _ending(descriptor: int, end: int) -> bytes:
    """What sets a new line apart from one that a crash cut off."""
    return b"" if end == 0 or _read_at(descriptor, end - 1, 1) == b"\n" else b"\n"


def _read_at(descriptor: int, start: int, length: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    data = b""
    while len(data) < length and (part := os.read(descriptor, length - len(data))):
        data += part
    return data


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
