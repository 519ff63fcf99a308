"""The clips and crops of a profile: sealed files in one folder, named by their capture."""

import io
import re
import struct
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.keys import CaptureKeys
from edema_desk.media.recording.recorder import RecordedClip
from edema_desk.media.recording.recovery import found_in, recover
from edema_desk.media.sealed import PART_SUFFIX, SealedKind, SealedWriter, part_of
from edema_desk.media.sources import as_source, open_source, sha256_of
from edema_desk.media.unsealing import SealedReader

MAX_CLIP_BYTES = 8 * 1024**3
_COPY_BYTES = 1024**2
_CAPTURE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SUFFIXES = {SealedKind.CLIP: ".clip", SealedKind.CROPS: ".crops"}
_COUNT = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class StoredClip:
    """What was stored: SHA-256 (hex) and length of the plain bytes."""

    sha256: str
    size_bytes: int


def _no_progress(done_bytes: int, total_bytes: int) -> None:
    del done_bytes, total_bytes


def _no_check() -> None:
    pass


class ClipLibrary:
    """Sealed clips and crops under `folder`, their keys in `keys`.

    A capture id is 1 to 64 letters, digits, `-` and `_`. Raises ExpectedError: CLIP_GONE,
    CLIP_KEY_MISSING and SEALED_ALTERED on reading; DISK_FULL on writing, with nothing left over.
    """

    def __init__(self, folder: Path, keys: CaptureKeys) -> None:
        self._folder = folder
        self._keys = keys

    def store_clip(
        self,
        capture_id: str,
        clip: Path | ClipSource,
        progress: Callable[[int, int], None] = _no_progress,
        check: Callable[[], None] = _no_check,
    ) -> StoredClip:
        """Copy a clip, plain or sealed with another key, into a sealed file.

        `progress(done_bytes, total_bytes)` and `check` are called after each piece; `check` may
        raise to stop, and then nothing is kept. Raises ExpectedError: FILE_MISSING,
        FILE_UNREADABLE, CLIP_TOO_LARGE.
        """
        source = as_source(clip)
        path = source.path
        with open_source(source) as file, self._writer(capture_id, SealedKind.CLIP) as to:
            total = path.stat().st_size
            check()
            while piece := _read_piece(file, path):
                to.write(piece)
                _check_size(to.size, path.name)
                progress(to.size, max(total, to.size))
                check()
        return StoredClip(to.sha256, to.size)

    def clip(self, capture_id: str) -> ClipSource:
        """Where the clip of a capture lies, with its key."""
        path = self._path(capture_id, SealedKind.CLIP)
        if not path.exists():
            raise ExpectedError(ErrorCode.CLIP_GONE)
        return ClipSource(path, self._keys.get(capture_id), capture_id)

    def record(self, capture_id: str) -> SealedWriter:
        """An open file for a clip that is being recorded. Its key is on the disk already, and what
        it is given outlives any failure, unless it is abandoned: see `recover_clip`."""
        path = self._path(capture_id, SealedKind.CLIP)
        if path.exists() or part_of(path).exists():
            raise ValueError("a capture is recorded once")
        key = self._key_for_writing(capture_id)
        return SealedWriter(path, key, capture_id, SealedKind.CLIP, lasting=True)

    def unfinished(self) -> tuple[str, ...]:
        """The captures whose clip is being written, or was when the program ended, sorted."""
        suffix = _SUFFIXES[SealedKind.CLIP] + PART_SUFFIX
        return tuple(sorted(p.name.removesuffix(suffix) for p in self._folder.glob(f"*{suffix}")))

    def recover_clip(self, capture_id: str) -> RecordedClip | None:
        """Give an unfinished clip its end and its place; nothing is copied. Not for a clip that
        is being written. One that has its place already is only looked at: the program may have
        ended before anybody wrote down that it is there. None when there is none, or it shows no
        picture: then it stays as it is.

        Raises DISK_FULL, CLIP_KEY_MISSING and what opening the clip raises; it can be tried again.
        """
        path = self._path(capture_id, SealedKind.CLIP)
        if part_of(path).exists():
            return recover(path, self._keys.get(capture_id), capture_id)
        return found_in(self.clip(capture_id)) if path.exists() else None

    def verify_clip(self, capture_id: str, sha256: str) -> None:
        """Read all of a clip. Raises CLIP_GONE, CLIP_KEY_MISSING, and SEALED_ALTERED for any
        other content than the one of this hash."""
        if sha256_of(self.clip(capture_id)) != sha256:
            raise ExpectedError(ErrorCode.SEALED_ALTERED)

    def store_crops(self, capture_id: str, crops: Sequence[bytes]) -> None:
        """Keep the aligned crops of a capture, JPEG files in the order of their frames."""
        with self._writer(capture_id, SealedKind.CROPS) as file:
            file.write(_COUNT.pack(len(crops)))
            for crop in crops:
                file.write(_COUNT.pack(len(crop)) + crop)

    def crops(self, capture_id: str) -> tuple[bytes, ...]:
        """The crops of a capture."""
        path = self._path(capture_id, SealedKind.CROPS)
        if not path.exists():
            raise ExpectedError(ErrorCode.CLIP_GONE)
        key = self._keys.get(capture_id)
        with SealedReader(path, key, capture_id, SealedKind.CROPS) as file:
            data = memoryview(file.read())
        (count,) = _COUNT.unpack_from(data)
        at = _COUNT.size
        crops = []
        for _ in range(count):
            (length,) = _COUNT.unpack_from(data, at)
            at += _COUNT.size
            crops.append(bytes(data[at : at + length]))
            at += length
        return tuple(crops)

    def has_clip(self, capture_id: str) -> bool:
        """Whether the clip is still kept."""
        return self._path(capture_id, SealedKind.CLIP).exists()

    def clips(self) -> frozenset[str]:
        """The captures whose clip can be opened: it is kept, and so is its key."""
        suffix = _SUFFIXES[SealedKind.CLIP]
        files = (path.name.removesuffix(suffix) for path in self._folder.glob(f"*{suffix}"))
        return self._keys.ids().intersection(files)

    def has_crops(self, capture_id: str) -> bool:
        """Whether the crops are still kept."""
        return self._path(capture_id, SealedKind.CROPS).exists()

    def delete_clip(self, capture_id: str) -> None:
        """Remove the clip; crops and key stay."""
        self._path(capture_id, SealedKind.CLIP).unlink(missing_ok=True)

    def erase(self, capture_id: str) -> None:
        """Destroy the key of a capture, then remove its files, unfinished ones as well. Copies
        elsewhere stay shut."""
        self._keys.destroy(capture_id)
        for kind in SealedKind:
            path = self._path(capture_id, kind)
            path.unlink(missing_ok=True)
            part_of(path).unlink(missing_ok=True)

    def kept(self) -> frozenset[str]:
        """The captures of which there is a key, or a file."""
        names = (path.name.removesuffix(PART_SUFFIX) for path in self._folder.iterdir())
        return self._keys.ids().union(name.rpartition(".")[0] for name in names)

    def orphans(self, known: Collection[str]) -> tuple[Path, ...]:
        """Files in the folder that belong to none of the `known` captures, sorted.

        Files still being written count by their capture as well.
        """
        keep = set(known)
        return tuple(
            path
            for path in sorted(self._folder.iterdir())
            if path.name.removesuffix(PART_SUFFIX).rpartition(".")[0] not in keep
        )

    def _path(self, capture_id: str, kind: SealedKind) -> Path:
        if not _CAPTURE_ID.fullmatch(capture_id):
            raise ValueError("not a capture id")
        return self._folder / f"{capture_id}{_SUFFIXES[kind]}"

    def _writer(self, capture_id: str, kind: SealedKind) -> SealedWriter:
        path = self._path(capture_id, kind)
        return SealedWriter(path, self._key_for_writing(capture_id), capture_id, kind)

    def _key_for_writing(self, capture_id: str) -> bytes:
        try:
            return self._keys.get(capture_id)
        except ExpectedError as error:
            if error.code is not ErrorCode.CLIP_KEY_MISSING:
                raise
            return self._keys.new(capture_id)


def _read_piece(file: io.RawIOBase, path: Path) -> bytes:
    try:
        return file.read(_COPY_BYTES) or b""
    except OSError as error:
        raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(path)) from error


def _check_size(size: int, name: str) -> None:
    if size > MAX_CLIP_BYTES:
        limit = f"{MAX_CLIP_BYTES // 1024**3} GB"
        raise ExpectedError(ErrorCode.CLIP_TOO_LARGE, name=name, found=f"> {limit}", limit=limit)
