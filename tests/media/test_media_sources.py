"""The hash of a file as it lies on the disk."""

import hashlib
from pathlib import Path

import pytest

from edema_desk.errors import ErrorCode, ExpectedError
from edema_desk.media.sources import sha256_of


def test_the_hash_is_that_of_the_whole_file(tmp_path: Path) -> None:
    data = bytes(range(256)) * 9000  # more than two pieces
    path = tmp_path / "clip"
    path.write_bytes(data)
    pieces: list[None] = []
    assert sha256_of(path, lambda: pieces.append(None)) == hashlib.sha256(data).hexdigest()
    assert len(pieces) == 3


def test_it_can_be_stopped_between_pieces(tmp_path: Path) -> None:
    path = tmp_path / "clip"
    path.write_bytes(b"x" * 10)

    def stop() -> None:
        raise ExpectedError(ErrorCode.CANCELLED)

    with pytest.raises(ExpectedError) as caught:
        sha256_of(path, stop)
    assert caught.value.code is ErrorCode.CANCELLED


def test_no_file_has_no_hash(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as caught:
        sha256_of(tmp_path / "none")
    assert caught.value.code is ErrorCode.FILE_MISSING
