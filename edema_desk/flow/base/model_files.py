"""Model packages on their way into a profile: copied with care, in place all at once."""

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from edema_desk.domain.models.card import CARD_FILE, LARGEST_CARD_BYTES, WEIGHTS_FILE
from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.flow.base.model_signature import LARGEST_SIGNATURE_BYTES, SIGNATURE_FILE
from edema_desk.media.durable import disk_full_told, put_in_place, sync_folder
from edema_desk.media.locking import locked

LARGEST_WEIGHTS_BYTES = 200_000_000
_LARGEST: Mapping[str, int] = {
    CARD_FILE: LARGEST_CARD_BYTES,
    WEIGHTS_FILE: LARGEST_WEIGHTS_BYTES,
    SIGNATURE_FILE: LARGEST_SIGNATURE_BYTES,
}
_UNFINISHED = ".incoming-"
_COPY_BYTES = 1024**2


@contextmanager
def staged(package: Path, models: Path) -> Iterator[Path]:
    """A copy of the package's three files in a folder of its own below `models`, gone at the end.

    What is checked afterwards is the copy, so nobody can change it meanwhile. Raises
    MODEL_MISSING, MODEL_CARD_INVALID for links, devices and files too large, DISK_FULL.
    """
    with disk_full_told():
        models.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(models / "install"):
            _clear_away_unfinished(models)
            around = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=models))
            folder = around / package.name  # so that whatever is refused bears its own name
            folder.mkdir(mode=0o700)
            try:
                for name, largest in _LARGEST.items():
                    _copy(package, name, folder / name, largest)
                yield folder
            finally:
                shutil.rmtree(around, ignore_errors=True)


def move_in(staged_folder: Path, target: Path) -> None:
    """Give a checked copy its name; from then on it is there, whole and durable.

    A package that is there whole stays. Any other is what an installation left that was never
    finished, or was damaged since: it gives way.
    """
    if _same(staged_folder, target):
        return
    if target.exists():
        target.rename(staged_folder.parent / "replaced")
    sync_folder(staged_folder)
    put_in_place(staged_folder, target)


def remove_package(models: Path, target: Path) -> None:
    """Take a package out of use at once, then remove its files."""
    with locked(models / "install"):
        gone = target.with_name(f"{_UNFINISHED}removed-{target.name}")
        shutil.rmtree(gone, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            target.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def sha256_of_card(folder: Path) -> str:
    """Of the card's bytes. Raises MODEL_MISSING."""
    return hashlib.sha256(card_bytes(folder)).hexdigest()


def sha256_of_weights(folder: Path) -> str:
    """Of the weights' bytes. Raises MODEL_MISSING."""
    try:
        with (folder / WEIGHTS_FILE).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExpectedError(ErrorCode.MODEL_MISSING, name=folder.name) from error


def card_bytes(folder: Path) -> bytes:
    """The card as it lies there. Raises MODEL_MISSING."""
    try:
        with (folder / CARD_FILE).open("rb") as file:
            return file.read(LARGEST_CARD_BYTES + 1)
    except OSError as error:
        raise ExpectedError(ErrorCode.MODEL_MISSING, name=folder.name) from error


def _same(one: Path, other: Path) -> bool:
    if not other.is_dir():
        return False
    try:
        return all(look(one) == look(other) for look in (sha256_of_card, sha256_of_weights))
    except ExpectedError:
        return False


def _clear_away_unfinished(models: Path) -> None:
    for left in models.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _copy(package: Path, name: str, target: Path, largest: int) -> None:
    with contextlib.suppress(FileNotFoundError), _opened(package, name) as source:
        left = largest
        with target.open("xb") as copy:
            while piece := source.read(_COPY_BYTES):
                left -= len(piece)
                if left < 0:
                    raise _refused(package, name, "is larger than it may be")
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        return
    if name != SIGNATURE_FILE:
        raise ExpectedError(ErrorCode.MODEL_MISSING, name=package.name)


@contextmanager
def _opened(package: Path, name: str) -> Iterator[BinaryIO]:
    """A plain file, never a link, a pipe or a device: opening one of those may wait for ever."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    path = package / name
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _refused(package, name, "is not a plain file")
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ExpectedError(ErrorCode.MODEL_MISSING, name=package.name) from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _refused(package, name, "is not a plain file")
        yield file


def _refused(package: Path, name: str, detail: str) -> ExpectedError:
    return ExpectedError(ErrorCode.MODEL_CARD_INVALID, name=package.name, detail=f"{name} {detail}")
