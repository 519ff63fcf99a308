"""A clip source, whether plain or sealed, as one readable file object."""

import hashlib
import io
import stat
from collections.abc import Callable
from pathlib import Path

from edema_desk.domain.capture.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.sealed import SealedKind
from edema_desk.media.unsealing import SealedReader

_PIECE_BYTES = 1024**2


def open_source(source: ClipSource) -> io.RawIOBase:
    """The bytes of a clip, seekable.

    Raises ExpectedError: FILE_MISSING, FILE_UNREADABLE for plain files, CLIP_GONE and
    SEALED_ALTERED for sealed ones.
    """
    if source.key is not None:
        return SealedReader(source.path, source.key, source.capture_id, SealedKind.CLIP)
    try:
        if not stat.S_ISREG(source.path.stat().st_mode):  # opening a pipe would wait for ever
            raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(source.path))
        return source.path.open("rb", buffering=0)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ExpectedError(ErrorCode.FILE_MISSING, path=str(source.path)) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(source.path)) from error


def as_source(clip: Path | ClipSource) -> ClipSource:
    """A plain file's path is a source too."""
    return clip if isinstance(clip, ClipSource) else ClipSource(clip)


def sha256_of(clip: Path | ClipSource, check: Callable[[], None] = lambda: None) -> str:
    """The SHA-256 of a clip's plain bytes, in hex. `check` is called between pieces and may
    raise to stop.

    Raises ExpectedError as `open_source`.
    """
    digest = hashlib.sha256()
    source = as_source(clip)
    with open_source(source) as file:
        try:
            while piece := file.read(_PIECE_BYTES):
                digest.update(piece)
                check()
        except OSError as error:
            raise ExpectedError(ErrorCode.FILE_UNREADABLE, path=str(source.path)) from error
    return digest.hexdigest()
