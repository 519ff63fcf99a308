"""A clip source, whether plain or sealed, as one readable file object."""

import io
import stat

from edema_desk.domain.clips import ClipSource
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.sealed import SealedKind
from edema_desk.media.unsealing import SealedReader


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
